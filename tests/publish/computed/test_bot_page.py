"""The page about the program that asks live sources."""

from __future__ import annotations

from pathlib import Path

import pytest

import kb
import kb.register_summary
from kb.problems import Language
from kb.register_summary import register_summary
from publish.computed import bot
from publish.site import Site
from scrapers.fetching.agent import PRODUCT
from scrapers.register import register
from tests.samples import write_kb

HOSTILE = "<script>alert(1)</script>"
ONE = f"""
a:
  title: {{en: '{HOSTILE}', ja: 甲}}
  publisher: {{en: P, ja: 発}}
  base: javascript:alert(1)
  access: open
  terms: {{url: 'javascript:alert(1)', read: '2026-07-01', says: {{en: Free., ja: 自由。}}}}
  attribution: {{en: From A., ja: 出典は甲。}}
  pace: 0.25
  schedule: weekly
"""


def body(folder: Path, language: Language = "en") -> str:
    (page,) = bot.pages(Site(kb.load(write_kb(folder)), language))
    assert page.path == "bot/"
    return page.body


def test_the_summary_reads_what_the_register_means() -> None:
    summary, full = register_summary(), register()
    assert list(summary) == list(full)
    for name, source in summary.items():
        assert (source.access, source.pace, source.schedule) == (
            full[name].access,
            full[name].pace,
            full[name].schedule,
        )
        assert source.terms.says.ja == full[name].terms.says.ja
        assert [feed.url for feed in source.feeds] == [feed.url for feed in full[name].feeds]


def test_every_source_and_feed_of_the_register_is_told(tmp_path: Path) -> None:
    english, japanese = body(tmp_path / "en"), body(tmp_path / "ja", "ja")
    for source in register().values():
        assert str(source.title.ja) in japanese
        for feed in source.feeds:
            assert feed.url.replace("&", "&amp;") in english
    assert f"User-agent: {PRODUCT}&#10;Disallow: /" in english
    assert english.index("clinicaltrials.gov/api") < english.index("{#by-hand}") < english.index("evreg enrich jrct")


def test_what_the_register_says_is_only_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(ONE, encoding="utf-8")
    monkeypatch.setattr(bot, "register_summary", lambda: register_summary(file))
    text = body(tmp_path)
    assert HOSTILE not in text
    assert "&lt;script&gt;" in text
    assert 'href="javascript' not in text
    assert ("0.25 s" in text, "weekly" in text, "{#by-hand}" in text) == (True, True, False)


def test_without_a_register_the_page_still_says_how_the_program_behaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert register_summary(tmp_path / "none.yaml") == {}
    monkeypatch.setattr(bot, "register_summary", dict)
    assert "{#stop}" in body(tmp_path)
