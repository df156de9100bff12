"""Controlled vocabularies: ``code -> {en, ja, note}``, kept as YAML so that a society can mend a label."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kb.yaml12 import read_yaml


class Vocabularies(Mapping[str, Mapping[str, Any]]):
    """The vocabularies of one knowledge base, each read from its file when first asked for.

    ``vocabularies["phases"]["1-2"]["ja"]`` is a label.

    Raises:
        KeyError: when no file of that name exists.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Mapping[str, Any]] = {}

    def __getitem__(self, name: str) -> Mapping[str, Any]:
        if name not in self._read:
            path = self._folder / f"{name}.yaml"
            if not path.is_file():
                raise KeyError(name)
            self._read[name] = MappingProxyType(read_yaml(path))
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(path.stem for path in self._folder.glob("*.yaml")))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def label(self, name: str, code: str, language: str) -> str:
        """The reader's word for ``code``; the code itself when the vocabulary does not hold it."""
        item = self[name].get(code)
        return str(item[language]) if item else code


@lru_cache(maxsize=1)
def packaged_vocabularies() -> Vocabularies:
    """The vocabularies that ship with the package."""
    return Vocabularies(Path(__file__).parent / "vocabularies")


def vocabularies_of(root: Path) -> Vocabularies:
    """The vocabularies of a knowledge base; the packaged ones when it brings none."""
    folder = root / "vocabularies"
    return Vocabularies(folder) if folder.is_dir() else packaged_vocabularies()
