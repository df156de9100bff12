from __future__ import annotations

import pytest

from scrapers.citations import citations, doi_of, page_of
from tests.entries import minimal, source
from tests.scrapers.sources.small_kb import knowledge_base


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/ABC", "10.1000/abc"),
        (" doi:10.1000/x ", "10.1000/x"),
        ("https://doi.org/10.1016/S0024-3205(99)00225-8", "10.1016/s0024-3205(99)00225-8"),
        ("http://dx.doi.org/10.1002/1097%3C431%3E3.0", "10.1002/1097<431>3.0"),
        ("https://publisher.example/doi/10.1000/x", None),
        ("https://doi.org/", None),
        ("http://[broken", None),
        ("10.1000", None),
        ("", None),
        (None, None),
    ],
)
def test_dois(text: str | None, doi: str | None) -> None:
    assert doi_of(text) == doi


@pytest.mark.parametrize(
    "url", ["https://www.fda.gov/a/B/", "http://fda.gov/a/b?utm=1#top", "https://FDA.gov/a/b", " https://fda.gov/a/b "]
)
def test_pages(url: str) -> None:
    assert page_of(url) == "fda.gov/a/b"


def test_no_page() -> None:
    assert page_of(None) == page_of("http://[broken") == ""


def test_everything_that_entries_cite() -> None:
    result = {"kind": "publication", "pmid": "7", "doi": "10.1000/R", "summary": {"en": "A.", "ja": "あ。"}}
    gone = {"on": "2026-01-01", "reason": {"en": "Twice.", "ja": "重複。"}}
    base = knowledge_base({
        "trials": [minimal("trials", "t", results=[result])],
        "guidelines": [
            minimal("guidelines", "g", doi="10.1000/G", sources=[source(url="https://pubmed.ncbi.nlm.nih.gov/12/")]),
            minimal("guidelines", "w", sources=[source(doi="10.1000/w")], withdrawn=gone),
        ],
    })  # fmt: skip
    found = {(item.entry, item.doi, item.pmid) for item in citations(base)}
    assert ("trials/t", "10.1000/r", "7") in found
    assert ("guidelines/g", None, "12") in found
    assert ("guidelines/g", "10.1000/g", None) in found
    assert not any(entry == "guidelines/w" for entry, _, _ in found)
    assert {item.title for item in citations(base) if item.pmid == "12"} == {"A paper"}
