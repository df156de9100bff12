"""How a code is shown in a cell, with its label in both languages, and which code a cell's text means."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

from kb.vocabulary import Vocabularies

#: Between code and labels; any dash between spaces is understood.
_DASH = " – "
_DASHES = re.compile(r"\s+[-‐-―−ー]\s+")


class Codes:
    """The codes of one vocabulary."""

    def __init__(self, name: str, vocabularies: Vocabularies) -> None:
        self.name = name
        self._items = vocabularies[name]

    @cached_property
    def shown(self) -> dict[str, str]:
        """Code -> «code – English / 日本語»."""
        return {code: f"{code}{_DASH}{item['en']} / {item['ja']}" for code, item in self._items.items()}

    @cached_property
    def _meaning(self) -> dict[str, str]:
        """What may stand in a cell, folded -> code; labels that several codes share mean none."""
        found: dict[str, set[str]] = {}
        for code, item in self._items.items():
            for word in (item["en"], item["ja"], self.shown[code]):
                found.setdefault(_folded(str(word)), set()).add(code)
        meaning = {word: next(iter(codes)) for word, codes in found.items() if len(codes) == 1}
        return meaning | {_folded(code): code for code in self._items}

    def text_of(self, code: str) -> str:
        """What a cell shows for a code; the code itself when the vocabulary does not hold it."""
        return self.shown.get(code, code)

    def code_of(self, text: str) -> str | None:
        """The code that a text means: the code, «code – label», or a label in either language; None for others."""
        found = self._meaning.get(_folded(text))
        return found or self._meaning.get(_folded(_DASHES.split(text.strip(), maxsplit=1)[0]))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
