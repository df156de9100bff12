"""Canonical form: stable, idempotent, comments kept, values unchanged, files whole at any moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.canonical import dump
from kb.comments import comments_of
from kb.files import entry_files
from kb.formatting import format_file, formatted
from kb.problems import YamlProblem
from kb.yaml12 import parse
from tests.samples import small_kb

COMMENTED = """\
# above everything
summary: # behind a mapping
  ja: 日本語 # 注
  # before English
  en: "A: b"
title: {en: A, ja: あ} # flow
id: 012   # the id
document_numbers:
  # first
  - 2024-01-01
  - yes # second
unknown_field: | # behind a block
  text # no comment
  more
origin: ja
# at the end
"""


def test_comments_move_with_their_values() -> None:
    result = formatted(COMMENTED.encode(), "guidelines")
    lines = result.splitlines()
    assert lines[0].startswith("# yaml-language-server: $schema=../../schema/guidelines.json")
    assert lines[1] == "id: '012'  # the id"
    assert lines[lines.index("summary:  # behind a mapping") - 1] == "# above everything"
    assert lines[lines.index("  en: 'A: b'") - 1] == "  # before English"
    assert lines[lines.index("- '2024-01-01'") - 1] == "# first"
    assert "- 'yes'  # second" in lines
    assert "  text # no comment" in lines
    assert lines[-1] == "# at the end"
    assert len(comments_of(result)) == len(comments_of(COMMENTED))


def test_formatting_twice_changes_nothing() -> None:
    once = formatted(COMMENTED.encode(), "guidelines")
    assert formatted(once.encode(), "guidelines") == once


def test_windows_line_ends_and_byte_order_marks_are_mended() -> None:
    windows = b"\xef\xbb\xbf" + COMMENTED.replace("\n", "\r\n").encode()
    assert formatted(windows, "guidelines") == formatted(COMMENTED.encode(), "guidelines")


def test_schema_line_counts_the_folders() -> None:
    assert "$schema=../../../schema/glossary.json" in formatted(b"id: a\n", "glossary", depth=1)


def test_japanese_is_never_folded() -> None:
    text = "細胞外小胞は 細胞から放出される粒子である。" * 40
    assert text in formatted(f"summary:\n  ja: {text}\n".encode(), "glossary")


_TEXTS = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=40) | st.sampled_from(
    [
        "NO",
        "yes",
        "12:30",
        "1e3",
        "012",
        "null",
        "~",
        "- a",
        "a: b",
        "# x",
        "a #b",
        "é\n日本\n",
        "  lead",
        "trail ",
        "|",
        ">",
        "%x",
    ]
)


@given(
    st.recursive(
        _TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3), max_leaves=12
    )
)
def test_what_is_dumped_is_read_back(value: object) -> None:
    data = {"notes": value}
    assert parse(dump(data).encode())[0] == data


@given(st.lists(st.sampled_from(["# one", "#二", "#  three # four", "# - a: b"]), max_size=6), st.randoms())
def test_no_comment_is_lost_wherever_it_stands(comments: list[str], random: object) -> None:
    lines = ["id: a", "title:", "  en: A", "  ja: あ", "aliases:", "- b", "- c", "summary:", "  en: x", "  ja: 字"]
    for comment in comments:
        position = random.randrange(len(lines) + 1)  # type: ignore[attr-defined]
        if random.random() < 0.5 or position == len(lines) or "#" in lines[position]:  # type: ignore[attr-defined]
            lines.insert(position, comment)
        else:
            lines[position] += f" {comment}"
    text = "\n".join(lines) + "\n"
    result = formatted(text.encode(), "glossary")
    assert sorted(item.text for item in comments_of(result)) == sorted(item.text for item in comments_of(text))
    assert formatted(result.encode(), "glossary") == result


def test_check_writes_nothing(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    file = next(iter(entry_files(root)))
    file.path.write_text(
        file.path.read_text(encoding="utf-8").replace("origin: en\n", "origin:   en\n"), encoding="utf-8"
    )
    before = file.path.read_bytes()
    assert format_file(file, check=True)
    assert file.path.read_bytes() == before
    assert format_file(file)
    assert not format_file(file)


@pytest.mark.parametrize("content", [b"", b"- a\n", b"text\n", b"a: [", b"a: *x"])
def test_unreadable_files_are_refused_and_untouched(tmp_path: Path, content: bytes) -> None:
    root = small_kb(tmp_path)
    file = next(iter(entry_files(root)))
    file.path.write_bytes(content)
    with pytest.raises(YamlProblem):
        format_file(file)
    assert file.path.read_bytes() == content


WRITER = """
import sys
from pathlib import Path
from kb.atomic import write_text
path = Path(sys.argv[1])
print("ready", flush=True)
while True:
    for letter in "ab":
        write_text(path, letter * 3_000_000)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a POSIX signal")
def test_killed_at_any_moment_a_file_is_old_or_new(tmp_path: Path) -> None:
    path = tmp_path / "entry.yaml"
    path.write_text("a" * 3_000_000, encoding="utf-8")
    for delay in (0.0, 0.003, 0.007, 0.011, 0.017, 0.023):
        process = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        content = path.read_text(encoding="utf-8")
        assert len(content) == 3_000_000
        assert len(set(content)) == 1
