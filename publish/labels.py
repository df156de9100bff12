"""The site's own words in one language: field names, collections, fixed phrases (``publish/labels/*.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kb.models import model_of
from kb.models.base import Model
from kb.problems import Language
from kb.yaml12 import read_yaml

LANGUAGES: tuple[Language, Language] = ("en", "ja")
_FOLDER = Path(__file__).parent / "labels"


@cache
def _words(name: str) -> Mapping[str, Any]:
    words: Mapping[str, Any] = read_yaml(_FOLDER / f"{name}.yaml")
    return words


class Labels:
    """Labels in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._fields: dict[tuple[type[Model], str], str] = {}
        self._paths: dict[tuple[str, str], str] = {}

    def say(self, key: str) -> str:
        """A fixed phrase of the interface.

        Raises:
            KeyError: when ``interface.yaml`` has no such key.
        """
        return str(_words("interface")[key][self.language])

    def phrase(self, sheet: str, key: str) -> str:
        """A fixed phrase of one kind of page, from the file that is named after it.

        Raises:
            KeyError: when ``labels/<sheet>.yaml`` has no such key.
        """
        return str(_words(sheet)[key][self.language])

    def phrases(self, sheet: str) -> dict[str, str]:
        """Every fixed phrase of one kind of page, e.g. for its scripts."""
        return {key: self.phrase(sheet, key) for key in _words(sheet)}

    def starting_with(self, prefix: str) -> dict[str, str]:
        """The fixed phrases whose keys begin alike, by the rest of the key."""
        words = _words("interface")
        return {key.removeprefix(prefix): self.say(key) for key in words if key.startswith(prefix)}

    def field(self, model: type[Model], name: str) -> str:
        """The short label of a model's field; the field's own name when nobody has given it one."""
        known = self._fields.get((model, name))
        if known is None:
            words = _words("fields")
            found = next((words[key] for key in _keys(model, name) if key in words), None)
            known = str(found[self.language]) if found else name.replace("_", " ")
            self._fields[model, name] = known
        return known

    def field_path(self, collection: str, path: str) -> str:
        """Words for a path such as ``arms[0].unit``; unknown parts stay as they are written."""
        known = self._paths.get((collection, path))
        if known is None:
            model = model_of(collection)
            parts = [part for part in re.split(r"[.\[\]]+", path) if part and not part.isdigit()]
            inside = bool(parts) and parts[0] in model.model_fields
            known = " › ".join(self.field(model, part) for part in parts) if inside else path
            self._paths[collection, path] = known
        return known

    def collection(self, name: str) -> str:
        """The plural name of a collection."""
        return str(_words("collections")[name][self.language])

    def one(self, name: str) -> str:
        """The singular name of a collection."""
        return str(_words("collections")[name]["one"][self.language])

    def about(self, name: str) -> str:
        """What the list page of a collection says first."""
        return str(_words("collections")[name]["about"][self.language])

    def reverse(self, collection: str, pattern: str) -> str:
        """The heading above the entries of ``collection`` whose field ``pattern`` names the page's entry."""
        found = _words("reverse").get(f"{collection}.{pattern}")
        return str(found[self.language]) if found else self.collection(collection)


def _keys(model: type[Model], name: str) -> tuple[str, ...]:
    return (*(f"{base.__name__}.{name}" for base in model.__mro__ if issubclass(base, Model)), name)
