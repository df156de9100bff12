from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kb
from kb.analysis import documents
from kb.analysis.documents import Consultation
from tests.samples import attribute, guideline, write_kb


def load(folder: Path, *entries: dict[str, Any]) -> kb.KnowledgeBase:
    return kb.load(write_kb(folder, guidelines=list(entries), attributes=[attribute("count")]))


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"proposed": "2020", "issued": "2021-02", "effective": "2022"}, "2021-02"),
        ({"proposed": "2020", "effective": "2022"}, "2022"),
        ({"proposed": "2020"}, "2020"),
        ({"revised": ["2024"]}, ""),
    ],
)
def test_the_date_of_a_document_is_the_most_telling_one(tmp_path: Path, dates: dict[str, Any], expected: str) -> None:
    found = load(tmp_path, guideline("g", dates=dates)).guidelines["g"]
    assert documents.document_date(found) == expected
    assert documents.document_year(found) == (int(expected[:4]) if expected else None)


def test_documents_by_year_and_force(tmp_path: Path) -> None:
    found = load(
        tmp_path, guideline("a"), guideline("b", legal_force="binding"), guideline("c"), guideline("d", dates={})
    )
    counted = documents.by_year(documents.current(found))
    assert counted == ({(2024, "recommended"): 2, (2024, "binding"): 1}, 1)


def test_consultations_are_open_until_their_last_day_is_over(tmp_path: Path) -> None:
    until = {"over": "2026-11-21", "today": "2026-11-22", "later": "2027-01-05", "vague": "2026-11"}
    found = load(
        tmp_path,
        *(guideline(id_, status="consultation", dates={"comment_until": day}) for id_, day in until.items()),
        guideline("undated", status="consultation"),
        guideline("settled"),
        guideline("gone", dates={"comment_until": "2027"}, withdrawn={"on": "2026", "reason": {"en": "x", "ja": "x"}}),
    )
    counted = documents.current(found)

    def shown(consultations: list[Consultation]) -> list[tuple[str, str | None]]:
        return [(consultation.document.id, consultation.until) for consultation in consultations]

    assert shown(documents.open_consultations(counted, "2026-11-22")) == [
        ("vague", "2026-11"),
        ("today", "2026-11-22"),
        ("later", "2027-01-05"),
        ("undated", None),
    ]
    assert shown(documents.past_consultations(counted, "2026-11-22")) == [("over", "2026-11-21")]
