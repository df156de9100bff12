"""What is remembered of runs, and the report as text."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from kb.models.base import Localized
from kb.problems import Message
from scrapers.faults import unexpected
from scrapers.health import Health, read_health, remember, resting_until
from scrapers.register import Source, register
from scrapers.report import Kept, Proposed, Report, SourceReport
from scrapers.report_markdown import report_markdown, safe_markdown

HOSTILE = "@somebody fixes #12 <script>alert(1)</script> [x](https://evil.example) `code` \u202e\x1b[2J | cell"
TITLE = Localized(en="A", ja="甲")


def one(day: str, kept: Kept | None = None, fault: bool = False) -> Report:
    problem = (
        unexpected("news", "", Message("Broken | <b>.", "壊れている。"), Message("Whole.", "完全。")) if fault else None
    )
    return Report(day, False, (SourceReport("news", TITLE, 5, 4, 10, 0.5, kept or Kept(), problem),))


def proposed(number: int, words: str = HOSTILE) -> Proposed:
    return Proposed(
        f"news/n{number}", "notice", "guidelines/g", Localized(en=words, ja=words), "https://example.org/a_b", "low"
    )


def test_success_change_and_fault_are_remembered_apart(tmp_path: Path) -> None:
    file = tmp_path / "state" / "sources.json"
    remember(one("2026-07-01", Kept(observed=3, observations_changed=1)), file)
    remember(one("2026-07-02", Kept(observed=3)), file)
    remember(one("2026-07-03", fault=True), file)
    news = read_health(file)["news"]
    assert (news.last_run, news.last_success, news.last_change) == ("2026-07-03", "2026-07-02", "2026-07-01")
    assert news.counts["observed"] == 3
    assert news.fault is not None
    assert news.fault["found"]["ja"] == "壊れている。"
    remember(one("2026-07-04"), file)
    assert read_health(file)["news"].fault is None


@pytest.mark.parametrize("content", ["", "[", "[]", '{"news": {"last_run": "yesterday"}}', "\udcff"])
def test_a_file_that_cannot_be_read_counts_as_empty(tmp_path: Path, content: str) -> None:
    file = tmp_path / "sources.json"
    file.write_text(content, encoding="utf-8", errors="surrogateescape")
    assert read_health(file) == {}
    remember(one("2026-07-01"), file)
    assert set(read_health(file)) == {"news"}


def test_a_weekly_source_rests_for_six_days() -> None:
    def due(name: str, success: str | None, today: date) -> date | None:
        return resting_until(_source(name), {name: Health(last_whole=success)}, today)

    assert due("crossref", "2026-07-01", date(2026, 7, 6)) == date(2026, 7, 7)
    assert due("crossref", "2026-07-01", date(2026, 7, 7)) is None
    assert due("crossref", None, date(2026, 7, 2)) is None
    assert due("clinicaltrials-gov", "2026-07-01", date(2026, 7, 1)) is None
    assert resting_until(_source("crossref"), {}, date(2026, 7, 1)) is None


def test_a_part_of_a_source_is_no_reason_to_rest(tmp_path: Path) -> None:
    file = tmp_path / "sources.json"
    remember(Report("2026-07-01", False, (SourceReport("crossref", TITLE),), partial=True), file)
    known = read_health(file)
    assert known["crossref"].last_success == "2026-07-01"
    assert resting_until(_source("crossref"), known, date(2026, 7, 2)) is None


def _source(name: str) -> Source:
    return register()[name]


# --- The report as the text of a pull request


def test_the_report_is_bilingual_and_names_faults() -> None:
    text = report_markdown(one("2026-07-03", fault=True))
    english, japanese = text.split("## 情報源の現在の記載(2026-07-03)")
    assert "Nothing changed." in english
    assert r"Broken \| \<b\>\." in english
    assert "| news | 5 | 4 | 0 | 0 | 0 | 0 |" in japanese
    assert "壊れている。" in japanese


def test_what_sources_say_is_only_text() -> None:
    text = report_markdown(one("2026-07-03", Kept(proposals_new=1, proposed=[proposed(1)])))
    for dangerous in ("<script>", "@somebody", "#12", "[x](", "\x1b", "\u202e", " | cell"):
        assert dangerous not in text
    assert r"https\:\/\/example\.org\/a\_b" in text
    assert "evreg inbox accept news/n1" in text
    assert safe_markdown("力価試験") == "力価試験"


def test_the_text_stays_below_the_limit_of_a_pull_request() -> None:
    many = Kept(proposals_new=9_000, proposed=[proposed(number, "*" * 5_000) for number in range(9_000)])
    fault = unexpected("news", "", *(Message("*" * 999, "*" * 999),) * 2)
    failed = [SourceReport(name, TITLE, fault=fault) for name in register()]
    text = report_markdown(Report("2026-07-03", False, (SourceReport("news", TITLE, kept=many), *failed)))
    assert len(text) < 65_536
    (more,) = re.findall(r"ほか(\d+)件", text)
    assert 9_000 - int(more) == text.count("採用:") > 20


def test_the_report_for_programs() -> None:
    record = one("2026-07-03", Kept(proposals_new=1, proposed=[proposed(1)]), fault=True).as_json()
    (news,) = record["sources"]
    assert record["failed"] == ["news"]
    assert (news["asked"], news["unchanged"], news["proposals_new"]) == (5, 4, 1)
    assert news["proposed"][0]["words"]["ja"] == HOSTILE
    assert news["fault"]["found"] == {"en": "Broken | <b>.", "ja": "壊れている。"}
