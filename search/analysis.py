"""From text to index terms, for documents and queries alike.

Terms are of eight kinds, told apart by their first or middle character:

=================  =====================================================================
``potenc``         the stem of a word
``細胞``           two neighbouring characters of Japanese; a single kanji; a lone kana
``potenc_assay``   two neighbouring words, so that phrases and closeness count
``=nct04276987``   an identifier of the entry, without hyphens and spaces
``~38326288``      an identifier that the entry's sources bear
``#potenc assay``  a whole title
``$力価測定``      a whole other name
``@phase:2``       a facet
=================  =====================================================================

Japanese is cut into bigrams, not words. Measured in November 2026 against SudachiPy 0.7 (mode A, small dictionary):

- Of 656 dictionary words inside glossary terms (小胞 in 細胞外小胞), bigrams find all, Sudachi's words 92 %.
- Plain BM25 over all text, 65 labelled Japanese queries: nDCG@10 0.647 with bigrams, 0.670 with words, 0.668 with both.
- The whole search, where known names are looked up first: 0.829 with bigrams, 0.829 with Sudachi cutting what is left
  of a query. Words would therefore only add a dictionary of 115 MB to every installation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from search.folding import JAPANESE, fold, fold_each_kana, fold_kana
from search.stemming import stem
from search.words import noise

_PIECE = re.compile(f"(?P<japanese>[{JAPANESE}]+)|(?:(?![{JAPANESE}])[^\\W_])+")
_LETTERS_OR_DIGITS = re.compile("[a-z]+|[0-9]+")
_KANJI = re.compile("[\u3005\u3400-\u9fff\uf900-\ufaff]")
#: What joins two words into one for the reader: COVID-19, UF/DF, Parkinson's.
_JOINTS: Final = frozenset(("-", "/", "'", "’", "‐", "–"))
#: Parts of a mixed word such as «misev2023» that are worth finding alone.
_SHORTEST_PART: Final = 2


class Piece(NamedTuple):
    """A word, or a run of Japanese characters, in a folded text."""

    text: str
    start: int
    end: int
    japanese: bool


def pieces(folded: str) -> Iterator[Piece]:
    """The words and Japanese runs of a text that :func:`~search.folding.fold` has seen."""
    for match in _PIECE.finditer(folded):
        yield Piece(match.group(), match.start(), match.end(), match.group("japanese") is not None)


def terms(text: str) -> list[str]:
    """The index terms of a text, in the order of the text.

    >>> terms("Potency assays")
    ['potenc', 'assay', 'potenc_assay']
    >>> terms("細胞外小胞")[:4]
    ['細胞', '胞外', '外小', '小胞']
    """
    folded = fold(text)
    found: list[str] = []
    words: list[str] = []
    before: Piece | None = None
    for piece in pieces(folded):
        if piece.japanese:
            found += japanese_terms(fold_kana(piece.text))
            found += neighbours(words)
            words = []
        else:
            found += _word_terms(piece.text)
            if piece.text not in noise("en"):
                words.append(stem(piece.text))
            if before and not before.japanese and folded[before.end : piece.start] in _JOINTS:
                found.append(stem(before.text + piece.text))
        before = piece
    return found + neighbours(words)


def japanese_terms(folded: str, kanji: bool = True) -> list[str]:
    """The bigrams of a run of kana-folded Japanese; with ``kanji`` its kanji one by one as well."""
    if len(folded) < 2:
        return [folded] if folded else []
    bigrams = ["".join(pair) for pair in pairwise(folded)]
    return bigrams + ([c for c in folded if _KANJI.match(c)] if kanji else [])


def _word_terms(word: str) -> list[str]:
    found = [] if word in noise("en") else [stem(word)]
    if not (word.isalpha() or word.isdigit()):
        found += [stem(part) for part in _LETTERS_OR_DIGITS.findall(word) if _SHORTEST_PART <= len(part) < len(word)]
    return found


def neighbours(words: list[str]) -> list[str]:
    """The terms of neighbouring words."""
    return ["_".join(pair) for pair in pairwise(words)]


def is_kanji(character: str) -> bool:
    """True for kanji and 々."""
    return bool(_KANJI.match(character))


class Atom(NamedTuple):
    """The unit in which names are compared: a stemmed word, or one kana-folded Japanese character.

    ``raw`` is the folded text from ``start`` to ``end``, where hiragana and katakana still differ.
    """

    text: str
    raw: str
    start: int
    end: int
    japanese: bool


def atoms(folded: str) -> list[Atom]:
    """The atoms of a folded text; characters that kana folding drops (ー) belong to the atom before them."""
    found: list[Atom] = []
    for piece in pieces(folded):
        if not piece.japanese:
            found.append(Atom(stem(piece.text), piece.text, piece.start, piece.end, False))
            continue
        for offset, (raw, kana) in enumerate(zip(piece.text, fold_each_kana(piece.text), strict=True)):
            place = piece.start + offset
            if kana:
                found.append(Atom(kana, raw, place, place + 1, True))
            elif offset and found:
                found[-1] = found[-1]._replace(end=place + 1)
    return found
