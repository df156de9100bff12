"""Sign-offs on the page of an entry, and in what search engines read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kb
from kb.problems import Language
from publish.entry_page import entry_page
from publish.site import Site
from publish.structured_data import entry_node
from tests.reviewing import CARBERRY, PSYCHOCERAMIST, signed
from tests.samples import term, write_kb

OTHER = {"en": "Something else.", "ja": "別の内容である。"}


def site(folder: Path, data: dict[str, Any], language: Language = "en") -> Site:
    return Site(kb.load(write_kb(folder, glossary=[data])), language)


def body(found: Site) -> str:
    return entry_page(found, found.kb.glossary["a"]).body


def test_drafts_have_no_reviewer(tmp_path: Path) -> None:
    found = site(tmp_path, term("a"))
    page = body(found)
    assert "No reviewer yet" in page
    assert "Signed by" not in page
    assert "reviewedBy" not in entry_node(found, found.kb.glossary["a"])


def test_an_approved_entry_names_who_stands_behind_it(tmp_path: Path) -> None:
    found = site(tmp_path, signed("glossary", term("a"), CARBERRY, PSYCHOCERAMIST))
    page = body(found)
    head, about = page[: page.index("{#facts}")], page[page.index("{#about-entry}") :]
    assert "ev-is-approved" in head
    assert "Signed by</a> Josiah Carberry (Brown University, " in head
    assert "Test Person Two (Test Institute, " in head
    for words in ("None declared.", "https://orcid.org/0000-0002-1825-0097", "Brown University", "10 Jun 2026"):
        assert words in about
    assert f"<code>{found.kb.glossary['a'].review.by[0].hash}</code>" in about
    assert [person["name"] for person in entry_node(found, found.kb.glossary["a"])["reviewedBy"]] == [
        "Josiah Carberry",
        "Test Person Two",
    ]


@pytest.mark.parametrize(
    ("language", "short", "long"),
    [
        ("en", "Changed after it was signed", "this entry counts as «Draft»"),
        ("ja", "署名後に変更あり", "このエントリーは「下書き」の扱い"),
    ],
)
def test_after_an_edit_the_entry_is_a_draft_and_says_why(
    tmp_path: Path, language: Language, short: str, long: str
) -> None:
    found = site(tmp_path, signed("glossary", term("a"), CARBERRY, PSYCHOCERAMIST) | {"summary": OTHER}, language)
    page = body(found)
    assert "ev-is-draft" in page[: page.index("{#facts}")]
    assert short in page
    assert long in page
    assert "reviewedBy" not in entry_node(found, found.kb.glossary["a"])
    assert "Josiah Carberry" in page[page.index("{#about-entry}") :]
