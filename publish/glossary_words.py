"""Which terms of the glossary occur in a title, and what else they are called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from kb.models.core import Entry
from kb.models.glossary import Term

#: Shorter words occur inside too many others.
_SHORTEST_LATIN, _SHORTEST_OTHER = 3, 2
_BETWEEN_WORDS = re.compile(r"[\s()\[\],;:/–—-]+")


class GlossaryWords:
    """The glossary's terms by every word for them."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._latin: dict[str, list[Term]] = {}
        self._other: dict[str, list[Term]] = {}
        for term in terms:
            for word in words_for(term):
                self._add(_folded(word), term)
        self._longest = max((word.count(" ") + 1 for word in self._latin), default=0)

    def _add(self, word: str, term: Term) -> None:
        if len(word) >= (_SHORTEST_LATIN if word.isascii() else _SHORTEST_OTHER):
            (self._latin if word.isascii() else self._other).setdefault(word, []).append(term)

    def around(self, entry: Entry) -> Iterator[str]:
        """Other words for the terms in an entry's title, in both languages; those in the title itself are left out."""
        title = f"{entry.title.en}\n{entry.title.ja}".casefold()
        found = {term.id: term for term in self._terms_in(entry) if term.id != entry.id}
        words = dict.fromkeys(word for term in found.values() for word in words_for(term))
        yield from (word for word in words if word.casefold() not in title)

    def _terms_in(self, entry: Entry) -> Iterator[Term]:
        words = _folded(entry.title.en).split()
        for length in range(1, self._longest + 1):
            for start in range(len(words) - length + 1):
                yield from self._latin.get(" ".join(words[start : start + length]), ())
        japanese = _folded(entry.title.ja)
        for word, terms in self._other.items():
            if word in japanese:
                yield from terms


def words_for(term: Term) -> Iterator[str]:
    """Every word for a term: titles, synonyms, abbreviations and the variants that texts should avoid."""
    yield from (term.title.en, term.title.ja, *term.abbreviations)
    yield from (*term.synonyms.en, *term.synonyms.ja, *term.avoid.en, *term.avoid.ja)


def _folded(text: str) -> str:
    return " ".join(_BETWEEN_WORDS.sub(" ", unicodedata.normalize("NFKC", text)).casefold().split())
