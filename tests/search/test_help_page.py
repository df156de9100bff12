"""The page on how to search says what is true: every example finds something, and both languages have the same ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.api.operations import OPERATIONS
from search.document import FACETS
from search.opening import open_search
from search.results import Request
from search.searcher import Searcher

ROOT = Path(__file__).parents[2]
PAGES = {
    language: (ROOT / "docs" / language / "search-help.md").read_text(encoding="utf-8") for language in ("en", "ja")
}
EXAMPLES = re.findall(r"^\| `([^`/][^`]*)` \|", PAGES["en"], re.MULTILINE)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    opened = open_search(ROOT / "kb", "fts5", tmp_path_factory.mktemp("help"))
    yield opened
    opened.close()


def test_both_languages_have_the_same_examples() -> None:
    assert len(EXAMPLES) >= 10
    assert re.findall(r"^\| `([^`/][^`]*)` \|", PAGES["ja"], re.MULTILINE) == EXAMPLES


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_finds_something_and_is_read_as_it_is_meant(searcher: Searcher, example: str) -> None:
    response = searcher.search(Request(example))
    assert response.total > 0
    assert response.notices == ()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_facet_and_every_address_is_named(language: str) -> None:
    for facet in FACETS:
        assert f"`{facet}`" in PAGES[language]
    for operation in OPERATIONS:
        assert f"`{operation.example}`" in PAGES[language]
