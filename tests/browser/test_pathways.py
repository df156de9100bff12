"""The pathway finder in a real browser, on the first edition."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import kb
from kb.analysis.pathway_matching import space_of
from kb.analysis.pathways import Reader, readers
from tests.browser.windows import Visit, Windows, held_back

_COSMETIC = "pathways/?source=human-allogeneic&form=ev-preparation&route=topical&claim=cosmetic"
#: Asks the page's own script every question of the table and returns what it answers.
_ASK_ALL = """async (address) => {
  const { openAnswers } = await import(new URL("assets/pathways/answers.js", address));
  const table = await openAnswers(new URL("pathways/answers.json", address));
  let questions = [{}];
  for (const [name, codes] of table.dimensions) questions = questions.flatMap((asked) => codes.map((code) => ({ ...asked, [name]: code })));
  return JSON.stringify(questions.map((asked) => [asked, [...table.ask(asked)].map(([place, { outcome, cases, gaps }]) => [place, outcome, [...cases], gaps])]));
}"""


@pytest.fixture(scope="module")
def found() -> tuple[Reader, ...]:
    return readers(kb.load())


def _choose(page: Page, name: str, code: str) -> None:
    page.locator(f'.ev-pf input[name="{name}"][value="{code}"]').check()


def _shown_rules(page: Page, place: str) -> list[str]:
    cards = page.locator(f'[data-place="{place}"] [data-rule]').all()
    return [card.get_attribute("data-rule") or "" for card in cards if card.is_visible()]


def test_the_script_answers_every_question_as_python_does(
    windows: Windows, real_address: str, found: tuple[Reader, ...]
) -> None:
    with windows.reading(real_address) as visit:
        answers: list[Any] = json.loads(visit.go("pathways/").evaluate(_ASK_ALL, real_address))
    questions = list(space_of(kb.load().vocabularies).questions())
    assert len(answers) == len(questions)
    for question, (asked, replies) in zip(questions, answers, strict=True):
        assert {name: code or "" for name, code in question._asdict().items()} == asked
        for reader, reply in zip(found, replies, strict=True):
            answer = reader.answer(question)
            cases = [
                [case.rule.number, sum(part << place for place, part in enumerate(case.only_if))]
                for case in answer.cases
            ]  # fmt: skip
            assert reply == [reader.profile.id, answer.outcome.value, cases, answer.gaps]


def test_an_address_is_an_answer(visit: Visit) -> None:
    page = visit.go(_COSMETIC)
    expect(page.locator('[data-result="prohibited-cosmetic"]')).to_contain_text("European Union")
    expect(page.locator('[data-place="eu"] .ev-pf-outcome')).to_contain_text("Prohibited as cosmetic")
    assert _shown_rules(page, "eu") == ["2"]
    expect(page.locator('[data-place="eu"] [data-rule="2"]')).to_contain_text("matches")
    expect(page.locator(".ev-pf-status")).to_contain_text("jurisdictions:")
    assert visit.complaints == []


def test_choosing_going_back_and_resetting(visit: Visit) -> None:
    page = visit.go("pathways/")
    expect(page.locator(".ev-pf-status")).to_contain_text("Choose at least one")
    everything = page.locator("[data-rule]:visible").count()
    _choose(page, "claim", "cosmetic")
    page.wait_for_url("**/pathways/?claim=cosmetic")
    fewer = page.locator("[data-rule]:visible").count()
    assert 0 < fewer < everything
    _choose(page, "route", "oral")
    page.wait_for_url("**/pathways/?route=oral&claim=cosmetic")
    page.go_back()
    page.wait_for_url("**/pathways/?claim=cosmetic")
    expect(page.locator('.ev-pf input[name="route"][value=""]')).to_be_checked()
    assert page.locator("[data-rule]:visible").count() == fewer
    page.locator(".ev-pf-reset").click()
    page.wait_for_url("**/pathways/")
    assert page.locator("[data-rule]:visible").count() == everything
    assert page.locator(".ev-pf-outcome:visible").count() == 0
    assert visit.complaints == []


def test_all_routes_are_open_where_none_is_tied_to_the_rule(visit: Visit) -> None:
    page = visit.go(_COSMETIC)
    expect(page.locator('[data-place="eu"] [data-fold="all_routes"]')).to_have_attribute("open", "")
    expect(page.locator('[data-place="jp"] [data-fold="all_routes"]')).not_to_have_attribute("open", "")
    expect(page.locator('[data-place="kr"] [data-fold="all_routes"]')).to_have_attribute("open", "")
    expect(page.locator('[data-place="tr"] [data-fold="null_searches"]')).to_have_attribute("open", "")


def test_the_keyboard_alone(visit: Visit) -> None:
    page = visit.go("pathways/")
    page.locator('.ev-pf input[name="source"][value=""]').focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/pathways/?source=human-allogeneic")
    page.keyboard.press("Tab")
    expect(page.locator('.ev-pf input[name="cargo"][value=""]')).to_be_focused()


def test_what_is_chosen_while_answers_load_stands_in_the_address(visit: Visit) -> None:
    with held_back(visit.page, "**/answers*.json"):
        page = visit.go("pathways/")
        _choose(page, "source", "human-allogeneic")
        expect(page).to_have_url(re.compile(r"/pathways/\?source=human-allogeneic$"))
        assert page.locator(".ev-pf-outcome:visible").count() == 0
    expect(page.locator(".ev-pf-outcome:visible").first).to_be_visible()
    expect(page.locator("a.ev-language")).to_have_attribute("href", re.compile(r"\?source=human-allogeneic$"))
    assert visit.complaints == []


def test_conditions_are_marked_where_a_property_is_open(visit: Visit) -> None:
    page = visit.go("pathways/?source=human&claim=therapeutic")
    card = page.locator('[data-place="jp"] [data-rule="0"]')
    expect(card.locator('[data-dimension="2"]')).to_contain_text("only this")
    expect(card.locator('[data-dimension="4"]')).to_contain_text("matches")


def test_a_cell_of_the_table_leads_to_its_answer(visit: Visit) -> None:
    page = visit.go("ja/pathways/")
    page.locator('.ev-pf-matrix td a[href$="#in-jp"]').first.click()
    page.wait_for_url("**/ja/pathways/?*#in-jp")
    expect(page.locator('[data-place="jp"] .ev-pf-outcome')).to_contain_text("医薬品")
    expect(page.locator('[data-place="jp"] h3')).to_be_in_viewport()
    expect(page.locator("a.ev-language")).to_have_attribute(
        "href", page.url.partition("/ja/")[0] + "/pathways/?" + page.url.partition("?")[2].partition("#")[0]
    )
    assert visit.complaints == []


def test_nonsense_in_the_address_leaves_properties_open(visit: Visit) -> None:
    page = visit.go('pathways/?source=<b>&route="]&claim=cosmetic')
    expect(page.locator('.ev-pf input[name="source"][value=""]')).to_be_checked()
    expect(page.locator('.ev-pf input[name="claim"][value="cosmetic"]')).to_be_checked()
    expect(page.locator('[data-place="eu"] .ev-pf-outcome')).to_be_visible()
    assert visit.complaints == []


def test_nothing_overflows(visit: Visit) -> None:
    page = visit.go("pathways/")
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
