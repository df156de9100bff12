"""Jurisdictions side by side: rows are aligned, agreement is told apart from absence, and nothing is counted twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kb
from kb import KnowledgeBase
from kb.analysis.comparison import Comparison, agreement, comparison
from kb.analysis.comparison_cells import Cell
from kb.analysis.jurisdiction_record import parts_of, records
from tests.entries import PAIR, minimal
from tests.samples import guideline, write_kb

WITHDRAWN = {"on": "2026-01-02", "reason": PAIR}


def _class(legal_class: str, **dimensions: str) -> dict[str, Any]:
    return {"product": PAIR, "legal_class": legal_class, "statement": PAIR, "sources": ["s1"], **dimensions}


def _asked(topic: str, level: str = "required") -> dict[str, Any]:
    return {"topic": topic, "level": level, "statement": PAIR, "basis": "text", "sources": ["s1"]}


def _document(id_: str, **changes: Any) -> dict[str, Any]:
    return guideline(id_, **({"legal_force": "binding", "requirements": [_asked("potency")]} | changes))


def _load(folder: Path, **collections: list[dict[str, Any]]) -> KnowledgeBase:
    return kb.load(write_kb(folder, **collections))


def _cell(found: Comparison, id_: str, key: str) -> Cell:
    return found.columns[id_][key]


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ([("a",), ("a",)], "same"),
        ([("a",), ("b",)], "differs"),
        ([("a",), None], "partial"),
        ([None, None], "empty"),
        ([("a",), ("b",), None], "differs"),
    ],
)
def test_a_missing_record_neither_agrees_nor_differs(tokens: list[tuple[str, ...] | None], expected: str) -> None:
    assert agreement([Cell((), token) if token else None for token in tokens]) == expected


def test_words_are_not_compared() -> None:
    assert agreement([Cell(()), Cell(())]) == "words"


def test_an_open_dimension_stands_with_any(tmp_path: Path) -> None:
    found = comparison(
        _load(
            tmp_path,
            jurisdictions=[
                minimal("jurisdictions", "jp", classification=[_class("medicinal-product", claim="therapeutic")]),
                minimal(
                    "jurisdictions",
                    "us",
                    code="US",
                    classification=[_class("advanced-therapy", claim="therapeutic", route="any")],
                ),
            ],
        )
    )
    cells = [_cell(found, id_, "class-therapeutic-any") for id_ in ("jp", "us")]
    assert [cell.token for cell in cells] == [("medicinal-product",), ("advanced-therapy",)]
    assert agreement(cells) == "differs"


def test_a_topic_is_compared_by_its_strongest_requirement(tmp_path: Path) -> None:
    found = comparison(
        _load(
            tmp_path,
            jurisdictions=[minimal("jurisdictions", "jp")],
            guidelines=[
                _document("advice", legal_force="recommended"),
                _document("law", requirements=[_asked("potency", "mentioned"), _asked("potency")]),
            ],
        )
    )
    cell = _cell(found, "jp", "topic-potency")
    assert cell.token == ("binding", "required")
    assert [(item.number, item.entries) for item in cell.items] == [
        (1, (("guidelines", "law"),)),
        (1, (("guidelines", "law"),)),
        (1, (("guidelines", "advice"),)),
    ]


def test_drafts_are_no_law_and_what_is_gone_asks_for_nothing(tmp_path: Path) -> None:
    found = comparison(
        _load(
            tmp_path,
            jurisdictions=[minimal("jurisdictions", "jp")],
            guidelines=[
                _document("draft", status="draft"),
                _document("gone", status="superseded", requirements=[_asked("safety")]),
                _document("removed", withdrawn=WITHDRAWN, requirements=[_asked("clinical")]),
            ],
        )
    )
    assert _cell(found, "jp", "topic-potency").token == ("draft", "required")
    assert not {"topic-safety", "topic-clinical"} & found.columns["jp"].keys()


def test_withdrawn_profiles_are_not_compared(tmp_path: Path) -> None:
    entries = [minimal("jurisdictions", "jp"), minimal("jurisdictions", "us", code="US", withdrawn=WITHDRAWN)]
    assert list(comparison(_load(tmp_path, jurisdictions=entries)).columns) == ["jp"]


def test_events_after_the_day_of_the_profile_are_not_the_latest(tmp_path: Path) -> None:
    events = [{"date": day, "kind": "other", "title": PAIR, "sources": ["s1"]} for day in ("2026-05-31", "2027-01-01")]
    found = comparison(_load(tmp_path, jurisdictions=[minimal("jurisdictions", "jp", events=events)]))
    assert [item.date for item in _cell(found, "jp", "latest").items] == ["2026-05-31"]


def test_a_record_holds_what_concerns_the_place(tmp_path: Path) -> None:
    base = _load(
        tmp_path,
        jurisdictions=[minimal("jurisdictions", "us", code="US")],
        guidelines=[_document("federal", jurisdiction="US"), _document("state", jurisdiction="US-TX")],
        enforcement=[minimal("enforcement", "letter", date="2026-02-03")],
        trials=[minimal("trials", "both", countries=["US", "JP"], dates={"start": "2025-01"})],
        safety_events=[minimal("safety-events", "harm", jurisdiction="US")],
        surveys=[minimal("surveys", "asked", jurisdiction="JP"), minimal("surveys", "gone", withdrawn=WITHDRAWN)],
        claims=[minimal("claims", "seen", seen_in=[{"jurisdiction": code} for code in ("US", "US", "JP")])],
    )
    found = records(base)
    assert [entry.id for entry in found["US"].safety_events] == ["harm"]
    assert [[entry.id for entry in found[code].surveys] for code in ("US", "JP")] == [[], ["asked"]]
    assert [[entry.id for entry in found[code].claims] for code in ("US", "JP")] == [["seen"], ["seen"]]
    assert [entry.id for entry in found["US"].guidelines] == ["federal"]
    assert [entry.id for entry in found["JP"].trials] == [entry.id for entry in found["US"].trials] == ["both"]
    assert found["US"].requirements == 1
    assert {row.entries[0][0] for row in found["US"].history} == {"guidelines", "enforcement"}
    assert parts_of("US", found) == ("US-TX",)


def test_every_row_of_the_first_edition_is_used_and_every_reference_resolves() -> None:
    base = kb.load()
    found = comparison(base)
    assert len(found.columns) == len(base.jurisdictions)
    used = {key for column in found.columns.values() for key in column}
    assert [row.key for row in found.rows if row.key not in used] == []
    assert used == {row.key for row in found.rows}
    for column in found.columns.values():
        for cell in column.values():
            assert all(base.entry(key) for item in cell.items for key in item.entries)
