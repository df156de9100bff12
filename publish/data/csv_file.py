"""CSV (RFC 4180): UTF-8 with a byte order mark, which Excel needs, and no cell that a spreadsheet would execute."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from kb import KnowledgeBase
from kb.models import model_of
from publish.data.cells import cell, neutralised
from publish.data.columns import Column, columns_of, flat
from publish.data.plain import plain

#: The encoding's name in Python, with the byte order mark.
ENCODING = "utf-8-sig"


def csv_file(kb: KnowledgeBase, collection: str) -> bytes:
    """A collection as CSV with a header row.

    Every cell is quoted, so that programs that take semicolons for separators find the same cells.
    """
    columns = columns_of(model_of(collection))
    rows = ([_text(column, value) for column, value in _cells(record, columns)] for record in plain(kb, collection))
    return table([column.name for column in columns], rows)


def table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Rows of texts as CSV."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerow(headings)
    writer.writerows(rows)
    return buffer.getvalue().encode(ENCODING)


def _cells(record: dict[str, Any], columns: tuple[Column, ...]) -> Iterable[tuple[Column, Any]]:
    return zip(columns, flat(record, columns), strict=True)


def _text(column: Column, value: Any) -> str:
    found = cell(column, value)
    if found is None:
        return ""
    if isinstance(found, bool):
        return "true" if found else "false"
    return neutralised(found) if isinstance(found, str) else str(found)
