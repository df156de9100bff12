"""The fall-back: the same configuration in the words of Decap CMS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from editing.form.backend import Backend
from editing.form.configuration import configuration
from editing.form.decap import decap_configuration
from editing.form.site import DECAP, write_form
from kb import load
from kb.models import COLLECTIONS
from tests.editing.form_samples import LABELS, form_field
from tests.samples import guideline, write_kb


def _everywhere(fields: list[dict[str, Any]], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for field in fields:
        yield f"{path}{field['name']}", field
        yield from _everywhere(field.get("fields", []), f"{path}{field['name']}.")


@pytest.fixture
def form(tmp_path: Path) -> dict[str, Any]:
    kb = load(write_kb(tmp_path / "kb", guidelines=[guideline("g")]))
    return {**configuration(kb, LABELS, "ja"), **Backend("someone/evreg").settings()}


def test_every_field_of_the_form_is_there(form: dict[str, Any]) -> None:
    made = decap_configuration(form, "ja")
    assert [collection["name"] for collection in made["collections"]] == list(COLLECTIONS)
    for own, other in zip(form["collections"], made["collections"], strict=True):
        assert [path for path, _ in _everywhere(own["fields"])] == [path for path, _ in _everywhere(other["fields"])]
    assert (made["locale"], made["publish_mode"]) == ("ja", "editorial_workflow")


def test_lists_of_yes_and_no_become_switches(form: dict[str, Any]) -> None:
    fields = {collection["name"]: collection["fields"] for collection in decap_configuration(form, "ja")["collections"]}
    first = form_field(fields["trials"], "first_in_human")
    assert first is not None
    assert (first["widget"], first["required"], "options" in first) == ("boolean", False, False)


def test_nothing_is_required_inside_what_may_be_absent(form: dict[str, Any]) -> None:
    fields = {collection["name"]: collection["fields"] for collection in decap_configuration(form, "ja")["collections"]}
    required = {
        path: (form_field(fields["trials"], path) or {})["required"]
        for path in ("summary.en", "cargo.en", "enrolment.count", "results.0.summary.en", "results.0.doi")
    }
    assert required == {
        "summary.en": True,
        "cargo.en": False,
        "enrolment.count": False,
        "results.0.summary.en": True,
        "results.0.doi": False,
    }


def test_its_page_lets_it_compile_and_ask_the_machine_itself(tmp_path: Path) -> None:
    program = tmp_path / "program"
    (program / "dist").mkdir(parents=True)
    for name in ("dist/decap-cms.js", "dist/decap-cms.js.LICENSE.txt", "package.json"):
        (program / name).write_text("x")
    kb = load(write_kb(tmp_path / "kb", guidelines=[guideline("g")]))
    assert write_form(tmp_path, kb, LABELS, Backend(None), DECAP._replace(folder=lambda: program)) is None
    page = (tmp_path / "admin" / "index.html").read_text()
    assert "&#x27;unsafe-eval&#x27;" in page
    assert "http://localhost:8081" in page
    assert (tmp_path / "admin" / "decap" / "decap-cms.js.LICENSE.txt").is_file()
    assert "decap-cms.js" in (tmp_path / "admin" / "start.js").read_text()
