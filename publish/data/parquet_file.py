"""Parquet: one file for each collection, with nested types derived from the models."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kb import KnowledgeBase
from kb.models import model_of
from kb.models.base import Model
from kb.models.core import Entry
from publish.data import edition
from publish.data.columns import inner_type
from publish.data.plain import plain
from publish.fields import kinds_of

_SCALARS = {bool: pa.bool_(), int: pa.int64(), float: pa.float64()}


def parquet_file(kb: KnowledgeBase, collection: str) -> bytes:
    """A collection with its records and lists as they are; absent values are null, dates are text."""
    found = edition.edition_of(kb)
    schema = schema_of(model_of(collection)).with_metadata(
        {
            "title": f"{edition.TITLE_EN}: {collection}",
            "version": found.name,
            "licence": f"{edition.LICENCE} {edition.LICENCE_URL}",
        }
    )
    table = pa.Table.from_pylist(plain(kb, collection), schema=schema)
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


@cache
def schema_of(model: type[Model]) -> Any:
    """The Arrow schema of a model; every field carries its descriptions."""
    return pa.schema(_fields(model))


def _fields(model: type[Model]) -> list[Any]:
    names = model.key_order() if issubclass(model, Entry) else tuple(model.model_fields)
    return [_field(model, name) for name in names]


def _field(model: type[Model], name: str) -> Any:
    field = model.model_fields[name]
    inner = inner_type(field.annotation)
    is_record = isinstance(inner, type) and issubclass(inner, Model)
    type_ = pa.struct(_fields(inner)) if is_record else _SCALARS.get(inner, pa.string())
    extra = field.json_schema_extra
    told = {
        "description": field.description or "",
        "description_ja": str(extra.get("description_ja", "")) if isinstance(extra, dict) else "",
    }
    return pa.field(name, pa.list_(type_) if kinds_of(model)[name].many else type_, metadata=told)
