"""Pairs of texts, found in plain data and in models alike."""

from __future__ import annotations

import pytest

from kb import load
from kb.files import entry_files, find_root
from kb.models import COLLECTIONS, model_of
from kb.translations.pairs import TextPair, pairs_of_data, pairs_of_entry, pattern_of, text_hash
from kb.yaml12 import read_yaml
from tests.entries import minimal


def test_pairs_have_dotted_fields_and_lists_of_phrases_are_none() -> None:
    data = minimal("claims", questions=[{"en": "Who?", "ja": "誰か。"}, {"en": "When?", "ja": "いつか。"}])
    fields = [pair.field for pair in pairs_of_data(data)]
    assert {"title", "summary", "questions.0", "questions.1", "assessment.reason"} <= set(fields)
    assert not any(field.startswith("wording") for field in fields)
    assert TextPair("questions.1", "When?", "いつか。") in pairs_of_data(data)


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_data_and_model_give_the_same_pairs(collection: str) -> None:
    data = minimal(collection)
    assert sorted(pairs_of_entry(model_of(collection).model_validate(data))) == sorted(pairs_of_data(data))


def test_data_and_model_agree_on_every_real_entry() -> None:
    kb = load(find_root())
    for file in entry_files(find_root()):
        entry = kb.collection(file.collection)[file.stem]
        assert sorted(pairs_of_entry(entry)) == sorted(pairs_of_data(read_yaml(file.path))), file.name


def test_white_space_and_unicode_form_do_not_count_but_words_do() -> None:
    assert text_hash("One  text.\n") == text_hash("One text.")
    assert text_hash("が") == text_hash("が")
    assert text_hash("One text.") != text_hash("One text")
    assert text_hash("\ud800") != text_hash("")
    assert len(text_hash("")) == 12


def test_a_pattern_has_no_places_in_lists() -> None:
    assert pattern_of("requirements.3.statement") == "requirements.statement"
