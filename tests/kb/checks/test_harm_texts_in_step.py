"""The rule harm-texts-in-step."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, get_args

from kb.checks.harm_texts_in_step import RULE
from kb.models import COLLECTIONS, model_of
from kb.models.base import Model
from kb.problems import Finding
from kb.translations.approving import record_new
from kb.translations.harm import harm_fields, is_about_harm
from kb.translations.pairs import pattern_of
from kb.translations.records import state_file
from kb.validation import validate
from tests.entries import minimal
from tests.kb.checks.examining import assert_well_said
from tests.samples import write_kb

KEY = ("claims", "c")


def _recorded(folder: Path) -> Path:
    root = write_kb(folder, claims=[minimal("claims", "c")])
    record_new(root, {KEY}, date(2026, 11, 23))
    return root


def _found(folder: Path, **changes: Any) -> list[tuple[str, str]]:
    root = write_kb(folder, claims=[minimal("claims", "c", **changes)])
    found = validate(root, today=date(2026, 7, 1)).problems
    assert {problem.level for problem in found} <= {"warning"}
    for problem in found:
        assert_well_said(Finding((problem.field,), problem.found, problem.expected, problem.remedy))
    return [(problem.rule, problem.field) for problem in found]


def test_a_warning_changed_in_one_language_is_told(tmp_path: Path) -> None:
    _recorded(tmp_path)
    assert _found(tmp_path) == []
    changed = {"en": "Another statement.", "ja": "記載である。"}
    assert _found(tmp_path, what_is_known=changed) == [(RULE.name, "what_is_known.en")]
    changed = {"en": "A statement.", "ja": "別の記載である。"}
    assert _found(tmp_path, what_is_known=changed) == [(RULE.name, "what_is_known.ja")]


def test_both_languages_changed_and_other_fields_pass(tmp_path: Path) -> None:
    _recorded(tmp_path)
    assert _found(tmp_path, what_is_known={"en": "Another.", "ja": "別の記載である。"}) == []
    assert _found(tmp_path, title={"en": "Another entry", "ja": "エントリーc"}) == []


def test_without_records_nothing_is_told_and_damaged_ones_are_told_once(tmp_path: Path) -> None:
    changed = {"en": "Another statement.", "ja": "記載である。"}
    assert _found(tmp_path, what_is_known=changed) == []
    path = state_file(tmp_path / "kb", KEY)
    path.parent.mkdir(parents=True)
    path.write_text("damaged\n", encoding="utf-8")
    (problem,) = validate(tmp_path / "kb").problems
    assert problem.rule == "translation-state"


def _exists(collection: str, field: str) -> bool:
    model: Any = model_of(collection)
    for part in field.split("."):
        if part not in model.model_fields:
            return False
        inner = _models(model.model_fields[part].annotation)
        model = inner[0] if inner else model
    return True


def _models(annotation: Any) -> list[Any]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return [annotation]
    return [found for part in get_args(annotation) for found in _models(part)]


def test_the_list_names_fields_that_exist() -> None:
    for item in harm_fields():
        assert item.collection in COLLECTIONS
        for field in (*item.fields, *item.where):
            assert _exists(item.collection, field), (item.collection, field)
    assert set(RULE.collections) == {item.collection for item in harm_fields()}


def test_a_field_counts_with_everything_inside_it_and_only_where_it_applies() -> None:
    assert is_about_harm("claims", {}.get, "questions.3")
    assert not is_about_harm("claims", {}.get, "title")
    assert is_about_harm("jurisdictions", {}.get, "reporting.0.what")
    assert is_about_harm("guidelines", {"document_type": "safety-alert"}.get, "summary")
    assert not is_about_harm("guidelines", {"document_type": "law"}.get, "summary")
    assert pattern_of("questions.3") == "questions"
