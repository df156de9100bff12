"""Labels are complete: a field without one fails here, and so does a label that nothing uses any more."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest

from kb.models import COLLECTIONS, model_of
from kb.models.base import Model
from kb.references import reference_fields
from kb.yaml12 import read_yaml
from publish.labels import _FOLDER as FOLDER
from publish.labels import LANGUAGES, Labels
from publish.renderers import renderer_of
from publish.search_facets import FACETS
from tests.sites import ROOT

#: Columns of tables that are no field of a model.
_EXTRA = {"Arm.dose", "Assay.principle", "Assay.strengths", "Assay.limits"}


def _models(model: type[Model], found: dict[str, type[Model]]) -> dict[str, type[Model]]:
    def walk(annotation: Any) -> None:
        if isinstance(annotation, type) and issubclass(annotation, Model) and annotation.__name__ not in found:
            found[annotation.__name__] = annotation
            for field in annotation.model_fields.values():
                walk(field.annotation)
        for part in get_args(annotation):
            walk(part)

    walk(model)
    return found


@pytest.fixture(scope="module")
def models() -> dict[str, type[Model]]:
    found: dict[str, type[Model]] = {}
    for collection in COLLECTIONS:
        _models(model_of(collection), found)
    return found


def test_every_field_has_a_label(models: dict[str, type[Model]]) -> None:
    words = read_yaml(FOLDER / "fields.yaml")
    missing = [
        f"{name}.{field}"
        for name, model in models.items()
        for field in model.model_fields
        if field not in words and not any(f"{base.__name__}.{field}" in words for base in model.__mro__)
    ]
    assert not missing, f"add to publish/labels/fields.yaml: {missing}"


def test_every_label_has_a_field(models: dict[str, type[Model]]) -> None:
    fields = {field for model in models.values() for field in model.model_fields}
    owned = {f"{name}.{field}" for name, model in models.items() for field in model.model_fields}
    stale = [key for key in read_yaml(FOLDER / "fields.yaml") if key not in fields | owned | _EXTRA]
    assert not stale, f"remove from publish/labels/fields.yaml: {stale}"


def test_every_reference_has_a_heading_for_its_other_end() -> None:
    used = {
        f"{collection}.{'.'.join(part for part in pattern if part)}"
        for collection in COLLECTIONS
        for pattern, _ in reference_fields(collection)
    }
    assert set(read_yaml(FOLDER / "reverse.yaml")) == used


@pytest.mark.parametrize("name", ["fields", "reverse", "interface", "collections"])
def test_every_label_is_in_both_languages(name: str) -> None:
    for key, words in read_yaml(FOLDER / f"{name}.yaml").items():
        assert {"en", "ja"} <= set(words), key
        assert all(isinstance(words[language], str) for language in LANGUAGES), key


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_collection_has_words_and_a_renderer(collection: str) -> None:
    labels = Labels("ja")
    assert labels.collection(collection)
    assert labels.one(collection)
    assert labels.about(collection)
    assert renderer_of(collection)


def test_paths_are_put_into_words() -> None:
    labels = Labels("en")
    assert labels.field_path("trials", "arms[0].unit") == "Doses as registered › Unit"
    assert labels.field_path("trials", "Table 2") == "Table 2"


def test_every_phrase_is_used() -> None:
    package = FOLDER.parent
    code = "".join(path.read_text(encoding="utf-8") for kind in ("py", "html") for path in package.rglob(f"*.{kind}"))
    known = set(read_yaml(FOLDER / "interface.yaml"))
    said = set(re.findall(r"[\"'](\w+)[\"']", "".join(re.findall(r"labels\.say\(([^)]*)\)", code))))
    assert said <= known
    named = set(re.findall(r"[\"'](\w+)[\"']", code))
    scripts = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs/assets/search").glob("*.js"))
    named |= {f"search_ui_{name}" for name in re.findall(r"\bwords\.(\w+)", scripts)}
    named |= {f"facet_{facet}" for facet in FACETS}
    assert [key for key in known - named if not _put_together(key, code)] == []


SHEETS = sorted(
    path.stem for path in FOLDER.glob("*.yaml") if path.stem not in ("collections", "fields", "interface", "reverse")
)


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_phrase_of_a_page_is_in_both_languages(sheet: str) -> None:
    for key, words in read_yaml(FOLDER / f"{sheet}.yaml").items():
        assert set(words) == {"en", "ja"}, key
        assert all(str(words[language]).strip() for language in ("en", "ja")), key


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_phrase_of_a_page_is_used(sheet: str) -> None:
    places = [*FOLDER.parent.rglob("*.py"), *FOLDER.parent.rglob("*.html"), *(ROOT / "docs" / "assets").rglob("*.js")]
    code = "".join(path.read_text(encoding="utf-8") for path in places)
    words = set(re.findall(r"[\w-]+", code))
    unused = [
        key
        for key in read_yaml(FOLDER / f"{sheet}.yaml")
        if not {key, key.removeprefix("ui_")} & words and not _put_together(key, code)
    ]
    assert unused == []


def _put_together(key: str, code: str) -> bool:
    """True for a key that the code composes: ``level_{code}``, ``{part}_note``."""
    cuts = [place for place, character in enumerate(key) if character == "_"]
    return any(f"{key[: cut + 1]}{{" in code or f"}}{key[cut:]}" in code or f"{key[:cut]}_${{" in code for cut in cuts)
