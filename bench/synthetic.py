"""A larger knowledge base made of renamed copies of the real one, links included."""

from __future__ import annotations

import copy
import hashlib
import shutil
from pathlib import Path
from typing import Any

from kb.canonical import canonical_text
from kb.files import entry_files
from kb.models import model_of
from kb.references import reference_fields, values_at
from kb.yaml12 import read_yaml


def multiplied(source: Path, target: Path, entries: int) -> int:
    """Write at least ``entries`` entries below ``target`` and return their number.

    Args:
        source: The real knowledge base.
        target: An empty folder.
        entries: How many are wanted; the copies are whole, so there may be a few more.
    """
    originals = [(file, read_yaml(file.path)) for file in entry_files(source)]
    shutil.copytree(source / "vocabularies", target / "vocabularies")
    copies = -(-entries // len(originals))
    for number in range(copies):
        for file, data in originals:
            text = canonical_text(_renamed(data, file.collection, number), model_of(file.collection))
            folder = target / "entries" / file.collection
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{data['id']}{_suffix(number)}.yaml").write_text(text, encoding="utf-8")
    return copies * len(originals)


def _suffix(number: int) -> str:
    return f"-copy{number}" if number else ""


def _renamed(data: dict[str, Any], collection: str, number: int) -> dict[str, Any]:
    if not number:
        return data
    data = copy.deepcopy(data)
    for pattern, _ in reference_fields(collection):
        for path, value in list(values_at(data, pattern)):
            _put(data, path, f"{value}{_suffix(number)}")
    # A registry number belongs to one trial only.
    data.pop("registrations", None)
    # Titles must differ as those of different documents do, or every copy would be reported as a double.
    mark = hashlib.sha256(f"{number} {data['id']}".encode()).hexdigest()
    data["title"] = {**data["title"], "en": f"Copy {mark}", "ja": f"写し{mark}"}
    data["id"] = f"{data['id']}{_suffix(number)}"
    if "aliases" in data:
        data["aliases"] = [f"{alias}{_suffix(number)}" for alias in data["aliases"]]
    return data


def _put(data: Any, path: tuple[str | int, ...], value: str) -> None:
    for part in path[:-1]:
        data = data[part]
    data[path[-1]] = value
