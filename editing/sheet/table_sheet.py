"""One sheet of fields: three rows of headings, then a row for each entry or record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from editing.sheet import words
from editing.sheet.base import BaseEntry
from editing.sheet.cells import Cells, CellValue, Shown
from editing.sheet.code_sheet import CodeSheet
from editing.sheet.columns import Column
from editing.sheet.layout import ACTION, ENTRY, ID, NUMBER, OF, VERSION, Table
from editing.sheet.notes import note_on, note_on_key
from editing.sheet.records import inside, records_at
from editing.sheet.style import TAB_COLOURS, Style, cells_of, height_of, width_of
from kb.problems import Message

#: Rows of headings: the machine's names (hidden), English, Japanese.
HEADING_ROWS = 3
#: Column, hidden, that says which translations of a row were out of date.
STALE = "@stale"
#: Rows below the last one that are ready for new records.
_SPARE_ROWS = 300
_KEY_WIDTHS = {ID: 34, ENTRY: 40, VERSION: 9, OF: 9, NUMBER: 8, ACTION: 12}
_HEADING_HEIGHT = 42
_MAY_DO = {"format_cells", "format_columns", "format_rows", "insert_rows", "insert_columns", "sort", "autofilter"}


class Row(NamedTuple):
    """A row before it is written: its keys, its fields, and which of them are out-of-date translations."""

    keys: Mapping[str, CellValue]
    values: tuple[Shown, ...]
    stale: str


class TableSheet:
    """The content of one sheet."""

    def __init__(
        self, table: Table, entries: Sequence[BaseEntry], cells: Cells, stale: Mapping[str, frozenset[str]]
    ) -> None:
        self.table = table
        self._cells, self._stale = cells, stale
        self.rows = [row for entry in entries for row in self._rows_of(entry)]

    def _rows_of(self, entry: BaseEntry) -> Iterator[Row]:
        collection, _, id_ = entry.name.partition("/")
        if collection not in self.table.collections:
            return
        if not self.table.path:
            yield self._row({ID: id_, VERSION: entry.version}, entry.data, entry.name, "")
            return
        for record in records_at(entry.data, self.table.path):
            places = iter((*record.of, record.number))
            prefix = ".".join(str(next(places) - 1) if part is None else part for part in (*self.table.path, None))
            of = ".".join(map(str, record.of))
            yield self._row({ENTRY: entry.name, OF: of, NUMBER: record.number}, record.data, entry.name, f"{prefix}.")

    def _row(self, keys: Mapping[str, CellValue], record: dict[str, Any], entry: str, prefix: str) -> Row:
        values = tuple(self._cells.shown(column, inside(record, column.path)) for column in self.table.columns)
        old = self._stale.get(entry, frozenset())
        marks = (
            f"{column.name}={_length(shown.value)}|"
            for column, shown in zip(self.table.columns, values, strict=True)
            if prefix + column.name in old
        )
        found = "".join(marks)
        return Row(keys, values, f"|{found}" if found else "")

    def write(self, sheet: Worksheet, style: Style, codes: CodeSheet) -> None:
        """Write headings, rows, drop-downs, colours and protection."""
        keys, columns = self.table.keys, self.table.columns
        widths = [*(_KEY_WIDTHS[key] for key in keys), *self._widths()]
        self._write_headings(sheet, style, widths)
        last = HEADING_ROWS + len(self.rows) + (_SPARE_ROWS if self.table.path else 0)
        for place, row in enumerate(self.rows, HEADING_ROWS):
            self._write_row(sheet, style, place, row, widths)
        for place, column in enumerate(columns, len(keys)):
            self._offer_choices(sheet, codes, column, place, last)
        if ACTION in keys:
            at = keys.index(ACTION)
            choice = {"validate": "list", "source": [words.DELETE_CHOICE], "ignore_blank": True}
            sheet.data_validation(HEADING_ROWS, at, last, at, choice)
        self._colour(sheet, style, last)
        sheet.freeze_panes(HEADING_ROWS, 1)
        sheet.autofilter(HEADING_ROWS - 1, 0, max(HEADING_ROWS + len(self.rows) - 1, HEADING_ROWS), len(widths) - 1)
        sheet.protect("", dict.fromkeys(_MAY_DO, True))
        sheet.set_tab_color(TAB_COLOURS[bool(self.table.path)])
        sheet.set_landscape()
        sheet.repeat_rows(1, HEADING_ROWS - 1)

    def _width(self, place: int) -> int:
        texts = [row.values[place].value for row in self.rows if isinstance(row.values[place].value, str)]
        lengths = sorted(max(cells_of(line) for line in str(text).split("\n")) for text in texts)
        # A few long values wrap; they need not make the whole column wide.
        longest = lengths[len(lengths) * 9 // 10] if lengths else 0
        return width_of(self.table.columns[place], longest)

    def _widths(self) -> list[int]:
        """Widths of the fields' columns; both languages of a statement have the same."""
        columns = self.table.columns
        widths = {column.path: self._width(place) for place, column in enumerate(columns)}
        pairs = ({column.path, *((_other(column),) if column.language else ())} for column in columns)
        return [max(widths.get(path, 0) for path in pair) for pair in pairs]

    def _write_headings(self, sheet: Worksheet, style: Style, widths: list[int]) -> None:
        keys, columns = self.table.keys, self.table.columns
        for place, key in enumerate(keys):
            sheet.set_column(place, place, widths[place], style["text"])
            sheet.write_string(0, place, self.table.mark if place == 0 else key, style["machine"])
            _write_heading(sheet, style, place, words.KEY_WORDS[key].heading, note_on_key(key))
        for place, column in enumerate(columns, len(keys)):
            sheet.set_column(place, place, widths[place], style.of(column))
            sheet.write_string(0, place, column.name, style["machine"])
            _write_heading(sheet, style, place, column.words, note_on(column, self._cells))
        sheet.set_row(0, 10, None, {"hidden": True})
        sheet.set_row(1, _HEADING_HEIGHT)
        sheet.set_row(2, _HEADING_HEIGHT)

    def _write_row(self, sheet: Worksheet, style: Style, place: int, row: Row, widths: list[int]) -> None:
        keys = self.table.keys
        values: list[CellValue] = [row.keys.get(key) for key in keys]
        for at, key in enumerate(keys):
            if key != ACTION:
                _write(sheet, place, at, values[at], style["count" if key in (OF, NUMBER) else "locked"])
        for at, (column, shown) in enumerate(zip(self.table.columns, row.values, strict=True), len(keys)):
            values.append(shown.value)
            if shown.value is not None:
                _write(sheet, place, at, shown.value, style["locked"] if shown.locked else style.of(column))
        if row.stale:
            sheet.write_string(place, len(widths), row.stale)
        shown_values = list(zip(values, widths, strict=True))
        sheet.set_row(place, height_of(shown_values[:1] + shown_values[2:] if ID in keys else shown_values))

    @staticmethod
    def _offer_choices(sheet: Worksheet, codes: CodeSheet, column: Column, place: int, last: int) -> None:
        listed = codes.choices(column)
        if column.many:
            return
        source: str | list[str] | None = ["TRUE", "FALSE"] if column.kind == "truth" else listed
        if source is not None:
            # A warning only: a bare code or a label is understood as well.
            options = {"validate": "list", "source": source, "error_type": "warning", "ignore_blank": True}
            sheet.data_validation(HEADING_ROWS, place, last, place, options)

    def _colour(self, sheet: Worksheet, style: Style, last: int) -> None:
        keys, columns = len(self.table.keys), self.table.columns
        at = {column.path: place for place, column in enumerate(columns, keys)}
        stale = any(row.stale for row in self.rows)
        first = HEADING_ROWS + 1
        marks = f"${xl_col_to_name(keys + len(columns))}{first}"
        if stale:
            sheet.write_string(0, keys + len(columns), STALE, style["machine"])
            sheet.set_column(keys + len(columns), keys + len(columns), 8, None, {"hidden": True})
        for column in columns:
            other = at.get(_other(column))
            if not column.language or other is None:
                continue
            place = at[column.path]
            here, there = (f"${xl_col_to_name(number)}{first}" for number in (place, other))
            missing = f"=AND(LEN({there})>0,LEN({here})=0)"
            old = f'=ISNUMBER(SEARCH("|{column.name}="&LEN({here})&"|",{marks}))'
            for name, formula in (("missing", missing), *((("stale", old),) if stale else ())):
                rule = {"type": "formula", "criteria": formula, "format": style.fill(name)}
                sheet.conditional_format(HEADING_ROWS, place, last, place, rule)


def _other(column: Column) -> tuple[str, ...]:
    """The same statement in the other language."""
    return (*column.path[:-1], "ja" if column.language == "en" else "en")


def _write_heading(sheet: Worksheet, style: Style, place: int, heading: Message, note: str) -> None:
    sheet.write_string(1, place, heading.en, style["head_en"])
    sheet.write_string(2, place, heading.ja, style["head_ja"])
    lines = note.count("\n") + sum(cells_of(line) // 48 for line in note.split("\n")) + 2
    sheet.write_comment(1, place, note, {"width": 360, "height": min(15 * lines, 460), "author": "EVReg"})


def _write(sheet: Worksheet, row: int, column: int, value: CellValue, style: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)


def _length(value: CellValue) -> int:
    """Length as the function LEN counts it: UTF-16 units."""
    return len(str(value or "").encode("utf-16-le")) // 2
