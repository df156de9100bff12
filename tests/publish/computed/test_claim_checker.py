"""The page of the claim checker: what its script finds there, in both languages."""

from __future__ import annotations

import gzip
import json
import re
from html import unescape
from pathlib import Path
from typing import Final

import pytest

import kb
from kb import KnowledgeBase
from kb.analysis.claim_knowledge import touched_rules
from kb.claims import specification_of
from kb.claims.disclosures import duties
from kb.knowledge_base import standing
from kb.problems import Language
from publish.computed import claim_checker
from publish.computed.claim_checker_places import places_of
from publish.page import Page
from publish.site import Site
from tests.entries import minimal
from tests.samples import write_kb
from tests.sites import ROOT

_LANGUAGES: Final[tuple[Language, ...]] = ("en", "ja")
_TEMPLATE = re.compile(r'<template data-(claim|duty|reporting)="([^"]+)">(.*?)</template>')


@pytest.fixture(scope="module")
def real() -> KnowledgeBase:
    return kb.load()


def _page(base: KnowledgeBase, language: Language) -> Page:
    (made,) = claim_checker.pages(Site(base, language))
    return made


def _templates(page: Page, kind: str) -> dict[str, str]:
    return {name: content for found, name, content in _TEMPLATE.findall(page.body) if found == kind}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_claim_has_its_card(real: KnowledgeBase, language: Language) -> None:
    cards = _templates(_page(real, language), "claim")
    site = Site(real, language)
    assert set(cards) == {claim.id for claim in standing(real.claims.values())}
    for id_, card in cards.items():
        claim = real.claims[id_]
        shown = unescape(card)
        assert site.title(claim) in shown
        assert site.text(claim.assessment.reason) in shown
        assert site.label("claim-assessments", claim.assessment.value) in shown
        assert all(site.text(question) in shown for question in claim.questions)
        assert f'href="{"../"}claims/{id_}/"' in card
        places = {rule.document.jurisdiction for rule in touched_rules(real, claim)}
        assert set(re.findall(r'data-place="(\w+)"', card)) == places
        assert "ev-ck-no-rule" in card
        assert bool(places) == ('ev-ck-no-rule" hidden' in card)


def test_trials_are_counted_where_a_claim_is_about_a_use(real: KnowledgeBase) -> None:
    cards = _templates(_page(real, "en"), "claim")
    with_use = {id_ for id_, claim in real.claims.items() if claim.indications and not claim.withdrawn}
    assert {id_ for id_, card in cards.items() if "Studies in people" in card} == with_use
    for id_ in with_use:
        assert re.search(r"registered stud(y|ies) of this use (was|were) found, as of", cards[id_]), id_


def test_one_specification_for_both_languages_named_by_its_content(real: KnowledgeBase) -> None:
    ((path, data),) = claim_checker.files(Site(real, "en")).items()
    assert claim_checker.files(Site(real, "ja")) == {}
    assert re.fullmatch(r"assets/claims/specification-[0-9a-f]{12}\.json", path)
    assert f'data-specification="../{path}"' in _page(real, "en").body
    assert f'data-specification="../../{path}"' in _page(real, "ja").body
    assert json.loads(data) == json.loads(json.dumps(specification_of(real).as_data()))


def test_the_patterns_are_small_enough_for_a_phone(real: KnowledgeBase) -> None:
    (data,) = claim_checker.files(Site(real, "en")).values()
    assert len(gzip.compress(str(data).encode())) < 150_000


def test_the_usual_place_is_chosen_and_every_place_is_offered(real: KnowledgeBase) -> None:
    usual: dict[Language, list[str]] = {"en": [], "ja": ["JP"]}
    for language, chosen in usual.items():
        page = _page(real, language)
        assert re.findall(r'<option value="(\w+)" selected>', page.body) == chosen
        offered = re.findall(r'<option value="(\w*)"', page.body)
        assert offered == ["", *(code for code, _ in places_of(Site(real, language)))]
        assert {"JP", "US", "GB"} <= set(offered)


def test_what_must_be_stated_and_where_to_report(real: KnowledgeBase) -> None:
    page = _page(real, "en")
    stated = _templates(page, "duty")
    assert set(stated) == set(duties(real.root))
    asked = [statement.concept for statement in duties(real.root)["JP"].statements]
    assert re.findall(r'data-concept="([^"]+)"', stated["JP"]) == asked
    assert "data-concept" not in stated["US"]
    reporting = _templates(page, "reporting")
    assert set(reporting) == {profile.code for profile in real.jurisdictions.values() if profile.reporting}
    assert all("<strong>" in content for content in reporting.values())


@pytest.mark.parametrize("language", ["en", "ja"])
def test_without_scripts_the_page_leads_to_the_claims(real: KnowledgeBase, language: Language) -> None:
    (without,) = re.findall(r'<p class="ev-ck-plain">(.*?)</p>', _page(real, language).body)
    assert 'href="../claims/"' in without


def test_patterns_are_missed_politely(tmp_path: Path) -> None:
    base = kb.load(write_kb(tmp_path, claims=[minimal("claims", "c", detection=[])]))
    page = _page(base, "en")
    assert "The checker has no patterns yet" in page.body
    assert "<form" not in page.body
    assert len(claim_checker.files(Site(base, "en"))) == 1


def test_no_claims_at_all(tmp_path: Path) -> None:
    base = kb.load(write_kb(tmp_path))
    assert "確かめる" in _page(base, "ja").title
    assert "読み取る規則がありません" in _page(base, "ja").body


def test_texts_of_entries_are_escaped(tmp_path: Path) -> None:
    hostile = {"en": "<img src=x onerror=alert(1)>", "ja": "<script>alert(1)</script>"}
    claim = minimal("claims", "c", title=hostile, detection=[{"all": ["knee"]}], questions=[hostile])
    base = kb.load(write_kb(tmp_path, claims=[claim]))
    for language in _LANGUAGES:
        body = _page(base, language).body
        assert "<img" not in body
        assert "<script" not in body


def test_the_words_of_the_script_are_complete(real: KnowledgeBase) -> None:
    (words,) = re.findall(r'data-words="([^"]*)"', _page(real, "ja").body)
    said = json.loads(unescape(words))
    folder = ROOT / "docs" / "assets" / "claims"
    scripts = "".join((folder / name).read_text(encoding="utf-8") for name in ("page.js", "view.js"))
    used = set(re.findall(r"words\.(\w+)", scripts))
    assert used <= set(said)
    assert len(used) > 10
    assert {"denied", "asked", "reported", "other-product", "whole-text"} <= set(said)
