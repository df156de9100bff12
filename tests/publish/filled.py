"""Entries with every field of their model filled in, with texts of the test's choice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args, get_origin

from kb.models import COLLECTIONS, model_of
from kb.models.base import Model
from kb.vocabulary import packaged_vocabularies
from publish.fields import FieldKind, kinds_of

#: Gives the text of a field from its path, e.g. ``requirements.statement.en``.
Writer = Callable[[str], str]
#: The id of the filled entry of each collection; references lead there.
IDS = {name: f"full-{name}" for name in COLLECTIONS}
_FIXED = {
    "key": "s1",
    "requirement": "s1",
    "orcid": "0000-0002-1825-0097",
    "pmid": "123456",
    "doi": "10.1000/x",
    "year": 2024,
}
_DATE = "2024-05-06"


def filled(collection: str, write: Writer, id_: str | None = None) -> dict[str, Any]:
    """Plain data of an entry in which no field is empty."""
    data = _record(model_of(collection), write, "")
    data |= {"id": id_ or IDS[collection], "aliases": [f"{id_ or IDS[collection]}-old"]}
    data["title"] |= {"translated": ["en"]}
    data["conflicts"][0]["values"] *= 2
    data.pop("withdrawn")
    return data


def _record(model: type[Model], write: Writer, path: str) -> dict[str, Any]:
    return {
        name: _value(model, kind, write, f"{path}.{name}".removeprefix(".")) for name, kind in kinds_of(model).items()
    }


def _value(model: type[Model], kind: FieldKind, write: Writer, path: str) -> Any:
    if kind.name in _FIXED and kind.kind != "reference":
        value: Any = _FIXED[kind.name]
    else:
        value = _MAKERS[kind.kind](model, kind, write, path)
    return [value] if kind.many else value


def _nested(model: type[Model], kind: FieldKind, write: Writer, path: str) -> Any:
    return _record(_model_in(model.model_fields[kind.name].annotation), write, path)


def _model_in(annotation: Any) -> type[Model]:
    if isinstance(annotation, type) and get_origin(annotation) is None and issubclass(annotation, Model):
        return annotation
    found = [inner for part in get_args(annotation) if part is not type(None) and (inner := _model_or_none(part))]
    return found[0]


def _model_or_none(annotation: Any) -> type[Model] | None:
    try:
        return _model_in(annotation)
    except IndexError:
        return None


_MAKERS: dict[str, Callable[[type[Model], FieldKind, Writer, str], Any]] = {
    "code": lambda model, kind, write, path: next(iter(packaged_vocabularies()[kind.vocabulary])),
    "reference": lambda model, kind, write, path: IDS[kind.collections[0]],
    "source": lambda model, kind, write, path: "s1",
    "localized": _nested,
    "record": _nested,
    "date": lambda model, kind, write, path: _DATE,
    "truth": lambda model, kind, write, path: True,
    "number": lambda model, kind, write, path: 7,
    "year": lambda model, kind, write, path: 2024,
    "address": lambda model, kind, write, path: f"https://example.org/{path}",
    "identifier": lambda model, kind, write, path: write(path),
    "text": lambda model, kind, write, path: write(path),
}
