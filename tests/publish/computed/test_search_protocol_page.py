"""The page about how live sources are searched, and its CSV file."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import kb
from kb.decisions import Decision, remember
from kb.problems import Language
from kb.query_words import query_words
from kb.register_summary import register_summary
from kb.searches import Search, write_search
from kb.vocabulary import packaged_vocabularies
from publish.computed import COMPUTED, search_protocol
from publish.computed.search_protocol_tables import SHOWN
from publish.site import Site
from tests.samples import small_kb

HOSTILE = "<script>alert(1)</script>"
REASON = {"en": "Another thing of the same name.", "ja": "同名の別のものである。"}


def searched(root: Path, key: str = "words", **changes: Any) -> None:
    fields = {
        "source": "clinicaltrials-gov",
        "key": key,
        "query": '"exosome" OR "エクソソーム"',
        "on": "2026-07-01",
        "hits": 5,
        "known": ["NCT01"],
        "proposed": ["NCT02"],
        "excluded": [{"id": "NCT03", "reason": REASON}, {"id": "NCT04", "reason": REASON}],
    }
    write_search(root, Search.model_validate(fields | changes))


def decided(root: Path, key: str, action: str, **changes: Any) -> None:
    fields = {"proposal": f"clinicaltrials-gov/{key}", "action": action, "on": "2026-07-02", "source_hash": "x"}
    remember(root, Decision.model_validate(fields | changes))


def body(root: Path, language: Language = "en") -> str:
    (page,) = search_protocol.pages(Site(kb.load(root), language))
    assert page.path == "search-protocol/"
    return page.body


def section(page: str, anchor: str) -> str:
    return page.split(f"{{#{anchor}}}")[1].split("\n## ", maxsplit=1)[0]


def table(root: Path, language: Language = "en") -> list[list[str]]:
    (content,) = search_protocol.files(Site(kb.load(root), language)).values()
    assert isinstance(content, bytes)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("language", "said"), [("en", "No search by program has been kept"), ("ja", "検索の記録がまだない")]
)
def test_without_a_search_the_page_says_so_and_still_shows_the_words(
    tmp_path: Path, language: Language, said: str
) -> None:
    page = body(small_kb(tmp_path), language)
    assert said in page.split("\n## ")[0]
    assert "ev-number" not in page
    assert ".csv" not in page
    for languages in query_words().values():
        for words in languages.values():
            assert ", ".join(words) in unescape(page)
    without = section(page, "without")
    for source in register_summary().values():
        title = source.title.ja if language == "ja" else source.title.en
        assert title in unescape(without)
    assert len(table(small_kb(tmp_path), language)) == 1


def test_a_search_stands_with_its_query_figures_and_reasons(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    searched(root)
    page = body(root, "ja")
    part = section(page, "source-clinicaltrials-gov")
    cells = re.findall(r"<td[^>]*>(.*?)</td>", part.split("</table>")[0])
    assert unescape(re.sub("<[^>]+>", "", cells[0])) == '"exosome" OR "エクソソーム"'
    assert cells[1:6] == ["5", "1", "1", "2", "1"]
    assert cells[6] == '<time datetime="2026-07-01">2026年7月1日</time>'
    reasons = part.split("<details")[1]
    assert REASON["ja"] in reasons
    assert "NCT03、NCT04" in reasons
    assert "ClinicalTrials.gov" not in section(page, "without")
    assert page.split("\n## ")[0].count("ev-number") == 4


def test_long_lists_of_records_are_cut_and_the_file_has_them_all(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    ids = [f"NCT{number:04}" for number in range(SHOWN + 3)]
    searched(root, excluded=[{"id": id_, "reason": REASON} for id_ in ids], hits=100)
    page = body(root)
    assert ids[SHOWN - 1] in page
    assert ids[SHOWN] not in page
    assert "and 3 more" in page
    heading, *rows = table(root)
    assert heading == ["Source", "Search", "Query as sent", "Result first seen", "Records", "Outcome", "Reason"]
    assert [row[4] for row in rows] == ["NCT01", "NCT02", *ids]
    assert [row[5] for row in rows[:3]] == ["already an entry", "put before a person", "left out"]
    assert rows[2][6] == REASON["en"]
    assert table(root, "ja")[3][6] == REASON["ja"]


def test_decisions_are_counted_and_rejections_explained_without_names_of_people(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    searched(root)
    decided(root, "a", "accept", by="A. Reader")
    decided(root, "b", "reject", by="A. Reader", reason=f"Cells only {HOSTILE}")
    decided(root, "c", "reject")
    page = body(root)
    assert "1 accepted, 2 rejected, 0 put off, 0 waiting" in page
    assert "Cells only &lt;script&gt;" in page
    assert "no reason noted" in page
    assert "A. Reader" not in page


def test_a_source_with_decisions_alone_has_no_search(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    decided(root, "a", "accept")
    page = body(root)
    assert "No search is kept of this source" in section(page, "searches")
    assert "No search by program has been kept" in page
    assert "ClinicalTrials.gov" in section(page, "without")


def test_what_sources_say_is_only_text(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    searched(root, source="unheard-of", query=HOSTILE, known=["=1+1"], excluded=[
        {"id": HOSTILE, "reason": {"en": HOSTILE, "ja": HOSTILE}}, {"id": "javascript:alert(1)", "reason": REASON},
    ])  # fmt: skip
    searched(root, "feed", query="https://example.org/feed.xml")
    page = body(root)
    assert HOSTILE not in page
    assert 'href="javascript' not in page
    assert '<a class="ev-out" href="https://example.org/feed.xml"' in page
    assert "'=1+1" in [row[4] for row in table(root)]


def test_what_was_left_out_by_hand_is_listed(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    assert "No record is listed." in section(body(root), "by-hand")
    record = "- id: left\n  title: {en: A trial, ja: 試験}\n  reason: {en: No source., ja: 資料なし。}\n"
    (root / "excluded.yaml").write_text(f"{record}  'on': '2026-01-01'\n", encoding="utf-8")
    assert "資料なし。" in section(body(root, "ja"), "by-hand")


def test_a_knowledge_base_made_in_memory_has_no_searches() -> None:
    base = kb.KnowledgeBase({}, {}, packaged_vocabularies(), "")
    (page,) = search_protocol.pages(Site(base, "en"))
    assert "No search is kept yet." in page.body


def test_it_is_part_of_the_site() -> None:
    assert search_protocol.pages in [kind.pages for kind in COMPUTED]
