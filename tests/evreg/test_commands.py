"""The command line as a person and as a program use it."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from tests.samples import attribute, small_kb, term, write_kb


def evreg(
    *arguments: str, lang: str = "en", kb: Path | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"EVREG_LANG": lang} | ({"EVREG_KB": str(kb)} if kb else {})
    return subprocess.run(
        [sys.executable, "-m", "evreg", *arguments],
        env=environment, cwd=cwd, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    return small_kb(tmp_path)


def test_a_clean_knowledge_base_passes(kb: Path) -> None:
    run = evreg("validate", "--strict", kb=kb)
    assert (run.returncode, run.stderr) == (0, "")
    assert "3 files: 0 errors" in run.stdout
    assert evreg("validate", "--format", "json", kb=kb).stdout.strip() == "[]"


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_problems_are_told_in_four_parts(kb: Path, lang: str) -> None:
    path = write_kb(kb.parent, glossary=[term("x", domain="ev-biolgy")]) / "entries/glossary/x.yaml"
    run = evreg("validate", "--lang", lang, kb=kb)
    assert run.returncode == 1
    head, found, expected, remedy = run.stdout.splitlines()[:4]
    line = path.read_text("utf-8").splitlines().index("domain: ev-biolgy") + 1
    assert head.startswith(f"{path.as_posix()}:{line}:1: ")
    assert "ev-biology" in found
    assert ("expected" if lang == "en" else "期待") in expected
    assert ("to do" if lang == "en" else "対処") in remedy


def test_warnings_fail_only_when_strict(tmp_path: Path) -> None:
    kb = write_kb(tmp_path, glossary=[term("x", review={"status": "draft", "verified": "2001-01-01"})])
    assert evreg("validate", kb=kb).returncode == 0
    assert evreg("validate", "--strict", kb=kb).returncode == 1


def test_github_annotations_are_on_the_line(kb: Path) -> None:
    write_kb(kb.parent, glossary=[term("x", domain="100%, :no")])
    (line,) = evreg("validate", "--format", "github", kb=kb).stdout.splitlines()
    assert line.startswith("::error file=")
    assert "100%25" in line


def test_fmt_check_and_fmt(kb: Path) -> None:
    path = kb / "entries/glossary/exosome.yaml"
    canonical = path.read_text("utf-8")
    path.write_text(canonical.replace("domain: ev-biology", 'domain:   "ev-biology" # checked'), "utf-8")
    check = evreg("fmt", "--check", kb=kb)
    assert check.returncode == 1
    assert "exosome.yaml: would change" in check.stdout
    assert evreg("fmt", str(path), kb=kb).returncode == 0
    assert path.read_text("utf-8") == canonical.replace("domain: ev-biology", "domain: ev-biology  # checked")
    assert evreg("fmt", "--check", kb=kb).returncode == 0


def test_new_writes_a_template_that_explains_every_field(kb: Path) -> None:
    run = evreg("new", "trials", "nct01234567", kb=kb)
    assert run.returncode == 0
    text = Path(run.stdout.strip()).read_text("utf-8")
    for field in ("id: nct01234567", "# Phase. / 相。", "# acronym:", "ev_source:", "  cell:"):
        assert field in text
    again = evreg("new", "trials", "nct01234567", kb=kb)
    assert again.returncode == 1
    assert "exists" in again.stderr
    assert evreg("new", "trial", "x", kb=kb).returncode == 1
    assert "Did you mean «trials»" in evreg("new", "trial", "x", kb=kb).stderr


def test_a_filled_template_is_valid(kb: Path) -> None:
    text = evreg("new", "glossary", "ectosome", "--stdout", kb=kb).stdout
    filled = (
        text.replace("title:\n  en:\n  ja:", "title:\n  en: ectosome\n  ja: エクトソーム")
        .replace("summary:\n  en:\n  ja:", "summary:\n  en: A vesicle.\n  ja: 小胞である。")
        .replace("origin:", "origin: en").replace("reading:", "reading: えくとそーむ").replace("domain:", "domain: ev-biology")
        .replace("- key:", "- key: s1").replace("  title:", "  title: T").replace("  kind:", "  kind: journal")
        .replace("  read:", "  read: page").replace("  accessed:", "  accessed: 2026-01-01")
        .replace("  # supports:", "  supports: [summary]").replace("confidence:", "confidence: low")
    )  # fmt: skip
    path = kb / "entries/glossary/ectosome.yaml"
    path.write_text(filled, "utf-8")
    run = evreg("validate", str(path), kb=kb)
    assert run.returncode == 0, run.stdout


def test_show_by_id_alias_and_collection(tmp_path: Path) -> None:
    kb = write_kb(
        tmp_path,
        glossary=[term("endotoxin")],
        attributes=[attribute("endotoxin"), attribute("count", aliases=["particles"])],
    )
    assert evreg("show", "particles", kb=kb).stdout.startswith("attributes/count")
    both = evreg("show", "endotoxin", kb=kb).stdout
    assert "glossary/endotoxin" in both
    assert "attributes/endotoxin" in both
    one = json.loads(evreg("show", "glossary/endotoxin", "--format", "json", kb=kb).stdout)
    assert one["collection"] == "glossary"
    assert "体積当たり" in evreg("show", "COUNT", "--lang", "ja", kb=kb).stdout
    missing = evreg("show", "endotoxine", kb=kb)
    assert missing.returncode == 1
    assert "Did you mean «endotoxin»" in missing.stderr


def test_show_names_what_refers_to_an_entry(kb: Path) -> None:
    assert "  guidelines/g" in evreg("show", "count", kb=kb).stdout


def test_list_as_csv_holds_no_formula(tmp_path: Path) -> None:
    kb = write_kb(tmp_path, glossary=[term("x", title={"en": "=1+1", "ja": "＠式"})])
    (row,) = csv.DictReader(io.StringIO(evreg("list", "glossary", "--format", "csv", kb=kb).stdout))
    assert (row["id"], row["title_en"], row["title_ja"]) == ("x", "'=1+1", "'＠式")


def test_list_filters_and_formats(kb: Path) -> None:
    rows = list(csv.reader(io.StringIO(evreg("list", "guidelines", "--format", "csv", kb=kb).stdout)))
    assert rows[1][:4] == ["g", "guideline g", "指針g", "JP"]
    where = ("--where", "requirements.attribute=count", "--where", "jurisdiction=jp")
    assert [
        item["id"] for item in json.loads(evreg("list", "guidelines", *where, "--format", "json", kb=kb).stdout)
    ] == ["g"]
    assert json.loads(evreg("list", "guidelines", "--where", "jurisdiction=KR", "--format", "json", kb=kb).stdout) == []
    wrong = evreg("list", "guidelines", "--where", "jurisdction=KR", kb=kb)
    assert wrong.returncode == 1
    assert "«jurisdiction»" in wrong.stderr
    assert evreg("list", "guidelines", "--where", "jurisdiction", kb=kb).returncode == 1


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def test_tables_fit_80_columns_and_align_japanese(tmp_path: Path) -> None:
    titles = ["細胞外小胞", "a", "エクソソーム製剤の品質に関する長い題名" * 3]
    kb = write_kb(
        tmp_path, glossary=[term(f"t{n}", title={"en": f"term {n}", "ja": ja}) for n, ja in enumerate(titles)]
    )
    lines = evreg("list", "glossary", "--lang", "ja", kb=kb).stdout.splitlines()
    assert max(map(_cells, lines)) <= 80
    rows = [line for line in lines if line.startswith("t")]
    assert len({_cells(line[: line.index(title[:1])]) for line, title in zip(rows, titles, strict=True)}) == 1
    assert "".join(line.strip() for line in lines).count("品質に関する長い題名") == 3


def test_stats(kb: Path) -> None:
    figures = json.loads(evreg("stats", "--format", "json", kb=kb).stdout)
    assert figures["entries"] == 3
    assert figures["collections"]["glossary"] == 1
    assert figures["jurisdictions"] == {"JP": 1}
    assert figures["requirements"] == 1
    assert figures["translation"]["required_fields_bilingual_share"] == 1.0
    assert figures["review"] == {"draft": 3}
    assert figures["primary_source_read_share"] == 0.0
    assert "3 entries" in evreg("stats", kb=kb).stdout


def test_unknown_commands_offer_the_near_miss() -> None:
    run = evreg("validat")
    assert run.returncode == 1
    assert "Did you mean «validate»" in run.stderr
    assert "「validate」ではないか" in evreg("validat", lang="ja").stderr


def test_language_follows_the_option_then_the_environment(kb: Path) -> None:
    assert "件" in evreg("stats", lang="ja", kb=kb).stdout
    assert "entries" in evreg("stats", "--lang", "en", lang="ja", kb=kb).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_progress_is_for_terminals_only(kb: Path) -> None:
    assert evreg("validate", kb=kb).stderr == ""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "evreg", "validate", "--kb", str(kb)], stderr=follower, stdout=subprocess.PIPE
    )
    os.close(follower)
    shown = b""
    try:
        while chunk := os.read(leader, 4096):
            shown += chunk
    except OSError:  # Linux reports the end of a pseudo-terminal as an input/output error.
        pass
    out, _ = process.communicate(timeout=60)
    os.close(leader)
    assert b"validate" in shown
    assert b"3 files" in out


def test_what_the_system_refuses_is_told_in_four_parts(kb: Path) -> None:
    run = evreg("fmt", "--kb", "/proc/self/mem/nowhere", kb=kb)
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    target = kb / "entries" / "glossary"
    target.chmod(0o500)
    try:
        new = evreg("new", "glossary", "another", kb=kb)
    finally:
        target.chmod(0o700)
    if new.returncode:  # the superuser may write anywhere
        assert "to do" in new.stderr
        assert "Traceback" not in new.stderr


def test_no_command_ends_in_a_traceback(kb: Path) -> None:
    for arguments in (
        ("show", ""),
        ("show", "../../etc/passwd"),
        ("show", "nowhere/x"),
        ("list", ""),
        ("list", "glossary", "--where", "="),
        ("list", "glossary", "--where", "title.en.deeper=x"),
        ("validate", "missing.yaml"),
        ("fmt", "missing.yaml"),
        ("new", "glossary", "a\nb"),
        ("schema", "nothing"),
        ("stats", "--kb", "/nonexistent"),
        ("site", "build", "--out", "/proc/nowhere/site"),
    ):
        run = evreg(*arguments, kb=kb)
        assert run.returncode in (1, 2), arguments
        assert "Traceback" not in run.stderr, arguments
        assert run.stderr.strip(), arguments
