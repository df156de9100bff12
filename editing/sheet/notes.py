"""The notes on headings: what an editor should enter, with the form and the codes that are allowed."""

from __future__ import annotations

from collections.abc import Iterator

from editing.sheet import words
from editing.sheet.cells import Cells
from editing.sheet.columns import Column
from kb.problems import Message

#: Codes beyond this number are found on the sheet of codes.
_MOST_CODES = 12
_KINDS = {"date": words.DATE, "whole": words.WHOLE, "number": words.NUMBER_WORD, "truth": words.TRUTH}


def note_on(column: Column, cells: Cells) -> str:
    """Help, form and codes of a field, English first."""
    parts = list(_parts(column))
    lines = [" ".join(part.en for part in parts), "".join(part.ja for part in parts)]
    if column.pattern:
        lines.append(" / ".join(words.PATTERN).replace("{pattern}", column.pattern))
    if column.vocabulary:
        lines += _codes(column.vocabulary, cells)
    return "\n".join(lines)


def note_on_key(key: str) -> str:
    """Help of a column that is no field."""
    return "\n".join(words.KEY_WORDS[key].help)


def _parts(column: Column) -> Iterator[Message]:
    yield column.help
    if column.required:
        yield words.REQUIRED
    if column.kind in _KINDS:
        yield _KINDS[column.kind]
    if column.targets:
        named = ", ".join(column.targets)
        yield Message(*(text.replace("{targets}", named) for text in words.REFERENCE))
    if column.many:
        yield words.MANY


def _codes(vocabulary: str, cells: Cells) -> list[str]:
    shown = list(cells.codes(vocabulary).shown.values())
    more = [f"… → {words.CODES_SHEET}: {vocabulary}"] if len(shown) > _MOST_CODES else []
    return [*(f"・{text}" for text in shown[:_MOST_CODES]), *more]
