"""One line of the printed table."""

from __future__ import annotations

from typing import NamedTuple


class Figure(NamedTuple):
    """What was measured, as text for the table."""

    name: str
    ours: str
    theirs: str = ""
    ratio: str = ""
    goal: str = ""
    failed: bool = False
