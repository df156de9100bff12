"""The same entry edited at the same time in a sheet, in its file, by a form and by a scraper: nothing is lost."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editing.sheet.aligning import Aligned
from editing.sheet.importing import carry_out
from editing.sheet.report import report
from kb.accepting import accept
from kb.amending import file_of
from kb.problems import EvregError
from kb.proposals import find_proposal
from kb.rewriting import rewritten
from kb.saving import save
from kb.vocabulary import packaged_vocabularies
from kb.yaml12 import read_yaml
from tests.editing.sheet_books import TODAY, Book, exported, planned
from tests.entries import source
from tests.kb.inbox_samples import change, in_inbox, trial_kb

T = "trials/t1"
QUESTIONS = [{"en": f"Question {at}?", "ja": f"問い{at}。"} for at in range(1, 5)]
SOURCES = [source(), source(key="s2", url="https://example.org/two", title="Second paper")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return trial_kb(tmp_path, open_questions=QUESTIONS, sources=SOURCES, countries=["JP", "US"])


@pytest.fixture
def book(root: Path, tmp_path: Path) -> Book:
    return Book(exported(root, tmp_path))


def on_disk(root: Path) -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(root / "entries" / f"{T}.yaml")
    return data


def edited_elsewhere(root: Path, **changes: Any) -> None:
    """What a form does: a whole entry, written under the lock."""
    file = file_of(root, T)
    content = file.path.read_bytes()
    save(root, {file: rewritten(content, file, on_disk(root) | changes)}, {file: content}, TODAY)


def test_form_sheet_and_scraper_change_one_entry_and_nothing_is_lost(root: Path, book: Book) -> None:
    in_inbox(root, change())
    edited_elsewhere(
        root,
        title={"en": "Title from the form", "ja": "エントリーe"},
        open_questions=[{"en": "From the form?", "ja": "フォームから。"}, *QUESTIONS[:2], QUESTIONS[3]],
    )
    accept(root, find_proposal(root, "t1-status"), TODAY)
    book.cell("trials", "summary.ja", "t1").value = "表からの要約である。"
    book.cell("trials", "countries", "t1").value = "JP\nUS\nKR"
    book.cell("open_questions", "ja", T, 2).value = "表からの問い。"
    book.cell("sources", "title", T, 2).value = "Second paper, corrected"
    book.add("open_questions", entry=T, en="From the sheet?", ja="表から。")
    plan = planned(root, book.save())
    assert plan.ready, (plan.problems, plan.conflicts)
    carry_out(root, plan, TODAY)
    data = on_disk(root)
    assert (data["status"], data["status_as_of"]) == ("terminated", "2026-06-30")
    assert data["title"]["en"] == "Title from the form"
    assert data["summary"]["ja"] == "表からの要約である。"
    assert data["countries"] == ["JP", "US", "KR"]
    assert [item["title"] for item in data["sources"]] == ["A paper", "Second paper, corrected"]
    assert data["open_questions"] == [
        {"en": "From the form?", "ja": "フォームから。"},
        QUESTIONS[0],
        {"en": "Question 2?", "ja": "表からの問い。"},
        QUESTIONS[3],
        {"en": "From the sheet?", "ja": "表から。"},
    ]
    assert "# seen by the group" in (root / "entries" / f"{T}.yaml").read_text(encoding="utf-8")


def test_importing_twice_changes_nothing_the_second_time(root: Path, book: Book) -> None:
    book.cell("trials", "title.en", "t1").value = "New title"
    book.add("open_questions", entry=T, en="From the sheet?", ja="表から。")
    book.cell("open_questions", "@action", T, 1).value = "削除"
    path = book.save()
    carry_out(root, planned(root, path), TODAY)
    again = planned(root, path)
    assert not again.drafts
    assert not again.conflicts


def test_a_cell_that_both_changed_is_named_with_three_values(root: Path, book: Book) -> None:
    edited_elsewhere(root, title={"en": "Theirs", "ja": "エントリーe"})
    book.cell("trials", "title.en", "t1").value = "Mine"
    book.cell("trials", "summary.en", "t1").value = "Only mine."
    path = book.save()
    plan = planned(root, path)
    assert not plan.ready
    (conflict,) = plan.conflicts
    assert conflict.place.cell == book.cell("trials", "title.en", "t1").coordinate
    assert (conflict.field, conflict.base, conflict.mine, conflict.theirs) == ("title.en", "Entry e", "Mine", "Theirs")
    text = "\n".join(report(plan, packaged_vocabularies(), "ja"))
    assert "エントリーの名称" in text
    assert all(value in text for value in ("Entry e", "Mine", "Theirs"))
    assert on_disk(root)["summary"]["en"] != "Only mine."
    for choice, title in (("theirs", "Theirs"), ("mine", "Mine")):
        carry_out(root, planned(root, path, choice), TODAY)  # type: ignore[arg-type]
        assert on_disk(root)["title"]["en"] == title
        assert on_disk(root)["summary"]["en"] == "Only mine."


def test_the_same_edit_on_both_sides_is_none(root: Path, book: Book) -> None:
    edited_elsewhere(root, title={"en": "Agreed", "ja": "エントリーe"})
    book.cell("trials", "title.en", "t1").value = "Agreed"
    plan = planned(root, book.save())
    assert not plan.drafts
    assert not plan.conflicts


def test_a_record_that_others_removed_is_not_brought_back_in_silence(root: Path, book: Book) -> None:
    edited_elsewhere(root, open_questions=[*QUESTIONS[:1], *QUESTIONS[2:]])
    book.cell("open_questions", "en", T, 2).value = "Edited?"
    (conflict,) = planned(root, book.save()).conflicts
    assert conflict.mine == "Edited?"
    assert conflict.theirs is None
    assert planned(root, book.save(), "mine").conflicts


def test_a_record_that_others_changed_is_not_deleted_in_silence(root: Path, book: Book) -> None:
    changed = {**QUESTIONS[1], "ja": "他の人の問い。"}
    edited_elsewhere(root, open_questions=[QUESTIONS[0], changed, *QUESTIONS[2:]])
    book.cell("open_questions", "@action", T, 2).value = "delete"
    path = book.save()
    (conflict,) = planned(root, path).conflicts
    assert conflict.theirs == changed
    assert not planned(root, path, "theirs").drafts
    carry_out(root, planned(root, path, "mine"), TODAY)
    assert on_disk(root)["open_questions"] == [QUESTIONS[0], *QUESTIONS[2:]]


def test_an_entry_that_changes_between_preview_and_yes_is_not_overwritten(root: Path, book: Book) -> None:
    book.cell("trials", "summary.en", "t1").value = "From the sheet."
    plan = planned(root, book.save())
    edited_elsewhere(root, title={"en": "Meanwhile", "ja": "エントリーe"})
    with pytest.raises(EvregError, match="after editing began"):
        carry_out(root, plan, TODAY)
    assert on_disk(root)["title"]["en"] == "Meanwhile"
    carry_out(root, planned(root, book.path), TODAY)
    assert (on_disk(root)["title"]["en"], on_disk(root)["summary"]["en"]) == ("Meanwhile", "From the sheet.")


def test_an_entry_that_was_renamed_is_said_to_be_gone(root: Path, book: Book) -> None:
    book.cell("trials", "summary.en", "t1").value = "From the sheet."
    path = root / "entries" / f"{T}.yaml"
    text = path.read_text(encoding="utf-8").replace("id: t1", "id: t1-new")
    path.unlink()
    (path.parent / "t1-new.yaml").write_text(text, encoding="utf-8")
    (problem,) = planned(root, book.save()).problems
    assert "no longer there" in problem.text("en")


RECORDS = st.lists(
    st.fixed_dictionaries(
        {"en": st.sampled_from("abcdefgh"), "ja": st.sampled_from("あいうえお"), "x": st.integers(0, 3)}
    ),
    max_size=6,
    unique_by=lambda item: item["en"],
)


@given(RECORDS, st.data())
@settings(max_examples=300, deadline=None)
def test_records_are_found_again_after_others_moved_removed_added_and_edited_some(
    records: list[dict[str, Any]], data: st.DataObject
) -> None:
    kept = data.draw(st.permutations(range(len(records))))
    kept = kept[: data.draw(st.integers(0, len(kept)))]
    present = [copy.deepcopy(records[at]) for at in kept]
    for item in present:
        if data.draw(st.booleans()):
            item["x"] += 10
    for at in range(data.draw(st.integers(0, 3))):
        present.insert(data.draw(st.integers(0, len(present))), {"en": f"new {at}", "ja": f"新{at}", "x": 100 + at})
    aligned = Aligned({"notes": records}, {"notes": present})
    for number, record in enumerate(records, 1):
        found = aligned.record(("notes",), (), number)
        if number - 1 in kept:
            assert found is not None
            assert found["en"] == record["en"]
        elif len(present) != len(records):
            assert found is None or found["en"] not in {records[at]["en"] for at in kept}


#: Places of an entry that people edit, and how the sheet names them.
_FIELDS = {
    ("title", "en"): ("trials", "title.en", "t1"),
    ("title", "ja"): ("trials", "title.ja", "t1"),
    ("summary", "en"): ("trials", "summary.en", "t1"),
    ("summary", "ja"): ("trials", "summary.ja", "t1"),
    ("indication", "en"): ("trials", "indication.en", "t1"),
    **{("open_questions", at, side): ("open_questions", side, T, at + 1) for at in range(4) for side in ("en", "ja")},
    **{("sources", at, "title"): ("sources", "title", T, at + 1) for at in range(2)},
}


@given(st.permutations(list(_FIELDS)), st.integers(1, 8), st.integers(1, 8))
@settings(max_examples=12, deadline=None)
def test_edits_of_different_cells_at_the_same_time_all_arrive(
    tmp_path_factory: pytest.TempPathFactory, places: list[tuple[Any, ...]], ours: int, others: int
) -> None:
    folder = tmp_path_factory.mktemp("both")
    root = trial_kb(folder, open_questions=QUESTIONS, sources=SOURCES)
    book = Book(exported(root, folder))
    in_sheet, elsewhere = places[:ours], places[ours : ours + others]
    data = on_disk(root)
    for place in elsewhere:
        _set(data, place, _text("form", place))
    edited_elsewhere(root, **data)
    for place in in_sheet:
        mark, field, *keys = _FIELDS[place]
        book.cell(mark, field, *keys).value = _text("sheet", place)
        _set(data, place, _text("sheet", place))
    plan = planned(root, book.save())
    assert plan.ready, (plan.problems, plan.conflicts)
    carry_out(root, plan, TODAY)
    assert on_disk(root) == data


def _text(writer: str, place: tuple[Any, ...]) -> str:
    words = " ".join(map(str, place))
    return f"{words}について{writer}が記す。" if place[-1] == "ja" else f"What the {writer} says of {words}."


def _set(data: Any, place: tuple[Any, ...], value: str) -> None:
    for step in place[:-1]:
        data = data[step]
    data[place[-1]] = value
