"""The columns of a record: its fields that fit into cells, read from its model."""

from __future__ import annotations

import types
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from kb.models.base import CodeOf, Localized, Model, PartialDate, ReferenceTo
from kb.models.core import Entry
from kb.problems import Message

Kind = Literal["text", "code", "reference", "date", "whole", "number", "truth"]
_LANGUAGES = ("en", "ja")
_WORDING = {
    "en": Message("English", "英語"),
    "ja": Message("Japanese", "日本語"),
    "original": Message("original language", "原語"),
}
#: What the type of partial dates carries and no other text does.
_DATE_MARKS: tuple[Any, ...] = tuple(item for item in get_args(PartialDate)[1:] if not isinstance(item, FieldInfo))


class Column(NamedTuple):
    """One column of fields.

    Attributes:
        path: Field of the record, from its top.
        kind: What a value is.
        many: Several values in one cell, one on each line.
        words: Heading in both languages.
        help: What an editor should enter, in both languages.
        vocabulary: Of codes.
        targets: Collections of references.
        pattern: Regular expression that a text must match.
        required: Whether the field must be there (when the mapping that holds it is).
    """

    path: tuple[str, ...]
    kind: Kind
    many: bool
    words: Message
    help: Message
    vocabulary: str = ""
    targets: tuple[str, ...] = ()
    pattern: str = ""
    required: bool = False

    @property
    def name(self) -> str:
        """The dotted field: ``title.en``."""
        return ".".join(self.path)

    @property
    def language(self) -> str:
        """``en`` or ``ja`` for one side of a statement in both languages, else empty."""
        last = self.path[-1]
        return last if last in _LANGUAGES and self.kind == "text" and not self.many else ""


@cache
def columns_of(model: type[Model]) -> tuple[Column, ...]:
    """The fields of a record that fit into cells, in the order of the canonical file."""
    return tuple(_columns(model, (), Message("", ""), required=True))


def field_names(model: type[Model]) -> tuple[str, ...]:
    """The fields of a record in the order of the canonical file."""
    return model.key_order() if issubclass(model, Entry) else tuple(model.model_fields)


def _columns(model: type[Model], path: tuple[str, ...], above: Message, *, required: bool) -> Iterator[Column]:
    for name in field_names(model):
        field = model.model_fields[name]
        core, metadata, many = type_of(field)
        needed = required and field.is_required()
        words = _joined(above, _heading(model, name, field))
        if not is_model(core):
            yield _column((*path, name), core, metadata, many, words, field, needed)
        elif not many:
            yield from _columns(core, (*path, name), words, required=needed)


def _column(
    path: tuple[str, ...], core: Any, metadata: tuple[Any, ...], many: bool, words: Message, field: FieldInfo,
    required: bool,
) -> Column:  # fmt: skip
    code = next((mark for mark in metadata if isinstance(mark, CodeOf)), None)
    reference = next((mark for mark in metadata if isinstance(mark, ReferenceTo)), None)
    kind: Kind = "text"
    if code or reference:
        kind = "code" if code else "reference"
    elif any(mark in _DATE_MARKS for mark in metadata):
        kind = "date"
    elif core in (int, float, bool):
        kind = "truth" if core is bool else "whole" if core is int else "number"
    pattern = next((found for mark in metadata if (found := getattr(mark, "pattern", None))), "")
    return Column(
        path, kind, many, words, described_in(field), code.vocabulary if code else "",
        reference.collections if reference else (), str(pattern), required,
    )  # fmt: skip


def type_of(field: FieldInfo) -> tuple[Any, tuple[Any, ...], bool]:
    """The type inside options and tuples, all its metadata, and whether there are several values."""
    core, metadata, many = _unwrapped(field.annotation)
    return core, (*field.metadata, *metadata), many


def _unwrapped(annotation: Any) -> tuple[Any, tuple[Any, ...], bool]:
    """The type inside options, tuples and annotations; their metadata; whether there are several."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        core, metadata, many = _unwrapped(arguments[0])
        return core, (*arguments[1:], *metadata), many
    if origin in (Union, types.UnionType):
        return _unwrapped(next(part for part in arguments if part is not type(None)))
    if origin is tuple:
        core, metadata, _ = _unwrapped(arguments[0])
        return core, metadata, True
    return annotation, (), False


def is_model(core: Any) -> bool:
    """Whether a type is a record of its own."""
    return isinstance(core, type) and issubclass(core, Model)


def described_in(field: FieldInfo) -> Message:
    """The explanation of a field in both languages."""
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    return Message(field.description or "", str(extra.get("description_ja", "")))


def _heading(model: type[Model], name: str, field: FieldInfo) -> Message:
    if name in _WORDING and issubclass(model, Localized):
        return Message(f"({_WORDING[name].en})", f"({_WORDING[name].ja})")
    words = described_in(field)
    # The first clause is enough for a heading; the note on it says the rest.
    english = words.en.split(";")[0].split(", e.g.")[0].rstrip(".")
    return Message(english or name, words.ja.split("。")[0] or name)


def _joined(above: Message, words: Message) -> Message:
    if not above.en:
        return words
    marks = (" " if words.en.startswith("(") else " › "), ("" if words.ja.startswith("(") else " › ")
    return Message(f"{above.en}{marks[0]}{words.en}", f"{above.ja}{marks[1]}{words.ja}")
