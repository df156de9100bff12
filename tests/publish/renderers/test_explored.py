from __future__ import annotations

from pathlib import Path

import pytest

import kb
from kb.problems import Language
from publish.computed import computed_pages
from publish.list_page import list_page
from publish.renderers.explored import EXPLORED
from publish.site import Site
from tests.samples import small_kb


@pytest.mark.parametrize("language", ["en", "ja"])
def test_lists_lead_to_the_explorers_that_there_are(tmp_path: Path, language: Language) -> None:
    site = Site(kb.load(small_kb(tmp_path)), language)
    explorers = {page.path: page.title for page in computed_pages(site) if page.path.startswith("explore/")}
    assert set(explorers) == {f"explore/{collection}/" for collection in EXPLORED}
    for collection in EXPLORED:
        path = f"explore/{collection}/"
        assert f'href="../{path}">{explorers[path]}</a>' in list_page(site, collection).body
