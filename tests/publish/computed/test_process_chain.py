"""The page of the chain of manufacture."""

from __future__ import annotations

import re

import pytest

import kb
from kb import KnowledgeBase
from kb.problems import Language
from publish.computed.process_chain import anchor, pages
from publish.labels import LANGUAGES
from publish.page import Page
from publish.safe_text import html
from publish.site import Site
from tests.samples import small_kb


def _page(base: KnowledgeBase, language: Language) -> Page:
    (page,) = pages(Site(base, language))
    return page


@pytest.fixture(scope="module")
def real() -> KnowledgeBase:
    return kb.load()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_stands_there_once_in_order_and_leads_to_its_entry(real: KnowledgeBase, language: Language) -> None:
    body = _page(real, language).body
    steps = sorted(real.process_steps.values(), key=lambda step: step.order)
    assert re.findall(r'<li class="ev-pc-step" id="([^"]+)" value="(\d+)"', body) == [
        (anchor(step), str(step.order)) for step in steps
    ]
    for step in steps:
        assert f'href="../process-steps/{step.id}/"' in body
        assert f'href="#{anchor(step)}"' in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_parameters_and_attributes_are_all_there(real: KnowledgeBase, language: Language) -> None:
    body = _page(real, language).body
    words = Site(real, language)
    for step in real.process_steps.values():
        part = body.split(f'id="{anchor(step)}"')[1].split("ev-pc-step")[0]
        for parameter in step.parameters:
            assert str(html(words.text(parameter.name))) in part
            assert all(f"../attributes/{real.attributes[name].id}/" in part for name in parameter.affects)
    for attribute in real.attributes.values():
        for name in attribute.process_steps:
            part = body.split(f'id="step-{name}"')[1].split("ev-pc-step")[0]
            assert f"../attributes/{attribute.id}/" in part


def test_products_stand_at_the_steps_that_they_published(real: KnowledgeBase) -> None:
    body = _page(real, "en").body
    for product in real.products.values():
        for item in product.process:
            part = body.split(f'id="step-{item.step}"')[1].split("ev-pc-step")[0]
            assert f"../products/{product.id}/" in part


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_stays_text(full_kb: KnowledgeBase, language: Language) -> None:
    page = _page(full_kb, language)
    assert "<script" not in page.body
    assert "<img" not in page.body
    assert "⟦" in page.body


def test_a_knowledge_base_without_steps_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    page = _page(kb.load(small_kb(tmp_path_factory.mktemp("none"))), "ja")
    assert "工程はまだ収録されていない" in page.body
