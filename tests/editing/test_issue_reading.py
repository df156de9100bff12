"""Issues as people leave them: edited, copied, hostile."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editing.issues.cleaning import answer, one_line, reaches_somebody, without_hidden
from editing.issues.issue import Issue, read_issues
from editing.issues.reading import Answers, read_answers
from kb.problems import EvregError
from tests.editing.issue_texts import CORRECTION, FORMS, GUIDELINE, TRIAL, body, issue


def _read(text: str) -> Answers:
    return read_answers(text, FORMS, "#1")


def _refused(text: str) -> EvregError:
    with pytest.raises(EvregError) as caught:
        _read(text)
    return caught.value


@pytest.mark.parametrize(
    ("form", "answers"), [("new-guideline", GUIDELINE), ("new-trial", TRIAL), ("correction", CORRECTION)]
)
def test_answers_come_back(form: str, answers: dict[str, str]) -> None:
    read = _read(body(form, answers))
    assert read.form.id == form
    assert read.given == answers


def test_line_ends_of_browsers() -> None:
    assert _read(body("new-guideline", GUIDELINE).replace("\n", "\r\n")).given == GUIDELINE


def test_a_block_of_code_is_taken_out_of_its_fence() -> None:
    given = {"wording": "シミが消える\n### Wording / 表現\n再生する", "language": "ja"}
    assert _read(body("advertisement", given)).given == given


def test_headings_in_one_language_or_with_other_widths_are_known() -> None:
    text = (
        body("correction", CORRECTION)
        .replace("### Entry / エントリー", "### **Ｅｎｔｒｙ**")
        .replace("### What it should say / 正しい記載", "###   正しい記載")
    )
    assert _read(text).given == CORRECTION


def test_a_code_alone_is_a_choice() -> None:
    text = body("new-guideline", GUIDELINE).replace("JP: Japan / 日本", "jp")
    assert _read(text).get("jurisdiction") == "JP"


def test_headings_of_others_inside_an_answer_end_it_and_are_left_out() -> None:
    text = body("correction", {**CORRECTION, "correct": "superseded\n\n### My remarks\n\nrm -rf"})
    assert _read(text).get("correct") == "superseded"


def test_comments_are_left_out() -> None:
    text = body("correction", {**CORRECTION, "correct": "super<!-- ### Entry / エントリー -->seded"})
    assert _read(text).get("correct") == "superseded"


def test_a_missing_answer_is_explained_with_the_heading_that_is_near() -> None:
    error = _refused(
        body("new-guideline", GUIDELINE).replace(
            "### Issuing authority / 発行機関", "### Issueing authority / 発行機関名"
        )
    )
    assert "Issuing authority" in error.found.en
    assert "Did you mean" in error.found.en
    assert "発行機関名" in error.found.ja


def test_a_comment_that_never_ends_hides_the_rest_and_is_refused() -> None:
    error = _refused(body("new-guideline", {**GUIDELINE, "issuer": "<!-- and nothing more"}))
    assert "no answer" in error.found.en


def test_one_question_twice_is_refused() -> None:
    error = _refused(body("correction", {**CORRECTION, "correct": "x\n\n### Entry / エントリー\n\nclaims/other"}))
    assert "twice" in error.found.en


def test_a_choice_that_does_not_exist_is_refused() -> None:
    error = _refused(body("new-guideline", {**GUIDELINE, "status": "in force: In force"}))
    assert "no choice" in error.found.en
    assert "in-force" in error.expected.ja


def test_a_plain_issue_is_refused() -> None:
    assert "forms" in _refused("Please add the new law of Ruritania.").found.en


def test_a_very_long_answer_is_refused() -> None:
    assert "5,000" in _refused(body("correction", {**CORRECTION, "correct": "x" * 5_000})).found.en


def test_hidden_characters_are_taken_out() -> None:
    text = body("correction", {**CORRECTION, "correct": "su\u200bper\u202eseded\u0007\ue000"})
    assert _read(text).get("correct") == "superseded"
    assert without_hidden("a\r\nb\u2028c") == "a\nb\nc"


def test_deep_nesting_ends() -> None:
    assert _refused("> " * 5_000 + "### Entry / エントリー").where == "#1"
    assert _refused("[" * 20_000).where == "#1"


def test_paragraphs() -> None:
    assert answer("a  b \n\n\n\n c<!-- d") == "a b\n\nc"
    assert one_line("粒子を\n数える and\ncount") == "粒子を数える and count"


@pytest.mark.parametrize(
    "text",
    [
        "write to a.b+c@example.co.jp",
        "see https://example.org",
        "ＷＷＷ.example.org",
        "at sakura-clinic.jp now",
        "03-1234-5678",
        "+81 3 1234 5678",
        "0120-123-456",
        "神宮前1丁目2番3号",
        "by @clinic_official",
    ],
)
def test_contacts_are_seen(text: str) -> None:
    assert reaches_somebody(text)


@pytest.mark.parametrize(
    "text", ["01-02-2024", "0.05 mg", "1e10 particles per mL", "e.g. five", "2024-03-31, 12345678901"]
)
def test_other_text_is_no_contact(text: str) -> None:
    assert reaches_somebody(text) is None


def _issues(data: Any) -> list[Issue | EvregError]:
    return read_issues(json.dumps(data).encode())


def test_event_answer_of_the_api_and_list() -> None:
    record = issue(7, "correction", CORRECTION)
    expected = Issue(7, record["body"], "https://github.com/society/atlas/issues/7", "2026-06-01")
    assert _issues(record) == [expected]
    assert _issues({"action": "labeled", "issue": record, "label": {"name": "draft"}}) == [expected]
    of_the_program = {
        "number": 7,
        "body": record["body"],
        "url": record["html_url"],
        "createdAt": "2026-06-01T08:00:00Z",
    }
    assert _issues([of_the_program]) == [expected]


def test_one_record_that_is_no_issue_does_not_stop_the_others() -> None:
    found = _issues(
        [
            None,
            {"number": True},
            {"number": 3, "body": None},
            {"number": 4, "body": "x" * 80_000},
            issue(5, "correction", CORRECTION),
        ]
    )
    assert [isinstance(item, EvregError) for item in found] == [True, True, True, True, False]
    assert [item.where for item in found if isinstance(item, EvregError)] == ["[1]", "[2]", "#3", "#4"]


@pytest.mark.parametrize("content", [b"", b"\xff", b"3", b"{", b"[" * 100_000])
def test_no_json_is_explained(content: bytes) -> None:
    with pytest.raises(EvregError):
        read_issues(content)


def test_addresses_of_other_hosts_paths_are_not_taken() -> None:
    strange = issue(7, "correction", CORRECTION, html_url="javascript:alert(1)")
    found = _issues(strange)[0]
    assert isinstance(found, Issue)
    assert found.address is None


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([field.id for field in FORMS["correction"].fields]), st.text(max_size=300)))
def test_whatever_is_typed_is_read_or_explained(answers: dict[str, str]) -> None:
    try:
        read = _read(body("correction", answers))
    except EvregError as error:
        assert error.found.ja
        assert error.remedy.ja
    else:
        assert set(read.given) <= {field.id for field in read.form.fields}
        assert all(text.strip() for text in read.given.values())


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["issue", "number", "body", "url", "created_at"]), inner)
        ),
    )
)
def test_whatever_json_is_read_or_explained(data: Any) -> None:
    try:
        found = _issues(data)
    except EvregError:
        assert not isinstance(data, dict | list)
    else:
        assert all(isinstance(item, Issue | EvregError) for item in found)
