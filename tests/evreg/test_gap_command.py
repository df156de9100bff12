"""``evreg gap`` as a person and as a program use it."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from tests.asked import document, requirement
from tests.entries import PAIR, minimal
from tests.evreg.test_commands import evreg
from tests.samples import attribute, write_kb


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    test = {"attribute": "count", "criterion": PAIR, "sources": ["s1"]}
    return write_kb(
        tmp_path_factory.mktemp("gap"),
        attributes=[attribute("count")],
        guidelines=[document("a", "JP", requirement("count")), document("b", "KR", requirement("count"))],
        products=[minimal("products", "a-product", release_tests=[test])],
    )


@pytest.mark.parametrize(("lang", "title"), [("en", "# Gap analysis: Entry"), ("ja", "# ギャップ分析:エントリー")])
def test_markdown_is_the_default_in_both_languages(kb: Path, lang: str, title: str) -> None:
    run = evreg("gap", "a-product", "--jurisdiction", "KR", "--lang", lang, kb=kb)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith(title)
    assert ("## South Korea" in run.stdout) == (lang == "en")
    assert "Japan" not in run.stdout


def test_json_says_what_is_reported_and_warns(kb: Path) -> None:
    data = json.loads(evreg("gap", "a-product", "--format", "json", kb=kb).stdout)
    assert [item["jurisdiction"] for item in data["jurisdictions"]] == ["JP", "KR"]
    assert data["jurisdictions"][0]["attributes_asked"]["criterion"] == 1
    assert "does not say whether a product complies" in data["caution"]["en"]


@pytest.mark.parametrize("format_", ["md", "json", "docx"])
def test_files_are_written_whole_and_only_there(kb: Path, tmp_path: Path, format_: str) -> None:
    out = tmp_path / f"gap.{format_}"
    out.write_text("old", encoding="utf-8")
    run = evreg("gap", "a-product", "--format", format_, "--out", str(out), kb=kb)
    assert (run.returncode, run.stdout) == (0, "")
    assert list(tmp_path.iterdir()) == [out]
    content = out.read_bytes()
    if format_ == "docx":
        assert len(Document(io.BytesIO(content)).tables) == 2
    else:
        assert content.decode("utf-8").startswith("#" if format_ == "md" else "{")


def test_a_folder_that_is_not_there_is_told_in_four_parts(kb: Path, tmp_path: Path) -> None:
    run = evreg("gap", "a-product", "--out", str(tmp_path / "no" / "gap.md"), kb=kb)
    assert run.returncode == 1
    assert len(run.stderr.splitlines()) == 4


def test_a_word_file_goes_to_a_pipe_but_not_to_a_terminal(kb: Path) -> None:
    command = [sys.executable, "-m", "evreg", "gap", "a-product", "--format", "docx"]
    environment = os.environ | {"EVREG_KB": str(kb), "EVREG_LANG": "en"}
    piped = subprocess.run(command, env=environment, capture_output=True, timeout=120, check=True)
    assert Document(io.BytesIO(piped.stdout)).tables
    terminal, process_end = pty.openpty()
    refused = subprocess.run(
        command, env=environment, stdout=process_end, stderr=subprocess.PIPE, timeout=120, check=False
    )
    os.close(process_end)
    os.close(terminal)
    assert refused.returncode == 1
    assert b"--out gap.docx" in refused.stderr
    assert len(refused.stderr.splitlines()) == 4


@pytest.mark.parametrize(
    ("arguments", "near"),
    [(("a-prodct",), "a-product"), (("a-product", "--jurisdiction", "JP,US-F"), "US-FL")],
)
def test_near_misses_are_offered(kb: Path, arguments: tuple[str, ...], near: str) -> None:
    for lang in ("en", "ja"):
        run = evreg("gap", *arguments, "--lang", lang, kb=kb)
        assert run.returncode == 1
        assert near in run.stderr
        assert len(run.stderr.splitlines()) == 4
