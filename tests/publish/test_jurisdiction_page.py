"""The page of a jurisdiction: what other entries say of the place, in order, each told once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import kb
from kb import KnowledgeBase
from publish.entry_page import entry_page
from publish.site import Site
from tests.entries import PAIR, minimal
from tests.samples import guideline, write_kb

WITHDRAWN = {"on": "2026-01-02", "reason": PAIR}


def _page(folder: Path, id_: str = "us", language: str = "en", **collections: list[dict[str, Any]]) -> str:
    profile = minimal("jurisdictions", "us", code="US", name={"en": "United States", "ja": "米国"})
    profiles = collections.pop("jurisdictions", [profile, minimal("jurisdictions", "jp")])
    base = kb.load(write_kb(folder, jurisdictions=profiles, **collections))
    return _of(base, id_, language)


def _of(base: KnowledgeBase, id_: str, language: str = "en") -> str:
    return entry_page(Site(base, "ja" if language == "ja" else "en"), base.jurisdictions[id_]).body


def _document(id_: str, issued: str | None = None, **changes: Any) -> dict[str, Any]:
    dates = {"issued": issued} if issued else {}
    return guideline(id_, **({"jurisdiction": "US", "dates": dates, "requirements": []} | changes))


def _anchors(body: str) -> list[str]:
    return re.findall(r"^## .*\{#([\w-]+)\}$", body, re.MULTILINE)


def test_documents_stand_by_force_and_the_newest_first(tmp_path: Path) -> None:
    body = _page(
        tmp_path,
        guidelines=[
            _document("advice", "2026-01"),
            _document("old-law", "2001", legal_force="binding"),
            _document("new-law", "2020-05", legal_force="binding"),
            _document("undated-law", legal_force="binding"),
            _document("state-law", "2025", jurisdiction="US-TX", legal_force="binding"),
        ],
    )
    part = body[body.index("{#record-guidelines}") :]
    order = [part.index(f"guideline {id_}") for id_ in ("new-law", "old-law", "undated-law", "advice", "state-law")]
    assert order == sorted(order)
    assert "<h3>Binding (3)</h3>" in part
    assert "<h3>States and provinces (1)</h3>" in part
    assert "Guidelines and laws &#40;4&#41; {#record-guidelines}" in body


def test_withdrawn_documents_are_not_listed(tmp_path: Path) -> None:
    assert "#record-guidelines" not in _page(tmp_path, guidelines=[_document("gone", "2020", withdrawn=WITHDRAWN)])


def test_one_timeline_tells_of_the_profile_its_documents_and_its_acts(tmp_path: Path) -> None:
    told = {"date": "2020-05-06", "kind": "issued", "title": {"en": "The act passed", "ja": "成立"}}
    profile = minimal("jurisdictions", "us", code="US", events=[told | {"document": "law", "sources": ["s1"]}])
    body = _page(
        tmp_path,
        jurisdictions=[profile],
        guidelines=[_document("law", "2020-05-06")],
        enforcement=[minimal("enforcement", "letter", date="2021-01-01")],
    )
    part = body[body.index("{#events}") : body.index("{#record-enforcement}")]
    assert part.index("letter") < part.index("The act passed")
    assert part.count("<tr>") == 3  # the head, the letter, the act told once
    assert 'The act passed<sup class="ev-refs"><a href="#source-s1">' in part


def test_trials_are_counted_and_listed(tmp_path: Path) -> None:
    trials = [
        minimal(
            "trials", f"t{number}", countries=["US"], phase="2" if number else "1", dates={"start": f"20{number:02}"}
        )
        for number in range(20)
    ]
    body = _page(tmp_path, trials=trials)
    part = body[body.index("{#record-trials}") :]
    assert re.search(r'ev-phases ev-is-2">[^<]*</span> 19</span>', part)
    assert "8 more</summary>" in part
    assert all(f"Entry t{number}<" in part for number in range(20))


def test_what_a_reader_asks_first_comes_first(tmp_path: Path) -> None:
    row = {"product": PAIR, "legal_class": "cosmetic", "statement": PAIR, "sources": ["s1"]}
    way = {"name": PAIR, "status": "available", "sources": ["s1"]}
    profile = minimal(
        "jurisdictions",
        "us",
        code="US",
        position=PAIR,
        authorities=[{"name": PAIR, "role": PAIR}],
        classification=[row],
        pathways=[way],
        regulatory_questions=[PAIR],
    )
    body = _page(
        tmp_path,
        jurisdictions=[profile, minimal("jurisdictions", "jp")],
        guidelines=[_document("law", "2020")],
        enforcement=[minimal("enforcement", "letter", date="2021")],
        trials=[minimal("trials", "t", countries=["US"])],
    )
    wanted = [
        "position", "authorities", "classification", "pathways", "record-guidelines", "events", "record-enforcement",
        "record-trials", "regulatory-questions", "compare",
    ]  # fmt: skip
    assert [anchor for anchor in _anchors(body) if anchor in wanted] == wanted


def test_comparisons_that_hold_the_place_are_linked(tmp_path: Path) -> None:
    assert 'href="../../compare/?with=us,jp"' in _page(tmp_path)
    real = kb.load()
    body = _of(real, "cn", "ja")
    assert 'href="../../compare/jp-kr-tw-cn/"' in body
    assert 'href="../../compare/us-ca-gb-au/"' not in body


def test_a_withdrawn_profile_is_compared_with_nothing(tmp_path: Path) -> None:
    profiles = [minimal("jurisdictions", "us", code="US", withdrawn=WITHDRAWN), minimal("jurisdictions", "jp")]
    assert "compare/" not in _page(tmp_path, jurisdictions=profiles)


def test_harm_surveys_and_claims_stand_where_they_were_seen(tmp_path: Path) -> None:
    body = _page(
        tmp_path,
        safety_events=[minimal("safety-events", "harm", jurisdiction="US")],
        surveys=[minimal("surveys", "elsewhere", jurisdiction="JP")],
        claims=[minimal("claims", "seen", seen_in=[{"jurisdiction": "US"}])],
    )
    assert {"record-safety-events", "record-claims"} <= set(_anchors(body))
    assert "record-surveys" not in _anchors(body)
