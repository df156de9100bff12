"""What the interface answers: search, suggestions, entries, its own description."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from evreg.commands.search import search as search_command
from kb.models import COLLECTIONS
from search.api.app import create_app
from search.api.finder import Library, Question
from search.api.operations import OPERATIONS, SEARCH
from search.document import FACETS
from tests.search.api_site import Client, FakeFinder, client_of, library_in, write_site


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("api")


@pytest.fixture(scope="module")
def library(folder: Path) -> Library:
    return library_in(folder)


@pytest.fixture(scope="module")
def client(library: Library, folder: Path) -> Client:
    return Client(create_app(library, write_site(folder / "site")))


@pytest.fixture(scope="module")
def document(client: Client) -> Any:
    return client.json("/api/v1/openapi.json")


def fits(document: Any, name: str, value: Any) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    OAS31Validator(schema).validate(value)


def test_search_is_what_the_command_prints(
    client: Client, folder: Path, monkeypatch: pytest.MonkeyPatch, document: Any
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "command-cache"))
    options = ["エクソソーム", "--lang", "ja", "--kb", str(folder / "kb"), "--format", "json", "--limit", "3"]
    printed = CliRunner().invoke(search_command, options, catch_exceptions=False)
    command = json.loads(printed.stdout)
    answer = client.json("/api/v1/search?q=エクソソーム&lang=ja&limit=3")
    fits(document, "SearchAnswer", answer)
    assert answer.pop("took_ms") >= 0
    assert command.pop("took_ms") >= 0
    assert answer == command
    assert answer["results"][0]["id"] == "exosome"


def test_search_gives_results_facets_and_snippets(client: Client, document: Any) -> None:
    answer = client.json("/api/v1/search?q=potency+rule")
    fits(document, "SearchAnswer", answer)
    assert list(answer)[:6] == ["query", "corrected", "total", "took_ms", "facets", "results"]
    first = answer["results"][0]
    assert first["id"] == "potency-rule"
    assert first["url"] == "/guidelines/potency-rule/"
    assert first["language"] == "en"
    assert answer["facets"]["collection"]["guidelines"] >= 1


def test_a_query_that_makes_no_sense_is_answered_with_a_notice(client: Client, document: Any) -> None:
    answer = client.json('/api/v1/search?q="exosome')
    fits(document, "SearchAnswer", answer)
    assert "quotation mark" in answer["notice"]
    assert answer["total"] > 0


@pytest.mark.parametrize(
    "conditions",
    ["collection=guidelines&jurisdiction=JP", "where=collection=guidelines&where=jurisdiction%3DJP", "where=国=日本"],
)
def test_conditions(client: Client, conditions: str) -> None:
    answer = client.json(f"/api/v1/search?q=particles&{conditions}")
    assert answer["total"] == 2
    assert {result["collection"] for result in answer["results"]} == {"guidelines"}


def test_pages_do_not_overlap(client: Client) -> None:
    everything = client.json("/api/v1/search?q=particles&limit=100")
    pages = [client.json(f"/api/v1/search?q=particles&limit=1&offset={at}") for at in range(everything["total"])]
    assert [page["results"][0]["id"] for page in pages] == [result["id"] for result in everything["results"]]
    assert client.json("/api/v1/search?q=particles&limit=0")["results"] == []
    assert client.json("/api/v1/search?q=particles&offset=10000")["results"] == []


def test_parameters_reach_the_search(library: Library) -> None:
    finder = FakeFinder()
    client = client_of(library, finder)
    client.json(
        "/api/v1/search?q=a+b&lang=ja&where=phase=2&where=year=2023..2026&jurisdiction=JP&limit=7&offset=3&exact=true"
    )
    where = (("jurisdiction", "JP"), ("phase", "2"), ("year", "2023..2026"))
    assert finder.asked == [Question("a b", "ja", where, 7, 3, True)]


def test_defaults(library: Library) -> None:
    finder = FakeFinder()
    client_of(library, finder).json("/api/v1/search")
    assert finder.asked == [Question("", "en", (), 10, 0, False)]


def test_suggestions(client: Client, document: Any) -> None:
    answer = client.json("/api/v1/suggest?q=part")
    fits(document, "SuggestAnswer", answer)
    assert answer["query"] == "part"
    assert any(word.startswith("part") for word in answer["suggestions"])
    assert len(client.json("/api/v1/suggest?q=part&limit=1")["suggestions"]) == 1
    assert client.json("/api/v1/suggest?q=%20")["suggestions"] == []


@pytest.mark.parametrize("name", ["guidelines/g", "g"])
def test_an_entry_with_its_links(client: Client, document: Any, name: str) -> None:
    answer = client.json(f"/api/v1/entries/{name}")
    fits(document, "Entry", answer)
    assert (answer["collection"], answer["id"]) == ("guidelines", "g")
    assert answer["url"] == {"en": "/guidelines/g/", "ja": "/ja/guidelines/g/"}
    assert answer["entry"]["requirements"][0]["statement"] == {"en": "Count the particles.", "ja": "粒子を数える。"}
    assert answer["links"] == [
        {
            "field": "requirements[0].attribute",
            "collection": "attributes",
            "id": "count",
            "title": {"en": "attribute count", "ja": "品質特性count"},
            "url": {"en": "/attributes/count/", "ja": "/ja/attributes/count/"},
            "api": "/api/v1/entries/attributes/count",
        }
    ]
    assert client.json(answer["links"][0]["api"])["linked_from"][0]["id"] == "g"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("particles", "attributes/count"),
        ("attributes/particles", "attributes/count"),
        ("old-exosome", "glossary/exosome"),
        ("NCT00000001", "trials/nct00000001"),
        ("Glossary/Exosome", "glossary/exosome"),
    ],
)
def test_former_and_misspelt_names_lead_to_the_present_one(
    client: Client, document: Any, name: str, place: str
) -> None:
    answer = client.ask(f"/api/v1/entries/{name}")
    assert answer.status_code == 301
    assert answer.headers["location"] == f"/api/v1/entries/{place}"
    fits(document, "Moved", answer.json())
    assert client.json(answer.headers["location"])["id"] == place.split("/")[1]


def test_an_id_of_several_collections_gives_the_choice(client: Client, document: Any) -> None:
    answer = client.ask("/api/v1/entries/count")
    assert answer.status_code == 300
    fits(document, "Choices", answer.json())
    assert [item["api"] for item in answer.json()["choices"]] == [
        "/api/v1/entries/attributes/count",
        "/api/v1/entries/glossary/count",
    ]


def test_every_entry_of_the_library_fits_its_schema(client: Client, library: Library, document: Any) -> None:
    for entry in library.kb:
        fits(document, "Entry", client.json(f"/api/v1/entries/{entry.COLLECTION}/{entry.id}"))


def test_the_description_is_valid_and_complete(document: Any) -> None:
    OpenAPIV31SpecValidator(document).validate()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {operation.path for operation in OPERATIONS}
    assert all(list(methods) == ["get"] for methods in document["paths"].values())
    parameters = {item["name"]: item for item in document["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert set(parameters) == {"q", "lang", "collection", "jurisdiction", "where", "limit", "offset", "exact"}
    assert parameters["limit"]["schema"] == {"type": "integer", "minimum": 0, "maximum": 100, "default": 10}
    assert parameters["collection"]["schema"]["enum"] == list(COLLECTIONS)
    assert all(facet in parameters["where"]["description"] for facet in FACETS)


def test_every_schema_is_used_and_examples_work(client: Client, document: Any, library: Library) -> None:
    told = json.dumps(document)
    for name in document["components"]["schemas"]:
        assert f'"#/components/schemas/{name}"' in told
    for operation in OPERATIONS:
        assert client.ask(operation.example).status_code == 200


def test_the_page_shows_every_operation_without_scripts(client: Client) -> None:
    answer = client.ask("/api/v1/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    for operation in OPERATIONS:
        assert operation.path in answer.text
        assert operation.about.ja.split("`")[0] in answer.text
    for parameter in SEARCH.parameters:
        assert f"<code>{parameter.name}</code>" in answer.text
    assert "<script" not in answer.text
    assert "http" not in answer.text
    assert "style-src 'sha256-" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1"])
def test_the_way_to_the_page(client: Client, path: str) -> None:
    answer = client.ask(path)
    assert (answer.status_code, answer.headers["location"]) == (308, "/api/v1/")
