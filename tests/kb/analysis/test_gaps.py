"""The rules of applicability, one after another, and what a product's sources report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kb
from kb.analysis.gap_evidence import evidence_of
from kb.analysis.gap_records import as_data
from kb.analysis.gap_rules import DEPENDS_ON_PROCESS, ROUTES
from kb.analysis.gaps import foremost, gap_report, known_product, products_with_attributes
from kb.knowledge_base import KnowledgeBase
from kb.problems import EvregError
from tests.asked import asked_kb, document, requirement
from tests.entries import PAIR, minimal
from tests.samples import attribute


def _product(**changes: Any) -> dict[str, Any]:
    return minimal("products", "p", **changes)


def _status(base: KnowledgeBase, name: str = "p") -> tuple[str, str | None]:
    (found,) = gap_report(base, base.products[name], ("KR",)).jurisdictions
    (gap,) = found.today
    return gap.status, gap.reason


_TEST = {"attribute": "particles", "criterion": PAIR, "sources": ["s1"]}


@pytest.mark.parametrize(
    ("asked", "product", "expected"),
    [
        ({}, {}, ("nothing", None)),
        ({}, {"release_tests": [_TEST]}, ("criterion", None)),
        ({}, {"critical_attributes": ["count"]}, ("nothing", None)),
        ({"applies_to_ev": "excluded"}, {"release_tests": [_TEST]}, ("not-applicable", "excludes-evs")),
        ({"applies_to_ev": "unknown"}, {"release_tests": [_TEST]}, ("cannot-tell", "unclear")),
        ({"applies_to_ev": "by-analogy"}, {"release_tests": [_TEST]}, ("criterion", None)),
        ({"scope": ["cosmetics", "conditioned-medium"]}, {}, ("not-applicable", "scope")),
        (
            {"scope": ["cosmetics", "conditioned-medium"]},
            {"modality": "secretome-fraction"},
            ("not-applicable", "scope"),
        ),
        ({"scope": ["conditioned-medium"]}, {}, ("not-applicable", "scope")),
        ({"scope": ["conditioned-medium"]}, {"modality": "secretome-fraction"}, ("nothing", None)),
        ({"scope": ["advertising"]}, {}, ("not-applicable", "scope")),
        ({"scope": ["cosmetics", "ev-products"]}, {}, ("nothing", None)),
        ({"addressees": ["clinic", "authority"]}, {}, ("not-applicable", "addressee")),
        ({"addressees": ["clinic", "manufacturer"]}, {}, ("nothing", None)),
    ],
)
def test_rules_about_the_document(
    tmp_path: Path, asked: dict[str, Any], product: dict[str, Any], expected: tuple[str, str | None]
) -> None:
    base = asked_kb(tmp_path, document("a", "KR", requirement("count"), **asked), products=[_product(**product)])
    assert _status(base) == expected


@pytest.mark.parametrize(("kind", "expected"), [("release-criterion", "criterion"), ("measured", "reported")])
def test_reported_values_are_told_apart(tmp_path: Path, kind: str, expected: str) -> None:
    value = {"kind": kind, "value": PAIR, "context": PAIR, "product": "p", "sources": ["s1"]}
    other = attribute("other", reported_values=[value])
    base = asked_kb(tmp_path, document("a", "KR", requirement("other")), attributes=[other], products=[_product()])
    assert _status(base) == (expected, None)


@pytest.mark.parametrize(
    ("routes", "expected"),
    [
        (["inhalation", "intravenous"], ("nothing", None)),
        (["topical"], ("not-applicable", "route")),
        (["unspecified"], ("cannot-tell", "route-unknown")),
        ([], ("cannot-tell", "route-unknown")),
    ],
)
def test_an_attribute_of_one_route(tmp_path: Path, routes: list[str], expected: tuple[str, str | None]) -> None:
    nebulised = attribute("nebulisation-stability", category="stability")
    base = asked_kb(
        tmp_path,
        document("a", "KR", requirement("nebulisation-stability")),
        attributes=[nebulised],
        products=[_product(routes=routes)],
    )
    assert _status(base) == expected


def test_process_and_mechanism_cannot_be_told(tmp_path: Path) -> None:
    base = asked_kb(tmp_path, document("a", "KR", requirement("potency-x")), products=[_product()])
    assert _status(base) == ("cannot-tell", "mechanism")
    other = attribute("lyophilisation-quality", category="stability")
    base = asked_kb(
        tmp_path / "b",
        document("a", "KR", requirement("lyophilisation-quality")),
        attributes=[other],
        products=[_product()],
    )
    assert _status(base) == ("cannot-tell", "process")


def test_an_attribute_asked_twice_counts_once_and_mentions_do_not(tmp_path: Path) -> None:
    base = asked_kb(
        tmp_path,
        document("a", "KR", requirement("count"), requirement("sterility", "mentioned"), requirement(None)),
        document("b", "KR", requirement("count", "required"), scope=["cosmetics"]),
        document("c", "KR", requirement("count"), status="draft"),
        document("d", "KR", requirement("count"), status="superseded"),
        document("e", "KR", requirement(None, topic="advertising")),
        products=[_product(release_tests=[_TEST])],
    )
    (found,) = gap_report(base, base.products["p"]).jurisdictions
    assert dict(found.counts) == {"criterion": 1}
    assert len(found.today) == 3
    assert [gap.statement.guideline.id for gap in found.prepared] == ["c"]
    assert [item.guideline.id for item in found.uncompared] == ["a"]
    assert found.elsewhere == 1


def test_the_foremost_are_the_strongest_on_each_attribute_in_the_order_of_the_report(tmp_path: Path) -> None:
    base = asked_kb(
        tmp_path,
        document("a", "KR", requirement("count", "mentioned"), requirement("count", "required")),
        document("b", "KR", requirement("sterility", "required"), scope=["cosmetics"]),
        document("c", "KR", requirement("count"), requirement("potency-x", "mentioned")),
        products=[_product()],
    )
    (found,) = gap_report(base, base.products["p"]).jurisdictions

    def ids(most: int) -> list[str]:
        return [gap.statement.id for gap in foremost(found.today, most)]

    assert len(found.today) == 5
    assert ids(5) == ids(9) == [gap.statement.id for gap in found.today]
    assert ids(1) == ["a.2"]
    # What does not concern the product comes after what does, further statements on an attribute after both.
    assert set(ids(2)) == {"a.2", "c.2"}
    assert set(ids(3)) == {"a.2", "c.2", "b.1"}
    assert set(ids(4)) == {"a.2", "c.2", "b.1", "c.1"}
    assert [id_ for id_ in ids(5) if id_ in ids(3)] == ids(3)


def test_values_of_other_products_and_former_ids_of_attributes_and_products_are_told_apart(tmp_path: Path) -> None:
    def value(product: str) -> dict[str, Any]:
        return {"kind": "measured", "value": PAIR, "context": PAIR, "product": product, "sources": ["s1"]}

    base = asked_kb(
        tmp_path,
        attributes=[attribute("other", reported_values=[value("p-old"), value("q")])],
        products=[_product(aliases=["p-old"], release_tests=[_TEST]), minimal("products", "q")],
    )
    found = evidence_of(base, base.products["p"])
    assert {id_: (len(own.tests), len(own.values)) for id_, own in found.items()} == {"count": (1, 0), "other": (0, 1)}
    assert list(evidence_of(base, base.products["q"])) == ["other"]


def test_only_the_jurisdictions_own_documents_are_compared(tmp_path: Path) -> None:
    base = asked_kb(tmp_path, document("a", "EU", requirement("count")), products=[_product()])
    (germany,) = gap_report(base, base.products["p"], ("DE",)).jurisdictions
    assert (germany.today, dict(germany.counts)) == ((), {})


def test_unknown_products_are_answered_with_the_near_miss(tmp_path: Path) -> None:
    base = asked_kb(tmp_path, products=[minimal("products", "jikei-airway")])
    assert known_product(base, " Jikei-Airway ").id == "jikei-airway"
    with pytest.raises(EvregError) as raised:
        known_product(base, "jikei-airwai")
    assert "jikei-airway" in raised.value.found.en


def test_the_rules_name_real_attributes_and_products_report_what_the_entries_say() -> None:
    base = kb.load()
    assert {*ROUTES, *DEPENDS_ON_PROCESS} <= set(base.attributes)
    products = products_with_attributes(base)
    assert {product.id for product in base.products.values() if product.release_tests} <= {p.id for p in products}
    for product in products:
        data = as_data(base, gap_report(base, product))
        for jurisdiction in data["jurisdictions"]:
            for gap in jurisdiction["today"] + jurisdiction["prepared"]:
                held = bool(gap["release_tests"] or gap["reported_values"])
                assert gap["status"] not in ("criterion", "reported") or held
                assert gap["status"] != "nothing" or not held
