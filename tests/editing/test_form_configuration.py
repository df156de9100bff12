"""The form's configuration fits the models, every entry, and the schema that the form's makers publish."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft7Validator

from editing.form.backend import Backend
from editing.form.configuration import configuration
from kb import KnowledgeBase, load
from kb.files import entry_files
from kb.models import COLLECTIONS
from kb.problems import Language
from kb.yaml12 import read_yaml
from tests.editing.form_samples import LABELS, form_field, leaves, program, shape
from tests.sites import ROOT

Fields = list[dict[str, Any]]


@pytest.fixture(scope="module")
def library() -> KnowledgeBase:
    return load(ROOT / "kb")


@pytest.fixture(scope="module")
def form(library: KnowledgeBase) -> dict[str, Any]:
    return configuration(library, LABELS, "en")


@pytest.fixture(scope="module")
def fields(form: dict[str, Any]) -> dict[str, Fields]:
    return {collection["name"]: collection["fields"] for collection in form["collections"]}


def _everywhere(fields: Fields) -> Iterator[dict[str, Any]]:
    for field in fields:
        yield field
        yield from _everywhere(field.get("fields", []))


def _misfit(field: dict[str, Any], value: Any) -> str | None:
    """What speaks against a value of a real entry in a field of the form."""
    widget = field["widget"]
    if "options" in field:
        return None if value in [option["value"] for option in field["options"]] else "no such option"
    if widget == "boolean":
        return None if isinstance(value, bool) else "no boolean"
    if widget == "number":
        kind = int if field["value_type"] == "int" else int | float
        fits = isinstance(value, kind) and not isinstance(value, bool)
        return None if fits and field.get("min", value) <= value <= field.get("max", value) else "no such number"
    return _misfit_of_text(field, value) if isinstance(value, str) else "no text"


def _misfit_of_text(field: dict[str, Any], value: str) -> str | None:
    if "pattern" in field and not re.search(field["pattern"][0], value):
        return "pattern"
    if field["widget"] in ("string", "list") and ("\n" in value or value != value.strip()):
        return "a box of one line would change it"
    return "too long" if len(value) > field.get("maxlength", len(value)) else None


def test_every_value_of_every_entry_fits_its_field(fields: dict[str, Fields]) -> None:
    wrong, shapes = [], set()
    for file in entry_files(ROOT / "kb"):
        for path, value in leaves(read_yaml(file.path)):
            if path.startswith(("review.by.", "aliases.")):
                continue
            field = form_field(fields[file.collection], path)
            reason = "no field" if field is None else _misfit(field, value)
            shapes.add((file.collection, shape(path)))
            if reason:
                wrong.append(f"{file.name} {path}: {reason}")
    assert wrong == []
    assert len(shapes) > 400


def test_a_value_that_does_not_fit_would_be_found(fields: dict[str, Fields]) -> None:
    def misfit(path: str, value: Any) -> str | None:
        field = form_field(fields["trials"], path)
        return "no field" if field is None else _misfit(field, value)

    assert misfit("arms.0.nothing", "x") == "no field"
    assert misfit("phase", "17") == "no such option"
    assert misfit("enrolment.count", -1) == "no such number"
    assert misfit("dates.start", "May 2024") == "pattern"
    assert misfit("acronym", "a\nb") == "a box of one line would change it"
    assert misfit("first_in_human", None) == "no such option"


@pytest.mark.parametrize(("language", "repository"), [("en", None), ("ja", "someone/evreg")])
def test_the_makers_of_the_form_would_accept_it(
    library: KnowledgeBase, language: Language, repository: str | None
) -> None:
    schema = json.loads((program() / "schema" / "sveltia-cms.json").read_text(encoding="utf-8"))
    whole = {"$ref": "#/definitions/CmsConfig", "definitions": schema["definitions"]}
    made = {**configuration(library, LABELS, language), **Backend(repository).settings()}
    for collection in made["collections"]:
        for field in _everywhere(collection["fields"]):
            if "options" in field:
                field["options"] = field["options"][:2]  # the others are made alike
    assert [error.message[:200] for error in Draft7Validator(whole).iter_errors(made)] == []
    made["collections"] = [{**made["collections"][-1], "yaml_qoute": True}]
    assert [*Draft7Validator(whole).iter_errors(made)] != []


def test_relations_are_pickers_and_vocabularies_selects(library: KnowledgeBase, fields: dict[str, Fields]) -> None:
    attribute = form_field(fields["guidelines"], "requirements.0.attribute")
    several = form_field(fields["jurisdictions"], "classification.0.guidelines")
    topic = form_field(fields["guidelines"], "topics")
    assert attribute is not None
    assert several is not None
    assert topic is not None
    assert (attribute["widget"], attribute["collection"], attribute["value_field"]) == ("relation", "attributes", "id")
    assert {"title.en", "title.ja", "id"} == set(attribute["search_fields"])
    assert several["multiple"]
    assert len(several["options"]) > 250
    assert all(option["label"].endswith(f"[{option['value']}]") for option in several["options"])
    assert topic["multiple"]
    assert topic["options"] == [
        {"label": f"{item['en']} / {item['ja']}", "value": code}
        for code, item in library.vocabularies["topics"].items()
    ]


def test_nobody_writes_false_where_nothing_was_said(fields: dict[str, Fields]) -> None:
    switches = {
        (name, field["name"])
        for name in COLLECTIONS
        for field in _everywhere(fields[name])
        if field["widget"] == "boolean"
    }
    assert switches == {("surveys", "ev_specific")}
    first = form_field(fields["trials"], "first_in_human")
    assert first is not None
    assert [option["value"] for option in first["options"]] == [True, False]
    assert first["required"] is False


def test_sign_offs_and_former_names_are_not_offered(fields: dict[str, Fields]) -> None:
    for name in COLLECTIONS:
        assert form_field(fields[name], "aliases") is None
        assert form_field(fields[name], "review.by") is None
        assert form_field(fields[name], "review.status") is not None


def test_dates_are_texts_as_exact_as_their_source(fields: dict[str, Fields]) -> None:
    widgets = {field["widget"] for name in COLLECTIONS for field in _everywhere(fields[name])}
    assert widgets == {"string", "text", "select", "relation", "boolean", "number", "object", "list"}
    start = form_field(fields["trials"], "dates.start")
    assert start is not None
    assert "2024-05" in start["hint"]


def test_names_stand_on_a_line_and_statements_in_a_box(fields: dict[str, Fields]) -> None:
    widgets = {
        path: (form_field(fields["guidelines"], path) or {})["widget"]
        for path in ("issuer.en", "title.en", "summary.ja")
    }
    assert widgets == {"issuer.en": "string", "title.en": "text", "summary.ja": "text"}


def test_words_are_in_both_languages_the_readers_own_first(library: KnowledgeBase) -> None:
    made = {code: configuration(library, LABELS, code)["collections"][1] for code in ("en", "ja")}
    labels = {code: {field["name"]: field["label"] for field in made[code]["fields"]} for code in made}
    assert (made["en"]["label"], made["ja"]["label"]) == ("Guidelines and laws", "ガイドライン・法令")
    assert labels["en"]["summary"] == "Summary / 要約"
    assert labels["ja"]["summary"] == "要約 / Summary"
    assert labels["ja"]["doi"] == "DOI"
    hints = {code: next(field for field in made[code]["fields"] if field["name"] == "review") for code in made}
    verified = {code: next(field for field in hints[code]["fields"] if field["name"] == "verified") for code in hints}
    assert verified["en"]["hint"].startswith("Day on which the facts were last compared")
    assert verified["ja"]["hint"].startswith("事実を資料と照合した直近の日。")


def test_entries_are_kept_whole(form: dict[str, Any]) -> None:
    assert form["output"] == {
        "omit_empty_optional_fields": True,
        "yaml": {"quote": "double", "indent_sequences": False},
    }
    for collection in form["collections"]:
        assert (collection["delete"], collection["duplicate"], collection["aliases_field"]) == (False, False, False)
        assert (collection["folder"], collection["extension"]) == (f"kb/entries/{collection['name']}", "yaml")
        assert collection["slug"] == {"template": "{{fields.id}}", "editable": False}


def test_folded_records_say_what_they_are(fields: dict[str, Fields]) -> None:
    summaries = {
        path: (form_field(fields[collection], path) or {}).get("summary")
        for collection, path in (
            ("guidelines", "requirements"),
            ("guidelines", "sources"),
            ("guidelines", "events"),
            ("guidelines", "relations"),
            ("attributes", "assays"),
            ("jurisdictions", "searched_not_found"),
            ("guidelines", "notes"),
        )
    }
    assert summaries == {
        "requirements": "{{fields.topic}} — {{fields.statement.en}}",
        "sources": "{{fields.key}} — {{fields.title}}",
        "relations": "{{fields.type}} {{fields.target}} {{fields.outside}}",
        "events": "{{fields.date}} — {{fields.title.en}}",
        "assays": "{{fields.method}} {{fields.result.en}}",
        "searched_not_found": "{{fields.what.en}}",
        "notes": "{{fields.en}}",
    }
