"""Which words in Latin letters may stand in Japanese text: abbreviations, units, names of firms and of species."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from kb.yaml12 import read_yaml

#: Letters with their digits: «COVID», «19», «mRNA», «CD63»; a hyphen ends a word, an apostrophe does not.
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DIGIT: Final = re.compile(r"[\d²³¹⁰-⁹₀-₉]")


class _Lists(NamedTuple):
    """The words of ``latin_words.yaml``."""

    particles: frozenset[str]
    international: frozenset[str]
    joining: frozenset[str]
    firms: frozenset[str]
    species: re.Pattern[str]


@cache
def _lists() -> _Lists:
    words = read_yaml(Path(__file__).with_suffix(".yaml"))
    return _Lists(
        particles=frozenset(words["particles"]),
        international=frozenset(words["international"]),
        joining=frozenset(words["joining"]),
        firms=frozenset(words["firms"]),
        species=re.compile(rf"\b(?:{'|'.join(words['genera'])}|[A-Z]\.)(?: [a-z]+)+"),
    )


def words_of(text: str) -> list[str]:
    """The words of a text that hold no digit.

    >>> words_of("Wharton's jelly, COVID-19, CD63")
    ["Wharton's", 'jelly', 'COVID']
    """
    return [word for word in _WORD.findall(text) if not _DIGIT.search(word)]


def plain_words(text: str) -> list[str]:
    """The words that belong to a sentence: written small, no particles of names, nothing international.

    >>> plain_words("University of Tokyo, in vitro, extracellular vesicles")
    ['extracellular', 'vesicles']
    """
    lists = _lists()
    small = (word for word in words_of(text) if word.islower() and len(word) > 2)
    return [word for word in small if word not in lists.particles and word not in lists.international]


def is_international(text: str) -> bool:
    """True for texts that are the same in both languages: figures, units, abbreviations, species, names of firms.

    >>> [is_international(text) for text in ("2 mg/kg", "mRNA", "Lactobacillus plantarum", "Topical", "ExoFlo")]
    [True, True, True, False, True]
    """
    lists = _lists()
    words = words_of(lists.species.sub(" ", text))
    plain = all(len(word) < 3 or word in lists.international or _has_inner_capital(word) for word in words)
    return plain or _is_firm(words)


def is_name(text: str) -> bool:
    """True for what may be the name of a firm, product or institution as it writes itself.

    >>> [is_name(text) for text in ("S&E bio Co., Ltd.", "University of Jordan", "a private sponsor", "A (now B)")]
    [True, True, False, False]
    """
    words, plain = words_of(text), plain_words(text)
    return len(plain) < 2 and plain != words[:1] and _lists().joining.isdisjoint(words)


def _is_firm(words: list[str]) -> bool:
    """«Direct Biologics, LLC»: a few words, the last of which says so; «S.A.» and the like may follow."""
    lists = _lists()
    long = [word for word in words if len(word) > 2]
    if not 1 < len(long) < 6 or long[-1].lower() not in lists.firms or not lists.particles.isdisjoint(words):
        return False
    return all(word[0].isupper() or _has_inner_capital(word) for word in long if word != "plc")


def _has_inner_capital(word: str) -> bool:
    """«mRNA», «ExoFlo», «PBS», but not «Topical»."""
    return word[1:] != word[1:].lower()
