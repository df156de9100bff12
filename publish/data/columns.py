"""The one flattening of the models into columns, and the way back.

- A record within an entry becomes columns with its name in front: ``dates.issued`` is ``dates_issued``.
- A statement becomes one column for each language: ``title_en``, ``title_ja``.
- A list of texts, codes or references is one column; a list of statements is one for each language.
- A list of records is one column that holds the records whole.
- Codes stay codes, and dates stay text that is no more exact than its source (YYYY, YYYY-MM, YYYY-MM-DD).
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from kb.models.base import Localized, Model
from kb.models.core import Entry
from publish.fields import FieldKind, kinds_of

ModelType = type[Model]
ScalarType = Literal["text", "date", "integer", "number", "boolean"]
ColumnType = Literal["text", "date", "integer", "number", "boolean", "list", "records"]


@dataclass(frozen=True)
class Column:
    """One column of a table of entries or of records."""

    name: str
    #: From the record down to the value.
    path: tuple[str, ...]
    type: ColumnType
    #: Type of a list's items; the type itself otherwise.
    item: ScalarType
    #: What it means, put together from the models' descriptions.
    en: str
    ja: str
    #: The value is there in every record.
    required: bool
    #: Vocabulary of a code.
    vocabulary: str = ""
    #: Collections to which a reference leads, in the order in which they are looked up.
    collections: tuple[str, ...] = ()
    #: Language that is taken from each item of a list of statements.
    each: str = ""
    #: Model of the items of a list of records.
    model: ModelType | None = None


@cache
def columns_of(model: type[Model]) -> tuple[Column, ...]:
    """The columns of a model, entries in the order of the canonical file."""
    return tuple(_columns(model, (), "", "", True))


def _columns(model: type[Model], path: tuple[str, ...], en: str, ja: str, required: bool) -> Iterator[Column]:
    names = model.key_order() if issubclass(model, Entry) else tuple(model.model_fields)
    for name in names:
        field, kind = model.model_fields[name], kinds_of(model)[name]
        told_en = f"{en} {field.description}".strip()
        told_ja = f"{ja}{_extra(field.json_schema_extra)}"
        here = (*path, name)
        # A default that is not None stands in every record, too.
        there = required and (field.is_required() or field.get_default(call_default_factory=True) is not None)
        inner = inner_type(field.annotation)
        if not isinstance(inner, type) or not issubclass(inner, Model):
            yield _scalar(kind, here, inner, told_en, told_ja, there)
        elif not kind.many:
            yield from _columns(inner, here, told_en, told_ja, there)
        elif inner is Localized:
            yield from _statements(here, told_en, told_ja, there)
        else:
            yield Column("_".join(here), here, "records", "text", told_en, told_ja, there, model=inner)


def _extra(extra: object) -> str:
    return str(extra.get("description_ja", "")) if isinstance(extra, Mapping) else ""


def _scalar(kind: FieldKind, path: tuple[str, ...], inner: Any, en: str, ja: str, required: bool) -> Column:
    item = _scalar_type(kind, inner)
    type_: ColumnType = "list" if kind.many else item
    return Column("_".join(path), path, type_, item, en, ja, required, kind.vocabulary, kind.collections)


def _statements(path: tuple[str, ...], en: str, ja: str, required: bool) -> Iterator[Column]:
    for language, words in (("en", ("English.", "英語。")), ("ja", ("Japanese.", "日本語。"))):
        name = "_".join((*path, language))
        yield Column(name, path, "list", "text", f"{en} {words[0]}", f"{ja}{words[1]}", required, each=language)


def _scalar_type(kind: FieldKind, inner: Any) -> ScalarType:
    if inner is bool:
        return "boolean"
    if inner is int:
        return "integer"
    if inner is float:
        return "number"
    return "date" if kind.kind == "date" else "text"


def inner_type(annotation: Any) -> Any:
    """What stands inside ``Annotated``, ``tuple`` and ``… | None``: a model or a scalar type."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Annotated, tuple):
        return inner_type(arguments[0])
    if origin in (Union, types.UnionType):
        return inner_type(next(part for part in arguments if part is not type(None)))
    return annotation


def flat(record: Mapping[str, Any], columns: Iterable[Column]) -> list[Any]:
    """The values of a record of plain data in the order of its columns; None where there is none."""
    return [_value(record, column) for column in columns]


def _value(record: Mapping[str, Any], column: Column) -> Any:
    value: Any = record
    for part in column.path:
        if value is None:
            return None
        value = value.get(part)
    return [item[column.each] for item in value] if column.each and value is not None else value


def nested(values: Sequence[Any], columns: Sequence[Column]) -> dict[str, Any]:
    """The record of plain data from the values of its columns: the inverse of :func:`flat`."""
    record: dict[str, Any] = {}
    for column, value in zip(columns, values, strict=True):
        if value is None:
            continue
        place = record
        for part in column.path[:-1]:
            place = place.setdefault(part, {})
        if not column.each:
            place[column.path[-1]] = value
            continue
        items = place.setdefault(column.path[-1], [{} for _ in value])
        for item, text in zip(items, value, strict=True):
            item[column.each] = text
    return record
