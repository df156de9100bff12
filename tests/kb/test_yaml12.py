"""The reader: YAML 1.2 meaning, and limits that no file can pass."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.decoding import MAX_BYTES
from kb.problems import YamlProblem
from kb.yaml12 import locate, parse


def read(text: str) -> object:
    return parse(text.encode())[0]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("NO", "NO"),
        ("on", "on"),
        ("yes", "yes"),
        ("y", "y"),
        ("12:30", "12:30"),
        ("2014-11-25", "2014-11-25"),
        ("1e3", 1000.0),
        ("1E3", 1000.0),
        (".5", 0.5),
        ("1.", 1.0),
        ("012", 12),
        ("0o14", 12),
        ("0x1F", 31),
        ("+1", 1),
        ("1_000", "1_000"),
        ("true", True),
        ("True", True),
        ("tRue", "tRue"),
        ("null", None),
        ("~", None),
        ("", None),
        ("'12'", "12"),
        ('"true"', "true"),
        ("<<", "<<"),
        ("=", "="),
        ("第1相", "第1相"),
        ("1.0.0", "1.0.0"),
        ("-", None),
    ],
)
def test_scalars_arrive_as_a_curator_means_them(written: str, meant: object) -> None:
    if written == "-":
        assert read("a:\n-\n") == {"a": [None]}
        return
    value = read(f"a: {written}\n")["a"]  # type: ignore[index]
    assert value == meant
    assert isinstance(value, bool) == isinstance(meant, bool)


@pytest.mark.parametrize("written", ["012", "1e3", "0o14", "0x1F", "007", "1.50", "+1"])
def test_numbers_remember_how_they_were_written(written: str) -> None:
    assert str(read(f"a: {written}")["a"]) == written  # type: ignore[index]


def _refused(content: bytes) -> YamlProblem:
    started = time.perf_counter()
    with pytest.raises(YamlProblem) as caught:
        parse(content)
    assert time.perf_counter() - started < 20
    for part in (caught.value.found, caught.value.expected, caught.value.remedy):
        assert part.en
        assert part.ja
    return caught.value


def test_billion_laughs_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert _refused("\n".join(lines).encode()).rule == "size"


def test_an_alias_of_itself_is_refused() -> None:
    assert _refused(b"a: &a [*a]").rule == "nesting"


@pytest.mark.parametrize("text", ["[" * 300_000, "{a: " * 100_000, "- " * 100_000, "? " * 50_000])
def test_deep_nesting_is_refused(text: str) -> None:
    assert _refused(text.encode()).rule == "nesting"


def test_deep_indentation_is_refused() -> None:
    text = "\n".join(" " * depth + "a:" for depth in range(60))
    assert _refused(text.encode()).rule == "nesting"


@pytest.mark.parametrize(
    ("content", "rule", "place"),
    [
        (b"\xef\xbb\xbfid: a", "encoding", (1, 1)),
        (b"id: a\r\nb: c", "line-ends", (1, 6)),
        (b"id: a\n\tb: c", "tabs", (2, 1)),
        ("id: 日本".encode("shift_jis"), "encoding", (1, 5)),
        ("id: 日本語".encode("euc_jp"), "encoding", (1, 5)),
        ("id: é".encode("latin-1"), "encoding", (1, 5)),
        (b"id: a\x00", "encoding", (1, 6)),
        (b"id: a\x07", "yaml", (1, 1)),
        (b"a: [", "yaml", (1, 5)),
        (b"a: b: c", "yaml", (1, 5)),
        (b"a: 1\nb: 2\na: 3", "duplicate-keys", (3, 1)),
        (b"a: !!python/object/apply:os.system [ls]", "tags", (1, 4)),
        (b"a: !local x", "tags", (1, 4)),
        (b"[1, 2]: x", "yaml", (1, 1)),
        (b"a: 1\n---\nb: 2", "yaml", (2, 1)),
    ],
)
def test_bad_files_are_told_with_their_place(content: bytes, rule: str, place: tuple[int, int]) -> None:
    problem = _refused(content)
    assert problem.rule == rule
    if rule != "yaml" or place != (1, 1):
        assert (problem.line, problem.column) == place or rule == "yaml"


def test_the_likely_encoding_is_named() -> None:
    assert "Shift_JIS" in _refused("題名: エクソソーム".encode("shift_jis")).found.en


def test_large_files_are_refused_before_they_are_read() -> None:
    assert _refused(b"a: " + b"x" * (5 * MAX_BYTES)).rule == "file-size"


def test_locate_finds_keys_items_and_the_nearest_parent() -> None:
    _, node = parse(b"a: 1\nb:\n  - c: 2\n    d: 3\n")
    assert locate(node, ("b", 0, "d")) == (4, 5)
    assert locate(node, ("b", 0)) == (3, 5)
    assert locate(node, ("b", 0, "missing", "deeper")) == (3, 5)
    assert locate(node, ()) == (1, 1)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        parse(content)
    except YamlProblem as problem:
        assert problem.line >= 1
        assert problem.column >= 1


@given(st.text(alphabet="ab:-[]{}&*!|>'\"#%@`?, \n012eE.日", max_size=80))
def test_any_yaml_like_text_is_read_or_refused(text: str) -> None:
    try:
        parse(text.encode())
    except YamlProblem as problem:
        assert problem.found.ja
