"""Derived files are fresh; descriptions are bilingual; figures count what they say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kb import load
from kb.files import entry_files
from kb.models import COLLECTIONS, model_of
from kb.models.base import Model
from kb.partial_dates import first_day, last_day, months_since
from kb.schema_export import schema_text, stale_schemas
from kb.statistics import is_stale, jurisdictions_of, statistics
from kb.yaml12 import read_yaml
from tests.entries import minimal
from tests.samples import small_kb, term, write_kb

ROOT = Path(__file__).parents[2] / "kb"


def test_schema_files_are_fresh() -> None:
    assert list(stale_schemas(ROOT)) == [], "run «evreg schema»"


def _fields(model: type[Model], seen: set[type[Model]]) -> Iterator[tuple[str, Any]]:
    if model in seen:
        return
    seen.add(model)
    for name, field in model.model_fields.items():
        yield f"{model.__name__}.{name}", field
        stack = [field.annotation]
        while stack:
            part = stack.pop()
            if isinstance(part, type) and issubclass(part, Model):
                yield from _fields(part, seen)
            stack.extend(getattr(part, "__args__", ()))


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_field_is_explained_in_both_languages(collection: str) -> None:
    for name, field in _fields(model_of(collection), set()):
        assert field.description, name
        assert any("぀" <= char <= "鿿" or char == "。" for char in field.json_schema_extra["description_ja"]), name


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_the_schema_accepts_the_entries(collection: str) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schema_text(collection)))
    validator.check_schema(validator.schema)
    files = [file for file in entry_files(ROOT) if file.collection == collection]
    for file in files[:40]:
        validator.validate(read_yaml(file.path))


def test_the_schema_refuses_what_the_models_refuse() -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schema_text("glossary")))
    assert not list(validator.iter_errors(term("x")))
    for change in (
        {"domain": "astrology"},
        {"extra": 1},
        {"sources": []},
        {"review": {"status": "draft", "verified": "2026-1"}},
    ):
        assert list(validator.iter_errors(term("x", **change))), change


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-10", date(2024, 2, 10), date(2024, 2, 10)),
    ],
)
def test_partial_dates_span_days(value: str, first: date, last: date) -> None:
    assert (first_day(value), last_day(value)) == (first, last)


def test_months_are_whole() -> None:
    assert months_since("2026-01-15", date(2026, 2, 14)) == 0
    assert months_since("2026-01-15", date(2026, 2, 15)) == 1
    assert months_since("2026", date(2027, 1, 31)) == 1


def test_staleness_follows_the_term_of_the_collection(tmp_path: Path) -> None:
    kb = load(write_kb(tmp_path, glossary=[term("x", review={"status": "draft", "verified": "2024-01-01"})]))
    entry = kb.glossary["x"]
    months = kb.review_policy.months("glossary")
    assert not is_stale(entry, date(2026, 1, 1), months)
    assert is_stale(entry, date(2026, 2, 1), months)


def test_an_entry_concerns_its_place_its_countries_or_where_it_was_seen(tmp_path: Path) -> None:
    kb = load(
        write_kb(
            tmp_path,
            enforcement=[minimal("enforcement", "a", jurisdiction="US")],
            trials=[minimal("trials", "t", countries=["KR", "JP"])],
            claims=[minimal("claims", "c", seen_in=[{"jurisdiction": code} for code in ("TR", "JP", "TR")])],
        )
    )
    assert jurisdictions_of(kb.enforcement["a"]) == ("US",)
    assert jurisdictions_of(kb.trials["t"]) == ("KR", "JP")
    assert jurisdictions_of(kb.claims["c"]) == ("TR", "JP")
    assert statistics(kb, date(2026, 7, 1))["jurisdictions"] == {"JP": 2, "US": 1, "KR": 1, "TR": 1}


def test_statistics_count(tmp_path: Path) -> None:
    figures = statistics(load(small_kb(tmp_path)), date(2026, 7, 1))
    assert figures["entries"] == 3
    assert figures["aliases"] == 1
    assert figures["sources"] == 3
    assert figures["stale"] == 0
    assert figures["by_collection"]["guidelines"]["entries"] == 1
    assert figures["translation"]["required_fields"] >= 6
