"""Text as advertisements write it, folded to one form, with the way back to every original character.

Width, case, ligatures and letters of ornament are folded by Unicode NFKC (UAX #15), restricted to the blocks named here, so that
the same table serves Python and the browser whatever Unicode version each was built with.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

#: Stands for an emoji, an arrow or another ornament: at the head of a line it begins an item, else it parts nothing.
ORNAMENT = "\ue001"
#: Stands for a bullet, a tick or a circled number, which begin an item wherever they stand.
BULLET = "\ue002"
#: Blocks whose characters are folded: Latin with marks, punctuation, symbols, enclosed and square forms, CJK compatibility,
#: half- and full-width forms, mathematical letters (used for «bold» in posts), enclosed supplements.
_BLOCKS = (
    (0x0041, 0x005B), (0x00A0, 0x0250), (0x1E00, 0x1F00), (0x2000, 0x2070), (0x2070, 0x20A0), (0x2100, 0x2190),
    (0x2460, 0x2500), (0x3000, 0x3002), (0x3200, 0x3400), (0xF900, 0xFB00), (0xFB00, 0xFB07), (0xFF01, 0xFFE7),
    (0x1D400, 0x1D800), (0x1F100, 0x1F200),
)  # fmt: skip
#: Pictures, dingbats, arrows, geometric shapes: ornament wherever they stand.
_ORNAMENTS = (
    (0x2190, 0x2200),
    (0x25A0, 0x27C0),
    (0x2900, 0x2980),
    (0x2B00, 0x2C00),
    (0x1F000, 0x1F100),
    (0x1F200, 0x1FB00),
)
_BULLETS = "•‣◦●○◎◉■□▪▫◆◇▶►✓✔✅☑✗✘★☆※⭐" + "".join(
    chr(code) for first, end in ((0x2460, 0x2474), (0x24EA, 0x2500), (0x2776, 0x2794)) for code in range(first, end)
)
_DASHES = "‐‑‒–—―−﹣-"
_QUOTES = {
    "‘": "'",
    "’": "'",
    "ʼ": "'",
    "`": "'",
    "´": "'",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "〝": '"',
    "〟": '"',
}
#: Characters nobody sees: they part words only to hide them.
_INVISIBLE = (0xAD, 0x34F, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, *range(0xFE00, 0xFE10), 0x20E3)  # fmt: skip
_SPACES = "\t\v\f\x85\u3000"
_BREAKS = "\n\r\u2028\u2029"
_VOICED = "\u3099\u309a"


class Folded(NamedTuple):
    """Folded characters and, for each, where in the original the characters it came from begin and end."""

    text: str
    starts: array[int]
    ends: array[int]


@cache
def folding_table() -> Mapping[str, str]:
    """Character -> what it is read as; "" when it is passed over. Characters that stay as they are have no key."""
    table = {chr(code): ORNAMENT for first, end in _ORNAMENTS for code in range(first, end)}
    table |= dict(_compatible())
    table |= dict.fromkeys(_DASHES, "-") | _QUOTES | dict.fromkeys(_SPACES, " ") | dict.fromkeys(_BREAKS, "\n")
    table |= dict.fromkeys(_BULLETS, f"\n{BULLET}") | {chr(code): "" for code in _INVISIBLE}
    return {character: folded for character, folded in table.items() if folded != character}


def _compatible() -> Iterator[tuple[str, str]]:
    for first, end in _BLOCKS:
        for code in range(first, end):
            character = chr(code)
            plain = (
                unicodedata.normalize("NFKD", character) if code < 0x1F00 else unicodedata.normalize("NFKC", character)
            )
            folded = "".join(part for part in plain.lower() if not 0x300 <= ord(part) < 0x370)
            if unicodedata.category(character) != "Cn":
                yield character, folded


@cache
def voiced_table() -> Mapping[str, str]:
    """Kana followed by a mark of voicing -> the one character it makes (half-width kana come in two)."""
    kana = (chr(code) + mark for code in range(0x3041, 0x30FB) for mark in _VOICED)
    return {pair: whole for pair in kana if len(whole := unicodedata.normalize("NFC", pair)) == 1}


def fold(text: str) -> Folded:
    """Fold a text; linear in its length."""
    table, voiced = folding_table(), voiced_table()
    characters: list[str] = []
    starts, ends = array("l"), array("l")
    for place, character in enumerate(text):
        for folded in table.get(character, character):
            if folded in _VOICED and characters and (whole := voiced.get(characters[-1] + folded)):
                characters[-1], ends[-1] = whole, place + 1
            else:
                characters.append(folded)
                starts.append(place)
                ends.append(place + 1)
    return Folded("".join(characters), starts, ends)
