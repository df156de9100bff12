"""What the sources of a model product, and the reported values of the attributes, say about each attribute."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from kb.analysis.gap_rules import Evidence
from kb.knowledge_base import KnowledgeBase
from kb.models.attributes import ReportedValue
from kb.models.products import Product, ReleaseTest


def evidence_of(kb: KnowledgeBase, product: Product) -> dict[str, Evidence]:
    """Id of an attribute -> what the product's sources and the attributes' reported values say about it."""
    known = kb.attributes
    tests: defaultdict[str, list[ReleaseTest]] = defaultdict(list)
    for test in product.release_tests:
        if test.attribute in known:
            tests[known[test.attribute].id].append(test)
    critical = {known[name].id for name in product.critical_attributes if name in known}
    values = _reported(kb).get(product.id, {})
    named = {*tests, *critical, *values}
    return {
        id_: Evidence(tuple(tests.get(id_, ())), tuple(values.get(id_, ())), id_ in critical)
        for id_, attribute in known.items()
        if id_ in named and not attribute.withdrawn
    }


@lru_cache(maxsize=1)
def _reported(kb: KnowledgeBase) -> Mapping[str, Mapping[str, list[ReportedValue]]]:
    """Id of a product -> id of an attribute -> the values reported of that product, in the attribute's order."""
    found: defaultdict[str, defaultdict[str, list[ReportedValue]]] = defaultdict(lambda: defaultdict(list))
    for attribute in kb.attributes.values():
        for value in attribute.reported_values:
            product = kb.resolve(value.product, "products") if value.product else None
            if product:
                found[product.id][attribute.id].append(value)
    return found
