"""Which cells a workbook has, read from the models: a table for each collection, one for each list of records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pydantic.fields import FieldInfo

from editing.sheet.columns import Column, columns_of, described_in, field_names, is_model, type_of
from kb.models import model_of
from kb.models.base import Model
from kb.problems import Message

#: The way to a list of records; None stands for «every record of the list before».
ListPath = tuple[str | None, ...]
#: What begins the first cell of every sheet of entries; the rest of the cell says which table the sheet holds.
MARK = "evreg:"
#: Columns that tell rows apart and are not fields.
ID, ENTRY, VERSION, OF, NUMBER, ACTION = "id", "@entry", "@version", "@of", "@number", "@action"
#: Excel's limit for the name of a sheet, and the characters it refuses there.
_LONGEST_NAME, _NOT_IN_NAMES = 31, str.maketrans("", "", "[]:*?/\\'")
#: What collections are called on the tabs of the workbook.
COLLECTION_NAMES = {
    "jurisdictions": "国・地域",
    "guidelines": "ガイドライン・法令",
    "trials": "臨床試験",
    "claims": "広告の主張",
    "enforcement": "行政措置・司法判断",
    "safety-events": "安全性事象",
    "surveys": "実態調査",
    "attributes": "品質特性",
    "process-steps": "製造工程",
    "products": "モデル製品",
    "glossary": "用語集",
}


class Table(NamedTuple):
    """One sheet: the entries of a collection, or a list of records of the entries of one or more collections.

    Attributes:
        title: Name of the sheet.
        collections: Whose entries it holds.
        path: The list of records; empty for a table of entries.
        columns: The fields.
        words: What it holds, in both languages.
    """

    title: str
    collections: tuple[str, ...]
    path: ListPath
    columns: tuple[Column, ...]
    words: Message

    @property
    def mark(self) -> str:
        """The text of the first cell, by which the table is known whatever its sheet is called."""
        if not self.path:
            return f"{MARK}{self.collections[0]}"
        return f"{MARK}*.{'.'.join(part or '*' for part in self.path)}:{'+'.join(self.collections)}"

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that come before the fields."""
        if not self.path:
            return (ID, VERSION)
        return (ENTRY, *((OF,) if None in self.path else ()), NUMBER, ACTION)


class _List(NamedTuple):
    path: ListPath
    item: type[Model]
    field: FieldInfo


def tables(collections: Sequence[str]) -> tuple[Table, ...]:
    """The sheets for some collections: their entries first, then the lists; like lists share a sheet."""
    entries = [_entry_table(name) for name in collections]
    shared: dict[tuple[ListPath, type[Model]], list[str]] = {}
    fields: dict[tuple[ListPath, type[Model]], FieldInfo] = {}
    for name in collections:
        for found in _lists(model_of(name), ()):
            shared.setdefault((found.path, found.item), []).append(name)
            fields.setdefault((found.path, found.item), found.field)
    lists = [_list_table(path, item, names, fields[path, item]) for (path, item), names in shared.items()]
    return tuple(_distinct([*entries, *lists]))


def _distinct(found: list[Table]) -> Iterator[Table]:
    seen: set[str] = set()
    for table in found:
        title, number = table.title, 2
        while title.casefold() in seen:
            title = f"{table.title[: _LONGEST_NAME - 3]} {number}"
            number += 1
        seen.add(title.casefold())
        yield table._replace(title=title)


def _entry_table(collection: str) -> Table:
    japanese = COLLECTION_NAMES[collection]
    columns = tuple(column for column in columns_of(model_of(collection)) if column.path != ("id",))
    words = Message(collection.replace("-", " ").capitalize(), japanese)
    return Table(_sheet_name(collection, japanese), (collection,), (), columns, words)


def _list_table(path: ListPath, item: type[Model], collections: list[str], field: FieldInfo) -> Table:
    words = described_in(field)
    name = ".".join(part for part in path if part)
    return Table(_sheet_name(name, words.ja.rstrip("。")), tuple(collections), path, columns_of(item), words)


def _sheet_name(name: str, japanese: str) -> str:
    return f"{name} {japanese}".translate(_NOT_IN_NAMES)[:_LONGEST_NAME].strip()


def _lists(model: type[Model], path: ListPath) -> Iterator[_List]:
    for name in field_names(model):
        core, _, many = type_of(model.model_fields[name])
        if not is_model(core):
            continue
        if many:
            yield _List((*path, name), core, model.model_fields[name])
        yield from _lists(core, (*path, name, None) if many else (*path, name))
