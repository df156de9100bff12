"""``evreg review`` as a person and as a program use it."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest

import kb
from tests.repository import Repository
from tests.reviewing import CARBERRY, PSYCHOCERAMIST, signed
from tests.samples import guideline, term, write_kb

OTHER = {"en": "Something <b>else</b>.\u202e", "ja": "別の内容である。"}
PERSON = (
    *("--orcid", "0000-0002-1825-0097", "--name", "Josiah Carberry", "--organisation", "brown"),
    *("--affiliation-en", "Brown University", "--affiliation-ja", "ブラウン大学"),
    *("--coi-en", "None declared.", "--coi-ja", "申告なし。"),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    repository = Repository(tmp_path)
    data = signed("glossary", term("old"), CARBERRY, PSYCHOCERAMIST)
    repository.commit("2026-06-10", glossary=[data, term("plain")], guidelines=[guideline("plain")])
    write_kb(tmp_path, glossary=[data | {"summary": OTHER}])
    return repository.root


def environment(root: Path, lang: str = "en") -> dict[str, str]:
    return os.environ | {"EVREG_LANG": lang, "EVREG_KB": str(root), "XDG_CACHE_HOME": str(root.parent / "cache")}


def review(root: Path, *arguments: str, lang: str = "en") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "evreg", "review", *arguments],
        env=environment(root, lang), capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_the_queue_for_people(root: Path) -> None:
    run = review(root, "queue", "--limit", "2")
    assert run.returncode == 0
    assert run.stdout.index("glossary/old") < run.stdout.index("glossary/plain")
    assert "2 of 3" in run.stdout
    assert "署名後に変更" in review(root, "queue", lang="ja").stdout


def test_the_queue_for_programs_and_its_filters(root: Path) -> None:
    records = json.loads(review(root, "queue", "--format", "json").stdout)
    assert (records[0]["id"], records[0]["reasons"][0]) == ("old", "lapsed")
    assert records[0]["status"] == "draft"

    def ids(*filters: str) -> list[str]:
        return [item["collection"] for item in json.loads(review(root, "queue", "--format", "json", *filters).stdout)]

    assert ids("--collection", "guidelines") == ["guidelines"]
    assert ids("--due", "2027-06") == ["guidelines"]
    assert ids("--due", "2020-01") == []
    assert ids("--overdue", "--collection", "trials") == []


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        (("--due", "soon"), "--due"),
        (("--group", "quality"), "--group"),
        (("--collection", "glosary"), "COLLECTION"),
        (("--reviewer", "0000-0002-1825-0098"), "--reviewer"),
    ],
)
def test_mistakes_in_filters_are_explained(root: Path, arguments: tuple[str, str], where: str) -> None:
    run = review(root, "queue", *arguments)
    assert run.returncode == 1
    assert where in run.stderr
    assert "Traceback" not in run.stderr


def test_the_state_of_one_entry_with_what_changed(root: Path) -> None:
    text = review(root, "show", "old").stdout
    assert "status: Draft" in text
    assert "the file says: Approved" in text
    assert "The content has changed since; the sign-off no longer covers it." in text
    assert "As signed until 2026-06-10" in text
    assert "A particle released by a cell. → Something" in text
    assert "\u202e" not in text
    record = json.loads(review(root, "show", "old", "--format", "json").stdout)
    assert (record["status"], record["claimed"], record["lapsed"]) == ("draft", "approved", True)
    assert [item["fault"] for item in record["sign_offs"]] == ["changed", "changed"]
    assert "署名: まだない" in review(root, "show", "glossary/plain", lang="ja").stdout


def test_without_history_the_change_is_not_known(tmp_path: Path) -> None:
    data = signed("glossary", term("old"), CARBERRY) | {"summary": OTHER}
    text = review(write_kb(tmp_path, glossary=[data]), "show", "old").stdout
    assert "what changed is not known" in text


def test_signing_shows_what_is_signed_and_asks_for_consent(root: Path) -> None:
    run = review(root, "sign", "glossary/plain", "--status", "approved", *PERSON)
    assert run.returncode == 1
    assert "A particle released by a cell." in run.stdout
    assert "[Excerpt read] A paper" in run.stdout
    assert "status once signed: Reviewed" in run.stdout
    assert "--yes" in run.stderr
    assert not kb.load(root).standings.get(("glossary", "plain"))


def test_signing(root: Path) -> None:
    run = review(root, "sign", "glossary/plain", "--status", "approved", *PERSON, "--yes", "--on", "2026-06-20")
    assert run.returncode == 0, run.stderr
    entry = kb.load(root).glossary["plain"]
    assert (entry.review.status, entry.review.due) == ("reviewed", "2028-06-20")
    again = review(root, "sign", "glossary/plain", "--status", "approved", *PERSON, "--yes", "--on", "2026-06-20")
    assert again.returncode == 1
    assert "signed this content" in again.stderr


@pytest.mark.parametrize(("key", "status"), [(b"y", "reviewed"), (b"n", "draft")])
def test_in_a_terminal_one_is_asked(root: Path, key: bytes, status: str) -> None:
    main, end = pty.openpty()
    command = [sys.executable, "-m", "evreg", "review", "sign", "glossary/plain", "--status", "approved", *PERSON]
    run = subprocess.Popen(command, env=environment(root), stdin=end, stdout=end, stderr=end)
    os.close(end)
    seen = b""
    while b"Sign this?" not in seen:
        assert select.select([main], [], [], 60)[0], seen.decode()
        seen += os.read(main, 4096)
    os.write(main, key + b"\n")
    assert run.wait(60) == (0 if key == b"y" else 1)
    os.close(main)
    assert kb.load(root).glossary["plain"].review.status == status


@pytest.mark.parametrize(
    ("name", "extra", "words"),
    [
        ("plain", (), "names 2 entries"),
        ("nothing", (), "No entry has the id"),
        ("glossary/plain", ("--coi-ja", " "), "A statement is empty"),
        ("glossary/plain", ("--orcid", "0000-0002-1825-0098"), "a digit is mistyped"),
        ("glossary/plain", ("--group", "quality"), "no registered working group"),
    ],
)
def test_what_cannot_be_signed_is_explained(root: Path, name: str, extra: tuple[str, ...], words: str) -> None:
    run = review(root, "sign", name, "--status", "approved", *PERSON, *extra, "--yes")
    assert run.returncode == 1
    assert words in run.stderr
    assert "Traceback" not in run.stderr
