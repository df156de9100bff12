"""The one way an entry is written: key order from the model, stable quoting, one value on one line.

Lines are never folded: YAML folding turns a line break into a space, which Japanese text must not contain.
"""

from __future__ import annotations

import re
import types
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

import yaml

from kb.models.base import Model
from kb.models.core import Entry
from kb.yaml12 import WrittenFloat, WrittenInt

try:
    from yaml import CSafeDumper as _Dumper
except ImportError:  # pragma: no cover - wheels of PyYAML bring the C emitter on every supported platform
    from yaml import SafeDumper as _Dumper  # type: ignore[assignment]

_UNFOLDED = 1_000_000


class _CanonicalDumper(_Dumper):
    """Quotes text that YAML 1.1 or 1.2 would read as something else, and never writes anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(dumper: _CanonicalDumper, data: str) -> yaml.ScalarNode:
    style = None
    if "\n" in data:
        # Quoted on one line where a block would be ambiguous, so that a comment can follow it.
        style = '"' if re.search(r"[ \t]\n|[ \t]\Z|^\s|\n\n\Z", data) else "|"
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_CanonicalDumper.add_representer(str, _represent_text)
_CanonicalDumper.add_representer(WrittenInt, lambda dumper, data: dumper.represent_int(int(data)))
_CanonicalDumper.add_representer(WrittenFloat, lambda dumper, data: dumper.represent_float(float(data)))
# Plain ``1e3`` and ``0o17`` are numbers in YAML 1.2 but text in 1.1: text that looks so must be quoted.
_CanonicalDumper.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$|^0o[0-7]+$|^0x[0-9a-fA-F]+$"),
    list("-+.0123456789"),
)


class _TextShape:
    """Marks a leaf that the model reads as text."""


Shape = type[_TextShape] | dict[str, "Shape"] | tuple["Shape"] | None


@cache
def shape_of(model: type[Model]) -> dict[str, Shape]:
    """Nested key order of a model: field -> shape of its value."""
    names = model.key_order() if issubclass(model, Entry) else tuple(model.model_fields)
    return {name: _shape(model.model_fields[name].annotation) for name in names}


def _shape(annotation: Any) -> Shape:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _shape(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return next((_shape(part) for part in get_args(annotation) if part is not type(None)), None)
    if origin is tuple:
        return (_shape(get_args(annotation)[0]),)
    if annotation is str:
        return _TextShape
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return shape_of(annotation)
    return None


def ordered(value: Any, shape: Shape) -> Any:
    """``value`` with keys in model order; unknown keys follow in their own order, nothing is dropped."""
    if isinstance(value, dict) and isinstance(shape, dict):
        known = {key: ordered(value[key], shape[key]) for key in shape if key in value}
        return known | {key: item for key, item in value.items() if key not in shape}
    if isinstance(value, list) and isinstance(shape, tuple):
        return [ordered(item, shape[0]) for item in value]
    if shape is _TextShape and isinstance(value, WrittenInt | WrittenFloat):
        return value.text
    return value


def schema_line(collection: str, depth: int = 0) -> str:
    """The first line of an entry, by which editors find the JSON Schema.

    Args:
        collection: Name of the collection.
        depth: Folders between ``kb/entries/<collection>`` and the file.
    """
    return f"# yaml-language-server: $schema={'../' * (depth + 2)}schema/{collection}.json\n"


def dump(data: Any) -> str:
    """YAML text of plain values in the canonical style."""
    text: str = yaml.dump(
        data,
        Dumper=_CanonicalDumper,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=_UNFOLDED,
    )
    return text


def canonical_text(data: dict[str, Any], model: type[Entry], depth: int = 0) -> str:
    """The canonical file of an entry without comments."""
    return schema_line(model.COLLECTION, depth) + dump(ordered(data, shape_of(model)))
