"""The word lists of the search (``search/data``), which editors mend without touching a program."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from kb.problems import Language

_FOLDER = Path(__file__).parent / "data"


@lru_cache(maxsize=2)
def noise(language: Language) -> frozenset[str]:
    """Words that a question is made of and an answer is not."""
    lines = (_FOLDER / f"noise.{language}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=1)
def noise_pattern() -> re.Pattern[str]:
    """Matches the longest Japanese noise at a place."""
    return re.compile("|".join(map(re.escape, sorted(noise("ja"), key=lambda phrase: (-len(phrase), phrase)))))


def everyday_words() -> list[list[str]]:
    """Groups of words that mean the same to someone who searches."""
    groups: list[list[str]] = _yaml("everyday")
    return groups


def collection_names() -> Mapping[str, Mapping[str, Any]]:
    """Collection -> label in both languages, and the words by which a query asks for it."""
    names: Mapping[str, Mapping[str, Any]] = _yaml("collections")
    return names


def _yaml(name: str) -> Any:
    from kb.yaml12 import read_yaml

    return read_yaml(_FOLDER / f"{name}.yaml")
