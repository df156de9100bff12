"""``evreg enrich`` as a person and as a program use it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evreg.cli import evreg
from kb.problems import EvregError
from kb.proposals import read_proposals
from scrapers import errand
from scrapers.health import health_file, read_health
from scrapers.source import SourceModule
from tests.entries import minimal
from tests.samples import write_kb
from tests.scrapers.fake_source import MODULE, NAME, candidate, means, script, tree
from tests.scrapers.server import Loopback

ROOT = Path(__file__).parents[2]


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as running:
        yield running


@pytest.fixture
def root(tmp_path: Path, server: Loopback, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A knowledge base with one trial, which the register calls terminated; everything of the user is below tmp_path."""
    for name in ("CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    script(server, {"t1": {"status": "terminated", "as_of": "2026-06-30"}})
    modules = {NAME: MODULE, "crossref": SourceModule("crossref"), "ictrp": SourceModule("ictrp", discover=_from_files)}
    using = means(server, tmp_path, modules)
    monkeypatch.setattr(errand, "usual_means", lambda: using)
    root = write_kb(tmp_path, trials=[minimal("trials") | {"id": "t1"}])
    monkeypatch.setenv("EVREG_KB", str(root))
    return root


def _from_files(visit):  # type: ignore[no-untyped-def]
    for file in visit.files:
        yield candidate("ictrp", file.stem, "2026-07-02")


def enrich(*arguments: str, lang: str = "en") -> Result:
    return CliRunner().invoke(evreg, ["enrich", *arguments, "--lang", lang])


def test_the_summary_and_what_to_do_next(root: Path) -> None:
    result = enrich(NAME)
    assert result.exit_code == 0, result.output
    assert "Decide with «evreg inbox»." in result.stdout
    row = next(line for line in result.stdout.splitlines() if line.startswith(NAME))
    assert row.split() == [NAME, "2", "0", "1", "1", "ok"]
    assert result.stderr == ""
    assert not {"\x1b"} & set(result.stdout)
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert f"{NAME}/t1-status" in read_proposals(root)


def test_without_a_name_only_what_is_due_and_needs_no_person(root: Path) -> None:
    first = json.loads(enrich("--format", "json").stdout)
    assert [item["source"] for item in first["sources"]] == [NAME, "crossref"]
    second = json.loads(enrich("--format", "json").stdout)
    assert [item["source"] for item in second["sources"]] == [NAME]
    assert list(second["resting"]) == ["crossref"]
    assert second["sources"][0]["downloaded_bytes"] == 0
    assert "crossref" in enrich().stdout
    assert [item["source"] for item in json.loads(enrich("crossref", "--format", "json").stdout)["sources"]] == [
        "crossref"
    ]


def test_a_source_can_be_left_out(root: Path) -> None:
    (only,) = json.loads(enrich("--except", "crossref", "--format", "json").stdout)["sources"]
    assert only["source"] == NAME
    with pytest.raises(EvregError, match="No source"):
        CliRunner().invoke(evreg, ["enrich", "--except", "crosref"], catch_exceptions=False)


def test_a_dry_run_writes_nothing_but_says_the_same(root: Path) -> None:
    before = tree(root)
    tried = json.loads(enrich(NAME, "--dry-run", "--format", "json").stdout)
    assert (tree(root), health_file().exists()) == (before, False)
    done = json.loads(enrich(NAME, "--format", "json").stdout)
    assert tried["sources"][0]["proposed"] == done["sources"][0]["proposed"]
    assert tried["dry_run"]
    assert "--dry-run" in enrich(NAME, "--dry-run", lang="ja").stdout


def test_a_failed_source_is_told_in_four_parts_and_by_the_exit_code(root: Path, server: Loopback) -> None:
    server.say("/api/v2/studies/t1", "<html>Maintenance</html>")
    result = enrich(NAME, "crossref", lang="ja")
    assert result.exit_code == 1
    assert "期待" in result.stderr
    assert "crossref" in result.stdout
    assert "Traceback" not in result.output
    assert read_health()[NAME].fault is not None
    assert read_health()["crossref"].fault is None


def test_files_of_a_source_that_is_read_by_hand(root: Path, tmp_path: Path) -> None:
    saved = tmp_path / "t7.xml"
    saved.write_text("<x/>", encoding="utf-8")
    assert enrich("ictrp").exit_code == 1
    assert "--file" in enrich("ictrp").stderr
    assert enrich("ictrp", "--file", str(saved)).exit_code == 0
    assert "ictrp/t7" in read_proposals(root)
    for names in ((), ("ictrp", NAME)):
        with pytest.raises(EvregError, match="sources"):
            CliRunner().invoke(evreg, ["enrich", *names, "--file", str(saved)], catch_exceptions=False)


def test_the_text_of_the_pull_request(root: Path) -> None:
    text = enrich(NAME, "--format", "md").stdout
    assert "## What live sources state" in text
    assert "## 情報源の現在の記載" in text
    assert "evreg inbox accept clinicaltrials-gov/t1-status" in text


def test_an_unknown_source_offers_the_near_miss(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "evreg", "enrich", "crosref"],
        cwd=ROOT, env=os.environ | {"EVREG_LANG": "ja", "XDG_STATE_HOME": str(tmp_path)}, capture_output=True, text=True,
        encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == 1
    assert "「crossref」ではないか" in run.stderr
    assert "Traceback" not in run.stderr
