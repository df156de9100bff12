"""«How to report»: places from the entries with their sources; «not on record» is never «there is none»."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

import kb
from kb.problems import Language
from publish.computed.report_harm import pages
from publish.labels import LANGUAGES
from publish.site import Site
from tests.entries import PAIR, minimal, source
from tests.samples import write_kb

PHRASES = "report_harm"


def _route(**changes: Any) -> dict[str, Any]:
    body = {"en": "A health centre", "ja": "保健所", "original": "保健所"}
    return {"what": {"en": "Harm.", "ja": "健康被害。"}, "body": body, "sources": ["s1"], **changes}


def _body(folder: Path, language: Language, *profiles: dict[str, Any]) -> str:
    site = Site(kb.load(write_kb(folder, jurisdictions=list(profiles))), language)
    return next(iter(pages(site))).body


def test_a_place_is_shown_with_its_address_its_purpose_and_its_source(tmp_path: Path) -> None:
    profile = minimal("jurisdictions", "jp", reporting=[_route(url="https://example.org/form")])
    soup = BeautifulSoup(_body(tmp_path, "en", profile), "html.parser")
    row = soup.select_one("tbody tr")
    assert row is not None
    link = row.find("a")
    assert link is not None
    assert (link["href"], link.get_text()) == ("https://example.org/form", "A health centre")
    assert "(保健所)" in row.get_text()
    assert "Harm." in row.get_text()
    assert "A paper" in row.get_text()
    assert "read 10 Jan 2026" in row.get_text()
    assert soup.find("a", href="../jurisdictions/jp/") is not None


def test_only_the_sources_of_the_place_are_shown(tmp_path: Path) -> None:
    sources = [source(), source(key="s2", title="Another paper", url="https://example.org/other")]
    body = _body(tmp_path, "en", minimal("jurisdictions", "jp", sources=sources, reporting=[_route(sources=["s2"])]))
    assert "Another paper" in body
    assert "A paper" not in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_without_a_record_are_listed_and_not_called_without(tmp_path: Path, language: Language) -> None:
    known = minimal("jurisdictions", "jp", reporting=[_route()])
    body = _body(tmp_path, language, known, minimal("jurisdictions", "us", code="US", name={"en": "US", "ja": "米国"}))
    site = Site(kb.load(tmp_path / "kb"), language)
    assert site.labels.phrase(PHRASES, "unknown_about") in body
    unknown = body[body.index("{#unknown}") :]
    assert 'href="../jurisdictions/us/"' in unknown
    assert 'href="../jurisdictions/jp/"' not in unknown


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_on_record_at_all_is_said(tmp_path: Path, language: Language) -> None:
    body = _body(tmp_path, language, minimal("jurisdictions", "jp"))
    site = Site(kb.load(tmp_path / "kb"), language)
    assert site.labels.phrase(PHRASES, "all_unknown") in body


def test_a_withdrawn_profile_is_neither_known_nor_unknown(tmp_path: Path) -> None:
    gone = minimal("jurisdictions", "jp", reporting=[_route()], withdrawn={"on": "2026-01-02", "reason": PAIR})
    assert "jurisdictions/jp/" not in _body(tmp_path, "en", gone, minimal("jurisdictions", "us", code="US"))
