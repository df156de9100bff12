"""What is wrong with a workbook, cell by cell."""

from __future__ import annotations

from typing import NamedTuple

from kb.problems import Language, Message


class Place(NamedTuple):
    """A cell, a row or a sheet of a workbook: ``guidelines!C7``."""

    sheet: str
    cell: str = ""

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


class CellProblem(NamedTuple):
    """Something in a workbook that must be mended before anything is written."""

    place: Place
    found: Message
    expected: Message
    remedy: Message

    def text(self, language: Language) -> str:
        """The four parts on one line."""
        at = 0 if language == "en" else 1
        between = " " if language == "en" else ""
        return f"{self.place}: {between.join((self.found[at], self.expected[at], self.remedy[at]))}"


class Unfit(Exception):
    """A cell's content that is no value of its field."""

    def __init__(self, found: Message, expected: Message, remedy: Message) -> None:
        super().__init__(found.en)
        self.found, self.expected, self.remedy = found, expected, remedy


class Remark(NamedTuple):
    """Something that the person should know and that hinders nothing."""

    place: Place
    message: Message
