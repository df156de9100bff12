"""The one flattening."""

from __future__ import annotations

import pytest

from kb import KnowledgeBase
from kb.models import COLLECTIONS, model_of
from kb.models.safety_events import SafetyEvent
from kb.models.trials import Trial
from publish.data.columns import columns_of, flat, nested
from publish.data.plain import plain
from tests.entries import minimal


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_columns_have_names_of_their_own_and_both_descriptions(collection: str) -> None:
    columns = columns_of(model_of(collection))
    names = [column.name for column in columns]
    assert len(names) == len(set(names))
    assert names[0] == "id"
    assert all(column.en and column.ja for column in columns)
    assert not any(column.en.isascii() and column.en == column.ja for column in columns)


def test_statements_have_a_column_for_each_language_and_records_a_prefix() -> None:
    columns = {column.name: column for column in columns_of(Trial)}
    assert {"title_en", "title_ja", "dates_start", "ev_source_cell", "primary_outcomes_en"} <= columns.keys()
    assert columns["phase"].vocabulary == "phases"
    assert columns["countries"].type == "list"
    assert columns["arms"].type == "records"
    assert columns["enrolment_count"].type == "integer"
    assert columns["dates_start"].type == "date"
    assert columns["product_entry"].collections == ("products",)


def test_only_what_is_always_there_is_required() -> None:
    columns = {column.name: column for column in columns_of(Trial)}
    assert columns["phase"].required
    assert columns["registration_timing"].required  # by its default
    assert columns["countries"].required  # an empty list is a list
    assert not columns["sponsor_name_withheld"].required  # there may be no sponsor
    assert not columns["dates_start"].required


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_nothing_is_lost_on_the_way_there_and_back(any_kb: KnowledgeBase, collection: str) -> None:
    model = model_of(collection)
    columns = columns_of(model)
    for record, entry in zip(plain(any_kb, collection), any_kb.collection(collection).values(), strict=True):
        assert model.model_validate(nested(flat(record, columns), columns)) == entry


def test_a_missing_record_stays_missing_and_a_default_one_comes_back() -> None:
    trial = Trial.model_validate(minimal("trials"))
    event = SafetyEvent.model_validate(minimal("safety-events"))
    for entry in (trial, event):
        columns = columns_of(type(entry))
        values = flat(entry.model_dump(mode="json", exclude_none=True), columns)
        assert type(entry).model_validate(nested(values, columns)) == entry
    assert trial.sponsor is None
    assert event.affected.count is None
