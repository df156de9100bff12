"""The head that all pages but those of entries begin with: the way to them, and what the reader's search knows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kb
from kb import KnowledgeBase
from kb.problems import Language
from publish.computed import computed_pages
from publish.list_page import list_page
from publish.page_head import page_head
from publish.site import Site
from tests.samples import write_kb


@pytest.fixture
def empty(tmp_path: Path) -> KnowledgeBase:
    return kb.load(write_kb(tmp_path))


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", ["empty", "full_kb"])
def test_every_computed_page_is_found_by_its_head(
    request: pytest.FixtureRequest, name: str, language: Language
) -> None:
    for page in computed_pages(Site(request.getfixturevalue(name), language)):
        head, _, rest = page.body.partition("\n")
        assert head.startswith('<div class="ev ev-head" data-pagefind-body>'), page.path
        assert head.count('data-pagefind-filter="collection:pages"') == 1, page.path
        assert "data-pagefind-body" not in rest, page.path
        assert page.meta["search"] == {"exclude": True}, page.path


def test_a_list_is_not_found_since_its_entries_are(empty: KnowledgeBase) -> None:
    head = list_page(Site(empty, "en"), "trials").body.partition("\n")[0]
    assert '<h1 id="top">Clinical trials <span class="ev-count">0</span></h1>' in head
    assert "data-pagefind-body" not in head
    assert "data-pagefind-filter" not in head


def test_the_way_to_a_page_and_from_it(empty: KnowledgeBase) -> None:
    head = page_head(
        Site(empty, "ja"), "../../", "<b>", "&", crumbs=[("品質", "../")], links=[("節", "#a"), ("他", "../b/")]
    )
    crumbs, jump = re.findall(r'<p class="ev-(?:crumbs|jump)" data-pagefind-ignore>(.*?)</p>', head)
    assert crumbs == '<a href="../../">ホーム</a> <span aria-hidden="true">›</span> <a href="../">品質</a>'
    assert jump.split() == ["<a", 'href="#a">節</a>', "<a", 'href="../b/">他</a>']
    assert '<h1 id="top">&lt;b&gt;</h1><div class="ev-lead"><p>&amp;</p></div>' in head
    assert "\n" not in head


def test_without_links_there_is_no_empty_line(empty: KnowledgeBase) -> None:
    assert "ev-jump" not in page_head(Site(empty, "en"), "../", "a", "b")
