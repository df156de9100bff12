"""The interface made of files."""

from __future__ import annotations

import json
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from kb import KnowledgeBase
from kb.models import COLLECTIONS
from publish.api_files import ROOT, api_files
from publish.computed.data_files import files
from publish.data.plain import plain
from publish.site import Site
from publish.twins import twin
from search.api.operations import OPERATIONS
from tests.publish.filled import IDS


@pytest.fixture(scope="module")
def found(full_kb: KnowledgeBase) -> dict[str, Any]:
    return {path: json.loads(content) for path, content in api_files(full_kb).items()}


def _problems(document: dict[str, Any], schema: str, value: Any) -> list[str]:
    checker = OAS31Validator({"$ref": f"#/components/schemas/{schema}", "components": document["components"]})
    return [error.message for error in checker.iter_errors(value)]


def test_a_validator_accepts_the_document(found: dict[str, Any]) -> None:
    validate(found[f"{ROOT}/openapi.json"])


def test_every_path_of_the_document_has_its_files_and_they_are_as_described(
    found: dict[str, Any], full_kb: KnowledgeBase
) -> None:
    document = found[f"{ROOT}/openapi.json"]
    site = set(files(Site(full_kb, "en")))
    for path, operations in document["paths"].items():
        operation = operations["get"]
        names = [
            (parameter["name"], parameter["schema"].get("enum", list(IDS.values())))
            for parameter in operation["parameters"]
        ]
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        if "{id}" in path:
            entry = full_kb.glossary[IDS["glossary"]]
            assert _problems(document, schema, json.loads(twin(full_kb, entry))) == []
            continue
        values = [path.replace(f"{{{name}}}", value) for name, choices in names for value in choices] or [path]
        for address in values:
            assert address.removeprefix("/") in site
            if address.removeprefix("/") in found:
                assert _problems(document, schema, found[address.removeprefix("/")]) == [], address


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_entries_are_as_described(found: dict[str, Any], full_kb: KnowledgeBase, collection: str) -> None:
    document = found[f"{ROOT}/openapi.json"]
    for record in plain(full_kb, collection):
        assert _problems(document, f"{collection}-entry", record) == []
    assert _problems(document, f"{collection}-entry", {"id": "x"})


def test_the_index_names_every_file(found: dict[str, Any], full_kb: KnowledgeBase) -> None:
    index = found[f"{ROOT}/index.json"]
    named = {item["path"] for name in ("collections", "vocabularies") for item in index[name]} | set(index["data"])
    assert named | {f"{ROOT}/index.json", index["openapi"]} == set(files(Site(full_kb, "en")))
    assert files(Site(full_kb, "ja")) == {}


def test_no_file_stands_where_the_live_interface_answers(found: dict[str, Any]) -> None:
    live = {operation.path.partition("{")[0].strip("/") for operation in OPERATIONS} - {f"{ROOT}/openapi.json"}
    assert not [path for path in found if any(path == taken or path.startswith(f"{taken}/") for taken in live)]


def test_withdrawn_entries_are_marked(found: dict[str, Any]) -> None:
    entries = found[f"{ROOT}/collections/glossary.json"]["entries"]
    assert {entry["id"] for entry in entries if entry["withdrawn"]} == {"withdrawn-term"}
