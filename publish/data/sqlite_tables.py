"""The tables of the SQLite file, decided from the models.

``entries`` lists every entry; one table for each collection holds its fields; every list within a collection's own
fields has a table named ``<collection>_<field>``, and the lists that all entries have (sources, notes …) share one named
``entries_<field>``. A collection's table keeps its lists as JSON arrays as well, so that it is complete by itself and
Datasette can count their items.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from kb.models import model_of
from kb.models.base import Localized
from kb.models.core import Entry
from publish.data.columns import Column, columns_of

_TYPES = {"integer": "INTEGER", "boolean": "INTEGER", "number": "REAL"}


@dataclass(frozen=True)
class ListTable:
    """The table of one list: a row for each item."""

    name: str
    #: Path of the list within the entry.
    path: tuple[str, ...]
    #: True for the lists that all entries have.
    shared: bool
    columns: tuple[Column, ...]
    #: The items are values, not records.
    scalar: bool


def quoted(name: str) -> str:
    """A name for SQL; collections have hyphens."""
    return '"' + name.replace('"', '""') + '"'


def list_tables(collection: str) -> tuple[ListTable, ...]:
    """The tables of the lists of a collection's entries."""
    return tuple(_list_tables(collection))


def _list_tables(collection: str) -> Iterator[ListTable]:
    columns = [column for column in columns_of(model_of(collection)) if column.type in ("list", "records")]
    for path, found in groupby(columns, key=lambda column: column.path):
        shared = path[0] in Entry.model_fields
        name = "_".join(("entries" if shared else collection, *path))
        first = next(found)
        if first.model:
            yield ListTable(name, path, shared, columns_of(first.model), False)
        elif first.each:
            yield ListTable(name, path, shared, columns_of(Localized), False)
        else:
            value = Column(
                "value", (), first.item, first.item, first.en, first.ja, True, first.vocabulary, first.collections
            )
            yield ListTable(name, path, shared, (value,), True)


def collection_table(collection: str) -> str:
    """The statement that makes the table of a collection."""
    columns = columns_of(model_of(collection))
    lines = [definition(column) + (" PRIMARY KEY" if column.name == "id" else "") for column in columns]
    return _create(collection, lines)


def list_table(table: ListTable, collection: str, present: Container[str]) -> str:
    """The statement that makes the table of a list.

    Args:
        table: What is made.
        collection: Whose list it is.
        present: The collections that are in the file, to which references can be foreign keys.
    """
    owner = (
        ['"collection" TEXT NOT NULL', '"entry" TEXT NOT NULL']
        if table.shared
        else [f'"entry" TEXT NOT NULL REFERENCES {quoted(collection)}("id")']
    )
    key = '"collection", "entry"' if table.shared else '"entry"'
    lines = [*owner, '"position" INTEGER NOT NULL']
    lines += [definition(column, present) for column in table.columns]
    lines.append(f'PRIMARY KEY ({key}, "position")')
    if table.shared:
        lines.append(f'FOREIGN KEY ({key}) REFERENCES "entries"("collection", "id")')
    return _create(table.name, lines)


def _create(name: str, lines: Iterable[str]) -> str:
    return f"CREATE TABLE {quoted(name)} (\n  " + ",\n  ".join(lines) + "\n) STRICT"


def definition(column: Column, present: Container[str] = ()) -> str:
    """A column with its type and what it must keep to.

    Args:
        column: The column.
        present: The collections to which references are foreign keys. That needs ids resolved to present ones.
    """
    name = quoted(column.name)
    type_ = "TEXT" if column.type in ("list", "records") else _TYPES.get(column.type, "TEXT")
    parts = [name, type_]
    is_linked = is_link(column, present)
    # A reference that leads nowhere is null in a linked column; the array in the collection's table still has it.
    if column.required and not is_linked:
        parts.append("NOT NULL")
    if column.type == "boolean":
        parts.append(f"CHECK ({name} IN (0, 1))")
    if column.type in ("list", "records"):
        parts.append(f"CHECK (json_valid({name}))")
    if is_linked:
        parts.append(f'REFERENCES {quoted(column.collections[0])}("id")')
    return " ".join(parts)


def is_link(column: Column, present: Container[str]) -> bool:
    """A single reference that can lead into one collection only, which is in the file."""
    return column.type == "text" and len(column.collections) == 1 and column.collections[0] in present
