"""Noticing saves: a burst counts once, silence is told, and what is not content is not noticed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.watching import Changes, watching


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "entries" / "guidelines").mkdir(parents=True)
    return tmp_path / "entries"


@pytest.fixture
def changes(folder: Path) -> Iterator[Changes]:
    with watching([folder]) as watched:
        yield watched


def test_many_writes_are_one_change(folder: Path, changes: Changes) -> None:
    for number in range(5):
        (folder / "guidelines" / "g.yaml").write_text(f"version: {number}\n", encoding="utf-8")
    assert changes.wait(10)
    assert not changes.wait(0.5)


@pytest.mark.parametrize("name", [".g.yaml.swp", "#g.yaml#", "g.yaml~", "g.yaml.tmp"])
def test_what_an_editor_keeps_beside_a_file_is_no_change(folder: Path, changes: Changes, name: str) -> None:
    (folder / "guidelines" / name).write_text("half", encoding="utf-8")
    assert not changes.wait(0.5)


def test_a_hidden_file_moved_into_place_is_a_change(folder: Path, changes: Changes) -> None:
    hidden = folder / "guidelines" / ".g.yaml.tmp"
    hidden.write_text("whole", encoding="utf-8")
    assert not changes.wait(0.5)
    hidden.rename(folder / "guidelines" / "g.yaml")
    assert changes.wait(10)


def test_reading_is_no_change(folder: Path) -> None:
    path = folder / "guidelines" / "g.yaml"
    path.write_text("version: 1\n", encoding="utf-8")
    with watching([folder]) as changes:
        path.read_text(encoding="utf-8")
        assert not changes.wait(0.5)
