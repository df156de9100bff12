"""The page that counts texts in step, and its CSV file."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

import kb
from kb.files import find_root
from kb.problems import Language
from kb.translations.approving import approve, record_new
from kb.translations.overview import all_states, parity
from publish.computed.translation_parity import files, pages
from publish.csv_text import ENCODING
from publish.labels import LANGUAGES
from publish.places import localized_path
from publish.site import Site
from tests.entries import minimal
from tests.samples import write_kb

DAY = date(2026, 11, 23)
KEYS = {("claims", "a"), ("claims", "b"), ("attributes", "q")}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two claims and an attribute; one claim was changed in Japanese, the attribute was examined, one claim is new."""
    claims = [minimal("claims", "a"), minimal("claims", "b", title={"en": "=cmd", "ja": "<b>甲</b>"})]
    folder = write_kb(tmp_path, claims=claims[:1], attributes=[minimal("attributes", "q")])
    record_new(folder, KEYS, DAY)
    pairs = [item.pair for item in all_states(kb.load(folder))["attributes", "q"]]
    approve(folder, {("attributes", "q"): pairs}, "A Person", DAY)
    changed = minimal("claims", "a", what_is_known={"en": "A statement.", "ja": "別の記載である。"})
    return write_kb(tmp_path, claims=[changed, claims[1]])


def _rows(body: str) -> list[list[str]]:
    return [
        [unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", body)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_counts_by_collection_and_their_sum(root: Path, language: Language) -> None:
    (page,) = pages(Site(kb.load(root), language))
    rows = {row[0]: row[1:] for row in _rows(page.body)}
    claims, attributes, total = (
        rows[name]
        for name in (
            ("Claims in advertising", "Quality attributes", "All")
            if language == "en"
            else ("広告の主張", "品質特性", "計")
        )
    )
    # Pairs, examined, as recorded, out of step, not recorded, about harm, of these out of step.
    assert claims == ["10", "0", "4", "1", "5", "6", "1"]
    assert attributes == ["3", "3", "0", "0", "0", "0", "0"]
    assert total == ["13", "3", "4", "1", "5", "6", "1"]


def test_pairs_out_of_step_are_listed(root: Path) -> None:
    (page,) = pages(Site(kb.load(root), "en"))
    listed = page.body.split("{#stale-list}")[1]
    assert 'href="../../claims/a/"' in listed
    assert "Japanese, after" in listed
    assert "about harm" in listed


def test_without_pairs_out_of_step_the_page_says_so(tmp_path: Path) -> None:
    root = write_kb(tmp_path, attributes=[minimal("attributes", "q")])
    (page,) = pages(Site(kb.load(root), "en"))
    assert "No text is out of step." in page.body


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_stands_in_the_csv_file(root: Path, language: Language) -> None:
    found = files(Site(kb.load(root), language))
    content = found[localized_path(language, "quality-of-data/translations/entries.csv")]
    assert isinstance(content, bytes)
    heading, *rows = csv.reader(io.StringIO(content.decode(ENCODING)))
    assert all(heading)
    assert {(row[0], row[1]) for row in rows} == KEYS
    assert all(len(row) == len(heading) == 10 for row in rows)
    assert "'=cmd" in {row[2] for row in rows} if language == "en" else "<b>甲</b>" in {row[2] for row in rows}


def test_real_counts_add_up() -> None:
    base = kb.load(find_root())
    counted = parity(base)
    assert sum(item.entries for item in counted) == sum(not entry.withdrawn for entry in base)
    for item in counted:
        assert item.pairs == item.states.total() == item.in_step + item.states["stale"] + item.states["unrecorded"]
        assert item.harm_stale <= min(item.harm, item.states["stale"])
