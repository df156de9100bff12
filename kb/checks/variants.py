"""Finding other words for a term in a text, and what the text would say with the preferred one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from kb.checks.quotations import without_quotations

#: Characters shown on both sides of a proposed word.
_AROUND: Final = 16


class FoundVariant(NamedTuple):
    """A variant in a text.

    Attributes:
        variant: As the glossary writes it.
        preferred: What the glossary prefers.
        proposed: The place in the text with the preferred term in it.
    """

    variant: str
    preferred: str
    proposed: str


class _Variant(NamedTuple):
    """A variant, what to write instead, and the preferred terms inside which the variant may stand."""

    variant: str
    preferred: str
    inside: tuple[str, ...]


class Lexicon:
    """Variants of one language with their preferred terms.

    One alternation finds candidates in lower-case text; what stands around a candidate decides in a second step.
    A pattern with the boundaries inside took forty times as long, because it cannot skip by the first letter.

    Args:
        variants: Variant and preferred term; of equal variants the first counts.
    """

    def __init__(self, variants: Sequence[tuple[str, str]]) -> None:
        preferred = {term for _, term in variants}
        self._terms: dict[str, _Variant] = {}
        for variant, term in variants:
            if variant:
                inside = tuple(other.lower() for other in preferred if variant.lower() in other.lower())
                self._terms.setdefault(variant.lower(), _Variant(variant, term, inside))
        self._pattern = re.compile(_alternation(self._terms)) if self._terms else None

    def mentioned(self, text: str) -> set[str]:
        """The preferred terms for everything in ``text`` that looks like a variant; cheap, and more than :meth:`find` finds."""
        if self._pattern is None:
            return set()
        return {self._terms[word].preferred for word in self._pattern.findall(text.lower())}

    def find(self, text: str) -> Iterator[FoundVariant]:
        """The variants in ``text``, each once; quotations are passed over."""
        lowered = text.lower()
        if self._pattern is None or not self._pattern.search(lowered):
            return
        own = without_quotations(text)
        lowered = own.lower()
        found: dict[str, FoundVariant] = {}
        for match in self._pattern.finditer(lowered):
            term = self._terms[match.group()]
            if stands_alone(own, match.start(), match.end()) and _as_meant(term, own, lowered, match.start()):
                proposed = _proposed(own, match.start(), match.end(), term.preferred)
                found.setdefault(term.variant, FoundVariant(term.variant, term.preferred, proposed))
        yield from found.values()


def _alternation(words: Iterable[str]) -> str:
    """A pattern for the longest of the words at a place; words that begin alike share their first character."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in by_first.items())


def stands_alone(text: str, start: int, end: int) -> bool:
    """True when no letter of the same kind continues the word; an English plural ending may follow."""
    if start and _kind(text[start - 1]) and _kind(text[start - 1]) == _kind(text[start]):
        return False
    rest = text[end : end + 3]
    if _kind(text[end - 1]) == "latin":
        rest = re.sub(r"^e?s(?![A-Za-z])", "", rest)
    return not rest or not _kind(rest[0]) or _kind(rest[0]) != _kind(text[end - 1])


def _kind(character: str) -> str:
    """Katakana and Latin words end where their letters end; kanji and hiragana run on."""
    if "ァ" <= character <= "ヺ" or character == "ー":
        return "katakana"
    return "latin" if character.isascii() and character.isalnum() else ""


def _as_meant(term: _Variant, text: str, lowered: str, start: int) -> bool:
    """False inside a preferred term, and for an abbreviation in other capitals than the glossary's."""
    for other in term.inside:
        begin = start - other.find(term.variant.lower())
        if begin >= 0 and lowered.startswith(other, begin):
            return False
    written = text[start : start + len(term.variant)]
    return term.variant.islower() or written == term.variant or not term.variant.isupper()


def _proposed(text: str, start: int, end: int, preferred: str) -> str:
    """The words around the variant with the preferred term in its place, on one line.

    A capital at the beginning stays; Latin words at both ends are shown whole or not at all.
    """
    if text[start].isupper() and preferred[:1].islower():
        preferred = preferred[0].upper() + preferred[1:]
    before, after = text[max(start - _AROUND, 0) : start], text[end : end + _AROUND]
    if start > _AROUND:
        before = "…" + re.sub(r"^[A-Za-z0-9-]+ ", "", before)
    if end + _AROUND < len(text):
        after = re.sub(r" [A-Za-z0-9-]+$", "", after) + "…"
    return " ".join(f"{before}{preferred}{after}".split())
