"""From a workbook to changed entries: first a plan that can be read, then the writing of all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from editing.sheet.applying import Applied, Choice, Conflict, applied
from editing.sheet.base import BaseEntry
from editing.sheet.cells import Cells
from editing.sheet.comparing import collect
from editing.sheet.edits import RowEdit
from editing.sheet.exporting import Progress, parsed_entry
from editing.sheet.locating import located
from editing.sheet.matching import match_sheets
from editing.sheet.problems import CellProblem, Remark
from editing.sheet.reading import read_book
from kb.analysis.differences import FieldChange, differences
from kb.files import EntryFile, entry_files
from kb.problems import Message, near_miss
from kb.rewriting import rewritten
from kb.saving import problems_after, save
from kb.vocabulary import vocabularies_of


class EntryChange(NamedTuple):
    """What the import would change of one entry."""

    name: str
    title: Mapping[str, str]
    changes: tuple[FieldChange, ...]


class Plan(NamedTuple):
    """What an import would do.

    Attributes:
        entries: Number of entries in the workbook.
        changes: What would change.
        conflicts: Cells that somebody else changed as well; while there are any, nothing may be written.
        problems: What must be mended first.
        warnings: What validation warns of in the changed entries.
        remarks: What is worth knowing.
        drafts: The texts of the files.
        expected: What the files hold now.
    """

    entries: int
    changes: tuple[EntryChange, ...]
    conflicts: tuple[Conflict, ...]
    problems: tuple[CellProblem, ...]
    warnings: tuple[CellProblem, ...]
    remarks: tuple[Remark, ...]
    drafts: Mapping[EntryFile, str]
    expected: Mapping[EntryFile, bytes | None]

    @property
    def ready(self) -> bool:
        """Whether there is something to write and nothing against it."""
        return bool(self.drafts) and not self.conflicts and not self.problems


def plan_import(root: Path, path: Path, today: date, choice: Choice = "stop", progress: Progress | None = None) -> Plan:
    """Compare a workbook with the state it was exported from and with the entries as they are now; writes nothing.

    Args:
        root: The knowledge base.
        path: The workbook.
        today: The day that counts as present.
        choice: Whose value stands where both sides changed one cell.
        progress: Called with the number of entries done and of all edited ones.

    Raises:
        EvregError: when the file is no workbook of this kind, or an entry cannot be read.
        OSError: when a file cannot be read.
    """
    book = read_book(path)
    matches = match_sheets(book.sheets, book.base)
    found = collect(matches.sheets, book.base, Cells(vocabularies_of(root)))
    by_entry: dict[str, list[RowEdit]] = {}
    for row in found.rows:
        by_entry.setdefault(row.entry, []).append(row)
    edited = {name: rows for name, rows in by_entry.items() if any(row.changes for row in rows)}
    work = _Import(root, book.base, choice)
    for done, (name, rows) in enumerate(edited.items(), 1):
        work.take(name, rows)
        if progress:
            progress(done, len(edited))
    problems = [*book.problems, *matches.problems, *found.problems, *work.problems]
    errors, warnings = ([], []) if problems or work.conflicts else work.validated(today)
    return Plan(
        len(book.base), tuple(work.changes), tuple(work.conflicts), (*problems, *errors), tuple(warnings),
        (*matches.remarks, *found.remarks), work.drafts, work.expected,
    )  # fmt: skip


def carry_out(root: Path, plan: Plan, today: date, wait: float = 0.0) -> list[Path]:
    """Write what a plan says, all of it or nothing.

    Args:
        root: The knowledge base.
        plan: A plan that is ready.
        today: The day that counts as present.
        wait: Seconds to wait for another writer.

    Raises:
        EvregError: when an entry was changed since the plan was made, or another program is writing.
        OSError: when a file cannot be written.
    """
    return save(root, plan.drafts, plan.expected, today, wait)


class _Import:
    def __init__(self, root: Path, base: Mapping[str, BaseEntry], choice: Choice) -> None:
        self._root, self._base, self._choice = root, base, choice
        self._files = {f"{file.collection}/{file.stem}": file for file in entry_files(root)}
        self._after: dict[str, Applied] = {}
        self.changes: list[EntryChange] = []
        self.conflicts: list[Conflict] = []
        self.problems: list[CellProblem] = []
        self.drafts: dict[EntryFile, str] = {}
        self.expected: dict[EntryFile, bytes | None] = {}

    def take(self, name: str, rows: list[RowEdit]) -> None:
        """Put the rows of one entry into it."""
        file = self._files.get(name)
        if file is None:
            self.problems.append(self._gone(name, rows))
            return
        content = file.path.read_bytes()
        present = parsed_entry(file, content)
        after = applied(self._base[name], present.data, rows, self._choice)
        self.conflicts += after.conflicts
        changes = tuple(differences(present.data, after.data))
        if not changes and after.data == present.data:
            return
        self.changes.append(EntryChange(name, _title(present.data), changes))
        self.drafts[file], self.expected[file] = rewritten(content, file, after.data), content
        self._after[file.name] = after

    def validated(self, today: date) -> tuple[list[CellProblem], list[CellProblem]]:
        """Errors and warnings of all drafts together."""
        names = {file.name: f"{file.collection}/{file.stem}" for file in self.drafts}
        found = problems_after(self._root, self.drafts, today)
        errors, warnings = (
            [
                located(item, names[item.file], self._after[item.file])
                for item in found
                if item.level == level and item.file in names
            ]
            for level in ("error", "warning")
        )
        return errors, warnings

    def _gone(self, name: str, rows: list[RowEdit]) -> CellProblem:
        near = near_miss(name, self._files)
        place = next(row.place for row in rows if row.changes)
        return CellProblem(
            place,
            Message(f"The entry {name} is no longer there.{near.en}", f"エントリー{name}が存在しない。{near.ja}"),
            Message("An entry that exists.", "現在あるエントリーとする。"),
            Message(
                "It was renamed or moved since the export: export again.",
                "出力後に改名又は移動されている。改めて出力する。",
            ),
        )


def _title(data: Mapping[str, Any]) -> Mapping[str, str]:
    title = data.get("title")
    return {name: str(text) for name, text in title.items()} if isinstance(title, dict) else {}
