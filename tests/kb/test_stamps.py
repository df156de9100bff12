"""Cheap answers to «has anything changed?»."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb.stamps import fingerprint, kb_folders, stamp
from tests.samples import small_kb


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data/sub").mkdir(parents=True)
    (tmp_path / "data/a.yaml").write_text("a", "utf-8")
    (tmp_path / "data/sub/b.yaml").write_text("b", "utf-8")
    return tmp_path / "data"


def test_nothing_changed(folder: Path) -> None:
    assert stamp(folder) == stamp(folder)
    assert fingerprint(folder) == fingerprint(folder)


def test_a_touched_file_changes_only_the_stamp(folder: Path) -> None:
    before = stamp(folder), fingerprint(folder)
    os.utime(folder / "a.yaml", ns=(5, 5))
    assert stamp(folder) != before[0]
    assert fingerprint(folder) == before[1]


@pytest.mark.parametrize("change", ["write", "add", "remove", "rename", "move"])
def test_every_change_changes_both(folder: Path, change: str) -> None:
    before = stamp(folder), fingerprint(folder)
    file = folder / "a.yaml"
    if change == "write":
        file.write_text("A", "utf-8")
        os.utime(file, ns=(7, 7))
    elif change == "add":
        (folder / "c.yaml").write_text("", "utf-8")
    elif change == "remove":
        file.unlink()
    else:
        file.rename(folder / ("z.yaml" if change == "rename" else "sub/a.yaml"))
    assert stamp(folder) != before[0]
    assert fingerprint(folder) != before[1]


def test_hidden_files_and_byte_code_do_not_count(folder: Path) -> None:
    before = stamp(folder), fingerprint(folder)
    (folder / ".a.yaml.swp").write_text("x", "utf-8")
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__/a.pyc").write_text("x", "utf-8")
    assert (stamp(folder), fingerprint(folder)) == before


def test_contents_do_not_run_into_each_other(tmp_path: Path) -> None:
    prints = set()
    for number, (one, other) in enumerate([("ab", "c"), ("a", "bc")]):
        folder = tmp_path / str(number) / "data"
        folder.mkdir(parents=True)
        (folder / "1").write_text(one, "utf-8")
        (folder / "2").write_text(other, "utf-8")
        prints.add(fingerprint(folder))
    assert len(prints) == 2


def test_a_fingerprint_does_not_depend_on_the_place(tmp_path: Path) -> None:
    roots = [small_kb(tmp_path / name) for name in ("one", "two")]
    assert fingerprint(roots[0] / "entries") == fingerprint(roots[1] / "entries")


def test_single_files_may_be_named(folder: Path) -> None:
    assert fingerprint(folder / "a.yaml") != fingerprint(folder / "sub/b.yaml")
    assert stamp(folder / "a.yaml") == stamp(folder / "a.yaml")


def test_the_folders_of_a_knowledge_base(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    entries, *packaged = kb_folders(root)
    assert entries == root / "entries"
    assert [folder.name for folder in packaged] == ["vocabularies", "lexicons"]
    assert all(folder.parent != root for folder in packaged)
    for name in ("vocabularies", "lexicons"):
        (root / name).mkdir()
    assert kb_folders(root) == (root / "entries", root / "vocabularies", root / "lexicons")
    (root / "review.yaml").write_text("rules", encoding="utf-8")
    before = stamp(*kb_folders(root))
    (root / "review.yaml").write_text("other rules", encoding="utf-8")
    assert stamp(*kb_folders(root)) != before, "another rule may give entries another status"
