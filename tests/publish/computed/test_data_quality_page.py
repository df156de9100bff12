"""The pages about data quality and the CSV file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import kb
from kb import KnowledgeBase
from kb.problems import Language
from publish.computed.data_quality import files, pages
from publish.site import Site
from tests.entries import PAIR
from tests.samples import guideline, term, write_kb


def _bodies(base: KnowledgeBase, language: Language = "en", checkout: Path | None = None) -> list[str]:
    return [page.body for page in pages(Site(base, language, None, None, checkout))]


def _rows(base: KnowledgeBase, language: Language = "en") -> list[list[str]]:
    (content,) = files(Site(base, language)).values()
    assert isinstance(content, bytes)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_figures_conflicts_and_needs_lead_to_their_entries(tmp_path: Path) -> None:
    sides = [{"value": {"en": value, "ja": value}} for value in ("one dose", "two doses")]
    base = kb.load(
        write_kb(
            tmp_path,
            guidelines=[guideline("g", conflicts=[{"field": "summary", "values": sides}], confidence="low")],
            glossary=[term("a", open_questions=[{"en": "Who <b>?", "ja": "誰が?"}])],
        )
    )
    figures, questions = _bodies(base)
    assert '<a href="../guidelines/g/">guideline g</a>' in figures
    assert "<li>one dose</li><li>two doses</li>" in figures
    assert "no primary source read, low confidence, 1 conflict(s)" in figures
    assert '<time datetime="2026-06-01">' in figures
    assert '<a href="../../glossary/a/">term a</a>' in questions
    assert "Who &lt;b&gt;?" in questions
    assert "guideline g" not in questions


def test_all_sections_of_an_empty_knowledge_base_are_written(tmp_path: Path) -> None:
    figures, questions = _bodies(kb.load(write_kb(tmp_path)), "ja")
    assert "{#overview}" in figures
    assert "不一致を記録したエントリーはない。" in figures
    assert "##" not in questions


def test_what_was_left_out_is_listed_with_the_reason(tmp_path: Path) -> None:
    base = kb.load(write_kb(tmp_path, glossary=[term("a")]))
    assert "No record is listed." in _bodies(base, checkout=tmp_path)[0]
    record = f"- id: left\n  title: {PAIR}\n  reason: {{en: No source., ja: 資料なし。}}\n  'on': '2026-01-01'\n"
    (tmp_path / "kb" / "excluded.yaml").write_text(record.replace("'en'", "en").replace("'ja'", "ja"), encoding="utf-8")
    assert "No source." in _bodies(base, checkout=tmp_path)[0]


def test_the_csv_file_has_every_entry_and_no_formula(tmp_path: Path) -> None:
    formula = '=HYPERLINK("https://evil.example","x")'
    terms = [term("a", title={"en": formula, "ja": formula}), term("b", open_questions=[dict(PAIR)])]
    base = kb.load(write_kb(tmp_path, glossary=terms))
    heading, *rows = _rows(base, "ja")
    assert heading[:3] == ["種類", "ID", "名称"]
    assert [row[1] for row in rows] == ["b", "a"]
    assert rows[1][2] == f"'{formula}"
    assert (
        _rows(kb.load(write_kb(tmp_path / "wide", glossary=[term("c", title={"en": "＝1", "ja": "＝1"})])))[1][2]
        == "'＝1"
    )
    assert rows[0][-1] == "一次資料を未読; 未確認事項1件"


def test_the_first_edition() -> None:
    base = kb.load()
    figures, questions = _bodies(base)
    assert len(_rows(base)) == 1 + sum(not entry.withdrawn for entry in base)
    asked = sum(len(entry.open_questions) for entry in base if not entry.withdrawn)
    assert questions.count("<dd>") == asked
    assert f"{asked:,} open questions" in figures
