"""What a text says itself, without what it quotes or adds in brackets."""

from __future__ import annotations

import re
from typing import Final

#: Words of others: a text may quote what it should not say itself.
_QUOTED: Final = re.compile(r"「[^「」]*」|『[^『』]*』|“[^“”]*”|«[^«»]*»|\"[^\"\n]*\"|‘[^‘’\n]*’")
#: Additions in brackets: names in the original, abbreviations.
_BRACKETED: Final = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|〔[^〔〕]*〕|【[^【】]*】")


def without_quotations(text: str) -> str:
    """``text`` with a blank for every quotation; nested ones go with the outer one.

    >>> without_quotations("The notice speaks of 「エクソソーム等」 only.")
    'The notice speaks of   only.'
    """
    return _emptied(text, _QUOTED)


def without_additions(text: str) -> str:
    """``text`` with a blank for every quotation and every bracket.

    >>> without_additions("Act on Safety (再生医療等安全性確保法)")
    'Act on Safety  '
    """
    return _emptied(_emptied(text, _QUOTED), _BRACKETED)


def _emptied(text: str, pattern: re.Pattern[str]) -> str:
    found = 1
    while found:
        text, found = pattern.subn(" ", text)
    return text
