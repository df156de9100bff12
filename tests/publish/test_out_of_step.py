"""Entry pages whose translations fell out of step: a note where the reader needs one, both texts at the end."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

import kb
from kb.knowledge_base import KnowledgeBase
from kb.problems import Language
from kb.translations.approving import record_new
from publish.entry_page import entry_page
from publish.labels import LANGUAGES
from publish.out_of_step import STYLES
from publish.page import Page
from publish.site import Site
from tests.entries import minimal
from tests.repository import Repository
from tests.samples import guideline, write_kb

DAY = date(2026, 11, 23)
#: A collection, an original language, and a text of the entry before and after an edit of one side.
BEFORE = {"en": "First words.", "ja": "最初の文である。"}
EN_CHANGED = {"en": "Other words.", "ja": "最初の文である。"}
JA_CHANGED = {"en": "First words.", "ja": "別の文である。"}


def _edited(folder: Path, collection: str, origin: str, field: str, after: dict[str, str]) -> KnowledgeBase:
    name = collection.replace("-", "_")
    root = write_kb(folder, **{name: [minimal(collection, "e", origin=origin, **{field: BEFORE})]})
    record_new(root, {(collection, "e")}, DAY)
    write_kb(folder, **{name: [minimal(collection, "e", origin=origin, **{field: after})]})
    return kb.load(root)


def _page(base: KnowledgeBase, language: Language) -> Page:
    return entry_page(Site(base, language), next(iter(base)))


def _notes(page: Page) -> list[str]:
    return [unescape(re.sub("<[^>]+>", "", note)) for note in re.findall(r'<span class="ev-step[^>]*>.*?</span>', page.body)
            if 'role="note"' in note]  # fmt: skip


@pytest.mark.parametrize(
    ("origin", "after", "language", "said"),
    [
        ("en", EN_CHANGED, "en", None),
        ("en", EN_CHANGED, "ja", "英語の原文が2026年11月23日より後に変更された。この訳はまだ確認されていない。"),
        ("en", JA_CHANGED, "en", None),
        ("en", JA_CHANGED, "ja", "この文は2026年11月23日より後に変更されたが、英語の文とはまだ照合されていない。"),
        ("ja", JA_CHANGED, "en", "The Japanese original changed after 23 Nov 2026. This translation has not been checked since."),
        ("ja", JA_CHANGED, "ja", None),
        ("ko", JA_CHANGED, "en", "The Japanese text changed after 23 Nov 2026. This text has not been compared with it since."),
        ("ko", JA_CHANGED, "ja", "この文は2026年11月23日より後に変更されたが、英語の文とはまだ照合されていない。"),
    ],
)  # fmt: skip
def test_the_reader_is_told_what_they_need(
    tmp_path: Path, origin: str, after: dict[str, str], language: Language, said: str | None
) -> None:
    page = _page(_edited(tmp_path, "attributes", origin, "rationale", after), language)
    assert _notes(page) == ([said] if said else [])
    assert "{#out-of-step}" in page.body
    assert set(STYLES) <= set(page.styles)


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_texts_stand_at_the_end_and_are_escaped(tmp_path: Path, language: Language) -> None:
    hostile = {"en": "<script>alert(1)</script>", "ja": BEFORE["ja"]}
    page = _page(_edited(tmp_path, "attributes", "en", "rationale", hostile), language)
    section = page.body.split("{#out-of-step}")[1].split("\n## ")[0]
    assert '<span lang="en">&lt;script&gt;alert(1)&lt;/script&gt;</span>' in section
    assert f'<span lang="ja">{BEFORE["ja"]}</span>' in section
    assert "<script>alert" not in page.body


def test_public_pages_are_polite_and_texts_about_harm_are_marked_harder(tmp_path: Path) -> None:
    page = _page(_edited(tmp_path, "claims", "en", "what_is_known", EN_CHANGED), "ja")
    assert _notes(page) == [
        "英語の原文が2026年11月23日より後に変更されました。この訳はまだ確認されていません。"
        "健康被害に関する記載です。英語の文もあわせてお読みください。"
    ]
    assert 'class="ev-step ev-step-harm"' in page.body
    assert "確認の済んでいない訳" in page.body


@pytest.mark.parametrize("field", ["title", "summary"])
def test_title_and_summary_are_marked_below_the_head_once(tmp_path: Path, field: str) -> None:
    page = _page(_edited(tmp_path, "attributes", "en", field, EN_CHANGED), "ja")
    assert len(_notes(page)) == 1
    head = page.body.split("\n\n")[0]
    lead = re.search(r'<div class="ev-lead".*?</div>', head)
    assert lead is not None
    assert "ev-step" not in lead[0]
    assert "ev-step" in head


def test_the_day_comes_from_the_history(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "r")
    write_kb(repository.folder, guidelines=[guideline("g", requirements=[])])
    record_new(repository.root, {("guidelines", "g")}, DAY)
    repository.commit("2026-11-23")
    repository.commit(
        "2026-12-04",
        guidelines=[guideline("g", requirements=[], summary=EN_CHANGED | {"ja": "粒子数の測定を求める。"})],
    )
    assert "英語の原文が2026年12月4日に変更された。" in _notes(_page(kb.load(repository.root), "ja"))[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_in_step_and_pages_never_recorded_are_as_before(tmp_path: Path, language: Language) -> None:
    root = write_kb(tmp_path, attributes=[minimal("attributes", "e")])
    never = _page(kb.load(root), language)
    record_new(root, {("attributes", "e")}, DAY)
    assert _page(kb.load(root), language) == never
    assert not set(STYLES) & set(never.styles)
    assert "ev-step" not in never.body
