"""``evreg draft`` as a workflow calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evreg.commands.draft import draft
from kb.problems import EvregError
from tests.editing.issue_texts import CORRECTION, GUIDELINE, issue
from tests.samples import small_kb


def _run(root: Path, text: str, *arguments: str) -> Result:
    return CliRunner().invoke(draft, ["-", "--kb", str(root), *arguments], input=text, catch_exceptions=False)


def test_all_are_handled_and_the_exit_code_tells_of_a_refusal(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    records = [{"number": 1, "body": "Hello"}, issue(2, "correction", CORRECTION)]
    result = _run(root, json.dumps(records), "--lang", "ja")
    assert result.exit_code == 1
    assert "issueフォームを使わずに" in result.stderr
    assert "#2: issues/issue-2" in result.stdout


def test_json_for_the_workflow(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    result = _run(
        root, json.dumps({"action": "labeled", "issue": issue(7, "new-guideline", GUIDELINE)}), "--format", "json"
    )
    assert result.exit_code == 0
    (record,) = json.loads(result.stdout)
    assert (record["issue"], record["drafted"], record["form"]) == (7, True, "new-guideline")
    assert Path(record["file"]).is_file()
    assert "下書き" in record["comment"]


def test_no_json_is_explained(tmp_path: Path) -> None:
    with pytest.raises(EvregError) as caught:
        _run(small_kb(tmp_path), "no json")
    assert "gh issue view" in caught.value.remedy.ja
