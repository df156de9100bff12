"""Where indexes are kept: never half, never stale, never in each other's way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from search import shelf as shelf_module
from search.engine import IndexDamaged
from search.opening import open_search
from search.results import Request
from search.shelf import Shelf
from tests.samples import term, write_kb
from tests.search.samples import write_search_kb


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_kb(tmp_path, glossary=[term("exosome")])


@pytest.fixture
def shelf(root: Path, tmp_path: Path) -> Shelf:
    return Shelf(root, "toy", tmp_path / "cache")


def write_toy(folder: Path) -> None:
    (folder / "terms").write_text("whole", "utf-8")


def damage(shelf: Shelf, name: str, content: bytes) -> None:
    for path in shelf.folder.rglob(name):
        path.write_bytes(content)


def test_there_is_nothing_at_first(shelf: Shelf) -> None:
    assert shelf.current() is None


def test_what_was_added_is_current(shelf: Shelf) -> None:
    folder = shelf.add(write_toy)
    assert shelf.current() == folder
    assert (folder / "terms").read_text("utf-8") == "whole"


def test_a_changed_entry_makes_it_stale(shelf: Shelf, root: Path) -> None:
    shelf.add(write_toy)
    write_kb(root.parent, glossary=[term("ectosome")])
    assert shelf.current() is None


def test_a_changed_vocabulary_makes_it_stale(root: Path, tmp_path: Path) -> None:
    folder = root / "vocabularies"
    folder.mkdir()
    (folder / "domains.yaml").write_text("a: {en: A, ja: あ}\n", "utf-8")
    shelf = Shelf(root, "toy", tmp_path / "cache")
    shelf.add(write_toy)
    (folder / "domains.yaml").write_text("a: {en: B, ja: い}\n", "utf-8")
    assert shelf.current() is None


def test_a_touched_file_is_read_again_but_nothing_is_rebuilt(shelf: Shelf, root: Path) -> None:
    folder = shelf.add(write_toy)
    path = root / "entries/glossary/exosome.yaml"
    os.utime(path, ns=(1, 1))
    before = shelf.stamp()
    assert shelf.current() == folder
    assert json.loads((shelf.folder / "current.json").read_text("utf-8"))["stamp"] == before


def test_the_same_content_has_the_same_key_elsewhere(tmp_path: Path) -> None:
    names = set()
    for name in ("one", "two"):
        root = write_kb(tmp_path / name, glossary=[term("exosome")])
        names.add(Shelf(root, "toy", tmp_path / "cache").add(write_toy).name)
    assert len(names) == 1


def test_engines_have_shelves_of_their_own(root: Path, tmp_path: Path) -> None:
    assert Shelf(root, "a", tmp_path).folder != Shelf(root, "b", tmp_path).folder


def test_an_interrupted_build_leaves_the_old_index(shelf: Shelf, root: Path) -> None:
    old = shelf.add(write_toy)
    write_kb(root.parent, glossary=[term("ectosome")])

    def interrupted(folder: Path) -> None:
        (folder / "terms").write_text("ha", "utf-8")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shelf.add(interrupted)
    assert (old / "terms").read_text("utf-8") == "whole"
    assert [path.name for path in shelf.folder.iterdir() if path.name.startswith("building-")] == []
    (root / "entries/glossary/ectosome.yaml").unlink()
    assert shelf.current() == old


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("terms", b"whol"),
        ("terms", b"wHole"),
        ("manifest.json", b"{"),
        ("manifest.json", b"[]"),
        ("manifest.json", b'{"format": 1, "files": {}}'),
        ("current.json", b"\xff"),
        ("current.json", b"[]"),
        ("current.json", b'{"format": 0, "stamp": "", "key": ""}'),
        ("current.json", b'{"format": 1, "stamp": 5, "key": "x"}'),
    ],
)
def test_damage_and_other_versions_are_noticed(shelf: Shelf, name: str, content: bytes) -> None:
    shelf.add(write_toy)
    damage(shelf, name, content)
    with pytest.raises(IndexDamaged):
        shelf.current()


def test_a_missing_file_is_damage(shelf: Shelf) -> None:
    folder = shelf.add(write_toy)
    (folder / "terms").unlink()
    with pytest.raises(IndexDamaged):
        shelf.current()


def test_a_damaged_index_is_replaced(shelf: Shelf) -> None:
    folder = shelf.add(write_toy)
    damage(shelf, "terms", b"broken")
    shelf.discard()
    assert shelf.current() is None
    assert shelf.add(write_toy) == folder
    assert (folder / "terms").read_text("utf-8") == "whole"


def test_whoever_builds_second_finds_the_first(shelf: Shelf, root: Path, tmp_path: Path) -> None:
    other = Shelf(root, "toy", tmp_path / "cache")

    def build_while_another_does(folder: Path) -> None:
        other.add(write_toy)
        (folder / "terms").write_text("mine", "utf-8")

    folder = shelf.add(build_while_another_does)
    assert (folder / "terms").read_text("utf-8") == "whole"
    assert shelf.current() == other.current() == folder


def test_old_indexes_go_after_a_while(shelf: Shelf, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = shelf.add(write_toy)
    left = shelf.folder / "building-left"
    left.mkdir()
    write_kb(root.parent, glossary=[term("ectosome")])
    shelf.add(write_toy)
    assert old.is_dir()
    monkeypatch.setattr(shelf_module, "_GRACE", -1)
    shelf.add(write_toy)
    assert not old.exists()
    assert not left.exists()
    assert shelf.current() is not None


# --- Opening


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    return write_search_kb(tmp_path)


def test_the_index_is_built_once(kb: Path, tmp_path: Path) -> None:
    built: list[int] = []
    for _ in range(2):
        searcher = open_search(kb, cache=tmp_path / "cache", building=lambda: built.append(1))
        assert searcher.search(Request("exosome")).total > 0
        assert searcher.search(Request("exosome")).notices == ()
        searcher.close()
    assert built == [1]


@pytest.mark.parametrize(
    ("engine", "name"),
    [
        ("whoosh", "*.seg"),
        ("whoosh", "*.toc"),
        ("fts5", "terms.sqlite3"),
        ("whoosh", "catalogue.json"),
        ("fts5", "current.json"),
    ],
)
def test_a_damaged_index_is_built_again_with_a_notice(kb: Path, tmp_path: Path, engine: str, name: str) -> None:
    open_search(kb, engine, tmp_path / "cache").close()
    for path in (tmp_path / "cache").rglob(name):
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2])
    searcher = open_search(kb, engine, tmp_path / "cache")
    response = searcher.search(Request("exosome"))
    assert response.total > 0
    assert "built again" in response.notices[0].en
    assert "作り直した" in response.notices[0].ja
    searcher.close()
    assert open_search(kb, engine, tmp_path / "cache").search(Request("exosome")).notices == ()


def test_without_a_cache_folder_the_search_works_and_says_so(kb: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "cache"
    blocked.write_text("a file, not a folder", "utf-8")
    searcher = open_search(kb, cache=blocked)
    response = searcher.search(Request("exosome"))
    assert response.total > 0
    assert "could not be kept" in response.notices[0].en
    searcher.close()


def test_two_processes_build_at_once(kb: Path, tmp_path: Path) -> None:
    code = "import sys; from evreg.cli import main; sys.argv[1:] = ['search', 'exosome', '--format', 'json']; main()"
    environment = os.environ | {"EVREG_KB": str(kb), "XDG_CACHE_HOME": str(tmp_path / "cache"), "EVREG_LANG": "en"}
    runs = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    answers = [run.communicate(timeout=300) for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0], answers
    found = [[result["id"] for result in json.loads(out)["results"]] for out, _ in answers]
    assert found[0] == found[1] == found[2] != []
    folders = list((tmp_path / "cache").rglob("manifest.json"))
    assert len(folders) == 1


def test_a_reader_sees_whole_indexes_while_another_process_rebuilds(shelf: Shelf, root: Path) -> None:
    for number in range(5):
        write_kb(root.parent, glossary=[term(f"term{number}")])
        seen: list[bool] = []

        def slowly(folder: Path) -> None:
            for part in ("a", "b"):
                (folder / part).write_text(part, "utf-8")
                seen.append(shelf.current() is None)  # noqa: B023 - called at once
                time.sleep(0.01)

        folder = shelf.add(slowly)
        assert seen == [True, True]
        assert {path.name for path in folder.iterdir()} == {"a", "b", "manifest.json"}
