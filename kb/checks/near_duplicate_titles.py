"""Two entries of a collection with the same or nearly the same title may be one and the same.

Titles are compared without case, width, spaces and punctuation. Nearly the same means: one letter or some hiragana
differ, or a small word is missing. Other numbers (phase 1 and 2, 2023 and 2024), another kanji, another name (India and
Indonesia) make another title.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from math import ceil
from typing import Final, NamedTuple

from kb.checks.rule import FactsIndex, WholeRule
from kb.facts import Facts
from kb.problems import Finding, Message

#: Jaccard similarity of trigrams that a small difference leaves in a title of 30 letters.
_SIMILARITY: Final = 0.66
#: Shorter titles differ by more than a slip.
_SHORTEST: Final = 12
#: Trigrams of more titles than this say little, and would make the search quadratic.
_COMMON: Final = 200
_DIGITS = re.compile(r"\d+")
#: Hiragana are grammar: に対する and に対しての say the same.
_GRAMMAR = re.compile(r"[ぁ-ん]*")
#: A difference in these is a difference in meaning: digits, numerals, kanji.
_MEANING = re.compile(r"[\d\u3400-\u9fff々]|^[ivx]+$")
_SMALL_WORDS: Final = ("a", "an", "and", "es", "for", "in", "of", "on", "s", "the", "with")
#: The small words as they come out of a comparison: «for(the)therapy» may be read as «fort(het)herapy».
_ROTATED: Final = frozenset(word[at:] + word[:at] for word in _SMALL_WORDS for at in range(len(word)))


class _Titled(NamedTuple):
    """A title and the entry that bears it."""

    title: str
    facts: Facts


def _check(index: FactsIndex) -> Iterator[tuple[Facts, Finding]]:
    examined = {facts.file for facts in index.examined}
    collections: dict[str, list[Facts]] = {facts.collection: [] for facts in index.examined}
    for facts in index.all:
        if facts.collection in collections:
            collections[facts.collection].append(facts)
    for members in collections.values():
        reported: set[tuple[str, str]] = set()
        for later, earlier, same in (*_same(members), *_nearly_same(members)):
            if later.file != earlier.file and (later.file, earlier.file) not in reported:
                reported |= {(later.file, earlier.file), (earlier.file, later.file)}
                # One finding a pair, on the later entry unless the run is about the earlier one.
                told, other = (later, earlier) if later.file in examined else (earlier, later)
                yield told, _finding(other, same)


def _same(members: Sequence[Facts]) -> Iterator[tuple[Facts, Facts, bool]]:
    first: dict[str, Facts] = {}
    for facts in members:
        for title in facts.titles:
            if title and first.setdefault(title, facts) is not facts:
                yield facts, first[title], True


def _nearly_same(members: Sequence[Facts]) -> Iterator[tuple[Facts, Facts, bool]]:
    by_numbers: dict[tuple[str, ...], dict[str, Facts]] = defaultdict(dict)
    for facts in members:
        for title in facts.titles:
            if len(title) >= _SHORTEST:
                by_numbers[tuple(_DIGITS.findall(title))].setdefault(title, facts)
    for group in by_numbers.values():
        titled = [_Titled(title, facts) for title, facts in group.items()]
        for later, earlier in _candidates(titled):
            if _a_slip_apart(later.title, earlier.title):
                yield later.facts, earlier.facts, False


def _candidates(titled: Sequence[_Titled]) -> Iterator[tuple[_Titled, _Titled]]:
    """Pairs that share enough trigrams, found by their rarest ones (prefix filtering for set similarity joins)."""
    grams = [frozenset(item.title[at : at + 3] for at in range(len(item.title) - 2)) for item in titled]
    frequency = Counter(gram for own in grams for gram in own)
    postings: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(grams):
        rarest = sorted(own, key=lambda gram: (frequency[gram], gram))
        prefix = [gram for gram in rarest[: len(own) - ceil(_SIMILARITY * len(own)) + 1] if frequency[gram] <= _COMMON]
        for other in sorted({other for gram in prefix for other in postings[gram]}):
            if len(own & grams[other]) >= _SIMILARITY * len(own | grams[other]):
                yield titled[number], titled[other]
        for gram in prefix:
            postings[gram].append(number)


def _a_slip_apart(one: str, other: str) -> bool:
    """True when the titles differ by grammar and at most one letter."""
    letters = 0
    for operation, start, end, begin, stop in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        pieces = one[start:end], other[begin:stop]
        if operation == "equal" or all(piece in _ROTATED or _GRAMMAR.fullmatch(piece) for piece in pieces):
            continue
        letters += max(map(len, pieces))
        if letters > 1 or any(_MEANING.search(piece) for piece in pieces):
            return False
    return True


def _finding(earlier: Facts, same: bool) -> Finding:
    grade = Message("the same", "同じ") if same else Message("nearly the same", "ほぼ同じ")
    return Finding(
        ("title",),
        Message(f"{earlier.file} has {grade.en} title.", f"{earlier.file}が{grade.ja}題名をもつ。"),
        Message("One entry for one thing.", "一つの対象には一つのエントリーとする。"),
        Message(
            "Merge the entries, or tell their titles apart; two things with one name: note it in exceptions.yaml.",
            "エントリーを統合するか、題名を区別する。同名の別物であればexceptions.yamlに理由を記す。",
        ),
    )


RULE = WholeRule(
    name="near-duplicate-titles",
    level="warning",
    description=Message("No two entries have nearly the same title.", "ほぼ同じ題名のエントリーがないこと。"),
    check=_check,
)
