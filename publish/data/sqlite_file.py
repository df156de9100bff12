"""SQLite: typed and linked tables, full-text search in both languages, labels and descriptions; ready for Datasette."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterator, Sequence
from contextlib import closing
from typing import Any

from kb import KnowledgeBase
from kb.knowledge_base import Key, key_of
from kb.models import model_of
from publish.data import edition
from publish.data.columns import Column, columns_of, flat
from publish.data.plain import Record, compact_json, plain
from publish.data.sqlite_tables import ListTable, collection_table, is_link, list_table, list_tables, quoted
from publish.data.sqlite_views import FILL_SEARCH, SEARCH, views

_FRAME = """
CREATE TABLE "about" ("name" TEXT PRIMARY KEY, "value" TEXT NOT NULL) STRICT;
CREATE TABLE "vocabularies" (
  "vocabulary" TEXT NOT NULL, "code" TEXT NOT NULL, "en" TEXT NOT NULL, "ja" TEXT NOT NULL,
  PRIMARY KEY ("vocabulary", "code")
) STRICT;
CREATE TABLE "fields" (
  "table" TEXT NOT NULL, "field" TEXT NOT NULL, "type" TEXT NOT NULL, "vocabulary" TEXT, "refers_to" TEXT,
  "description_en" TEXT NOT NULL, "description_ja" TEXT NOT NULL, PRIMARY KEY ("table", "field")
) STRICT;
CREATE TABLE "entries" (
  "number" INTEGER PRIMARY KEY, "collection" TEXT NOT NULL, "id" TEXT NOT NULL,
  "title_en" TEXT NOT NULL, "title_ja" TEXT NOT NULL, "summary_en" TEXT NOT NULL, "summary_ja" TEXT NOT NULL,
  "confidence" TEXT NOT NULL, "review_status" TEXT NOT NULL, "review_verified" TEXT NOT NULL, "withdrawn_on" TEXT,
  UNIQUE ("collection", "id")
) STRICT;
CREATE TABLE "links" (
  "from_collection" TEXT NOT NULL, "from_id" TEXT NOT NULL, "field" TEXT NOT NULL,
  "to_collection" TEXT NOT NULL, "to_id" TEXT NOT NULL,
  PRIMARY KEY ("from_collection", "from_id", "field", "to_collection", "to_id"),
  FOREIGN KEY ("from_collection", "from_id") REFERENCES "entries"("collection", "id"),
  FOREIGN KEY ("to_collection", "to_id") REFERENCES "entries"("collection", "id")
) STRICT;
"""


def sqlite_file(kb: KnowledgeBase, collections: tuple[str, ...]) -> bytes:
    """The collections as a SQLite database, the same bytes for the same entries and version of SQLite."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        # Rows come before what they point to; the whole is checked at the end.
        base.execute("PRAGMA foreign_keys = OFF")
        base.executescript(_FRAME)
        base.execute("BEGIN")
        records = {name: plain(kb, name) for name in collections}
        _about(base, kb)
        _entries(base, records)
        for collection in collections:
            _collection(base, kb, collection, records)
        _links(base, kb, records)
        for view in views(collections):
            base.execute(view)
        base.execute("COMMIT")
        base.execute(SEARCH)
        base.execute(FILL_SEARCH)
        base.execute("VACUUM")
        return base.serialize()


def _insert(base: sqlite3.Connection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    if rows:
        places = ", ".join("?" * len(rows[0]))
        base.executemany(f"INSERT INTO {quoted(table)} VALUES ({places})", rows)  # noqa: S608 - names of our own


def _about(base: sqlite3.Connection, kb: KnowledgeBase) -> None:
    found = edition.edition_of(kb)
    told = {
        "title_en": edition.TITLE_EN,
        "title_ja": edition.TITLE_JA,
        "version": found.version,
        "fingerprint": found.fingerprint,
        "as_of": found.as_of,
        "licence": f"{edition.LICENCE} {edition.LICENCE_URL}",
    }
    _insert(base, "about", list(told.items()))
    labels = [
        (name, str(code), item["en"], item["ja"])
        for name, codes in kb.vocabularies.items()
        for code, item in codes.items()
    ]
    _insert(base, "vocabularies", labels)


def _entries(base: sqlite3.Connection, records: dict[str, list[Record]]) -> None:
    rows = [
        (
            None, collection, record["id"], record["title"]["en"], record["title"]["ja"],
            record["summary"]["en"], record["summary"]["ja"], record["confidence"],
            record["review"]["status"], record["review"]["verified"], record.get("withdrawn", {}).get("on"),
        )
        for collection, found in records.items()
        for record in found
    ]  # fmt: skip
    _insert(base, "entries", rows)


def _collection(base: sqlite3.Connection, kb: KnowledgeBase, collection: str, records: dict[str, list[Record]]) -> None:
    columns = columns_of(model_of(collection))
    base.execute(collection_table(collection))
    _insert(base, collection, [_values(record, columns) for record in records[collection]])
    _describe(base, collection, columns)
    for table in list_tables(collection):
        if not table.shared or not _exists(base, table.name):
            base.execute(list_table(table, collection, records))
            _describe(base, table.name, table.columns)
        rows = [row for record in records[collection] for row in _items(kb, table, collection, record, records)]
        _insert(base, table.name, rows)


def _exists(base: sqlite3.Connection, table: str) -> bool:
    return base.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (table,)).fetchone() is not None


def _values(record: Any, columns: Sequence[Column]) -> list[Any]:
    return [compact_json(value) if isinstance(value, list) else value for value in flat(record, columns)]


def _items(
    kb: KnowledgeBase, table: ListTable, collection: str, record: Record, present: Container[str]
) -> Iterator[list[Any]]:
    place: Any = record
    for part in table.path:
        place = place.get(part) if place else None
    owner = [collection, record["id"]] if table.shared else [record["id"]]
    for position, item in enumerate(place or (), 1):
        values = _values(item, table.columns)
        linked = [
            _present(kb, column, value) if is_link(column, present) else value
            for column, value in zip(table.columns, values, strict=True)
        ]
        yield [*owner, position, *linked]


def _present(kb: KnowledgeBase, column: Column, id_: str | None) -> str | None:
    """The present id of a reference, which may be written with a former one; None when there is no such entry."""
    found = kb.resolve(id_, *column.collections) if id_ else None
    return found.id if found else None


def _links(base: sqlite3.Connection, kb: KnowledgeBase, records: dict[str, list[Record]]) -> None:
    rows: dict[tuple[str, ...], None] = {}
    for collection in records:
        for entry in kb.collection(collection).values():
            own: Key = key_of(entry)
            for link in kb.links_from(entry):
                if link.target[0] in records:
                    rows[(*own, link.field, *link.target)] = None
    _insert(base, "links", list(rows))


def _describe(base: sqlite3.Connection, table: str, columns: Sequence[Column]) -> None:
    rows = [
        (
            table,
            column.name,
            column.type,
            column.vocabulary or None,
            ", ".join(column.collections) or None,
            column.en,
            column.ja,
        )
        for column in columns
    ]
    _insert(base, "fields", rows)
