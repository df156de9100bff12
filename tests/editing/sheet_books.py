"""Workbooks as people and programs would change them."""

from __future__ import annotations

import os
import shutil
import subprocess
import warnings
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from editing.sheet.applying import Choice
from editing.sheet.exporting import workbook
from editing.sheet.importing import Plan, plan_import
from editing.sheet.layout import MARK
from kb.files import entry_files

TODAY = date(2026, 11, 23)
HEADING_ROWS = 3


def exported(root: Path, folder: Path, *collections: str) -> Path:
    """A workbook with the entries of some collections, or of all."""
    files = [file for file in entry_files(root) if not collections or file.collection in collections]
    path = folder / "entries.xlsx"
    path.write_bytes(workbook(root, files, TODAY, collections))
    return path


def planned(root: Path, path: Path, choice: Choice = "stop") -> Plan:
    """What importing the workbook would do."""
    return plan_import(root, path, TODAY, choice)


class Book:
    """A workbook opened as openpyxl opens it; cells are named by sheet, row and field."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.file: Workbook = load_workbook(path)

    def sheet(self, mark: str) -> Worksheet:
        """The sheet whose mark is ``evreg:<mark>`` or begins so before a colon."""
        for sheet in self.file.worksheets:
            first = str(sheet.cell(1, 1).value)
            if first == MARK + mark or first.startswith(f"{MARK}*.{mark}:"):
                return sheet
        raise KeyError(mark)

    def column(self, sheet: Worksheet, field: str) -> int:
        """Number of the column of a field."""
        return next(cell.column for cell in sheet[1] if cell.value == field)

    def row(self, sheet: Worksheet, *keys: object) -> int:
        """Number of the row that begins with these keys."""
        for row in range(HEADING_ROWS + 1, sheet.max_row + 1):
            if all(sheet.cell(row, at).value == key for at, key in enumerate(keys, 1)):
                return row
        raise KeyError(keys)

    def cell(self, mark: str, field: str, *keys: object) -> Cell:
        """The cell of a field in the row with these keys."""
        sheet = self.sheet(mark)
        found: Cell = sheet.cell(self.row(sheet, *keys), self.column(sheet, field))
        return found

    def add(self, mark: str, **values: Any) -> int:
        """A new row with these values; ``__`` in a name stands for a dot. Returns its number."""
        sheet = self.sheet(mark)
        row = sheet.max_row + 1
        for name, value in values.items():
            field = name.replace("__", ".")
            sheet.cell(row, 1 if field == "entry" else self.column(sheet, field)).value = value
        return row

    def save(self) -> Path:
        """Write the workbook back."""
        self.file.save(self.path)
        return self.path


def resaved_by_libreoffice(path: Path, folder: Path) -> Path:
    """The workbook as a real LibreOffice writes it after opening it."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("soffice is missing: apt-get install libreoffice-calc-nogui")
        pytest.skip("needs soffice: apt-get install libreoffice-calc-nogui")
    target = folder / "resaved"
    run = subprocess.run(
        [
            program, "--headless", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(target), str(path),
        ],
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert (target / path.name).is_file(), run.stdout + run.stderr
    return target / path.name
