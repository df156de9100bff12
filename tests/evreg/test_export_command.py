"""``evreg export`` as a person and as a program use it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from kb.models import COLLECTIONS
from publish.data.formats import FORMATS
from tests.evreg.test_commands import evreg
from tests.samples import small_kb


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    return small_kb(tmp_path)


def test_all_formats_in_one_call(kb: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "data"
    run = evreg("export", *FORMATS, "--out", str(out), kb=kb)
    assert (run.returncode, run.stderr) == (0, "")
    each = {f"{name}.{ending}" for name in COLLECTIONS for ending in ("json", "csv", "parquet")}
    whole = {"evreg.xlsx", "evreg.sqlite", "sources.bib", "sources.ris", "sources.csl.json", "datapackage.json"}
    assert {path.name for path in out.iterdir()} == each | whole
    assert f"{len(each | whole)} files" in run.stdout
    assert [entry["id"] for entry in json.loads((out / "guidelines.json").read_text(encoding="utf-8"))] == ["g"]
    base = sqlite3.connect(out / "evreg.sqlite")
    assert base.execute('SELECT count(*) FROM "safety-events"').fetchone() == (0,)
    base.close()


def test_collections_can_be_chosen_and_files_are_replaced(kb: Path, tmp_path: Path) -> None:
    (tmp_path / "glossary.json").write_text("old", encoding="utf-8")
    options = ("--collection", "glossary", "--collection", "attributes", "--out", str(tmp_path))
    run = evreg("export", "json", *options, "--lang", "ja", kb=kb)
    assert run.returncode == 0
    assert "2ファイル" in run.stdout
    assert sorted(path.name for path in tmp_path.glob("*.*")) == ["attributes.json", "glossary.json"]
    assert json.loads((tmp_path / "glossary.json").read_text(encoding="utf-8"))[0]["id"] == "exosome"


def test_files_go_to_the_present_folder(kb: Path, tmp_path: Path) -> None:
    assert evreg("export", "bibtex", kb=kb, cwd=tmp_path).returncode == 0
    assert (tmp_path / "sources.bib").is_file()


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("jsn",), "Did you mean «json»?"),
        (("json", "--collection", "trial"), "Did you mean «trials»?"),
        (("json", "--out", "taken"), "This is a file"),
        (("json", "--out", "taken/below"), "This is a file"),
        (("json", "--out", "blocked"), "A folder has the name"),
    ],
)
def test_mistakes_are_told_in_four_parts(kb: Path, tmp_path: Path, arguments: tuple[str, ...], found: str) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    (tmp_path / "blocked" / "trials.json").mkdir(parents=True)
    run = evreg("export", *arguments, kb=kb, cwd=tmp_path)
    assert (run.returncode, run.stdout) == (1, "")
    assert [line.split()[0] for line in run.stderr.splitlines()[1:]] == ["found", "expected", "to"]
    assert found in run.stderr
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["blocked", "kb", "taken"]
