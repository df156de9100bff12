"""Entries that may be two descriptions of one thing, for editors to look at.

Two entries are likely duplicates when they bear the same number of a registry or an authority, name the same address as
the official text, or say nearly the same in title and summary: in the same jurisdiction, with the same numbers in their
titles (editions of 2018 and 2023 are different things), and not when one registry holds them to be two trials.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final, NamedTuple

from kb import KnowledgeBase
from kb.knowledge_base import Key, key_of
from kb.models.core import Entry
from kb.problems import Message
from search.analysis import terms
from search.documents import document_of
from search.folding import fold
from search.names import identifier_key

#: Collections in which one publication of an authority may stand twice; elsewhere two collections are two things.
_PUBLICATIONS: Final = frozenset(("guidelines", "enforcement", "safety-events", "surveys"))
#: Cosine of title and summary from which two entries of one collection are shown, and the lower ones for entries of two
#: collections and for entries with a common primary source. Of the four pairs that editors merged in November 2026 (at
#: 0.21 to 0.41, each in two collections) these find two; what finds the others too shows some fifty pairs that are none.
_SIMILAR: Final = 0.5
_SIMILAR_APART: Final = 0.35
_SIMILAR_SOURCED: Final = 0.2
#: A title weighs as much as this many summaries.
_TITLE: Final = 2
#: Terms in more entries than this say nothing about duplicates and would make the search slow.
_COMMON: Final = 150
#: A source that more entries share (a review with a table of trials) says nothing either.
_CITED_OFTEN: Final = 4
_DIGITS = re.compile(r"\d+")


class Pair(NamedTuple):
    """Two entries that may be one.

    Attributes:
        first: Collection and id.
        second: Collection and id.
        likeness: Cosine of their texts, from 0 to 1.
        reason: Why they are shown.
    """

    first: Key
    second: Key
    likeness: float
    reason: Message


def likely_duplicates(kb: KnowledgeBase) -> list[Pair]:
    """All pairs of entries that may be one, the likeliest first."""
    entries = list(kb)
    likeness = _likeness(kb, entries)
    numbered = dict(_pairs(entries, _numbers, 2))
    sourced = dict(_pairs(entries, _primary_sources, _CITED_OFTEN))
    found: dict[tuple[int, int], Message] = {}
    for pair, value in likeness.items():
        if pair in numbered or not _may_be_one(*(entries[place] for place in pair)):
            continue
        if value >= (_SIMILAR_APART if _apart(entries, pair) else _SIMILAR):
            found[pair] = _SAME_WORDS
        elif pair in sourced and value >= _SIMILAR_SOURCED:
            found[pair] = _same_source(sourced[pair])
    found |= {pair: _same_number(number) for pair, number in numbered.items()}
    pairs = [
        Pair(key_of(entries[a]), key_of(entries[b]), round(likeness.get((a, b), 0.0), 2), reason)
        for (a, b), reason in found.items()
    ]
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.first, pair.second))


_SAME_WORDS: Final = Message("Title and summary say nearly the same.", "題名と要約がほぼ同じ内容である。")


def _same_source(address: str) -> Message:
    return Message(f"Both rest on {address}.", f"どちらも{address}を根拠とする。")


def _same_number(number: str) -> Message:
    return Message(f"Both bear «{number}».", f"どちらも「{number}」をもつ。")


def _apart(entries: Sequence[Entry], pair: tuple[int, int]) -> bool:
    return entries[pair[0]].COLLECTION != entries[pair[1]].COLLECTION


def _pairs(
    entries: Sequence[Entry], marks: Callable[[Entry], Iterable[str]], most: int
) -> Iterator[tuple[tuple[int, int], str]]:
    """The pairs of entries that share a mark which at most so many entries have."""
    bearers: dict[str, tuple[str, list[int]]] = {}
    for place, entry in enumerate(entries):
        for mark in dict.fromkeys(marks(entry)):
            bearers.setdefault(identifier_key(mark), (mark, []))[1].append(place)
    for mark, places in bearers.values():
        if len(places) <= most:
            yield from ((pair, mark) for pair in combinations(places, 2))


def _primary_sources(entry: Entry) -> Iterator[str]:
    yield from (source.url for source in entry.sources if source.url and source.kind == "primary")


def _numbers(entry: Entry) -> Iterator[str]:
    value: Any
    for value in (getattr(entry, name, None) for name in ("doi", "url", "reference")):
        if value:
            yield str(value)
    yield from getattr(entry, "document_numbers", ())
    yield from (item.number for item in getattr(entry, "registrations", ()))


def _may_be_one(one: Entry, other: Entry) -> bool:
    """False for two kinds of things, other places, other numbers in the title, and for two registered trials."""
    kinds = {entry.COLLECTION for entry in (one, other)}
    places = {getattr(entry, "jurisdiction", None) for entry in (one, other)}
    alike = len(kinds) == 1 or kinds <= _PUBLICATIONS
    return alike and len(places) == 1 and _figures(one) == _figures(other) and not _registered(one, other)


def _figures(entry: Entry) -> Counter[str]:
    return Counter(_DIGITS.findall(fold(entry.title.en)))


def _registered(one: Entry, other: Entry) -> bool:
    """True when one registry gave both a number: then it holds them to be two."""
    registries = [{item.registry for item in getattr(entry, "registrations", ())} for entry in (one, other)]
    return bool(set.intersection(*registries))


def _likeness(kb: KnowledgeBase, entries: Sequence[Entry]) -> Mapping[tuple[int, int], float]:
    """Cosines of tf-idf vectors, for the pairs that share a telling term."""
    vectors = _vectors(kb, entries)
    holders: dict[str, list[int]] = defaultdict(list)
    products: dict[tuple[int, int], float] = defaultdict(float)
    for place, vector in enumerate(vectors):
        for term, weight in vector.items():
            if len(holders[term]) <= _COMMON:
                for other in holders[term]:
                    products[other, place] += weight * vectors[other][term]
            holders[term].append(place)
    return products


def _vectors(kb: KnowledgeBase, entries: Sequence[Entry]) -> list[dict[str, float]]:
    counts = [_counts(kb, entry) for entry in entries]
    spread = Counter(term for count in counts for term in count)
    vectors = []
    for count in counts:
        vector = {
            term: (1 + math.log(number)) * math.log(len(entries) / spread[term]) for term, number in count.items()
        }
        length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        vectors.append({term: weight / length for term, weight in vector.items()})
    return vectors


def _counts(kb: KnowledgeBase, entry: Entry) -> Counter[str]:
    found: Counter[str] = Counter()
    for language in ("en", "ja"):
        document = document_of(kb, entry, language)
        found.update(terms(document.title) * _TITLE + terms(document.summary))
    return found
