"""``evreg inbox`` as a person and as a program use it."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kb
from kb.decisions import read_decisions
from tests.kb.inbox_samples import change, in_inbox, trial_kb

HOSTILE = "<script>alert(1)</script>\u202e\x1b[2J"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = trial_kb(tmp_path)
    phase = [{"field": "phase", "old": "1", "new": "2"}]
    in_inbox(root, change(), change("t1-phase", changes=phase, words={"en": HOSTILE, "ja": HOSTILE}))
    return root


def environment(root: Path, lang: str) -> dict[str, str]:
    return os.environ | {"EVREG_LANG": lang, "EVREG_KB": str(root), "XDG_CACHE_HOME": str(root.parent / "cache")}


def inbox(root: Path, *arguments: str, lang: str = "en") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "evreg", "inbox", *arguments],
        env=environment(root, lang), capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip


def test_the_list_is_clean_when_it_is_piped(root: Path) -> None:
    for run in (inbox(root), inbox(root, "list")):
        assert run.returncode == 0
        assert "register/t1-status" in run.stdout
        assert "2 open proposals" in run.stdout
        assert not {"\x1b", "\u202e"} & set(run.stdout)


def test_the_list_for_programs(root: Path) -> None:
    records = json.loads(inbox(root, "list", "--format", "json").stdout)
    assert [record["id"] for record in records] == ["register/t1-phase", "register/t1-status"]
    assert records[0]["words"]["en"] == HOSTILE


def test_one_proposal_with_its_values_before_and_after(root: Path) -> None:
    text = inbox(root, "show", "t1-status").stdout
    assert "-completed" in text
    assert "+terminated" in text
    assert "evreg inbox accept register/t1-status" in text
    assert "状況が変わった。" in inbox(root, "show", "t1-status", lang="ja").stdout
    assert "\x1b" not in inbox(root, "show", "t1-phase").stdout


def test_accepting_several_although_one_is_unknown(root: Path) -> None:
    run = inbox(root, "accept", "t1-phase", "nonsense", "t1-status")
    assert run.returncode == 1
    assert "inbox/nonsense" in run.stderr
    assert "Traceback" not in run.stderr
    trial = kb.load(root).trials["t1"]
    assert (trial.phase, trial.status) == ("2", "terminated")


def test_rejecting_needs_a_reason(root: Path) -> None:
    assert inbox(root, "reject", "t1-phase").returncode == 2
    assert inbox(root, "reject", "t1-phase", "--reason", "A typo of the registry.", "--by", "B").returncode == 0
    assert [(item.action, item.reason, item.by) for item in read_decisions(root)] == [
        ("reject", "A typo of the registry.", "B")
    ]
    assert "1 open" in inbox(root, "list").stdout


def test_snoozing(root: Path) -> None:
    assert inbox(root, "snooze", "t1-phase", "--until", "2999-01-01").returncode == 0
    assert "未決の提案1件" in inbox(root, "list", lang="ja").stdout
    assert inbox(root, "snooze", "t1-phase", "--until", "tomorrow").returncode == 2


def test_one_key_for_each_decision_in_a_terminal(root: Path) -> None:
    main, end = pty.openpty()
    run = subprocess.Popen(
        [sys.executable, "-m", "evreg", "inbox"], env=environment(root, "en"), stdin=end, stdout=end, stderr=end
    )
    os.close(end)
    seen = _until(main, b"[q]uit")
    os.write(main, b"x")  # an unknown key is passed over
    time.sleep(0.3)  # each wait for a key begins by emptying the keyboard's buffer
    os.write(main, b"a")
    seen += _until(main, b"[q]uit")
    os.write(main, b"q")
    assert run.wait(30) == 0
    assert b"(1/2)" in seen
    assert b"[a]ccept" in seen
    assert b"\x1b[2J" not in seen
    assert kb.load(root).trials["t1"].phase == "2"
    assert [item.action for item in read_decisions(root)] == ["accept"]


def _until(terminal: int, words: bytes) -> bytes:
    """What a program writes until it waits for a key."""
    seen = b""
    while words not in seen:
        assert select.select([terminal], [], [], 30)[0], seen
        seen += os.read(terminal, 4096)
    time.sleep(0.3)
    return seen


def test_an_empty_inbox(tmp_path: Path) -> None:
    assert "0 open proposals" in inbox(trial_kb(tmp_path)).stdout
