"""Data files are there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.problems import EvregError
from publish.data.formats import DataFile
from publish.data.writing import write_data


def _file(content: bytes, name: str = "a.csv") -> DataFile:
    return DataFile(name, "csv", "", lambda: content)


def _broken() -> bytes:
    raise RuntimeError("no disk")


def test_folders_are_made_and_each_file_is_announced(tmp_path: Path) -> None:
    told: list[str] = []
    written = write_data([_file(b"1"), _file(b"2", "b.csv")], tmp_path / "x" / "y", told.append)
    assert told == ["a.csv", "b.csv"]
    assert [path.read_bytes() for path in written] == [b"1", b"2"]


def test_a_file_that_cannot_be_made_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"old")
    with pytest.raises(RuntimeError, match="no disk"):
        write_data([DataFile("a.csv", "csv", "", _broken)], tmp_path, lambda name: None)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_bytes() == b"old"


def test_nothing_is_written_when_a_name_is_taken_by_a_folder(tmp_path: Path) -> None:
    (tmp_path / "b.csv").mkdir()
    with pytest.raises(EvregError, match="A folder has the name"):
        write_data([_file(b"1"), _file(b"2", "b.csv")], tmp_path, lambda name: None)
    assert not (tmp_path / "a.csv").exists()


def test_permissions_of_a_replaced_file_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    path.chmod(0o600)
    write_data([_file(b"new")], tmp_path, lambda name: None)
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600
