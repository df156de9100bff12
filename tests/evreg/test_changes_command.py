"""``evreg changes`` as a person calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from evreg.commands.changes import changes
from kb.problems import EvregError
from tests.repository import Repository
from tests.samples import guideline, term, write_kb


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Two days, and edits that are not committed."""
    made = Repository(tmp_path / "clone")
    made.commit("2026-01-02", glossary=[term("a")], guidelines=[guideline("g")])
    made.commit("2026-01-03", glossary=[term("a", confidence="high")])
    write_kb(made.folder, glossary=[term("b", title={"en": "term *b* <i>", "ja": "用語b"})])
    return made


def _run(repository: Repository, *arguments: str) -> str:
    result = CliRunner().invoke(changes, [*arguments, "--kb", str(repository.root)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_since_a_day_until_now(repository: Repository) -> None:
    said = _run(repository, "--since", "2026-01-02", "--lang", "en")
    assert "Changed: glossary/a" in said
    assert "Confidence" in said
    assert "Medium" in said
    assert "High" in said
    assert "Added: glossary/b" in said
    assert "guidelines" not in said


def test_until_a_commit_leaves_later_edits_out(repository: Repository) -> None:
    said = _run(repository, "--since", "HEAD~1", "--until", "HEAD", "--lang", "ja")
    assert "変更: glossary/a" in said
    assert "確からしさ" in said
    assert "glossary/b" not in said


def test_json(repository: Repository) -> None:
    found = json.loads(_run(repository, "--since", "HEAD~1", "--format", "json", "--lang", "en"))
    assert found["counts"] == {"glossary": {"changed": 1, "added": 1}}
    assert found["since"]["day"] == "2026-01-02"
    assert found["entries"][0]["fields"] == [
        {"field": "confidence", "words": "Confidence", "before": "medium", "after": "high"}
    ]


def test_markdown_shows_titles_literally(repository: Repository) -> None:
    said = _run(repository, "--since", "HEAD", "--format", "md", "--lang", "en")
    assert r"- **Added**: term \*b\* \<i\> (b)" in said
    assert said.startswith("# Changes from ")


def test_nothing_changed(repository: Repository) -> None:
    said = _run(repository, "--since", "HEAD", "--until", "HEAD", "--lang", "en")
    assert "No entry means anything else" in said


def test_a_folder_needs_no_history(repository: Repository, tmp_path: Path) -> None:
    older = write_kb(tmp_path / "older", glossary=[term("a", confidence="low")])
    said = _run(repository, "--since", str(older), "--lang", "en")
    assert "Changed: glossary/a" in said
    assert "Low" in said


def test_an_unknown_name_is_explained(repository: Repository) -> None:
    with pytest.raises(EvregError) as caught:
        _run(repository, "--since", "yesterday")
    assert caught.value.where == "--since"
    assert "yesterday" in caught.value.found.ja


def test_since_must_be_given(repository: Repository) -> None:
    result = CliRunner().invoke(changes, ["--kb", str(repository.root)])
    assert result.exit_code == 2
    assert "--since" in result.output
