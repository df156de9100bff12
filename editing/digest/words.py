"""The fixed words of the digest in one language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from kb.problems import Language
from kb.yaml12 import read_yaml

_FILE: Final = Path(__file__).with_name("words.yaml")


class Words:
    """Phrases by key; ``{name}`` in a phrase is filled in by keyword, whole numbers with commas."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **filled: str | int) -> str:
        """A phrase.

        Raises:
            KeyError: when there is no such phrase.
        """
        text: str = _phrases()[key][self.language]
        for name, value in filled.items():
            text = text.replace(f"{{{name}}}", value if isinstance(value, str) else f"{value:,}")
        return text


@cache
def _phrases() -> Mapping[str, Any]:
    phrases: Mapping[str, Any] = read_yaml(_FILE)
    return phrases
