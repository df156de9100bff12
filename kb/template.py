"""``evreg new``: an annotated template in which every field of a collection is explained."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, get_args, get_origin

from pydantic.fields import FieldInfo

from kb.canonical import schema_line
from kb.models import model_of
from kb.models.base import MAX_ID_LENGTH, SLUG, CodeOf, Localized, Model, ReferenceTo
from kb.problems import EvregError, Message, shorten
from kb.vocabulary import Vocabularies


def template(collection: str, id_: str, vocabularies: Vocabularies, today: date | None = None) -> str:
    """YAML text of a new entry: required fields to fill in, optional ones as comments, each with its explanation.

    Raises:
        EvregError: when ``id_`` cannot be an id.
    """
    if not re.fullmatch(SLUG, id_) or len(id_) > MAX_ID_LENGTH:
        raise EvregError(
            "ID",
            Message(f"«{shorten(id_)}» cannot be an id.", f"「{shorten(id_)}」はIDに使えない。"),
            Message(
                f"Lower-case letters a-z, digits and single hyphens or dots, at most {MAX_ID_LENGTH}.",
                "半角小文字、数字、単独のハイフン又はピリオドのみとする。",
            ),
            Message(
                "Choose an id such as «kr-mfds-2023-ev-therapy-guideline».",
                "「kr-mfds-2023-ev-therapy-guideline」のようなIDにする。",
            ),
        )
    model = model_of(collection)
    lines = [schema_line(collection).rstrip("\n")]
    for name in model.key_order():
        lines += _field(name, model.model_fields[name], _preset(name, id_, today), vocabularies, 0)
    return "\n".join(lines) + "\n"


def _preset(name: str, id_: str, today: date | None) -> str | None:
    if name == "id":
        return id_
    if name == "review":
        return f"\n  status: draft\n  verified: '{(today or date.today()).isoformat()}'"
    return None


def _field(name: str, field: FieldInfo, preset: str | None, vocabularies: Vocabularies, indent: int) -> list[str]:
    space, mark = "  " * indent, "" if field.is_required() else "# "
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    lines = [f"{space}# {field.description} / {extra.get('description_ja', '')}"]
    hint = _hint(field, vocabularies)
    if hint:
        lines.append(f"{space}# {hint}")
    if preset is not None:
        return [*lines, f"{space}{name}:{preset if preset.startswith(chr(10)) else ' ' + preset}"]
    inner = _inner_model(field.annotation)
    if field.is_required() and inner is not None:
        return [*lines, f"{space}{name}:", *_block(inner, field.annotation, vocabularies, indent + 1)]
    return [*lines, f"{space}{mark}{name}:"]


def _block(model: type[Model], annotation: Any, vocabularies: Vocabularies, indent: int) -> list[str]:
    if issubclass(model, Localized):
        return [f"{'  ' * indent}en:", f"{'  ' * indent}ja:"]
    lines: list[str] = []
    for name, field in model.model_fields.items():
        lines += _field(name, field, None, vocabularies, indent)
    if get_origin(annotation) is tuple:
        first = next(number for number, line in enumerate(lines) if not line.lstrip().startswith("#"))
        lines[first] = "  " * (indent - 1) + "- " + lines[first].lstrip()
    return lines


def _inner_model(annotation: Any) -> type[Model] | None:
    if get_origin(annotation) in (tuple, Annotated):
        return _inner_model(get_args(annotation)[0])
    return annotation if isinstance(annotation, type) and issubclass(annotation, Model) else None


def _hint(field: FieldInfo, vocabularies: Vocabularies) -> str:
    for item in (*field.metadata, *_metadata_inside(field.annotation)):
        if isinstance(item, CodeOf):
            codes = list(vocabularies[item.vocabulary])
            return f"{' | '.join(codes[:14])}{' | …' if len(codes) > 14 else ''}  ({item.vocabulary})"
        if isinstance(item, ReferenceTo):
            return f"id: {' / '.join(item.collections)}"
    return ""


def _metadata_inside(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) is Annotated:
        return get_args(annotation)[1:]
    return tuple(item for part in get_args(annotation) for item in _metadata_inside(part))
