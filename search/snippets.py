"""The passage of an entry that answers a query, with the matched words marked, in English and in Japanese."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from heapq import nsmallest
from itertools import pairwise
from typing import Final, NamedTuple
from unicodedata import east_asian_width

from search.analysis import Atom, atoms
from search.folding import fold, fold_kana
from search.lexicon import Name
from search.words import noise

#: Width of a snippet in terminal cells: Japanese characters take two.
_WIDTH: Final = 220
#: Passages that are examined closely.
_CLOSER_LOOKS: Final = 3
#: How a letter of a stem may be spelled in a text (:mod:`search.stemming`).
_SPELLINGS: Final = {"e": "(?:[ao]?e)", "i": "[iy]", "o": "(?:ou?)", "z": "[sz]", "f": "(?:f|ph)"}
_SENTENCE = re.compile(r"(?<=[。!?！？])|(?<=[.!?]) +|\n+")
#: A character with the marks that normalisation joins to it (half-width voiced kana, combining accents).
_CLUSTER = re.compile(r".[\u0300-\u036f\u3099\u309a\uff9e\uff9f]*", re.DOTALL)


class Snippet(NamedTuple):
    """A passage and the places in it that matched.

    Attributes:
        text: The passage as it stands in the entry.
        marks: Start and end of each matched word, in order, apart from each other.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()

    def html(self) -> str:
        """The passage with ``<mark>`` around matched words; everything else is escaped."""
        return self.marked("<mark>", "</mark>", html.escape)

    def marked(self, before: str, after: str, escape: Callable[[str], str] = str) -> str:
        """The passage with something before and after each matched word.

        Args:
            before: What is put before a match.
            after: What is put after it.
            escape: Applied to every piece of the passage.
        """
        ends = [0, *(place for mark in self.marks for place in mark), len(self.text)]
        pieces = [escape(self.text[start:end]) for start, end in pairwise(ends)]
        return "".join(f"{before}{piece}{after}" if number % 2 else piece for number, piece in enumerate(pieces))


def snippet(texts: Sequence[str], asides: Sequence[str], names: Iterable[Name], title: str = "") -> Snippet:
    """The passage that has most of the names; the beginning of the first text when only the title, or nothing, has any.

    Args:
        texts: The entry's texts, the most telling first.
        asides: Texts to look at when neither those nor the title have a name.
        names: What matched, as atoms; the names typed come first and are preferred.
        title: What is shown above the passage.
    """
    wanted = [
        (_worth(number, name), name, _probe(name)) for number, name in enumerate(dict.fromkeys(filter(None, names)))
    ]
    for group in (texts, asides):
        likely = _likely([passage for text in group for passage in _passages(text)], wanted)
        found = [
            (worth, passage, marks) for passage, hoped in likely for marks, worth in (_marks(passage, hoped),) if marks
        ]
        if found:
            _, passage, marks = max(found, key=lambda item: item[0])
            return _cut(Snippet(passage, marks))
        if _marks(title, [(worth, name) for worth, name, _ in wanted])[0]:
            break
    return _cut(Snippet(next(iter(texts), "")))


#: A name and what it is worth.
_Worth = tuple[float, Name]


def _likely(
    passages: Sequence[str], wanted: Sequence[tuple[float, Name, re.Pattern[str]]]
) -> list[tuple[str, list[_Worth]]]:
    """The few passages that are worth a closer look, each with the names that may be in it.

    Finding atoms takes ten times as long as trying the probes.
    """
    scored = []
    for order, passage in enumerate(passages):
        key = fold_kana(fold(passage))
        hoped = [(worth, name) for worth, name, probe in wanted if probe.search(key)]
        if hoped:
            scored.append((-sum(worth for worth, _ in hoped), order, passage, hoped))
    return [(passage, hoped) for _, _, passage, hoped in nsmallest(_CLOSER_LOOKS, scored)]


def _worth(number: int, name: Name) -> float:
    """The first name counts most, a long one more than a short one."""
    return (1.0 + 1.0 / (number + 1)) * math.sqrt(len(name))


@lru_cache(maxsize=1_000)
def _probe(name: Name) -> re.Pattern[str]:
    """A pattern that is in every text that has the name, and in few others."""
    text = "".join(name) if all(len(atom) == 1 for atom in name) else max(name, key=len)
    return re.compile("".join(_SPELLINGS.get(letter) or re.escape(letter) for letter in text))


def _passages(text: str) -> Iterator[str]:
    for passage in _SENTENCE.split(text):
        if passage.strip():
            yield passage.strip()


def _marks(passage: str, hoped: Sequence[_Worth]) -> tuple[tuple[tuple[int, int], ...], float]:
    """Where names stand in a passage, and how much they are worth together."""
    folded, origins = fold_with_origins(passage)
    told = [atom for atom in atoms(folded) if atom.japanese or atom.raw not in noise("en")]
    begins: dict[str, list[int]] = {}
    for place, atom in enumerate(told):
        begins.setdefault(atom.text, []).append(place)
    spans: list[tuple[int, int]] = []
    total = 0.0
    for worth, name in hoped:
        places = [span for start in begins.get(name[0], ()) if (span := _occurrence(told, start, name))]
        total += worth if places else 0.0
        spans += places
    return tuple((origins[start], origins[end]) for start, end in _apart(spans)), total


def _occurrence(told: Sequence[Atom], start: int, name: Name) -> tuple[int, int] | None:
    """The place of a name whose atoms follow one another from ``start``; small English words may stand between."""
    run = told[start : start + len(name)]
    if tuple(atom.text for atom in run) == name and _unbroken(run):
        return run[0].start, run[-1].end
    return None


def _unbroken(run: Sequence[Atom]) -> bool:
    """Japanese characters must touch: 再生 and 医療 in different words are not 再生医療."""
    return all(b.start == a.end for a, b in pairwise(run) if a.japanese and b.japanese)


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap or touch joined into one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _cut(whole: Snippet) -> Snippet:
    """A snippet that fits the width, around its first match."""
    text = whole.text
    if _cells(text) <= _WIDTH:
        return whole
    first = whole.marks[0][0] if whole.marks else 0
    start = 0
    while _cells(text[start:first]) > _WIDTH // 3:
        start += 1
    start = _word_start(text, start)
    end = len(text)
    while _cells(text[start:end]) > _WIDTH:
        end -= 1
    lead, tail = "…" if start else "", "…" if end < len(text) else ""
    marks = tuple((a - start + len(lead), min(b, end) - start + len(lead)) for a, b in whole.marks if start <= a < end)
    return Snippet(f"{lead}{text[start:end]}{tail}", marks)


def _word_start(text: str, start: int) -> int:
    """The next beginning of an English word, at most some letters on."""
    if not start or not (text[start - 1].isascii() and text[start - 1].isalnum()):
        return start
    space = text.find(" ", start, start + 20)
    return space + 1 if space >= 0 else start


def _cells(text: str) -> int:
    return len(text) if text.isascii() else sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def fold_with_origins(text: str) -> tuple[str, list[int]]:
    """A folded text, and for each of its characters (and its end) the place in the text that it comes from."""
    if text.isascii():
        return fold(text), list(range(len(text) + 1))
    parts: list[str] = []
    origins: list[int] = []
    for match in _CLUSTER.finditer(text):
        folded = fold(match.group())
        parts.append(folded)
        origins += [match.start()] * len(folded)
    joined = "".join(parts)
    whole = fold(joined)
    if len(whole) != len(joined):  # A middle dot between katakana is dropped.
        origins = _without_dropped(joined, whole, origins)
    return whole, [*origins, len(text)]


def _without_dropped(joined: str, whole: str, origins: list[int]) -> list[int]:
    kept: list[int] = []
    at = 0
    for place, character in enumerate(joined):
        if at < len(whole) and (whole[at] == character or whole[at] == "ー" != character != "・"):
            kept.append(origins[place])
            at += 1
    return kept
