"""Which fields of a model point to other entries, and what one entry points to."""

from __future__ import annotations

import types
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from kb.models import model_of
from kb.models.base import Model, ReferenceTo, SourceReference
from kb.problems import FieldPath

#: A path through a model; ``None`` stands for «every item of the list».
PathPattern = tuple[str | None, ...]


class Reference(NamedTuple):
    """One reference as written in an entry."""

    path: FieldPath
    collections: tuple[str, ...]
    target: str


@cache
def reference_fields(collection: str) -> tuple[tuple[PathPattern, tuple[str, ...]], ...]:
    """The fields of a collection that name entries, with the collections they may name."""
    found = _marked_fields(model_of(collection), ReferenceTo)
    return tuple((path, marker.collections) for path, marker in found if isinstance(marker, ReferenceTo))


@cache
def source_key_fields(collection: str) -> tuple[PathPattern, ...]:
    """The fields of a collection that name one of the entry's own sources."""
    skipped = (("sources", None, "key"), ("requirements", None, "key"), ("rules", None, "requirement"))
    found = _marked_fields(model_of(collection), SourceReference)
    return tuple(path for path, _ in found if path not in skipped)


@cache
def marked_fields(collection: str, marker: type) -> tuple[tuple[PathPattern, object], ...]:
    """The fields of a collection whose type carries a mark of the class ``marker``, each with its mark."""
    return tuple(_marked_fields(model_of(collection), marker))


def values_at(data: Any, pattern: PathPattern, path: FieldPath = ()) -> Iterator[tuple[FieldPath, Any]]:
    """Every value that ``pattern`` reaches in plain data, with its path."""
    if not pattern:
        if data is not None:
            yield path, data
        return
    head, rest = pattern[0], pattern[1:]
    if head is None:
        if isinstance(data, list | tuple):
            for index, item in enumerate(data):
                yield from values_at(item, rest, (*path, index))
    elif isinstance(data, dict) and head in data:
        yield from values_at(data[head], rest, (*path, head))


def references_of(collection: str, data: Any) -> Iterator[Reference]:
    """Everything that an entry, given as plain data, points to."""
    for pattern, collections in reference_fields(collection):
        for path, value in values_at(data, pattern):
            if isinstance(value, str):
                yield Reference(path, collections, value)


def _marked_fields(model: type[Model], marker: type) -> list[tuple[PathPattern, object]]:
    found: list[tuple[PathPattern, object]] = []
    for name, field in model.model_fields.items():
        found += [((name,), item) for item in field.metadata if isinstance(item, marker)]
        found += [((name, *path), item) for path, item in _marked_in(field.annotation, marker)]
    return found


def _marked_in(annotation: Any, marker: type) -> list[tuple[PathPattern, object]]:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *metadata = get_args(annotation)
        return [((), item) for item in metadata if isinstance(item, marker)] + _marked_in(inner, marker)
    if origin in (Union, types.UnionType):
        return [pair for part in get_args(annotation) for pair in _marked_in(part, marker)]
    if origin is tuple:
        return [((None, *path), item) for path, item in _marked_in(get_args(annotation)[0], marker)]
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return _marked_fields(annotation, marker)
    return []
