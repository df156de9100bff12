"""From a query as typed to what an index is asked: concepts with all their names, filters and their logic."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from search.analysis import is_kanji
from search.asking import Alternative, Concept, Either, Every, Filter, Node, Together, Without
from search.folding import fold
from search.lexicon import Lexicon, Other
from search.names import ALIAS, CITED, FACET, IDENTIFIER, facet_key, identifier_key, name_atoms, name_key, name_terms
from search.query import Field, Group, Not, Part, Phrase, Prefix, Words
from search.stemming import stem
from search.units import Unit, units

#: A kanji alone for a word whose inflection differs (効く for 効き).
_KANJI_ALONE: Final = 0.5
#: Two words that stand side by side in the entry as they do in the query. More than this buries entries that say the
#: same in other words (nDCG@10 0.839 at 0.25, 0.835 at 1).
_NEIGHBOURS: Final = 0.25
#: An identifier inside a longer query outweighs the words around it.
_IDENTIFIED: Final = 3.0
#: An identifier that only the sources of an entry bear.
_CITED: Final = 1.0
#: Registry numbers and DOIs have at least so many digits; shorter identifiers (21 CFR 1271) are words of texts, too.
_MERE_NUMBER: Final = 8
#: Words over which an identifier may be spread: «UMIN 000 053 551».
_SPREAD: Final = 4
#: Words that a prefix may stand for, the most frequent first.
_COMPLETIONS: Final = 40
_YEAR = re.compile(r"(?:19|20)\d\d")
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
#: In capitals a country, in small letters a pronoun that a question is made of.
_COUNTRY = re.compile(r"\bUS\b(?![-/])")
_MIXED = re.compile("[a-z]+|[0-9]+")


class Vocabulary(NamedTuple):
    """What a plan asks of an index.

    Attributes:
        has: True when a term is in the index.
        begins: At most so many words that begin so.
        years: The years that entries have.
    """

    has: Callable[[str], bool]
    begins: Callable[[str, int], list[str]]
    years: tuple[int, ...]


class Planner:
    """Plans queries for one index."""

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary, exact: bool = False) -> None:
        """``exact`` leaves out all that the lexicon knows: other names, and facets that a word may mean."""
        self._lexicon = Lexicon(()) if exact else lexicon
        self._vocabulary, self._exact = vocabulary, exact

    def node(self, part: Part) -> Node:
        """The plan of a part of a query."""
        if isinstance(part, Words):
            return self._words(part.text)
        if isinstance(part, Phrase):
            return Together((self._phrase(part.text),))
        if isinstance(part, Prefix):
            return Together((self._prefix(part.text),))
        if isinstance(part, Field):
            return self.filter(part)
        if isinstance(part, Not):
            return Without(self.node(part.part))
        return self._group(part)

    def filter(self, wanted: Field) -> Filter:
        """The documents with one facet's value; ranges of years are spelled out."""
        codes = [wanted.value]
        if wanted.facet == "year" and ".." in wanted.value:
            first, _, last = wanted.value.partition("..")
            codes = [str(year) for year in self._vocabulary.years if (first or "0") <= str(year) <= (last or "9999")]
        return Filter(tuple(f"{FACET}{facet_key(wanted.facet, code)}" for code in codes))

    def _group(self, group: Group) -> Node:
        parts = group.parts if group.operator else _words_together(group.parts)
        nodes = tuple(map(self.node, parts))
        return Either(nodes) if group.operator == "OR" else Every(nodes)

    def _words(self, text: str) -> Node:
        identified, rest = self._identifiers(text)
        found = units(_COUNTRY.sub("USA", rest), self._lexicon)
        return Together((*identified, *map(self._concept, found), *self._side_by_side(found), *self._named(text)))

    def _named(self, text: str) -> Iterator[Concept]:
        """A bonus for entries of which the query is another name."""
        term = f"{ALIAS}{name_key(text)}"
        if self._vocabulary.has(term):
            yield Concept(text, (Alternative((term,)),), bonus=True)

    def _identifiers(self, text: str) -> tuple[list[Concept], str]:
        """The identifiers in a text, and the text without those that are mere numbers."""
        words = text.split()
        concepts: list[Concept] = []
        rest: list[str] = []
        if self._vocabulary.has(f"{IDENTIFIER}{identifier_key(text)}"):  # Also an id that is a word: «exosome».
            concepts.append(_identified(words))
            rest, words = ([], []) if _mere_number(words) else (words, [])
        at = 0
        while at < len(words):
            stop = next((end for end in range(min(at + _SPREAD, len(words)), at, -1) if self._known(words[at:end])), at)
            if stop > at:
                concepts.append(_identified(words[at:stop]))
            if stop == at or not _mere_number(words[at:stop]):
                rest += words[at : max(stop, at + 1)]
            at = max(stop, at + 1)
        return concepts, " ".join(rest)

    def _known(self, words: list[str]) -> bool:
        key = _identifier(words)
        return any(map(str.isdigit, key)) and any(self._vocabulary.has(f"{kind}{key}") for kind in (IDENTIFIER, CITED))

    def _concept(self, unit: Unit) -> Concept:
        alternatives = [_typed(unit), *self._same_word(unit)]
        parts: tuple[Concept, ...] = ()
        if not self._exact:
            alternatives += map(_other, self._lexicon.others(unit.name))
            inner = units(unit.text, self._lexicon, shorter=True) if unit.known and len(unit.name) > 1 else []
            parts = tuple(map(self._concept, inner)) if len(inner) > 1 else ()
        return Concept(unit.text, tuple(alternatives), parts, term=self._lexicon.is_term(unit.name))

    def _same_word(self, unit: Unit) -> Iterator[Alternative]:
        """Other forms of a word that no list knows."""
        if unit.known:
            return
        kanji = tuple(filter(is_kanji, unit.name))
        if kanji and len(kanji) < len(unit.text):
            yield Alternative(tuple(name_terms(kanji)), _KANJI_ALONE, name=kanji)
        mixed = _MIXED.findall(unit.text)
        if len(mixed) > 1 and "".join(mixed) == unit.text:  # iso19430 for ISO 19430
            yield Alternative(tuple(map(stem, mixed)), name=tuple(map(stem, mixed)))
        if _YEAR.fullmatch(unit.text) and not self._exact:
            yield Alternative((f"{FACET}{facet_key('year', unit.text)}",))

    def _side_by_side(self, found: list[Unit]) -> Iterator[Concept]:
        """Bonuses for words of the query that are neighbours in the entry, too."""
        for first, second in pairwise(found):
            term = f"{first.name[-1]}_{second.name[0]}"
            if self._vocabulary.has(term):
                yield Concept(f"{first.text} {second.text}", (Alternative((term,), _NEIGHBOURS),), bonus=True)

    def _phrase(self, text: str) -> Concept:
        """All pairs of neighbours; a phrase of three words may therefore also be found as two pairs."""
        name = name_atoms(text)
        return Concept(text, (Alternative(tuple(name_terms(name)) or ("",), name=name),))

    def _prefix(self, text: str) -> Concept:
        found = dict.fromkeys(map(stem, (fold(text), *self._vocabulary.begins(text, _COMPLETIONS))))
        return Concept(f"{text}*", tuple(Alternative((term,), name=(term,)) for term in found))


def _words_together(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Plain words as one part, also where a facet stands between them."""
    words = " ".join(part.text for part in parts if isinstance(part, Words))
    others = tuple(part for part in parts if not isinstance(part, Words))
    return (Words(words), *others) if words else others


def _mere_number(words: list[str]) -> bool:
    return sum(map(str.isdigit, "".join(words))) >= _MERE_NUMBER


def _identifier(words: list[str]) -> str:
    """The key of an identifier; of an address, only the DOI or the last part counts."""
    whole = "".join(words)
    doi = _DOI.search(whole)
    if doi:
        return identifier_key(doi.group())
    return identifier_key(whole.rstrip("/").rpartition("/")[2] if "://" in whole or "//" in whole else whole)


def _identified(words: list[str]) -> Concept:
    key = _identifier(words)
    alternatives = (Alternative((f"{IDENTIFIER}{key}",), _IDENTIFIED), Alternative((f"{CITED}{key}",), _CITED))
    return Concept(" ".join(words), alternatives, identifier=True)


def _typed(unit: Unit) -> Alternative:
    return Alternative(tuple(name_terms(unit.name)), whole=unit.known, name=unit.name)


def _other(other: Other) -> Alternative:
    if other.name[0].startswith(FACET):
        return Alternative(other.name, other.weight)
    return Alternative(tuple(name_terms(other.name)), other.weight, name=other.name)
