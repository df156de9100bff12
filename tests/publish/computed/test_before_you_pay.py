"""«Before you pay»: plain words in both languages, every statement linked, no names, nothing hostile, honest when empty."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

import kb
from kb import KnowledgeBase
from kb.analysis.approval import approval
from kb.analysis.before_paying import harm, ten_questions, warning_signs
from kb.problems import Language
from publish.computed import report_harm
from publish.computed.before_you_pay import leaflet_path, pages
from publish.labels import LANGUAGES
from publish.page import Page
from publish.places import path_of
from publish.site import Site
from tests.entries import PAIR, minimal
from tests.samples import write_kb

ROUTE = {"what": PAIR, "body": {"en": "A health centre", "ja": "保健所"}, "sources": ["s1"]}


@pytest.fixture(scope="module")
def real() -> KnowledgeBase:
    return kb.load()


@pytest.fixture(scope="module", params=LANGUAGES)
def shown(request: pytest.FixtureRequest, real: KnowledgeBase) -> tuple[Site, BeautifulSoup]:
    site = Site(real, request.param)
    return site, _soup(_page(real, request.param))


def _page(base: KnowledgeBase, language: Language = "en", made: Callable[[Site], Any] = pages) -> Page:
    page: Page = next(iter(made(Site(base, language))))
    return page


def _soup(page: Page) -> BeautifulSoup:
    return BeautifulSoup(page.body, "html.parser")


def _links(soup: BeautifulSoup) -> set[str]:
    return {str(link["href"]) for link in soup.find_all("a")}


def test_every_statement_leads_to_its_entry(shown: tuple[Site, BeautifulSoup]) -> None:
    site, soup = shown
    base, links = site.kb, _links(soup)
    ours, others = harm(base)
    entries = [
        *(said.document for said in approval(base).statements),
        *(event for _, events in ours.kinds for event in events),
        *others.gravest,
        *(found.claim for found in ten_questions(base)),
        *(sign.claim for sign in warning_signs(base)),
        *(base.surveys[sign.frequency.survey] for sign in warning_signs(base) if sign.frequency),
    ]
    assert {f"../{path_of(entry)}" for entry in entries} <= links


def test_every_link_leads_somewhere(shown: tuple[Site, BeautifulSoup]) -> None:
    site, soup = shown
    known = {f"../{path_of(entry)}" for entry in site.kb}
    known |= {f"../{path}" for path in ("trials/dashboard/", "map/", "claims/", "check/", report_harm.PATH, "")}
    known |= {f"../{report_harm.PATH}#{report_harm.anchor(profile)}" for profile in site.kb.jurisdictions.values()}
    known |= {f"{'../' if site.language == 'en' else '../../'}{leaflet_path(site)}"}
    source = _page(site.kb, site.language).body
    known |= {f"#{anchor}" for anchor in re.findall(r"\{#([\w-]+)\}", source)}
    assert _links(soup) <= known


def test_questions_signs_and_figures_stand_in_the_text(shown: tuple[Site, BeautifulSoup]) -> None:
    site, soup = shown
    text = soup.get_text()
    for found in ten_questions(site.kb):
        assert site.text(found.question) in text
    for sign in warning_signs(site.kb):
        assert site.text(sign.claim.assessment.reason) in text
    assert len(soup.select(".ev-ask > li")) == 10
    assert str(harm(site.kb)[0].number) in soup.select_one(".ev-short").get_text()  # type: ignore[union-attr]


def test_nobody_is_named_whom_an_act_names(shown: tuple[Site, BeautifulSoup]) -> None:
    site, shared = shown
    soup = copy.copy(shared)
    for link in soup.find_all("a"):
        link.decompose()  # titles of official acts name a company as the authority published it
    text = soup.get_text()
    named = {act.addressee for act in site.kb.enforcement.values() if act.addressee}
    assert named
    assert not [name for name in named if name in text]


def test_neighbouring_products_are_not_counted_as_exosomes(tmp_path: Path) -> None:
    events = [
        minimal("safety-events", "ours", event_type="death", affected={"note": {"en": "No number.", "ja": "不明。"}}),
        minimal(
            "safety-events", "cells", event_type="death", ev_relevance="cell-product-context", affected={"count": 3}
        ),
    ]
    soup = _soup(_page(kb.load(write_kb(tmp_path, safety_events=events))))
    short = soup.select_one(".ev-short")
    assert short is not None
    assert "1 records" in short.get_text()
    told = [item.get_text() for item in soup.select(".ev-told > li")]
    assert "No number." in told[0]
    assert "Number of people: 3." in told[1]
    assert soup.select("details .ev-told") != []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_knowledge_base_says_what_it_does_not_know(tmp_path: Path, language: Language) -> None:
    site = Site(kb.load(write_kb(tmp_path, glossary=[])), language)
    text = _soup(_page(site.kb, language)).get_text()
    for key in ("approved_intro_none", "harm_none"):
        assert site.labels.phrase("before_you_pay", key) in text


def test_places_with_and_without_a_place_to_report(tmp_path: Path) -> None:
    known = minimal("jurisdictions", "jp", reporting=[ROUTE])
    base = kb.load(write_kb(tmp_path, jurisdictions=[known, minimal("jurisdictions", "us", code="US")]))
    soup = _soup(_page(base))
    anchor = report_harm.anchor(base.jurisdictions["jp"])
    assert f"../report-harm/#{anchor}" in _links(soup)
    assert f"{{#{anchor}}}" in _page(base, made=report_harm.pages).body
    assert "Not on record yet for 1 " in soup.get_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_entries_stay_text(full_kb: KnowledgeBase, language: Language) -> None:
    for made in (pages, report_harm.pages):
        page = _page(full_kb, language, made)
        soup = _soup(page)
        assert not soup.find_all(["script", "img", "svg", "iframe", "style"])
        assert not [tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
        assert not [link for link in _links(soup) if ":" in link and not link.startswith(("http:", "https:"))]
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200f]", page.body)
