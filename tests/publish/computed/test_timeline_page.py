"""The page of the timeline: complete without JavaScript, in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import kb
from kb import KnowledgeBase
from kb.analysis.timeline import timeline
from kb.problems import Language
from publish.computed.timeline import pages
from publish.site import Site
from tests.samples import guideline, write_kb


def _body(base: KnowledgeBase, language: Language = "en") -> str:
    return next(iter(pages(Site(base, language)))).body


def _dated(folder: Path, **dates: Any) -> KnowledgeBase:
    return kb.load(write_kb(folder, guidelines=[guideline("g", dates=dates)]))


def test_every_row_stands_in_the_page_once() -> None:
    base = kb.load()
    for language in ("en", "ja"):
        assert len(re.findall(r"<li data-j=", _body(base, language))) == len(timeline(base))


def test_years_come_newest_first_below_what_is_upcoming(tmp_path: Path) -> None:
    body = _body(_dated(tmp_path, issued="2023-01-02", effective="2025", applies_from="2030-01-01"))
    assert re.findall(r"^## (.*) \{#(.*)\}$", body, re.MULTILINE) == [
        ("Upcoming &#40;1&#41;", "upcoming"), ("2025 &#40;1&#41;", "y2025"), ("2023 &#40;1&#41;", "y2023"),
    ]  # fmt: skip
    assert '<time datetime="2025">2025</time>' in body


def test_nothing_upcoming_is_said(tmp_path: Path) -> None:
    assert "これより後の日付を示すエントリーはない。" in _body(_dated(tmp_path, issued="2023"), "ja")


def test_rows_carry_what_the_filters_read(tmp_path: Path) -> None:
    body = _body(_dated(tmp_path, issued="2023-01-02"))
    assert '<li data-j="JP" data-c="guidelines" data-k="issued" data-y="2023">' in body
    assert '<option value="JP">Japan (1)</option>' in body
    assert '<option value="issued">Issued (1)</option>' in body


def test_without_javascript_there_are_no_filters(tmp_path: Path) -> None:
    form = re.search(r"<form[^>]*>", _body(_dated(tmp_path, issued="2023")))
    assert form is not None
    assert " hidden" in form[0]


def test_an_empty_knowledge_base_has_a_page(tmp_path: Path) -> None:
    assert "0 events" in _body(kb.load(write_kb(tmp_path)))
