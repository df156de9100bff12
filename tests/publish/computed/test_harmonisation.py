"""The page of the harmonisation view: sentences in both languages, links, figures."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import kb
from kb import KnowledgeBase
from kb.analysis.harmonisation import harmonisation
from kb.problems import Language
from publish.computed.harmonisation import files, pages
from publish.computed.harmonisation_words import GapSentences
from publish.labels import LANGUAGES
from publish.site import Site
from tests.asked import asked_kb, document, profile, requirement


def _sentence(folder: Path, language: Language, *documents: dict[str, Any], codes: str = "JP KR CN US") -> str:
    quality = [document(f"quality-{code.lower()}", code, requirement(None)) for code in codes.split()]
    base = asked_kb(folder, *documents, *quality, jurisdictions=[profile(code) for code in codes.split()])
    found = harmonisation(base)
    agreement = next(item for _, item in found.ranking if item.attribute == "count")
    markup = GapSentences(Site(base, language), "../", found).sentence(agreement)
    return unescape(re.sub(r"<[^>]+>", "", markup))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Asked by South Korea and China; nothing found in the documents of Japan and the United States."),
        ("ja", "韓国及び中国が求めている。日本及び米国の文書には記載が見当たらない。"),
    ],
)
def test_who_asks_and_who_is_silent(tmp_path: Path, language: Language, expected: str) -> None:
    documents = (document("a", "KR", requirement("count")), document("b", "CN", requirement("count", "required")))
    assert _sentence(tmp_path, language, *documents) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "Asked by South Korea (by analogy). Only mentioned by Japan. Prepared in a draft of the United States."
            " International documents recommend it.",
        ),
        (
            "ja",
            "韓国(類推による)が求めている。日本では言及にとどまる。米国では案の段階にある。国際文書では推奨がある。",
        ),
    ],
)
def test_other_answers_have_sentences_of_their_own(tmp_path: Path, language: Language, expected: str) -> None:
    documents = (
        document("a", "KR", requirement("count"), applies_to_ev="by-analogy"),
        document("b", "JP", requirement("count", "mentioned")),
        document("c", "US", requirement("count"), status="draft"),
        document("d", "INTL", requirement("count")),
    )
    assert _sentence(tmp_path, language, *documents, codes="JP KR US") == expected


def test_lists_of_three_take_commas(tmp_path: Path) -> None:
    text = _sentence(tmp_path, "en", document("a", "EU", requirement("count")), codes="JP KR CN EU")
    assert text == "Asked by the European Union; nothing found in the documents of Japan, South Korea and China."


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mark_and_name_leads_to_a_statement_of_the_matrix(language: Language) -> None:
    from publish.computed.matrix import pages as matrix_pages

    site = Site(kb.load(), language)
    (page,) = pages(site)
    listed = set(re.findall(r'id="(s-[^"]+)"', next(iter(matrix_pages(site))).body))
    targets = re.findall(r'href="\.\./matrix/#([^"]+)"', page.body)
    assert len(targets) > 50
    assert set(targets) <= listed


def test_the_files_hold_the_ranking_of_the_page() -> None:
    base = kb.load()
    found = files(Site(base, "en"))
    assert files(Site(base, "ja")) == {}
    table, data = found["harmonisation/harmonisation.csv"], found["harmonisation/harmonisation.json"]
    assert isinstance(table, bytes)
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    ranking = [(rank, item.attribute, len(item.asking)) for rank, item in harmonisation(base).ranking]
    assert [(int(row["rank"]), row["attribute"], int(row["asking"])) for row in rows] == ranking
    assert [item["attribute"] for item in json.loads(data)["attributes"]] == [name for _, name, _ in ranking]


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_entries_stay_text(full_kb: KnowledgeBase, language: Language) -> None:
    (page,) = pages(Site(full_kb, language))
    assert "<script" not in page.body.lower()
    assert not re.search(r"<[a-z][^>]* on[a-z]+=", page.body)


def test_an_empty_knowledge_base_has_a_page(tmp_path: Path) -> None:
    (page,) = pages(Site(asked_kb(tmp_path), "en"))
    assert 'id="top"' in page.body
