"""The issue forms: which questions they ask, in both languages, with the choices of models and vocabularies."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from kb.models.base import CodeOf, Localized
from kb.problems import Message
from kb.references import marked_fields
from kb.vocabulary import Vocabularies
from kb.yaml12 import read_yaml

Kind = Literal["input", "textarea", "dropdown"]
_FILE: Final = Path(__file__).with_name("forms.yaml")


class FormField(NamedTuple):
    """One question of a form."""

    id: str
    kind: Kind
    label: Message
    help: Message | None
    placeholder: str | None
    required: bool
    #: True when GitHub shall show the answer as it was typed, in a block of code.
    literal: bool
    #: Code -> text of the choice; empty for free text.
    options: Mapping[str, str]

    @property
    def heading(self) -> str:
        """The question in both languages: what GitHub puts above the answer."""
        return f"{self.label.en} / {self.label.ja}"


class Form(NamedTuple):
    """One form."""

    id: str
    name: Message
    description: Message
    note: Message | None
    fields: tuple[FormField, ...]


def read_forms(vocabularies: Vocabularies) -> dict[str, Form]:
    """Id -> form, with the choices of these vocabularies.

    Raises:
        KeyError: when a form names a field or a vocabulary that does not exist.
    """
    return {id_: _form(id_, data, vocabularies) for id_, data in _written().items()}


@cache
def _written() -> Mapping[str, Any]:
    forms: Mapping[str, Any] = read_yaml(_FILE)
    return forms


def _form(id_: str, data: Mapping[str, Any], vocabularies: Vocabularies) -> Form:
    fields = tuple(_field(item, data.get("collection"), vocabularies) for item in data["fields"])
    note = _message(data["note"]) if "note" in data else None
    return Form(id_, _message(data["name"]), _message(data["description"]), note, fields)


def _field(data: Mapping[str, Any], collection: str | None, vocabularies: Vocabularies) -> FormField:
    name = data.get("vocabulary") or (_vocabulary(collection, data["of"]) if collection and "of" in data else None)
    options = _options(vocabularies, name, data.get("only")) if name else {}
    return FormField(
        id=data["id"],
        kind="dropdown" if options else data.get("kind", "input"),
        label=_message(data["label"]),
        help=_message(data["help"]) if "help" in data else None,
        placeholder=data.get("placeholder"),
        required=data.get("required", False),
        literal=data.get("literal", False),
        options=options,
    )


def _vocabulary(collection: str, field: str) -> str | None:
    """The vocabulary whose codes a field holds; None for text."""
    for path, mark in marked_fields(collection, CodeOf):
        if ".".join(part for part in path if part) == field and isinstance(mark, CodeOf):
            return mark.vocabulary
    return None


def _options(vocabularies: Vocabularies, name: str, only: list[str] | None) -> dict[str, str]:
    codes = only or list(vocabularies[name])
    return {code: f"{code}: {vocabularies[name][code]['en']} / {vocabularies[name][code]['ja']}" for code in codes}


def _message(data: Mapping[str, str]) -> Message:
    words = Localized.model_validate(data)
    return Message(words.en, words.ja)
