"""A specification as plain data for the browser's matcher: tables, words, terms, rules and every constant of the algorithm.

Numbers and lists are written in the form that takes the fewest bytes without needing a format of its own.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby, pairwise
from typing import Any, Final

from kb.claims import disclosures, framing, hits, languages, segments
from kb.claims.folding import ORNAMENT, folding_table, voiced_table
from kb.claims.specification import NUMBER, Specification

#: Letters as :mod:`kb.claims.languages` counts them; what a letter is differs between the versions of Unicode.
_LETTERS: Final = re.compile(r"[^\W\d_]+")
#: A run of characters that fold to one and the same: first and last code point, what they fold to.
#: A run of characters that fold each to its own: first code point, what they fold to.
Run = tuple[int, int, str] | tuple[int, list[str]]


def browser_data(spec: Specification) -> dict[str, Any]:
    """Everything that decides what is found, as JSON knows it.

    Returns:
        ``fold`` (runs), ``voiced``, ``concepts`` (name, labels, genre, weight), ``words`` (a final ``*``: any ending),
        ``terms`` (for each concept its terms and those that only take away; a term is a word's number or several),
        ``rules`` (claim, all, unless, needs, window, across, denies) and ``constants``.
    """
    return {
        "fold": list(_runs(folding_table())),
        "voiced": dict(voiced_table()),
        "concepts": [list(concept) for concept in spec.concepts],
        "words": [word + "*" * open_ for word, open_ in spec.words],
        "terms": _terms(spec),
        "rules": [[r.claim, r.all, r.unless, r.needs, r.window, int(r.across), int(r.denies)] for r in spec.rules],
        "constants": _constants(),
    }


def _runs(table: Mapping[str, str]) -> Iterator[Run]:
    for run in _consecutive(sorted(table, key=ord)):
        for same, group in groupby(
            run, key=lambda character: table[character] if table[character] == ORNAMENT else None
        ):
            characters = list(group)
            if same is None:
                yield ord(characters[0]), [table[character] for character in characters]
            else:
                yield ord(characters[0]), ord(characters[-1]), same


def _consecutive(characters: Sequence[str]) -> Iterator[list[str]]:
    run = list(characters[:1])
    for before, character in pairwise(characters):
        if ord(character) != ord(before) + 1:
            yield run
            run = []
        run.append(character)
    if run:
        yield run


def _terms(spec: Specification) -> list[list[list[int | tuple[int, ...]]]]:
    found: list[list[list[int | tuple[int, ...]]]] = [[[], []] for _ in spec.concepts]
    for concept, words, minus in spec.terms:
        found[concept][minus].append(words if len(words) > 1 else words[0])
    return found


def _constants() -> dict[str, Any]:
    return {
        "ornament": ORNAMENT,
        "number": NUMBER,
        "spaces": "".join(filter(str.isspace, map(chr, range(0x10000)))),
        "longest": segments.LONGEST,
        "title": segments.TITLE,
        "ends": segments.ENDS,
        "closing": segments.CLOSING,
        "bullets": segments.BULLETS,
        "parting": segments.PARTING,
        "numbered": segments.NUMBERED.pattern,
        "invitation": segments.INVITATION.pattern,
        "abbreviations": sorted(segments.ABBREVIATIONS),
        "gap": hits.GAP,
        "numeral": hits.NUMERAL.pattern,
        "reach": framing.REACH,
        "most_cues": framing.MOST_CUES,
        "margin": framing.MARGIN,
        "typical": framing.TYPICAL,
        "denials": framing.DENIALS,
        "offers": disclosures.OFFERS,
        "english": sorted(languages.ENGLISH),
        "kana": languages.KANA.pattern,
        "han": languages.HAN.pattern,
        "ours": f"[{languages.OURS}]",
        "letters": _letters(),
    }


@cache
def _letters() -> list[int]:
    """Code points where runs of letters and what parts them begin in turn, each as its distance from the one before."""
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    return _distances(place for run in _LETTERS.finditer(every) for place in run.span())


def _distances(numbers: Iterable[int]) -> list[int]:
    return [number - before for before, number in pairwise([0, *numbers])]
