"""The SQLite file: typed, linked, searchable."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import pytest

from kb import KnowledgeBase, load
from kb.models import COLLECTIONS
from publish.data.sqlite_file import sqlite_file
from tests.samples import attribute, guideline, term, write_kb


@lru_cache(maxsize=2)
def _content(kb: KnowledgeBase, collections: tuple[str, ...]) -> bytes:
    return sqlite_file(kb, collections)


@contextmanager
def _opened(kb: KnowledgeBase, collections: tuple[str, ...] = COLLECTIONS) -> Iterator[sqlite3.Connection]:
    base = sqlite3.connect(":memory:")
    base.deserialize(_content(kb, collections))
    yield base
    base.close()


def test_every_collection_is_a_table_named_after_it(any_kb: KnowledgeBase) -> None:
    with _opened(any_kb) as base:
        for collection in COLLECTIONS:
            rows = base.execute(f'SELECT id, title_en FROM "{collection}"').fetchall()
            assert rows == [(entry.id, entry.title.en) for entry in any_kb.collection(collection).values()]


def test_the_database_is_sound(any_kb: KnowledgeBase) -> None:
    with _opened(any_kb) as base:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert base.execute("SELECT count(*) FROM entries").fetchone() == (len(any_kb),)


def test_lists_have_tables_of_their_own(real_kb: KnowledgeBase) -> None:
    with _opened(real_kb) as base:
        expected = sum(len(entry.requirements) for entry in real_kb.guidelines.values())
        assert base.execute("SELECT count(*) FROM guidelines_requirements").fetchone() == (expected,)
        expected = sum(len(entry.sources) for entry in real_kb)
        assert base.execute("SELECT count(*) FROM entries_sources").fetchone() == (expected,)
        numbers = base.execute(
            "SELECT number FROM trials_registrations WHERE entry = 'nct04276987' ORDER BY position"
        ).fetchall()
        assert numbers == [(item.number,) for item in real_kb.trials["nct04276987"].registrations]


def test_rows_of_lists_lead_to_entries(real_kb: KnowledgeBase) -> None:
    with _opened(real_kb) as base:
        base.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            base.execute("UPDATE guidelines_requirements SET attribute = 'no-such-attribute'")
        with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT value in INTEGER"):
            base.execute("UPDATE trials SET enrolment_count = 'many'")


def test_search_finds_both_languages(real_kb: KnowledgeBase) -> None:
    with _opened(real_kb) as base:
        ask = "SELECT count(*) FROM entries_fts JOIN entries ON number = entries_fts.rowid WHERE entries_fts MATCH ?"
        for words in ("力価試験", "potency", "エクソソーム"):
            assert base.execute(ask, (words,)).fetchone()[0] > 0
        assert base.execute(ask, ("zzzzzz",)).fetchone() == (0,)


def test_views_give_labels_in_each_language(real_kb: KnowledgeBase) -> None:
    trial = real_kb.trials["nct04276987"]
    with _opened(real_kb) as base:
        for language in ("en", "ja"):
            found = base.execute(f"SELECT title, phase FROM trials_{language} WHERE id = 'nct04276987'").fetchone()
            assert found == (getattr(trial.title, language), real_kb.label("phases", trial.phase, language))
        topics = base.execute("SELECT count(*) FROM requirements WHERE collection = 'guidelines'").fetchone()[0]
        assert topics == sum(len(entry.requirements) for entry in real_kb.guidelines.values() if not entry.withdrawn)


def test_fields_and_links_are_told(real_kb: KnowledgeBase) -> None:
    with _opened(real_kb) as base:
        told = base.execute(
            """SELECT type, vocabulary, description_ja FROM fields WHERE "table" = 'trials' AND field = 'phase'"""
        ).fetchone()
        assert told == ("text", "phases", "相。")
        expected = {(link.origin, link.field, link.target) for entry in real_kb for link in real_kb.links_from(entry)}
        assert base.execute("SELECT count(*) FROM links").fetchone() == (len(expected),)


def test_former_ids_are_resolved_in_links_and_kept_in_the_entry(tmp_path: Path) -> None:
    requirement = guideline("g")["requirements"][0] | {"attribute": "particles"}
    root = write_kb(
        tmp_path,
        attributes=[attribute("count", aliases=["particles"])],
        guidelines=[guideline("g", requirements=[requirement, requirement | {"attribute": "gone"}])],
    )
    with _opened(load(root)) as base:
        assert base.execute("SELECT attribute FROM guidelines_requirements").fetchall() == [("count",), (None,)]
        kept = base.execute("SELECT json_extract(requirements, '$[1].attribute') FROM guidelines").fetchone()
        assert kept == ("gone",)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_part_of_the_collections_keeps_its_references(tmp_path: Path) -> None:
    root = write_kb(tmp_path, attributes=[attribute("count")], guidelines=[guideline("g")], glossary=[term("t")])
    with _opened(load(root), ("guidelines",)) as base:
        assert base.execute("SELECT attribute FROM guidelines_requirements").fetchall() == [("count",)]
        assert base.execute("SELECT count(*) FROM links").fetchone() == (0,)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            base.execute("SELECT * FROM attributes")
