"""The form of a small knowledge base: the largest real entry of each collection and what it refers to."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from editing.form.bundle import sveltia
from kb.files import EntryFile, entry_files
from kb.models import COLLECTIONS
from kb.problems import EvregError
from kb.references import references_of
from kb.yaml12 import read_yaml
from publish.labels import Labels
from tests.sites import ROOT

LABELS: Final = {"en": Labels("en"), "ja": Labels("ja")}


def program(fetch: Callable[[], Path] = sveltia) -> Path:
    """A program out of the cache, or fetched as a build does; the test is left out where that is impossible."""
    try:
        return fetch()
    except EvregError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(error.found.en)


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every single value of an entry with its path (``arms.0.unit``)."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from leaves(item, f"{path}.{key}" if path else str(key))
    else:
        yield path, value


def shape(path: str) -> str:
    """A path without its places in lists: ``arms.*.unit``."""
    return ".".join("*" if part.isdecimal() else part for part in path.split("."))


def largest() -> dict[str, EntryFile]:
    """The entry of each collection that has the most different fields, the longer one of two."""
    best: dict[str, tuple[tuple[int, int], EntryFile]] = {}
    for file in entry_files(ROOT / "kb"):
        shapes = {shape(path) for path, _ in leaves(read_yaml(file.path))}
        size = (len(shapes), file.path.stat().st_size)
        if file.collection not in best or size > best[file.collection][0]:
            best[file.collection] = size, file
    return {name: best[name][1] for name in COLLECTIONS}


def small_kb(folder: Path, chosen: dict[str, EntryFile]) -> Path:
    """A knowledge base of these entries and those to which they refer."""
    everything = {(file.collection, file.path.stem): file for file in entry_files(ROOT / "kb")}
    wanted = {(file.collection, file.path.stem) for file in chosen.values()}
    for file in chosen.values():
        for found in references_of(file.collection, read_yaml(file.path)):
            wanted |= {(name, found.target) for name in found.collections}
    for key in wanted & everything.keys():
        target = folder / "entries" / key[0] / everything[key].path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(everything[key].path, target)
    return folder


def form_field(fields: list[dict[str, Any]], path: str) -> dict[str, Any] | None:
    """The field of the form that holds the value at a path; the list itself for one of its plain values."""
    found: dict[str, Any] | None = None
    for part in path.split("."):
        if part.isdecimal():
            continue
        inner = fields if found is None else found.get("fields", [])
        found = next((field for field in inner if field["name"] == part), None)
        if found is None:
            return None
    return found
