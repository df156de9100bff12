"""Names, identifiers and facets as keys and terms: what an entry is called, not what it says."""

from __future__ import annotations

import re
from functools import lru_cache

from search.analysis import atoms, japanese_terms, neighbours
from search.folding import JAPANESE, fold
from search.words import noise

_BRACKETS = re.compile(r"[((\[](.*?)[))\]]")
_FILLING_ZEROS = re.compile("(?<=[a-z])0+(?=[0-9])")
_JAPANESE = re.compile(f"[{JAPANESE}]")
#: What the first character of a term says it is.
IDENTIFIER, CITED, TITLE, ALIAS, FACET = "=~#$@"


@lru_cache(maxsize=10_000)
def name_atoms(text: str) -> tuple[str, ...]:
    """A name as atoms, small English words left out where others remain."""
    found = atoms(fold(text))
    return tuple(a.text for a in found if a.japanese or a.raw not in noise("en")) or tuple(a.text for a in found)


def name_terms(name: tuple[str, ...]) -> list[str]:
    """The index terms of a name: neighbouring words as pairs, Japanese characters as bigrams.

    >>> name_terms(("potenc", "assay"))
    ['potenc_assay']
    """
    found: list[str] = []
    words: list[str] = []
    run = ""
    for atom in (*name, ""):
        japanese = len(atom) == 1 and _JAPANESE.match(atom)
        if not japanese:
            found += japanese_terms(run, kanji=False)
            run = ""
        if japanese or not atom:
            found += neighbours(words) or words
            words = []
        if japanese:
            run += atom
        elif atom:
            words.append(atom)
    return found


def name_key(text: str) -> str:
    """A whole name as one key; empty when nothing in it can be searched."""
    return " ".join(name_atoms(text))


def without_brackets(title: str) -> str:
    """A title without what stands in brackets."""
    return " ".join(_BRACKETS.sub(" ", title).split())


def names_in(title: str) -> tuple[str, ...]:
    """A title, the title without its brackets, and what stands in the brackets: each is how people call the thing.

    >>> names_in("PMD Act (薬機法)")
    ('PMD Act (薬機法)', 'PMD Act', '薬機法')
    """
    inside = tuple(match.strip() for match in _BRACKETS.findall(title))
    return tuple(dict.fromkeys(name for name in (title, without_brackets(title), *inside) if name))


def identifier_key(text: str) -> str:
    """An identifier without case, width, spaces, punctuation, and the zeros that fill a registry number up.

    >>> identifier_key("NCT 0427-6987") == identifier_key("nct4276987")
    True
    """
    return _FILLING_ZEROS.sub("", "".join(character for character in fold(text) if character.isalnum()))


def facet_key(facet: str, code: str) -> str:
    """The key of a facet's code."""
    return f"{facet}:{code.casefold()}"
