"""``evreg translations`` as a person and as a program use it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from kb.files import entry_files
from kb.translations.approving import file_states
from tests.editing.xliff_samples import QUESTIONS, claims_kb
from tests.evreg.test_commands import evreg

CHANGED = [{"en": "Who sells it?", "ja": "誰が作るか。"}, QUESTIONS[1]]


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    """A claim whose first question was changed in English after everything was recorded."""
    root = claims_kb(tmp_path)
    run = evreg("translations", "record", kb=root)
    assert (run.returncode, run.stderr) == (0, "")
    return claims_kb(tmp_path, questions=CHANGED)


def _state(root: Path, field: str) -> str:
    (file,) = entry_files(root)
    return {item.pair.field: item.state for item in file_states(root, file)}[field]


def test_status_counts_and_lists(kb: Path) -> None:
    table = evreg("translations", "status", kb=kb)
    assert (table.returncode, table.stderr) == (0, "")
    assert "About harm: 5 pairs, 1 of them out of step." in table.stdout
    (claims,) = json.loads(evreg("translations", "status", "claims", "--format", "json", kb=kb).stdout)
    assert (claims["pairs"], claims["recorded"], claims["stale"], claims["unrecorded"]) == (7, 6, 1, 0)
    listed = evreg("translations", "status", "--stale", lang="ja", kb=kb).stdout
    assert "claims/c questions.0 · 支払う前に尋ねること(健康被害に関する記載): 英語を" in listed
    assert "    en  Who sells it?" in listed
    (stale,) = json.loads(evreg("translations", "status", "--stale", "--format", "json", kb=kb).stdout)
    assert (stale["entry"], stale["field"], stale["changed"], stale["changed_on"]) == (
        "claims/c",
        "questions.0",
        "en",
        None,
    )


def test_approving_needs_a_person_and_an_answer(kb: Path) -> None:
    assert evreg("translations", "approve", "c", "questions", "--yes", kb=kb).returncode == 2
    silent = evreg("translations", "approve", "c", "questions", "--by", "A Person", kb=kb)
    assert silent.returncode == 1
    assert "Who sells it?" in silent.stdout
    assert "--yes" in silent.stderr
    assert _state(kb, "questions.0") == "stale"
    run = evreg("translations", "approve", "c", "questions[0]", "--by", "A Person", "--yes", kb=kb)
    assert (run.returncode, run.stdout.splitlines()[-1]) == (0, "1 pairs of 1 entries recorded")
    assert (_state(kb, "questions.0"), _state(kb, "questions.1")) == ("examined", "recorded")
    again = evreg("translations", "approve", "claims/c", "--all", "--by", "B Person", "--yes", kb=kb)
    assert again.stdout.splitlines()[-1] == "6 pairs of 1 entries recorded"
    assert "questions.0" not in again.stdout


@pytest.mark.parametrize(("answer", "state"), [("y", "examined"), ("n", "stale")])
def test_at_a_terminal_the_person_is_asked(kb: Path, answer: str, state: str) -> None:
    ours, theirs = pty.openpty()
    run = subprocess.Popen(
        [sys.executable, "-m", "evreg", "translations", "approve", "c", "questions.0", "--by", "A Person"],
        stdin=theirs, stdout=subprocess.PIPE, env=os.environ | {"EVREG_KB": str(kb), "EVREG_LANG": "en"},
    )  # fmt: skip
    os.write(ours, f"{answer}\n".encode())
    out, _ = run.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert b"Approve 1 as A Person?" in out
    assert _state(kb, "questions.0") == state


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("approve", "c", "--by", "A Person"), "No field is named"),
        (("approve", "c", "question", "--by", "A Person"), "Did you mean «questions."),
        (("approve", "cc", "--all", "--by", "A Person"), "No entry has the id «cc»"),
        (("approve", "c", "--all", "--by", "-"), "no name"),
        (("status", "claim"), "Did you mean «claims»"),
        (("record", "claim"), "Did you mean «claims»"),
        (("export", "x.xlf", "--where", "id=c"), "without --collection"),
    ],
)
def test_mistakes_are_told_in_four_parts(kb: Path, arguments: tuple[str, ...], said: str) -> None:
    run = evreg("translations", *arguments, kb=kb)
    assert run.returncode == 1
    assert len(run.stderr.splitlines()) == 4
    assert said in run.stderr
    japanese = evreg("translations", *arguments, lang="ja", kb=kb).stderr
    assert "対処" in japanese
    assert "Traceback" not in japanese


def test_files_go_out_and_come_back(kb: Path, tmp_path: Path) -> None:
    file = tmp_path / "t.xlf"
    out = evreg("translations", "export", str(file), "--stale", "--collection", "claims", kb=kb)
    assert out.stdout == f"{file}: 1 pairs of 1 entries\n"
    same = evreg("translations", "import", str(file), kb=kb)
    assert (same.returncode, same.stdout, same.stderr) == (0, "1 as they are\n", "")
    text = (
        file.read_text("utf-8").replace("誰が作るか。", "誰が売るか。").replace('state="initial"', 'state="reviewed"')
    )
    file.write_text(text, "utf-8")
    shown = evreg("translations", "import", str(file), kb=kb)
    assert shown.returncode == 1  # Nobody can be asked.
    assert "誰が作るか。 → 誰が売るか。" in shown.stdout
    alone = evreg("translations", "import", str(file), "--approve", "--yes", kb=kb)
    assert "--by" in alone.stderr
    done = evreg("translations", "import", str(file), "--approve", "--by", "A Person", "--yes", kb=kb)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == (kb / "entries/claims/c.yaml").as_posix()
    assert _state(kb, "questions.0") == "examined"
    assert "0" in evreg("translations", "status", "--stale", kb=kb).stdout


def test_conflicts_are_told_on_standard_error(kb: Path, tmp_path: Path) -> None:
    file = tmp_path / "t.xlf"
    evreg("translations", "export", str(file), kb=kb)
    file.write_text(file.read_text("utf-8").replace("いつか。", "何日か。"), "utf-8")
    claims_kb(tmp_path, questions=[CHANGED[0], {"en": "When?", "ja": "何時か。"}])
    run = evreg("translations", "import", str(file), "--yes", kb=kb)
    assert run.returncode == 0
    assert run.stderr.startswith("claims/c questions.1: conflict")
    hostile = '<!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/passwd">]><xliff>&x;</xliff>'
    file.write_text(hostile, "utf-8")
    refused = evreg("translations", "import", str(file), "--yes", kb=kb)
    assert refused.returncode == 1
    assert "document type or entities" in refused.stderr
    assert "root:" not in refused.stdout + refused.stderr
