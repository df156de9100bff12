from __future__ import annotations

from scrapers.sources.places import UNITED_STATES, shown_at
from tests.entries import minimal
from tests.scrapers.conftest import MakeFetcher
from tests.scrapers.sources.small_kb import knowledge_base, visit


def test_a_notice_stands_at_an_entry_that_exists(make_fetcher: MakeFetcher) -> None:
    profile = minimal("jurisdictions", "us", code="US", aliases=["usa"])
    asked = visit(
        make_fetcher("openfda"), knowledge_base({"jurisdictions": [profile], "glossary": [minimal("glossary", "a")]})
    )
    assert shown_at(asked, UNITED_STATES) == "jurisdictions/us"
    assert shown_at(asked, "jurisdictions/usa") == "jurisdictions/us"
    assert shown_at(asked, "glossary/missing", "glossary/a") == "glossary/a"
    assert shown_at(asked, "glossary/missing") == "jurisdictions/us"
