"""Knowledge bases and built sites for the tests of ``publish``."""

from __future__ import annotations

from pathlib import Path

import pytest

import kb
from kb import KnowledgeBase
from kb.models import COLLECTIONS
from kb.models.base import Localized
from kb.observed import observation, write_observed
from kb.searches import Excluded, Search, write_search
from publish.build import build_site
from tests.publish.filled import filled
from tests.publish.hostile import PAYLOADS, hostile_text
from tests.samples import attribute, guideline, term, write_kb
from tests.sites import ROOT, built_once, small_checkout


def plain_text(path: str) -> str:
    """A text that names its field."""
    return f"Text of {path}"


def write_full_kb(folder: Path) -> Path:
    """One filled entry in each collection, one with hostile text in each, some plain ones with links, hostile sources."""
    collections = {
        name: [filled(name, plain_text), filled(name, hostile_text, f"hostile-{name}")] for name in COLLECTIONS
    }
    collections["attributes"].append(attribute("count", aliases=["particles"]))
    collections["guidelines"].append(guideline("g"))
    collections["glossary"].append(
        term("withdrawn-term", withdrawn={"on": "2026-01-02", "reason": {"en": "A duplicate.", "ja": "重複のため。"}})
    )
    root = write_kb(folder, **{name.replace("-", "_"): entries for name, entries in collections.items()})
    _write_hostile_sources(root)
    return root


def _write_hostile_sources(root: Path) -> None:
    """What a source stated of an entry, and a search of it, with every text hostile."""
    facts = {name: hostile_text(f"observed.{name}") for name in ("acronym", "sponsor.name.en", "study_design.en")}
    facts |= {"status": "terminated", "phase": "3"}
    url, version = hostile_text("observed.url"), hostile_text("observed.version")
    write_observed(root, observation("isrctn", "trials/hostile-trials", url, "2026-07-01", facts, version))
    reasons = [{name: hostile_text(f"{place}.{name}") for name in ("en", "ja")} for place in range(len(PAYLOADS))]
    left_out = [Excluded(id=f"{reason['en']} id", reason=Localized(**reason)) for reason in reasons]
    for place in range(len(PAYLOADS)):
        query = hostile_text("q" * (place + 1))
        search = Search(
            source="isrctn", key=f"q{place}", query=query, on="2026-07-01", hits=99, excluded=tuple(left_out)
        )
        write_search(root, search)


def _shared(factory: pytest.TempPathFactory, worker: str) -> Path:
    """A folder that all processes of this test run share."""
    base = factory.getbasetemp()
    return base if worker == "master" else base.parent


@pytest.fixture(scope="session")
def full_kb_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_full_kb(tmp_path_factory.mktemp("full"))


@pytest.fixture(scope="session")
def full_kb(full_kb_root: Path) -> KnowledgeBase:
    return kb.load(full_kb_root)


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str, full_kb: KnowledgeBase, checkout: Path) -> Path:
    """The site of the full knowledge base."""
    shared = _shared(tmp_path_factory, worker_id) / "full-site"
    return built_once(shared, lambda folder: _build(full_kb, checkout, folder)) / "site"


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The site of the first edition."""
    shared = _shared(tmp_path_factory, worker_id) / "real-site"
    return built_once(shared, lambda folder: _build(kb.load(), ROOT, folder)) / "site"


def _build(base: KnowledgeBase, checkout: Path, folder: Path) -> None:
    build_site(base, checkout, folder / "site")
