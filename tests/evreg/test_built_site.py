"""Whether the built site is the one that would be built now."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evreg import built_site
from evreg.built_site import is_up_to_date, remember
from kb.decisions import Decision
from kb.decisions import remember as decide
from kb.observed import observation, write_observed
from kb.searches import Search, write_search
from kb.stamps import kb_records
from tests.kb.inbox_samples import TRIAL, change, in_inbox, trial_kb


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path, Path]:
    """Checkout, knowledge base and built site, the site up to date; register and words are files of this test."""
    checkout = tmp_path / "checkout"
    out = checkout / "build" / "site"
    for folder in (checkout / "docs", out):
        folder.mkdir(parents=True)
    for file in (checkout / "mkdocs.yml", out / "index.html", tmp_path / "sources.yaml", tmp_path / "ev_words.yaml"):
        file.write_text("x", "utf-8")
    monkeypatch.setattr(built_site, "REGISTER", tmp_path / "sources.yaml")
    monkeypatch.setattr(built_site, "WORDS", tmp_path / "ev_words.yaml")
    root = trial_kb(tmp_path)
    remember(checkout, root, out)
    assert is_up_to_date(checkout, root, out)
    return checkout, root, out


def observe(root: Path, status: str = "terminated") -> None:
    write_observed(root, observation("register", TRIAL, "https://example.org", "2026-07-01", {"status": status}))


def searched(root: Path) -> None:
    write_search(root, Search(source="register", key="words", query="exosome", on="2026-07-01", hits=1))


def decided(root: Path) -> None:
    decide(root, Decision(proposal="register/a", action="accept", on="2026-07-01", source_hash="x"))


def left_out(root: Path) -> None:
    (root / "excluded.yaml").write_text("[]\n", "utf-8")


@pytest.mark.parametrize(
    "write",
    [observe, searched, decided, left_out, lambda root: in_inbox(root, change())],
    ids=lambda item: item.__name__,
)
def test_what_stands_beside_the_entries_leads_to_a_new_build(places: tuple[Path, Path, Path], write: object) -> None:
    assert callable(write)
    write(places[1])
    assert not is_up_to_date(*places)
    remember(*places)
    assert is_up_to_date(*places)


def test_another_statement_of_the_same_source_leads_to_a_new_build(places: tuple[Path, Path, Path]) -> None:
    observe(places[1])
    remember(*places)
    observe(places[1])
    assert is_up_to_date(*places)
    observe(places[1], "recruiting")
    assert not is_up_to_date(*places)


@pytest.mark.parametrize("name", ["sources.yaml", "ev_words.yaml"])
def test_an_edit_of_the_register_or_the_words_leads_to_a_new_build(
    places: tuple[Path, Path, Path], tmp_path: Path, name: str
) -> None:
    os.utime(tmp_path / name, ns=(7, 7))
    assert not is_up_to_date(*places)
    remember(*places)
    (tmp_path / name).unlink()
    assert not is_up_to_date(*places)


def test_the_register_and_the_words_are_those_of_the_scrapers() -> None:
    assert built_site.REGISTER.parts[-2:] == ("scrapers", "sources.yaml")
    assert built_site.WORDS.parts[-3:] == ("scrapers", "data", "ev_words.yaml")
    assert built_site.REGISTER.is_file()
    assert built_site.WORDS.is_file()


def test_a_knowledge_base_without_records_has_none(tmp_path: Path) -> None:
    root = trial_kb(tmp_path)
    assert kb_records(root) == ()
    observe(root)
    assert kb_records(root) == (root / "observed",)
