"""Which concepts a sentence names, and where."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final

from kb.claims.specification import NUMBER, Specification

#: Start and end in a segment's text.
Span = tuple[int, int]
Hits = Mapping[int, Sequence[Span]]

#: Characters that may stand between the parts of a term.
GAP: Final = 24
_ENGLISH: Final = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    "nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|dozen"
)
#: A number in figures, kanji or English words, and the word or sign for per cent after it. Magnitudes (億, billion) are
#: words of their own, as rules name them.
NUMERAL: Final = re.compile(
    "([0-9]+(?:[.,][0-9]+)*|[〇一二三四五六七八九十百千]+"
    f"|(?<![a-z0-9])(?:{_ENGLISH})(?: (?:and )?(?:{_ENGLISH}))*(?![a-z0-9]))"
    "( ?(?:%|per ?cent|パーセント))?"
)
_LATIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


def find_hits(text: str, spec: Specification) -> Hits:
    """Concept -> its spans by start, in one sentence."""
    words = _words(text, spec)
    found: dict[int, set[Span]] = {}
    minus: dict[int, list[Span]] = {}
    for word, spans in words.items():
        for concept, parts, takes_away in spec.terms_by_word.get(word, ()):
            matched = spans if len(parts) == 1 else _sequences(spans, parts[1:], words)
            if takes_away:
                minus.setdefault(concept, []).extend(matched)
            else:
                found.setdefault(concept, set()).update(matched)
    return {
        concept: kept
        for concept, spans in found.items()
        if (kept := sorted(span for span in spans if not _inside(span, minus.get(concept, ()))))
    }


def _words(text: str, spec: Specification) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    automaton, numbers = spec.plain
    for word, start, end in automaton.find(text):
        if _is_whole(text, start, end, spec.words[numbers[word]][1]):
            found.setdefault(numbers[word], []).append((start, end))
    numerals = list(NUMERAL.finditer(text))
    if numerals:
        _add_numbered(text, numerals, spec, found)
    return found


def _add_numbered(
    text: str, numerals: Sequence[re.Match[str]], spec: Specification, found: dict[int, list[Span]]
) -> None:
    """Find words with numbers in the text whose numerals are each one character; spans lead back to ``text``."""
    characters: list[str] = []
    bounds: list[Span] = []
    place = 0
    for numeral in numerals:
        bounds.extend((at, at + 1) for at in range(place, numeral.start()))
        characters.append(text[place : numeral.start()])
        bounds.append(numeral.span(1))
        characters.append(NUMBER)
        if numeral.group(2):
            bounds.append(numeral.span(2))
            characters.append("%")
        place = numeral.end()
    bounds.extend((at, at + 1) for at in range(place, len(text)))
    characters.append(text[place:])
    automaton, numbers = spec.numbered
    for word, start, end in automaton.find("".join(characters)):
        span = bounds[start][0], bounds[end - 1][1]
        if _is_whole(text, *span, spec.words[numbers[word]][1]):
            found.setdefault(numbers[word], []).append(span)


def _is_whole(text: str, start: int, end: int, open_: bool) -> bool:
    """Words of Latin letters are found as words; Japanese ones anywhere, as they are not parted."""
    if start and text[start] in _LATIN and text[start - 1] in _LATIN:
        return False
    return open_ or end == len(text) or text[end - 1] not in _LATIN or text[end] not in _LATIN


def word_end(text: str, end: int) -> int:
    """Past the rest of a Latin word of which a term with any ending took only the beginning."""
    while 0 < end < len(text) and text[end - 1] in _LATIN and text[end] in _LATIN:
        end += 1
    return end


def _sequences(firsts: Sequence[Span], rest: Sequence[int], words: Mapping[int, Sequence[Span]]) -> list[Span]:
    found = []
    for start, end in firsts:
        place = end
        for word in rest:
            spans = words.get(word, ())
            at = bisect_left(spans, (place, 0))
            if at == len(spans) or spans[at][0] > place + GAP:
                break
            place = spans[at][1]
        else:
            found.append((start, place))
    return found


def _inside(span: Span, others: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)
