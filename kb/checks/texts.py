"""The texts of an entry, each with its path and the language in which it is written."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from kb.problems import FieldPath, Language

#: A key that says in which language its text, or its list of texts, is written.
_LANGUAGE_KEYS: Final[dict[str, Language]] = {"en": "en", "ja": "ja"}


class FoundText(NamedTuple):
    """One text of an entry.

    Attributes:
        path: Where it stands.
        language: ``en`` or ``ja`` when the field says so; None for codes, dates, addresses and names in the original.
        text: The text; numbers as they were written.
    """

    path: FieldPath
    language: Language | None
    text: str

    @property
    def field(self) -> str:
        """The name of the innermost field; an item of a list has the name of the list."""
        last = self.path[-1]
        return (
            last
            if isinstance(last, str)
            else next((str(part) for part in self.path[::-1] if isinstance(part, str)), "")
        )


def texts_of(data: Any) -> list[FoundText]:
    """Every text and number of plain data."""
    found: list[FoundText] = []
    _collect(data, (), None, found)
    return found


def _collect(value: Any, path: FieldPath, language: Language | None, found: list[FoundText]) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            _collect(item, (*path, key), _LANGUAGE_KEYS.get(key), found)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _collect(item, (*path, index), language, found)
    elif isinstance(value, str):
        found.append(FoundText(path, language, value))
    elif value is not None and not isinstance(value, bool):
        found.append(FoundText(path, language, str(value)))
