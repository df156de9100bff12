"""The query language: what is typed becomes a tree, and nothing that is typed is an error."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.parsing import parse
from search.query import MAX_CHARACTERS, MAX_CLAUSES, Field, Group, Not, Note, Parsed, Part, Phrase, Prefix, Words

KNOWN = {"jurisdiction": ("JP", "KR"), "phase": ("1", "2"), "year": ()}


def resolve(name: str, value: str) -> Field | Note | None:
    if name not in KNOWN:
        return Note("field", name) if name == "jurisdction" else None
    if name != "year" and value not in KNOWN[name]:
        return Note("value", f"{name}:{value}")
    return Field(name, value)


def read(text: str) -> Parsed:
    return parse(text, resolve)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", None),
        ("   ", None),
        ("potency assay", Words("potency assay")),
        ("力価試験 エクソソーム", Words("力価試験 エクソソーム")),
        ('"potency assay"', Phrase("potency assay")),
        ("「力価試験」", Phrase("力価試験")),
        ("“curly”", Phrase("curly")),
        ("jurisdiction:JP", Field("jurisdiction", "JP")),
        ("year:2023..2026", Field("year", "2023..2026")),
        ("exo*", Prefix("exo")),
        ("NOT cosmetic", Not(Words("cosmetic"))),
        ("a AND b", Group("AND", (Words("a"), Words("b")))),
        ("a OR b c", Group("OR", (Words("a"), Words("b c")))),
        ("a OR b AND c", Group("OR", (Words("a"), Group("AND", (Words("b"), Words("c")))))),
        ("(a OR b) AND c", Group("AND", (Group("OR", (Words("a"), Words("b"))), Words("c")))),
        ("a AND NOT b", Group("AND", (Words("a"), Not(Words("b"))))),
        ('広告 jurisdiction:JP "x y"', Group("", (Words("広告"), Field("jurisdiction", "JP"), Phrase("x y")))),
        ("Ａ　ＡＮＤ　Ｂ", Group("AND", (Words("A"), Words("B")))),
        ("jurisdiction：JP", Field("jurisdiction", "JP")),
        ("and or not", Words("and or not")),
    ],
)
def test_parse(text: str, part: Part | None) -> None:
    assert read(text).part == part
    assert read(text).notes == ()


@pytest.mark.parametrize("text", ['""', "((", "「」"])
def test_marks_alone_hold_no_word(text: str) -> None:
    assert read(text).part is None
    assert [note.kind for note in read(text).notes] == ["empty"]


@pytest.mark.parametrize(
    "title",
    [
        "ICH Q5A(R2)",
        "Potency: WNT suppression",
        "Regulation (EU) 2024/1938",
        "TSG101, ALIX, syntenin-1",
        "361 HCT/P",
        "「再生医療」としての提供",
    ],
)
def test_titles_are_words_or_phrases_without_notes(title: str) -> None:
    parsed = read(title)
    assert parsed.part is not None
    assert parsed.notes == ()


@pytest.mark.parametrize(
    ("text", "reason", "words"),
    [
        ('foo "bar', "quote", "foo bar"),
        ("foo 」bar", "quote", "foo bar"),
        ("foo OR", "operator", "foo"),
        ("AND foo", "operator", "foo"),
        ("NOT", "operator", None),
        ("NOT AND a", "operator", "a"),
        ("(a OR b", "bracket", "a b"),
        ("a OR b)", "bracket", "a b"),
        ("(" * 20 + "a OR b" + ")" * 20, "deep", "a b"),
        ("x " * (MAX_CLAUSES + 1), "many", " ".join("x" * MAX_CLAUSES)),
    ],
)
def test_what_is_malformed_is_read_as_words_and_said(text: str, reason: str, words: str | None) -> None:
    parsed = read(text)
    assert Note("malformed", reason) in parsed.notes
    assert parsed.part == (Words(words) if words else None)


def test_brackets_without_operators_are_punctuation() -> None:
    assert read("vesicles (EVs) and exosomes)").part == Words("vesicles EVs and exosomes")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("jurisdction:JP", "field"),
        ("phase:9", "value"),
        ("*some", "wildcard"),
        ("a*", "wildcard"),
        ("ex*o*", "wildcard"),
    ],
)
def test_unknown_fields_values_and_wildcards_are_words_with_a_note(text: str, kind: str) -> None:
    parsed = read(text)
    assert [note.kind for note in parsed.notes] == [kind]
    assert isinstance(parsed.part, Words)


def test_other_colons_are_no_fields() -> None:
    assert read("doi:10.1186/x").part == Words("doi 10.1186/x")
    assert read("doi:10.1186/x").notes == ()


def test_a_long_query_is_cut_and_said() -> None:
    parsed = read("é" * (MAX_CHARACTERS + 10))
    assert len(parsed.text) == MAX_CHARACTERS
    assert Note("cut", str(MAX_CHARACTERS)) in parsed.notes
    assert Note("cut", str(MAX_CHARACTERS)) in read("ﷺ" * 999).notes


PIECES = st.sampled_from(
    ["a", "細胞", "AND", "OR", "NOT", "(", ")", '"', "「", "」", ":", "*", "jurisdiction:", "jurisdiction:JP", "year:..", "phase:2",
     "x*", " ", "　", "-", "\\", "[", "]", "\0", "\n", "ﬁ", "…"]
)  # fmt: skip


@given(
    st.one_of(
        st.text(max_size=60), st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=40).map(" ".join)
    )
)
def test_no_query_is_an_error(text: str) -> None:
    parsed = read(text)
    assert len(parsed.text) <= MAX_CHARACTERS
    assert parsed.part is None or _size(parsed.part) <= MAX_CLAUSES


@given(st.lists(st.sampled_from(["alpha", "細胞", "beta2", "ガンマ"]), min_size=1, max_size=20))
def test_plain_words_stay_in_their_order(words: list[str]) -> None:
    assert read(" ".join(words)).part == Words(" ".join(words))


@pytest.mark.parametrize("piece", ["(", "(a ", '"', "a:", "NOT ", "a OR ", "*", "-", "カ-", "year:1..", "((a|a)*)*"])
def test_monsters_are_read_at_once(piece: str) -> None:
    started = time.process_time()
    read(piece * 20_000)
    assert time.process_time() - started < 2  # Anything quadratic would take minutes.


def _size(part: Part) -> int:
    if isinstance(part, Group):
        return sum(map(_size, part.parts))
    return _size(part.part) if isinstance(part, Not) else 1
