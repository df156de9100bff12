"""``evreg sources``: the register with the health of each source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evreg.cli import evreg
from kb.problems import EvregError, Message
from scrapers.faults import unexpected
from scrapers.health import remember
from scrapers.register import register
from scrapers.report import Kept, Report, SourceReport


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    fault = unexpected("crossref", "", Message("Broken.", "壊れている。"), Message("Whole.", "完全。"))
    title = register()["news"].title
    kept = Kept(observed=7, observations_changed=1)
    remember(Report("2026-07-01", False, (SourceReport("news", title, 9, kept=kept),)))
    remember(
        Report("2026-07-02", False, (SourceReport("crossref", title, fault=fault), SourceReport("news", title, 9)))
    )


def sources(*arguments: str, lang: str = "en") -> Result:
    return CliRunner().invoke(evreg, ["sources", *arguments, "--lang", lang], catch_exceptions=False)


def test_the_table_holds_every_source_within_80_columns() -> None:
    lines = sources().stdout.splitlines()
    assert {line.split()[0] for line in lines} >= set(register())
    news = next(line for line in lines if line.startswith("news "))
    assert news.split()[-2:] == ["2026-07-02", "2026-07-01"]
    assert any("Broken." in line and line.startswith("crossref failed") for line in lines)
    assert max(map(len, lines[: len(register()) + 2])) <= 80
    assert "失敗" in sources(lang="ja").stdout


def test_one_source_with_its_terms_and_how_to_import_it() -> None:
    text = sources("jrct").stdout
    assert "evreg enrich jrct --file" in text
    assert "mass collection" in text
    assert "壊れている。" in sources("crossref", lang="ja").stdout


def test_the_register_for_programs() -> None:
    records = json.loads(sources("--format", "json").stdout)
    assert [record["name"] for record in records] == list(register())
    one = json.loads(sources("news", "--format", "json").stdout)
    assert one["health"]["last_change"] == "2026-07-01"
    assert one["terms"]["says"]["ja"]


def test_an_unknown_source_offers_the_near_miss() -> None:
    with pytest.raises(EvregError) as told:
        sources("pubmd")
    assert "pubmed" in told.value.found.en
