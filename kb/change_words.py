"""A change of fields in words, from the descriptions of the models and the labels of the vocabularies."""

from __future__ import annotations

import json
import types
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from kb.analysis.differences import FieldChange, is_wording
from kb.models import model_of
from kb.models.base import CodeOf, Localized, Model
from kb.problems import Language, shorten
from kb.proposals import Change
from kb.references import marked_fields
from kb.vocabulary import Vocabularies

_LONGEST_FIELD, _LONGEST_VALUE = 60, 120
_NOTHING = {"en": "nothing", "ja": "記載なし"}
_OTHER: dict[Language, Language] = {"en": "ja", "ja": "en"}
_TRUTH = {"en": ("no", "yes"), "ja": ("いいえ", "はい")}


def words_of(
    collection: str, changes: Iterable[Change], vocabularies: Vocabularies, source: Localized, as_of: str | None
) -> Localized:
    """«Status: completed → terminated (ClinicalTrials.gov, as of 2026-06-30)», in both languages.

    Args:
        collection: Collection of the entry.
        changes: What differs.
        vocabularies: Labels of codes.
        source: Name of the source.
        as_of: Day or version that the source gives for its statement.
    """
    listed = list(changes)

    def lines(language: Language) -> str:
        return ("、" if language == "ja" else "; ").join(
            _line(collection, item, vocabularies, language) for item in listed
        )

    day_en, day_ja = (f", as of {as_of}", f"、{as_of}時点") if as_of else ("", "")
    return Localized(en=f"{lines('en')} ({source.en}{day_en})", ja=f"{lines('ja')}({source.ja}{day_ja})")


def change_lines(
    collection: str, changes: Iterable[Change | FieldChange], vocabularies: Vocabularies, language: Language
) -> list[str]:
    """«Status: completed → terminated» for each change; names the record of a list that it is about."""
    return [_line(collection, change, vocabularies, language) for change in changes]


def _line(collection: str, change: Change | FieldChange, vocabularies: Vocabularies, language: Language) -> str:
    if isinstance(change, FieldChange):
        where = field_words(collection, change.name, language) + _record_words(change, language)
        field, sides = change.name, (change.before, change.after)
    else:
        where, field, sides = field_words(collection, change.field, language), change.field, (change.old, change.new)
    shown = _changed_language(sides, language)
    before, after = (_value(collection, field, value, vocabularies, shown) for value in sides)
    return f"{where}: {before} → {after}"


def _changed_language(sides: tuple[Any, Any], language: Language) -> Language:
    """The reader's language, unless the statement differs only in the other one."""
    before, after = sides
    same = is_wording(before) and is_wording(after) and before[language] == after[language]
    return _OTHER[language] if same else language


def _record_words(change: FieldChange, language: Language) -> str:
    """Which record of a list the change is about, by the first of its texts."""
    records = [step.item for step in change.path if step.item is not None]
    words = _text_in(records[-1], language) if records else None
    if not words:
        return ""
    return f"(「{shorten(words, 40)}」)" if language == "ja" else f" («{shorten(words, 40)}»)"


def _text_in(record: Mapping[str, Any], language: Language) -> str | None:
    """The text by which a person knows a record: its own wording, else that of the first field that has one."""
    own = record.get(language)
    if isinstance(own, str):
        return own
    worded = (value[language] for value in record.values() if isinstance(value, Mapping) and value.get(language))
    return next(worded, None) or next((value for value in record.values() if isinstance(value, str)), None)


def field_words(collection: str, field: str, language: Language) -> str:
    """«Participants › Number of people» for ``enrolment.count``; parts that no model knows stay as they are."""
    model: type[Model] | None = model_of(collection)
    words: list[str] = []
    for part in field.split("."):
        if part.isdecimal():
            continue
        info = model.model_fields.get(part) if model else None
        if info is None:
            words.append(part)
            continue
        extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        text = str(extra.get("description_ja", "")) if language == "ja" else info.description or ""
        words.append(shorten(text.rstrip(".。") or part, _LONGEST_FIELD))
        model = _model_in(info.annotation)
    return " › ".join(words)


def value_words(collection: str, field: str, value: Any, vocabularies: Vocabularies, language: Language) -> str:
    """One value of a field as a reader knows it: codes by their labels, shortened."""
    return _value(collection, field, value, vocabularies, language)


def _value(collection: str, field: str, value: Any, vocabularies: Vocabularies, language: Language) -> str:
    if value is None or value in ([], ()):
        return _NOTHING[language]
    if isinstance(value, bool):
        return _TRUTH[language][value]
    if isinstance(value, list | tuple):
        separator = "、" if language == "ja" else ", "
        return shorten(separator.join(_value(collection, field, item, vocabularies, language) for item in value), 300)
    if isinstance(value, Mapping):
        return shorten(_text_in(value, language) or json.dumps(value, ensure_ascii=False), _LONGEST_VALUE)
    vocabulary = _codes(collection).get(tuple(part for part in field.split(".") if not part.isdecimal()))
    return vocabularies.label(vocabulary, str(value), language) if vocabulary else shorten(value, _LONGEST_VALUE)


@cache
def _codes(collection: str) -> dict[tuple[str, ...], str]:
    """Fields, without places in lists, that hold codes -> vocabulary."""
    found = marked_fields(collection, CodeOf)
    return {tuple(part for part in path if part): mark.vocabulary for path, mark in found if isinstance(mark, CodeOf)}


def _model_in(annotation: Any) -> type[Model] | None:
    if get_origin(annotation) in (Annotated, tuple, Union, types.UnionType):
        return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
    return annotation if isinstance(annotation, type) and issubclass(annotation, Model) else None
