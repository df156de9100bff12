"""The pages of claims: what stands on them, how carefully it is worded, and the links back to them."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from kb import KnowledgeBase, load
from kb.problems import Language
from kb.vocabulary import packaged_vocabularies
from publish.entry_page import entry_page
from publish.list_page import list_page
from publish.site import Site
from tests.entries import PAIR, minimal
from tests.samples import attribute, guideline, write_kb
from tests.sites import ROOT

USE = "knee-osteoarthritis"
REGISTRY = next(iter(packaged_vocabularies()["registries"]))


def _base(folder: Path, claim: dict[str, Any] | None = None, **collections: Any) -> KnowledgeBase:
    claims = [minimal("claims", "c", **(claim or {}))]
    return load(write_kb(folder, **{"attributes": [attribute("count")], "claims": claims} | collections))


def _page(base: KnowledgeBase, collection: str = "claims", id_: str = "c", language: Language = "en") -> str:
    return entry_page(Site(base, language), base.collection(collection)[id_]).source()


def _part(page: str, anchor: str) -> str:
    return page.split(f"{{#{anchor}}}")[1].split("\n## ", maxsplit=1)[0]


def _text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def _trial(id_: str, number: str | None = None, **changes: Any) -> dict[str, Any]:
    registered = [{"registry": REGISTRY, "number": number}] if number else []
    return minimal("trials", id_, conditions=[USE], registrations=registered, **changes)


# --- What every page says of itself


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("not medical advice and not legal advice", "Facts as of", "1 Jun 2026")),
        ("ja", ("医学的助言でも法的助言でもありません", "2026年6月1日", "現在のもの")),
    ],
)
def test_a_page_is_no_advice_and_gives_the_day_of_its_facts(
    tmp_path: Path, language: Language, words: tuple[str, ...]
) -> None:
    page = _page(_base(tmp_path), language=language)
    head = page.split("\n## ", maxsplit=1)[0]
    assert all(word in _text(head) for word in words)
    assert 'href="../../check/"' in head
    assert 'href="../../before-you-pay/"' in head


# --- How common


def test_without_a_survey_the_page_says_so_and_lists_the_places(tmp_path: Path) -> None:
    shown = _text(
        _part(_page(_base(tmp_path, {"seen_in": [{"jurisdiction": "TR", "evidence": "press"}]})), "frequency")
    )
    assert "No survey on record counted this claim." in shown
    assert "Türkiye (Press)" in shown


def test_a_survey_is_linked_with_its_figure(tmp_path: Path) -> None:
    counted = {"value": {"en": "7 of 9", "ja": "9件中7件"}, "population": PAIR, "survey": "s"}
    part = _part(_page(_base(tmp_path, {"frequency": [counted]}, surveys=[minimal("surveys", "s")])), "frequency")
    assert "7 of 9" in part
    assert 'href="../../surveys/s/"' in part
    assert "No survey" not in part
    assert "No sighting in a particular country is on record." in _text(part)


# --- Trials


def test_no_trial_is_said_of_the_registries_and_the_day(tmp_path: Path) -> None:
    other = minimal("trials", "t", registrations=[{"registry": REGISTRY, "number": "X1"}])
    base = _base(tmp_path, {"indications": [USE]}, trials=[other])
    shown = _text(_part(_page(base), "trials"))
    label = Site(base, "en").label("registries", REGISTRY)
    assert f"No registered trial was found for this use, as of 1 Jun 2026 , in these registries: {label}." in shown
    assert "There may be trials elsewhere." in shown


def test_trials_for_the_use_are_counted_linked_and_prove_nothing(tmp_path: Path) -> None:
    result = {"kind": "paper", "outcome": "not-met", "summary": PAIR}
    result["kind"] = next(iter(packaged_vocabularies()["result-kinds"]))
    trials = [_trial("a", "X1", results=[result]), _trial("b", "X2"), _trial("loose")]
    base = _base(tmp_path, {"indications": [USE, "asthma"]}, trials=trials)
    part = _part(_page(base), "trials")
    shown = _text(part)
    assert shown.startswith("2 registered trials were found")
    assert "No registered trial was found for: Asthma ." in shown
    assert "Reports of results on record: 1. Outcome: Primary outcome not met (1)." in shown
    assert "A registration does not show that a treatment works." in shown
    assert "Studies in people without a registry number: 1" in shown
    assert all(f'href="../../trials/{id_}/"' in part for id_ in ("a", "b", "loose"))


def test_many_trials_are_folded_but_all_there(tmp_path: Path) -> None:
    base = _base(tmp_path, {"indications": [USE]}, trials=[_trial(f"t{n}", f"X{n}") for n in range(12)])
    part = _part(_page(base), "trials")
    assert part.count('href="../../trials/t') == 12
    assert part.split("<details")[0].count('href="../../trials/t') == 8
    assert "4 more" in part


def test_a_claim_that_is_not_about_one_use_counts_no_trials(tmp_path: Path) -> None:
    shown = _text(_part(_page(_base(tmp_path, trials=[_trial("a", "X1")])), "trials"))
    assert shown.startswith("This claim is not about one use.")


# --- Harm


def test_harm_is_grouped_by_what_ties_it_to_the_claim(tmp_path: Path) -> None:
    events = [
        minimal("safety-events", "for-use", indications=[USE]),
        minimal("safety-events", "same-way", routes=["intravenous"]),
        minimal("safety-events", "cells", indications=[USE], ev_relevance="cell-product-context"),
        minimal("safety-events", "unrelated"),
    ]
    claim = {"indications": [USE], "routes": ["intravenous"]}
    part = _part(_page(_base(tmp_path, claim, safety_events=events)), "harm")
    places = [part.index(f"safety-events/{id_}/") for id_ in ("for-use", "same-way", "cells")]
    headings = [match.start() for match in re.finditer("<h3>", part)]
    assert [sum(heading < place for heading in headings) for place in places] == [1, 2, 3]
    assert "unrelated" not in part
    assert "for comparison" in part
    assert "A report does not prove that the product was the cause." in part


def test_no_harm_on_record_is_not_called_safe(tmp_path: Path) -> None:
    assert "does not mean that the treatment is safe" in _text(_part(_page(_base(tmp_path)), "harm"))


# --- Rules and official acts


def test_rules_stand_under_their_place_with_what_they_ask(tmp_path: Path) -> None:
    asked = guideline("x")["requirements"][0] | {"key": "k"}
    documents = [guideline("jp-law", requirements=[asked]), guideline("us-law", jurisdiction="US")]
    rules = [
        {"guideline": "us-law", "basis": "heading"},
        {"guideline": "jp-law", "requirement": "k", "basis": "text", "note": PAIR},
    ]
    part = _part(_page(_base(tmp_path, {"rules": rules}, guidelines=documents)), "rules")
    headings = re.findall("<h3>(.*?)</h3>", part)
    assert headings == sorted(headings, key=["Japan", "United States"].index)
    japan, america = part.split("<h3>Japan</h3>")[1].split("<h3>United States</h3>")
    assert "Count the particles." in japan
    assert 'href="../../guidelines/jp-law/#requirement-k"' in japan
    assert "The document as a whole" in america
    assert "for the authority or a court to say" in part


def test_acts_are_told_apart_by_how_close_they_are(tmp_path: Path) -> None:
    cited = {"url": "https://example.org/letter", "kind": "primary"}
    sources = [minimal("claims")["sources"][0] | cited]
    claim = {
        "sources": sources,
        "rules": [{"guideline": "law", "basis": "text"}, {"guideline": "named", "basis": "text"}],
    }
    acts = [
        minimal("enforcement", "named"),
        minimal("enforcement", "letter", url="https://example.org/letter#top"),
        minimal("enforcement", "same-rule", related=["law"]),
        minimal("enforcement", "unrelated"),
    ]
    base = _base(tmp_path, claim, guidelines=[guideline("law")], enforcement=acts)
    near, folded = _part(_page(base), "acts").split("<details")
    assert "enforcement/named/" in near
    assert "cited as a source" in near
    assert "enforcement/same-rule/" in folded
    assert "enforcement/same-rule/" not in near
    assert "unrelated" not in near + folded
    assert "what an authority itself has published" not in near


def test_a_judgment_is_told_with_what_the_authority_says(tmp_path: Path) -> None:
    address = "https://example.org/notice"
    sources = [minimal("claims")["sources"][0] | {"url": address, "kind": "primary", "supports": ["assessment"]}]
    said = {"en": "No product is approved.", "ja": "承認された製品はない。"}
    asked = {"topic": "advertising", "level": "mentioned", "statement": said, "basis": "text"}
    acts = [minimal("enforcement", "a", url=address, requirements=[asked])]
    claim = {"assessment": {"value": "false", "reason": PAIR}, "sources": sources}
    page = _page(_base(tmp_path, claim, enforcement=acts))
    part = _part(page, "acts")
    assert "what an authority itself has published" in part
    assert "No product is approved." in part
    assert part.count('href="../../enforcement/a/"') == 1
    assert '"@type":"ClaimReview"' in page


# --- The checker's patterns


def test_patterns_are_readable_and_folded(tmp_path: Path) -> None:
    rule = {"all": ["@knee | kneecap", "grow # .. back"], "unless": ["@dog"], "window": 40, "across": True}
    root = write_kb(tmp_path, claims=[minimal("claims", "c", detection=[rule])])
    (root / "lexicons").mkdir()
    knee = "knee:\n  label: {en: the knee, ja: 膝}\n  en: [knee*, joint*]\n  ja: [ひざ, 膝]\n"
    (root / "lexicons" / "parts.yaml").write_text(knee, encoding="utf-8")
    base = load(root)
    english = _part(_page(base), "wording").split("<details")[1]
    assert "the knee (knee…, joint…) or kneecap" in re.sub(" +", " ", _text(english).replace("knee (", "knee ("))
    assert "grow [number] … back" in english
    assert "within 40 characters" in english
    assert "dog" in english
    assert "膝 (ひざ、膝)" in _text(_part(_page(base, language="ja"), "wording"))
    assert "<details" not in _part(_page(_base(tmp_path / "other")), "wording")


# --- Links back


def test_a_trial_an_event_and_an_act_lead_back_to_the_claim(tmp_path: Path) -> None:
    sources = [minimal("claims")["sources"][0] | {"url": "https://example.org/letter", "kind": "primary"}]
    base = _base(
        tmp_path,
        {"indications": [USE], "sources": sources},
        trials=[_trial("t", "X1"), minimal("trials", "other")],
        safety_events=[minimal("safety-events", "s", indications=[USE])],
        enforcement=[minimal("enforcement", "a", url="https://example.org/letter")],
    )
    for collection, id_ in (("trials", "t"), ("safety-events", "s"), ("enforcement", "a")):
        assert 'href="../../claims/c/"' in _part(_page(base, collection, id_), "claims")
    assert "The trial does not prove them." in _page(base, "trials", "t")
    assert "{#claims}" not in _page(base, "trials", "other")


def test_uses_lead_to_their_rows(tmp_path: Path) -> None:
    base = _base(tmp_path, {"indications": [USE, "other"]}, trials=[_trial("t", "X1")])
    assert f'href="../../uses/#use-{USE}"' in _page(base)
    assert f'href="../../uses/#use-{USE}"' in _page(base, "trials", "t")
    assert "#use-other" not in _page(base)


# --- The list


def test_the_list_tells_how_common_and_how_many_trials(tmp_path: Path) -> None:
    seen = [{"jurisdiction": code} for code in ("US", "US", "JP")]
    base = _base(tmp_path, {"indications": [USE], "seen_in": seen}, trials=[_trial("t", "X1"), _trial("loose")])
    page = list_page(Site(base, "en"), "claims").source()
    assert '<a href="../claims/c/#trials">1</a>' in page
    assert "Seen in 2 countries or regions" in page
    assert "not a proof and not an approval" in _text(page)


def test_the_filter_has_an_anchor_for_each_assessment_in_use(tmp_path: Path) -> None:
    claims = [
        minimal("claims", "one", assessment={"value": "false", "reason": PAIR}),
        minimal("claims", "two", category="hair", assessment={"value": "unproven", "reason": PAIR}),
    ]
    page = list_page(Site(load(write_kb(tmp_path, claims=claims)), "en"), "claims").source()
    for code in ("false", "unproven"):
        assert f'href="#only-{code}"' in page
        assert f'id="only-{code}"' in page
        assert f'<div class="ev-list ev-has-{code}">' in page.replace('"ev ev-list', '"ev-list')
    assert "only-misleading" not in page


def test_the_style_sheet_knows_every_assessment() -> None:
    styles = (ROOT / "docs/assets/styles/claims.css").read_text(encoding="utf-8")
    named = set(re.findall(r"#only-([a-z-]+):target", styles))
    assert named == set(packaged_vocabularies()["claim-assessments"])
    for code in named:
        assert f".ev-list tbody tr:not(:has(.ev-is-{code}))" in styles
        assert f"h2:has(+ .ev-list:not(.ev-has-{code}))" in styles
