"""What the rows of a workbook change."""

from __future__ import annotations

from typing import Any, NamedTuple

from editing.sheet.columns import Column
from editing.sheet.matching import Matched
from editing.sheet.problems import Place


class CellEdit(NamedTuple):
    """One value that a cell changes; None stands for «absent»."""

    place: Place
    column: Column
    before: Any
    after: Any


class RowEdit(NamedTuple):
    """What one row says of its entry or record.

    Attributes:
        sheet: Where it stands.
        row: Its number in the sheet.
        entry: Collection and id.
        of: Numbers of the records that hold the list.
        number: Place of the record in its list at export; None for an entry and for a new record.
        edits: Cells that differ.
        delete: Whether the record is to be taken out.
        new: The new record; None otherwise.
    """

    sheet: Matched
    row: int
    entry: str
    of: tuple[int, ...] = ()
    number: int | None = None
    edits: tuple[CellEdit, ...] = ()
    delete: bool = False
    new: dict[str, Any] | None = None

    @property
    def place(self) -> Place:
        """The first cell of the row."""
        return self.sheet.place(self.row, self.sheet.keys[self.sheet.table.keys[0]])

    @property
    def meant(self) -> tuple[object, ...]:
        """What it says, wherever it stands."""
        return self.delete, [(edit.column, edit.after) for edit in self.edits]

    @property
    def changes(self) -> bool:
        """Whether the row changes anything."""
        return bool(self.edits) or self.delete or self.new is not None
