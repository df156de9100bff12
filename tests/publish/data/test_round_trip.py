"""What is read back from the files equals the knowledge base."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pyarrow.parquet as pq
import pytest

from kb import KnowledgeBase
from kb.models import COLLECTIONS, model_of
from publish.data.columns import Column, columns_of, nested
from publish.data.formats import data_files

Records = list[dict[str, Any]]


@lru_cache(maxsize=8)
def _content(kb: KnowledgeBase, format_: str, name: str) -> bytes:
    return next(file for file in data_files(kb, [format_]) if file.name == name).make()


def _from_json(kb: KnowledgeBase, collection: str) -> Records:
    found: Records = json.loads(_content(kb, "json", f"{collection}.json"))
    return found


def _from_parquet(kb: KnowledgeBase, collection: str) -> Records:
    table = pq.read_table(io.BytesIO(_content(kb, "parquet", f"{collection}.parquet")))
    found: Records = _without_null(table.to_pylist())
    return found


def _without_null(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_null(item) for key, item in value.items() if item is not None}
    return [_without_null(item) for item in value] if isinstance(value, list) else value


def _from_sqlite(kb: KnowledgeBase, collection: str) -> Records:
    base = sqlite3.connect(":memory:")
    base.deserialize(_content(kb, "sqlite", "evreg.sqlite"))
    columns = columns_of(model_of(collection))
    rows = base.execute(f'SELECT * FROM "{collection}"').fetchall()
    base.close()
    return [nested([_value(*pair) for pair in zip(columns, row, strict=True)], columns) for row in rows]


def _value(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.type in ("list", "records"):
        return json.loads(value)
    return bool(value) if column.type == "boolean" else value


@pytest.mark.parametrize("read", [_from_json, _from_parquet, _from_sqlite])
def test_files_give_the_knowledge_base_back(
    any_kb: KnowledgeBase, read: Callable[[KnowledgeBase, str], Records]
) -> None:
    for collection in COLLECTIONS:
        model = model_of(collection)
        entries = [model.model_validate(record) for record in read(any_kb, collection)]
        assert entries == list(any_kb.collection(collection).values()), collection


def test_the_same_entries_give_the_same_bytes(full_kb: KnowledgeBase) -> None:
    first = {file.name: file.make() for file in data_files(full_kb)}
    again = {file.name: file.make() for file in data_files(full_kb)}
    assert [name for name in first if first[name] != again[name]] == []


def test_a_collection_without_entries_has_its_files_all_the_same(tmp_path: Any) -> None:
    from kb import load
    from tests.samples import small_kb

    base = load(small_kb(tmp_path))
    assert _from_json(base, "trials") == _from_parquet(base, "trials") == _from_sqlite(base, "trials") == []
    assert len(data_files(base)) == 3 * len(COLLECTIONS) + 6


def test_formats_and_collections_are_as_asked(full_kb: KnowledgeBase) -> None:
    names = [file.name for file in data_files(full_kb, ["datapackage"], ["trials", "claims"])]
    assert names == ["trials.csv", "claims.csv", "datapackage.json"]
    with pytest.raises(KeyError, match="xml"):
        data_files(full_kb, ["json", "xml"])
