"""What a model's annotation means for a form: one value or several, of which kind, within which bounds."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import StringConstraints
from pydantic.fields import FieldInfo

from kb.models.base import SLUG, Model, ReferenceTo

Marker = TypeVar("Marker")


class Kind(NamedTuple):
    """What one value of a field is."""

    #: ``str``, ``int``, ``float``, ``bool`` or a model.
    value: type[Any]
    #: Marks and constraints of the annotation and of the field, the innermost first.
    marks: tuple[Any, ...]
    #: True when the field holds a list of such values.
    several: bool

    def mark(self, marker: type[Marker]) -> Marker | None:
        """The first mark of that type."""
        return next((mark for mark in self.marks if isinstance(mark, marker)), None)

    @property
    def model(self) -> type[Model] | None:
        """The model, when the values are records."""
        return self.value if issubclass(self.value, Model) else None

    @property
    def pattern(self) -> str | None:
        """Regular expression that each value matches, as the JSON Schema states it."""
        if self.mark(ReferenceTo):
            return SLUG
        for mark in self.marks:
            found = getattr(mark, "pattern", None)
            if isinstance(mark, FieldInfo) and isinstance(mark.json_schema_extra, dict):
                found = mark.json_schema_extra.get("pattern")
            if found:
                return str(found)
        return None

    @property
    def longest(self) -> int | None:
        """Most characters of a text."""
        constraints = self.mark(StringConstraints)
        return constraints.max_length if constraints else None

    @property
    def bounds(self) -> tuple[float | None, float | None]:
        """Least and greatest number; bounds that are left out themselves are moved by one, as only whole numbers have them."""
        low = [mark.ge for mark in self.marks if isinstance(mark, Ge)]
        low += [mark.gt + 1 for mark in self.marks if isinstance(mark, Gt)]  # type: ignore[operator]
        high = [mark.le for mark in self.marks if isinstance(mark, Le)]
        high += [mark.lt - 1 for mark in self.marks if isinstance(mark, Lt)]  # type: ignore[operator]
        return (_number(low), _number(high))


def kind_of(field: FieldInfo) -> Kind:
    """What the values of a model's field are."""
    inner, marks, several = _opened(field.annotation)
    # Constraints of a list (its least length) are not those of its values.
    own = () if several else tuple(field.metadata)
    return Kind(inner, (*marks, *own), several)


def least_items(field: FieldInfo) -> int:
    """How many values a list must hold at least."""
    return max((int(mark.min_length) for mark in field.metadata if hasattr(mark, "min_length")), default=0)


def _opened(annotation: Any) -> tuple[type, tuple[Any, ...], bool]:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *marks = get_args(annotation)
        found, inside, several = _opened(inner)
        return found, (*inside, *marks), several
    if origin in (Union, types.UnionType):
        return next(_opened(part) for part in get_args(annotation) if part is not type(None))
    if origin is tuple:
        found, inside, _ = _opened(get_args(annotation)[0])
        return found, inside, True
    return annotation, (), False


def _number(found: list[Any]) -> float | None:
    return next((value for value in found), None)


def fields_in_order(model: type[Model]) -> Iterator[tuple[str, FieldInfo]]:
    """Names and fields of a model in the order in which files write them."""
    order = model.key_order() if hasattr(model, "key_order") else tuple(model.model_fields)
    for name in order:
        yield name, model.model_fields[name]
