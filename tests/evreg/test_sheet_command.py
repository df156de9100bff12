"""``evreg sheet`` as a person and as a program use it."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kb.yaml12 import read_yaml
from tests.editing.sheet_books import Book
from tests.samples import small_kb


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_kb(tmp_path)


def environment(root: Path, lang: str) -> dict[str, str]:
    return os.environ | {"EVREG_LANG": lang, "EVREG_KB": str(root), "XDG_CACHE_HOME": str(root.parent / "cache")}


def sheet(root: Path, *arguments: str | Path, lang: str = "en") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "evreg", "sheet", *map(str, arguments)],
        env=environment(root, lang), stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8",
        timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture
def file(root: Path, tmp_path: Path) -> Path:
    path = tmp_path / "entries.xlsx"
    run = sheet(root, "export", path)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith(f"{path}: 3 entries, ")
    assert not run.stderr
    return path


def edited(file: Path, text: str = "Better") -> Path:
    book = Book(file)
    book.cell("glossary", "title.en", "exosome").value = text
    return book.save()


def title(root: Path) -> str:
    found: str = read_yaml(root / "entries" / "glossary" / "exosome.yaml")["title"]["en"]
    return found


def test_an_untouched_workbook_changes_nothing(root: Path, file: Path) -> None:
    run = sheet(root, "import", file)
    assert (run.returncode, run.stdout, run.stderr) == (0, "No change in 3 entries.\n", "")


def test_nothing_is_written_without_a_yes(root: Path, file: Path) -> None:
    run = sheet(root, "import", edited(file))
    assert run.returncode == 1
    assert "Name of the entry: term exosome → Better" in run.stdout
    assert "add --yes" in run.stderr.lower()
    assert title(root) == "term exosome"


def test_yes_for_scripts(root: Path, file: Path) -> None:
    run = sheet(root, "import", "--yes", edited(file), lang="ja")
    assert run.returncode == 0, run.stderr
    assert "1件を書き込んだ。" in run.stdout
    assert "エントリーの名称" in run.stdout
    assert "\x1b" not in run.stdout + run.stderr
    assert title(root) == "Better"


def test_problems_are_said_of_their_cells_and_nothing_is_written(root: Path, file: Path) -> None:
    book = Book(edited(file))
    book.cell("glossary", "domain", "exosome").value = "no-such-domain\u202e"
    run = sheet(root, "import", "--yes", book.save(), lang="ja")
    assert run.returncode == 1
    assert "glossary 用語集!" in run.stdout
    assert "\u202e" not in run.stdout
    assert "Traceback" not in run.stderr
    assert title(root) == "term exosome"


def test_conflicts_are_decided_by_name(root: Path, file: Path) -> None:
    path = root / "entries" / "glossary" / "exosome.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("term exosome", "Theirs"), encoding="utf-8")
    edited(file, "Mine")
    run = sheet(root, "import", "--yes", file)
    assert run.returncode == 1
    assert all(
        text in run.stdout for text in ("glossary 用語集!C4", "term exosome", "Mine", "Theirs", "--conflicts mine")
    )
    assert title(root) == "Theirs"
    assert sheet(root, "import", "--yes", "--conflicts", "mine", file).returncode == 0
    assert title(root) == "Mine"


def test_a_workbook_with_edits_is_not_overwritten(root: Path, file: Path) -> None:
    before = edited(file).read_bytes()
    run = sheet(root, "export", file)
    assert run.returncode == 1
    assert "--overwrite" in run.stderr
    assert file.read_bytes() == before
    assert sheet(root, "export", "--overwrite", file).returncode == 0


def test_only_some_entries(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "some.xlsx"
    run = sheet(root, "export", "--collection", "guidelines", "--where", "jurisdiction=JP", path)
    assert ": 1 entries, " in run.stdout
    without = sheet(root, "export", "--where", "jurisdiction=JP", tmp_path / "any.xlsx")
    assert ": 1 entries, " in without.stdout
    none = sheet(root, "export", "--collection", "guidelines", "--where", "jurisdiction=KR", tmp_path / "none.xlsx")
    assert ": 0 entries, " in none.stdout
    assert sheet(root, "import", tmp_path / "none.xlsx").stdout == "No change in 0 entries.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export", "--collection", "guideline", "x.xlsx"), "Did you mean «guidelines»?"),
        (("export", "--collection", "guidelines", "--where", "jurisdiktion=JP", "x.xlsx"), "jurisdiction"),
        (("export", "--where", "jurisdiktion=JP", "x.xlsx"), "is not a field"),
        (("export", "x.csv"), ".xlsx"),
        (("export", "no-such-folder/x.xlsx"), "no-such-folder"),
        (("import", "no-such-file.xlsx"), "no-such-file.xlsx"),
        (("import", __file__), "text file"),
    ],
)
def test_mistakes_are_answered_in_four_parts(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    run = sheet(root, *arguments)
    assert run.returncode == 1, run.stdout
    assert said in run.stderr
    assert "to do" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_person_is_asked(root: Path, file: Path) -> None:
    edited(file)
    assert "Nothing was written." in _answered(root, file, b"n\n")
    assert title(root) == "term exosome"
    assert "1 file written." in _answered(root, file, b"y\n")
    assert title(root) == "Better"


def _answered(root: Path, file: Path, answer: bytes) -> str:
    terminal, other = pty.openpty()
    run = subprocess.Popen(
        [sys.executable, "-m", "evreg", "sheet", "import", str(file)],
        env=environment(root, "en"), stdin=other, stdout=other, stderr=other, close_fds=True,
    )  # fmt: skip
    os.close(other)
    shown, answered, until = b"", False, time.monotonic() + 60
    while time.monotonic() < until:
        ready, _, _ = select.select([terminal], [], [], 0.2)
        if ready:
            try:
                read = os.read(terminal, 4096)
            except OSError:
                break
            if not read:
                break
            shown += read
        if b"[y/N]" in shown and not answered:
            os.write(terminal, answer)
            answered = True
    run.wait(timeout=20)
    os.close(terminal)
    return shown.decode("utf-8", "replace")
