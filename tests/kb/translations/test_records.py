"""The files of records: one way to write them, and clear words for everything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.problems import EvregError, YamlProblem
from kb.translations.records import PairRecord, known_name, parse_records, read_records, state_file, written_records

ONE = PairRecord("notes.2", "0" * 12, "1" * 12, "2026-11-23")
TEN = PairRecord("notes.10", "2" * 12, "3" * 12, "2026-12-01", "山田 花子")
HEADING = "field english japanese day by\n"


def test_what_is_written_is_read_in_one_order() -> None:
    text = written_records([TEN, ONE, ONE])
    assert parse_records(text.encode()) == (TEN, ONE)
    assert written_records(parse_records(text.encode())) == text
    assert text.startswith(HEADING)


def test_after_a_merge_of_both_sides_the_name_of_a_person_counts() -> None:
    examined = ONE._replace(by="A Person", day="2026-12-02")
    lines = "".join(" ".join(record) + "\n" for record in (ONE, examined))
    assert parse_records((HEADING + lines).encode()) == (examined,)
    lines = "".join(" ".join(record) + "\n" for record in (examined, ONE))
    assert parse_records((HEADING + lines).encode()) == (examined,)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", 1),
        (b"something else\n", 1),
        (HEADING.encode() + b"<<<<<<< HEAD\n", 2),
        (HEADING.encode() + b"title 000000000000 111111111111 2026-11-23\n", 2),
        (HEADING.encode() + b"title 000000000000 111111111111 2026-13-23 -\n", 2),
        (HEADING.encode() + b"title 00000000000G 111111111111 2026-11-23 -\n", 2),
        (HEADING.encode() + b"../title 000000000000 111111111111 2026-11-23 -\n", 2),
        (HEADING.encode() + " ".join(ONE).encode() + b"\n\n", 3),
        (HEADING.encode() + b"\xff\xfe\n", 2),
    ],
)
def test_what_does_not_fit_is_refused_with_its_line(tmp_path: Path, content: bytes, line: int) -> None:
    with pytest.raises(YamlProblem) as caught:
        parse_records(content)
    assert caught.value.line == line
    path = state_file(tmp_path, ("claims", "c"))
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(EvregError) as told:
        read_records(tmp_path, ("claims", "c"))
    assert told.value.where == f"{path.as_posix()}:{line}:1"


def test_an_entry_without_a_file_has_no_records(tmp_path: Path) -> None:
    assert read_records(tmp_path, ("claims", "c")) == ()


@pytest.mark.parametrize("name", ["", "  ", "-", "a\x00b", "x" * 121, "\u202eeman", "123"])
def test_a_name_must_be_one(name: str) -> None:
    with pytest.raises(EvregError, match="no name"):
        known_name(name)


def test_a_name_stands_on_one_line() -> None:
    assert known_name(" A\n Person ") == "A Person"
