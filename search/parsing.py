"""The query language: from what was typed to a small tree, never to an error.

==============================  ====================================================================
``potency assay``               entries about these words; those that have more of them come first
``"potency assay"``, 「力価試験」  the words one after another
``exosome AND NOT cosmetic``    AND, OR and NOT in capitals, with brackets
``jurisdiction:JP``             a facet; codes and labels of either language (``国:日本``)
``year:2023..2026``             a range of years; either end may be left out
``exo*``                        words that begin so
==============================  ====================================================================

What does not fit (an open quotation mark, an unknown field, too many brackets) is read as plain words, with a note.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from search.query import (
    MAX_CHARACTERS,
    MAX_CLAUSES,
    MAX_DEPTH,
    SHORTEST_PREFIX,
    Field,
    Group,
    Not,
    Note,
    Parsed,
    Part,
    Phrase,
    Prefix,
    Resolve,
    Words,
)

_QUOTES: Final = {'"': '"', "“": "”", "「": "」", "『": "』"}
_TOKEN = re.compile(
    r"(?P<field>[^\s\"“”「」『』():]{1,30}:(?:\"[^\"]*\"|「[^」]*」|[^\s\"()]+))"
    r"|(?P<phrase>\"[^\"]*\"|“[^”]*”|「[^」]*」|『[^』]*』)"
    r"|(?P<bracket>[()])"
    r"|(?P<word>[^\s\"“”「」『』()]+)"
    r"|(?P<open>[\"“”「」『』])"
)
_OPERATORS: Final = frozenset(("AND", "OR", "NOT"))


class _Malformed(Exception):
    """The query cannot be read as it is meant; caught here and told as a note."""


class _Token(NamedTuple):
    kind: str
    text: str


def parse(typed: str, resolve: Resolve) -> Parsed:
    """Read a query; whatever was typed, the answer is a tree.

    Args:
        typed: What the reader typed.
        resolve: Says which facet a field name and its value mean.
    """
    notes: list[Note] = []
    text = " ".join(unicodedata.normalize("NFKC", typed[: 4 * MAX_CHARACTERS]).split())
    if len(text) > MAX_CHARACTERS or len(typed) > 4 * MAX_CHARACTERS:
        text = text[:MAX_CHARACTERS]
        notes.append(Note("cut", str(MAX_CHARACTERS)))
    tokens = [_Token(match.lastgroup or "", match.group()) for match in _TOKEN.finditer(text)]
    try:
        part = _Parser(tokens, resolve, notes).whole()
    except _Malformed as problem:
        notes.append(Note("malformed", str(problem)))
        part = _plain(text)
    if part is None and text and not notes:
        notes.append(Note("empty", text))
    return Parsed(part, text, tuple(dict.fromkeys(notes)))


def _plain(text: str) -> Part | None:
    words = [word for word in re.split(r'[\s"“”「」『』()]+', text) if word and word not in _OPERATORS]
    return Words(" ".join(words[:MAX_CLAUSES])) if words else None


class _Parser:
    """Recursive descent: OR binds looser than AND, AND looser than standing one after another."""

    def __init__(self, tokens: Sequence[_Token], resolve: Resolve, notes: list[Note]) -> None:
        self._tokens, self._resolve, self._notes = tokens, resolve, notes
        self._at = 0
        self._brackets = any(token.kind == "word" and token.text in _OPERATORS for token in tokens)

    def whole(self) -> Part | None:
        """The tree of all tokens."""
        if len(self._tokens) > MAX_CLAUSES:
            raise _Malformed("many")
        if any(token.kind == "open" for token in self._tokens):
            raise _Malformed("quote")
        part = self._either(0)
        if self._at < len(self._tokens):
            raise _Malformed("bracket")
        return part

    def _either(self, depth: int) -> Part | None:
        return self._joined("OR", lambda: self._joined("AND", lambda: self._row(depth)))

    def _joined(self, operator: str, read: Callable[[], Part | None]) -> Part | None:
        parts = [read()]
        while self._word(operator):
            self._at += 1
            parts.append(read())
        if len(parts) == 1:
            return parts[0]
        if any(part is None for part in parts):
            raise _Malformed("operator")
        return Group(operator, tuple(part for part in parts if part is not None))

    def _row(self, depth: int) -> Part | None:
        parts: list[Part] = []
        while self._at < len(self._tokens) and not self._word("OR") and not self._word("AND"):
            if self._brackets and self._tokens[self._at] == ("bracket", ")"):
                break
            part = self._one(depth)
            if part is not None:
                _append(parts, part)
        return parts[0] if len(parts) == 1 else Group("", tuple(parts)) if parts else None

    def _one(self, depth: int) -> Part | None:
        token = self._tokens[self._at]
        self._at += 1
        if token.kind == "bracket":
            return self._group(depth) if self._brackets else None
        if token.kind == "phrase":
            return Phrase(token.text[1:-1].strip()) if token.text[1:-1].strip() else None
        if token.kind == "field":
            return self._field(token.text)
        if token.text == "NOT":
            return self._not(depth)
        if token.text.endswith("*") or "*" in token.text:
            return self._prefix(token.text)
        return Words(token.text)

    def _group(self, depth: int) -> Part | None:
        if depth >= MAX_DEPTH:
            raise _Malformed("deep")
        part = self._either(depth + 1)
        if self._at >= len(self._tokens) or self._tokens[self._at] != ("bracket", ")"):
            raise _Malformed("bracket")
        self._at += 1
        return part

    def _not(self, depth: int) -> Part:
        if self._at >= len(self._tokens) or self._word("AND") or self._word("OR"):
            raise _Malformed("operator")
        part = self._one(depth)
        if part is None:
            raise _Malformed("operator")
        return Not(part)

    def _field(self, text: str) -> Part | None:
        name, _, value = text.partition(":")
        value = value[1:-1] if value[:1] in _QUOTES and len(value) > 1 else value
        resolved = self._resolve(name, value)
        if isinstance(resolved, Field):
            return resolved
        if resolved is not None:
            self._notes.append(resolved)
        return _plain(text.replace(":", " "))

    def _prefix(self, text: str) -> Part | None:
        word = text.rstrip("*")
        if "*" not in word and len(word) >= SHORTEST_PREFIX:
            return Prefix(word)
        self._notes.append(Note("wildcard", text))
        return _plain(text.replace("*", " "))

    def _word(self, operator: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at] == ("word", operator)


def _append(parts: list[Part], part: Part) -> None:
    """Keep words that stand one after another together, because names of several words are looked up in them."""
    if isinstance(part, Words) and parts and isinstance(parts[-1], Words):
        parts[-1] = Words(f"{parts[-1].text} {part.text}")
    else:
        parts.append(part)
