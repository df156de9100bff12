"""What kind of value each field of a model holds, read once from its annotation."""

from __future__ import annotations

import types
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import AfterValidator

from kb.models.base import CodeOf, Localized, Model, OriginalName, ReferenceTo, SourceReference

Kind = Literal[
    "code",
    "reference",
    "source",
    "localized",
    "date",
    "truth",
    "number",
    "year",
    "address",
    "identifier",
    "text",
    "record",
]

_ADDRESSES = frozenset({"url", "archived"})
_IDENTIFIERS = frozenset({"doi", "pmid", "orcid"})


class FieldKind(NamedTuple):
    """The kind of one field."""

    name: str
    kind: Kind
    many: bool
    vocabulary: str = ""
    collections: tuple[str, ...] = ()


@cache
def kinds_of(model: type[Model]) -> dict[str, FieldKind]:
    """Field name -> kind, in the order of the model."""
    return {
        name: _kind(name, field.annotation, tuple(field.metadata), False) for name, field in model.model_fields.items()
    }


def _kind(name: str, annotation: Any, metadata: tuple[Any, ...], many: bool) -> FieldKind:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(name, arguments[0], (*metadata, *arguments[1:]), many)
    if origin in (Union, types.UnionType):
        inner = next(part for part in arguments if part is not type(None))
        return _kind(name, inner, metadata, many)
    if origin is tuple:
        return _kind(name, arguments[0], metadata, True)
    return _marked_kind(name, metadata, many) or FieldKind(name, _plain_kind(name, annotation, metadata), many)


def _marked_kind(name: str, metadata: tuple[Any, ...], many: bool) -> FieldKind | None:
    for item in metadata:
        if isinstance(item, CodeOf):
            return FieldKind(name, "code", many, vocabulary=item.vocabulary)
        if isinstance(item, ReferenceTo):
            return FieldKind(name, "reference", many, collections=item.collections)
        if isinstance(item, SourceReference):
            return FieldKind(name, "source", many)
    return None


def _plain_kind(name: str, annotation: Any, metadata: tuple[Any, ...]) -> Kind:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        own = set(annotation.model_fields) - set(OriginalName.model_fields)
        return "localized" if issubclass(annotation, Localized) and not own else "record"
    if annotation is bool:
        return "truth"
    if annotation in (int, float):
        return "year" if name == "year" else "number"
    if any(isinstance(item, AfterValidator) for item in metadata):
        return "date"
    if name in _ADDRESSES:
        return "address"
    return "identifier" if name in _IDENTIFIERS else "text"
