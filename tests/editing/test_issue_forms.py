"""The issue forms: nothing in them is out of date, and GitHub takes them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from editing.issues.forms import read_forms
from editing.issues.templates import FOLDER, stale_templates, template_text, write_templates
from evreg.commands.schema import schema
from kb.vocabulary import Vocabularies, packaged_vocabularies
from kb.yaml12 import parse, read_yaml
from tests.editing.issue_texts import FORMS
from tests.samples import small_kb

_CHECKOUT = Path(__file__).parents[2]
_INPUTS = {"input", "textarea", "dropdown", "checkboxes"}
#: docs.github.com, «Syntax for GitHub's form schema».
_ATTRIBUTES = {
    "markdown": {"value"},
    "input": {"label", "description", "placeholder", "value"},
    "textarea": {"label", "description", "placeholder", "value", "render"},
    "dropdown": {"label", "description", "multiple", "options", "default"},
    "checkboxes": {"label", "description", "options"},
}


def test_the_files_are_up_to_date() -> None:
    stale = [path.name for path, _ in stale_templates(_CHECKOUT, packaged_vocabularies())]
    assert stale == [], "run «evreg schema»"


def test_no_other_forms_lie_beside_them() -> None:
    names = {path.name for path in (_CHECKOUT / FOLDER).glob("*.yml")}
    assert names == {f"{id_}.yml" for id_ in FORMS} | {"config.yml"}


def test_a_new_code_makes_them_stale(tmp_path: Path) -> None:
    write_templates(tmp_path, packaged_vocabularies())
    assert list(stale_templates(tmp_path, packaged_vocabularies())) == []
    folder = tmp_path / "vocabularies"
    folder.mkdir()
    for path in (_CHECKOUT / "kb" / "vocabularies").glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    with (folder / "phases.yaml").open("a", encoding="utf-8") as file:
        file.write("'5':\n  en: Phase 5\n  ja: 第5相\n")
    assert [path.name for path, _ in stale_templates(tmp_path, Vocabularies(folder))] == ["new-trial.yml"]


@pytest.mark.parametrize("id_", FORMS)
def test_github_takes_the_form(id_: str) -> None:
    """The rules of «Common validation errors when creating issue forms»."""
    form: dict[str, Any] = read_yaml(_CHECKOUT / FOLDER / f"{id_}.yml")
    assert form.keys() <= {"name", "description", "title", "labels", "assignees", "projects", "type", "body"}
    assert all(isinstance(form[name], str) and form[name].strip() for name in ("name", "description"))
    asked = [element for element in form["body"] if element["type"] in _INPUTS]
    assert asked
    assert len(asked) == len({element["id"] for element in asked})
    assert len(asked) == len({element["attributes"]["label"] for element in asked})
    for element in form["body"]:
        assert element.keys() <= {"type", "id", "attributes", "validations"}
        assert element["attributes"].keys() <= _ATTRIBUTES[element["type"]]
        assert re.fullmatch(r"[\w-]+", element.get("id", "x"), re.ASCII)
        assert "password" not in str(element["attributes"].get("label", "")).lower()
        for text in _texts(element["attributes"]):
            assert isinstance(text, str)
            assert text.strip()
        options = element["attributes"].get("options", []) if element["type"] == "dropdown" else []
        assert len(options) == len(set(options))
        assert "none" not in [option.lower() for option in options]


@pytest.mark.parametrize("id_", FORMS)
def test_every_question_stands_in_both_languages(id_: str) -> None:
    for field in FORMS[id_].fields:
        english, japanese = field.heading.split(" / ")
        assert english.isascii()
        assert re.search(r"[ぁ-んァ-ヶ一-龠]", japanese), field.heading


def test_choices_are_read_back_as_they_were_written() -> None:
    for form in FORMS.values():
        written, _ = parse(template_text(form).encode())
        by_id = {element.get("id"): element["attributes"] for element in written["body"]}
        for field in form.fields:
            assert list(field.options.values()) == by_id[field.id].get("options", [])


def test_the_command_writes_and_checks_them(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    (tmp_path / FOLDER).mkdir(parents=True)
    arguments = ["--kb", str(root), "--lang", "en"]
    assert CliRunner().invoke(schema, ["--check", *arguments]).exit_code == 1
    assert "ISSUE_TEMPLATE/correction.yml: written" in CliRunner().invoke(schema, arguments).output
    assert CliRunner().invoke(schema, ["--check", *arguments]).exit_code == 0
    (tmp_path / FOLDER / "correction.yml").write_text("name: x", encoding="utf-8")
    assert "correction.yml: stale" in CliRunner().invoke(schema, ["--check", *arguments]).output


def test_a_field_of_the_model_brings_its_vocabulary() -> None:
    fields = {field.id: field for field in read_forms(packaged_vocabularies())["new-trial"].fields}
    assert fields["cell"].options.keys() == packaged_vocabularies()["cell-sources"].keys()


def _texts(attributes: dict[str, Any]) -> list[Any]:
    single = [attributes[name] for name in ("label", "description", "placeholder", "value") if name in attributes]
    options = attributes.get("options", [])
    return single + [option["label"] if isinstance(option, dict) else option for option in options]
