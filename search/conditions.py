"""Conditions given apart from the query (``--where phase=2``): here an unknown name or value is an error."""

from __future__ import annotations

from kb.problems import EvregError, Message, near_miss, shorten
from search.catalogue import Catalogue, facet_named
from search.document import FACETS
from search.query import Field


def condition(catalogue: Catalogue, text: str) -> Field:
    """``facet=value`` as a filter.

    Raises:
        EvregError: without ``=``, or for an unknown facet or value.
    """
    name, equals, value = text.partition("=")
    if not equals:
        raise EvregError(
            "--where",
            Message(f"«{shorten(text)}» has no «=».", f"「{shorten(text)}」に「=」がない。"),
            Message("facet=value, e.g. jurisdiction=JP.", "「ファセット=値」の形とする(例: jurisdiction=JP)。"),
            Message("Write the condition again.", "条件を書き直す。"),
        )
    return filter_of(catalogue, name.strip(), value.strip())


def filter_of(catalogue: Catalogue, name: str, value: str) -> Field:
    """A facet and a value, as code or label in either language, as a filter.

    Raises:
        EvregError: for an unknown facet or value, with the near miss.
    """
    facet = facet_named(name)
    if facet is None:
        near = near_miss(name, FACETS)
        raise EvregError(
            name,
            Message(
                f"«{shorten(name)}» is not a facet.{near.en}", f"「{shorten(name)}」というファセットはない。{near.ja}"
            ),
            Message(f"One of: {', '.join(FACETS)}.", f"次のいずれかとする: {'、'.join(FACETS)}。"),
            Message("Correct the name.", "名称を訂正する。"),
        )
    resolved = catalogue.resolve(facet, value)
    if isinstance(resolved, Field):
        return resolved
    known = sorted({code for entry in catalogue.entries for code in entry.facets.get(facet, ())})
    near = near_miss(value, (*known, *_labels(catalogue, facet)))
    raise EvregError(
        facet,
        Message(f"«{shorten(value)}» is not a value here.{near.en}", f"「{shorten(value)}」という値はない。{near.ja}"),
        Message(
            f"A code or label, e.g. {', '.join(known[:12])}.",
            f"コード又は表示名を指定する(例: {'、'.join(known[:12])})。",
        ),
        Message("Correct the value.", "値を訂正する。"),
    )


def _labels(catalogue: Catalogue, facet: str) -> list[str]:
    return [label for labels in catalogue.labels.get(facet, {}).values() for label in labels]
