"""The world map: every jurisdiction is told in words, drawn where there is an outline, and linked."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

import kb
from kb import KnowledgeBase
from publish.computed.world_map import levels, pages, world_map
from publish.computed.world_shapes import HEIGHT, WIDTH, project, world_shapes
from publish.page import Page
from publish.places import Place
from publish.site import Site
from tests.entries import PAIR, minimal
from tests.samples import guideline, write_kb


@pytest.fixture(scope="module")
def real() -> KnowledgeBase:
    return kb.load()


def _page(base: KnowledgeBase, language: str = "en") -> Page:
    return next(iter(pages(Site(base, "ja" if language == "ja" else "en"))))


def test_the_projection_keeps_the_equator_straight_and_the_middle_in_the_middle() -> None:
    assert project(11, 0)[0] == pytest.approx(WIDTH / 2)
    assert project(-60, 0)[1] == pytest.approx(project(140, 0)[1])
    assert 0 <= project(-168.9, 10)[0] < project(-169.1, 10)[0] <= WIDTH


def test_every_outline_is_on_the_drawing_and_closed() -> None:
    for code, shape in world_shapes().items():
        assert shape.path or shape.mark, code
        for x, y in re.findall(r"M(-?\d+) (-?\d+)", shape.path):
            assert 0 <= int(x) <= WIDTH, code
            assert -30 <= int(y) <= HEIGHT, code
        assert shape.path.count("M") == shape.path.count("z"), code


@pytest.mark.parametrize("code", ["JP", "US", "GB", "MM", "HU", "RS", "ME"])
def test_large_countries_have_outlines(code: str) -> None:
    assert world_shapes()[code].path


@pytest.mark.parametrize("code", ["SG", "HK"])
def test_places_too_small_for_an_outline_have_a_mark(code: str) -> None:
    assert world_shapes()[code].mark


def test_every_country_of_the_vocabulary_can_be_drawn(real: KnowledgeBase) -> None:
    countries = {code for code in real.vocabularies["jurisdictions"] if len(code) == 2} - {"EU"}
    assert countries <= world_shapes().keys()


def test_every_profile_is_named_and_linked_below_the_drawing(real: KnowledgeBase) -> None:
    drawn = str(world_map(Site(real, "en"), Place("en", "map/")))
    legend = drawn[drawn.index("<dl") :]
    for profile in real.jurisdictions.values():
        assert f'href="../jurisdictions/{profile.id}/"' in legend
    assert drawn[: drawn.index("<dl")].count("<title>") == len(real.jurisdictions) - 1  # the EU is listed, not drawn


def test_the_drawing_has_no_inline_style_and_is_small_enough(real: KnowledgeBase) -> None:
    drawn = str(world_map(Site(real, "ja"), Place("ja", "")))
    assert "style=" not in drawn
    assert len(gzip.compress(drawn.encode())) < 30_000


def test_a_withdrawn_profile_is_not_surveyed(tmp_path: Path) -> None:
    gone = minimal("jurisdictions", "jp", withdrawn={"on": "2026-01-02", "reason": PAIR})
    base = kb.load(write_kb(tmp_path, jurisdictions=[gone], guidelines=[guideline("g")]))
    site = Site(base, "en")
    assert [level for level in levels(site) if level.profiles] == []
    assert "without a profile" in _page(base).body


def test_figures_lead_to_what_they_count(tmp_path: Path) -> None:
    base = kb.load(
        write_kb(
            tmp_path,
            jurisdictions=[minimal("jurisdictions", "jp")],
            guidelines=[guideline("g"), guideline("h", jurisdiction="FR")],
        )
    )
    body = _page(base, "ja").body
    assert '<a href="../jurisdictions/jp/#record-guidelines">1</a>' in body
    assert '<a href="../guidelines/#jurisdiction-fr">1</a>' in body


def test_names_are_escaped(tmp_path: Path) -> None:
    name = {"en": '<img src=x onerror="hit()">', "ja": "<b>日本</b>"}
    base = kb.load(write_kb(tmp_path, jurisdictions=[minimal("jurisdictions", "jp", name=name)]))
    assert "<img" not in _page(base).body
    assert "<b>" not in _page(base, "ja").body


def test_an_empty_knowledge_base_gives_a_page(tmp_path: Path) -> None:
    assert "No entries yet" in _page(kb.load(write_kb(tmp_path))).body


def test_places_with_single_documents_are_listed_and_those_with_claims_alone_are_not(tmp_path: Path) -> None:
    base = kb.load(
        write_kb(
            tmp_path,
            guidelines=[guideline("g", jurisdiction="KR", requirements=[])],
            claims=[minimal("claims", "c", seen_in=[{"jurisdiction": "AR"}])],
        )
    )
    part = _page(base).body.partition("{#others}")[2]
    assert "South Korea" in part
    assert "Argentina" not in part
