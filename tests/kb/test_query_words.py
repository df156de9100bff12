"""The words that readers are told are those by which the scrapers search."""

from __future__ import annotations

from pathlib import Path

from kb.query_words import query_words
from scrapers.ev_words import vocabulary


def test_they_are_the_vocabulary_of_the_scrapers() -> None:
    told = {
        group: {code: list(words) for code, words in languages.items()} for group, languages in query_words().items()
    }
    assert told == vocabulary()
    assert "エクソソーム" in query_words()["vesicles"]["ja"]


def test_a_package_without_the_scrapers_has_none(tmp_path: Path) -> None:
    assert query_words(tmp_path / "ev_words.yaml") == {}
