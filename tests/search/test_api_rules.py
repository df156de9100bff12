"""What holds for every request: refusals in four parts, methods, headers, conditional requests, the site's files."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from search.api.app import create_app
from search.api.finder import Library
from tests.search.api_site import Client, FakeFinder, client_of, four_parts, library_in, write_site


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("api")


@pytest.fixture(scope="module")
def library(folder: Path) -> Library:
    return library_in(folder)


@pytest.fixture(scope="module")
def client(library: Library, folder: Path) -> Client:
    return Client(create_app(library, write_site(folder / "site")))


@pytest.mark.parametrize(
    ("query", "where", "told"),
    [
        ("q=" + "a" * 1001, "q", "1,001"),
        ("q=a&limit=101", "limit", "0 to 100"),
        ("q=a&limit=-1", "limit", "whole number"),
        ("q=a&limit=", "limit", "whole number"),
        ("q=a&limit=٣", "limit", "whole number"),
        ("q=a&limit=" + "9" * 5000, "limit", "whole number"),
        ("q=a&offset=10001", "offset", "10,000"),
        ("q=a&lang=fr", "lang", "en, ja"),
        ("q=a&exact=perhaps", "exact", "true, false"),
        ("q=a&collection=trial", "collection", "«trials»"),
        ("q=a&jurisdiction=Atlantis", "jurisdiction", "Atlantis"),
        ("q=a&where=phase", "where", "facet=value"),
        ("q=a&where==2", "where", "facet=value"),
        ("q=a&where=phse=2", "phse", "«phase»"),
        ("q=a&where=phase=zwei", "phase", "zwei"),
        ("q=a&" + "where=phase=2&" * 17, "where", "16"),
        ("q=a&q=b", "q", "once"),
        ("q=a&limi=3", "limi", "«limit»"),
        ("q=a&<script>=3", "<script>", "no parameter"),
        ("q=" + "(" * 65, "q", "65"),
        ("q=" + "a " * 65, "q", "65"),
        ("q=" + "(" * 9 + "a", "q", "9 brackets"),
        ("q=" + "（" * 9 + "a", "q", "9 brackets"),
        ("q=" + "\ufdfa" * 50, "q", "words"),
        ("q=" + "ab* " * 9, "q", "asterisks"),
    ],
)
def test_mistakes_are_told_in_four_parts(client: Client, query: str, where: str, told: str) -> None:
    error = client.problem(f"/api/v1/search?{query}", 400)
    assert error["where"] == where
    assert told in " ".join(part["en"] for part in (error["found"], error["expected"], error["remedy"]))
    assert len(str(error)) < 2_000


def test_the_other_operations_have_limits_as_well(client: Client) -> None:
    assert client.problem("/api/v1/suggest?q=" + "a" * 61, 400)["where"] == "q"
    assert client.problem("/api/v1/suggest?q=a&limit=21", 400)["where"] == "limit"
    assert client.problem("/api/v1/entries/g?x=1", 400)["where"] == "x"
    assert client.problem("/api/v1/openapi.json?x=1", 400)["where"] == "x"


@pytest.mark.parametrize(
    "name",
    ["exosom", "glossary/exosom", "nowhere/exosome", "a/b/c", "%00", "..", "../../etc/passwd", "x" * 5000, "", "／"],
)
def test_unknown_entries(client: Client, name: str) -> None:
    answer = client.ask(f"/api/v1/entries/{name}")
    assert answer.status_code in (404, 308)
    if answer.status_code == 404 and "etc" not in name:
        four_parts(answer)


def test_a_near_miss_is_offered(client: Client) -> None:
    assert "«exosome»" in client.problem("/api/v1/entries/exosom", 404)["found"]["en"]
    assert "«glossary/exosome»" in client.problem("/api/v1/entries/glossary/exosom", 404)["found"]["en"]


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v2/search", "/api/v1/search/", "/api/v1/entries"])
def test_addresses_that_lead_nowhere(client: Client, path: str) -> None:
    client.problem(path, 404)


@pytest.mark.parametrize("path", ["/api/v1/search?q=" + "あ" * 4000, "/api/v1/" + "a" * 13_000, "/" + "a" * 13_000])
def test_addresses_that_are_too_long(client: Client, path: str) -> None:
    assert client.problem(path, 414)["where"] == "URL"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "X" * 500])
@pytest.mark.parametrize("path", ["/api/v1/search?q=a", "/api/v1/entries/g", "/", "/glossary/exosome/"])
def test_nothing_can_be_changed(client: Client, method: str, path: str) -> None:
    answer = client.ask(path, method)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    four_parts(answer)


@pytest.mark.parametrize("path", ["/api/v1/search?q=exosome", "/api/v1/entries/glossary/exosome", "/api/v1/", "/"])
def test_head_is_get_without_the_body(client: Client, path: str) -> None:
    get, head = client.ask(path), client.ask(path, "HEAD")
    assert head.status_code == get.status_code == 200
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.headers.get("etag") == get.headers.get("etag")


def test_a_browser_asks_before_it_asks(client: Client) -> None:
    headers = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    answer = client.ask("/api/v1/search", "OPTIONS", headers)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert "access-control-allow-credentials" not in answer.headers
    site = client.ask("/", "OPTIONS", headers)
    assert site.status_code == 204
    assert "access-control-allow-origin" not in site.headers


def _sealed(answer: httpx.Response) -> None:
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    policy = answer.headers["content-security-policy"]
    assert "object-src 'none'" in policy or "default-src 'none'" in policy
    assert "base-uri" in policy
    assert "frame-ancestors" in policy
    assert "http:" not in policy
    assert "https:" not in policy
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/search?q=a",
        "/api/v1/search?limit=x",
        "/api/v1/entries/count",
        "/api/v1/entries/particles",
        "/api/v1/",
        "/api",
        "/api/none",
        "/",
        "/glossary/exosome",
        "/nothing",
        "/" + "a" * 13_000,
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
def test_every_answer_carries_the_headers(client: Client, path: str, method: str) -> None:
    answer = client.ask(path, method)
    _sealed(answer)
    assert ("access-control-allow-origin" in answer.headers) == path.startswith("/api")


@pytest.mark.parametrize(
    "path",
    ["/api/v1/search?q=exosome", "/api/v1/suggest?q=ex", "/api/v1/entries/glossary/exosome", "/api/v1/openapi.json"],
)
def test_what_the_reader_has_is_not_sent_again(client: Client, path: str) -> None:
    etag = client.ask(path).headers["etag"]
    for known in (etag, etag.removeprefix("W/"), f'"other", {etag}', "*"):
        answer = client.ask(path, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", etag)
        _sealed(answer)
    assert client.ask(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_equal_questions_have_equal_tags_and_others_do_not(client: Client) -> None:
    def etag(query: str) -> str:
        return str(client.ask(f"/api/v1/search?{query}").headers["etag"])

    assert etag("q=a&limit=10") == etag("q=a") == etag("offset=0&q=a&exact=false")
    assert etag("q=a&where=phase=1&where=year=2020") == etag("where=year=2020&q=a&where=phase=1&where=phase=1")
    others = ["q=a", "q=b", "q=a&lang=ja", "q=a&limit=9", "q=a&offset=1", "q=a&exact=1", "q=a&where=phase=1"]
    assert len(set(map(etag, others))) == len(others)


def test_another_edition_has_other_tags(library: Library, client: Client) -> None:
    changed = Client(create_app(Library(library.kb, library.finder, "another")))
    for path in ("/api/v1/search?q=a", "/api/v1/entries/g"):
        assert changed.ask(path).headers["etag"] != client.ask(path).headers["etag"]


def test_an_unchanged_answer_is_not_searched_for(library: Library) -> None:
    finder = FakeFinder()
    client = client_of(library, finder)
    etag = client.ask("/api/v1/search?q=a").headers["etag"]
    assert client.ask("/api/v1/search?q=a", headers={"If-None-Match": etag}).status_code == 304
    assert client.json("/api/v1/search?q=a")["number"] == 1  # kept
    assert len(finder.asked) == 1


def test_our_own_mistake_is_told_without_our_insides(library: Library) -> None:
    def fail(_question: object) -> None:
        raise RuntimeError("secret path")

    answer = client_of(library, FakeFinder(fail)).ask("/api/v1/search?q=a")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    four_parts(answer)
    _sealed(answer)
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/", 200, "home"),
        ("/ja/", 200, "最初のページ"),
        ("/glossary/exosome/", 200, "exosome page"),
        ("/assets/a.js", 200, "1;"),
        ("/nothing/", 404, "not here"),
        ("/ja/nothing/", 404, "ここにはない"),
        ("/%00", 404, "not here"),
        ("/a%2f..%2f..%2fkb", 404, "not here"),
        ("/..%2f..%2f..%2fetc/passwd", 404, "not here"),
        ("//etc/passwd", 404, "not here"),
        ("/assets/", 404, "not here"),
    ],
)
def test_the_site(client: Client, path: str, status: int, text: str) -> None:
    answer = client.ask(path)
    assert (answer.status_code, answer.text) == (status, text)
    assert answer.headers["cache-control"] == "no-cache"


def test_files_outside_the_site_stay_outside(client: Client, folder: Path) -> None:
    (folder / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "site" / "link.txt").symlink_to(folder / "secret.txt")
    for path in ("/link.txt", "/../secret.txt", "/%2e%2e/secret.txt", "/glossary/..%2f..%2fsecret.txt"):
        assert "secret" not in client.ask(path).text


def test_the_site_gives_slashes_and_knows_what_is_unchanged(client: Client) -> None:
    answer = client.ask("/glossary/exosome")
    assert answer.status_code == 307
    assert answer.headers["location"].endswith("/glossary/exosome/")
    etag = client.ask("/").headers["etag"]
    assert client.ask("/", headers={"If-None-Match": etag}).status_code == 304


def test_a_site_that_is_being_replaced(library: Library, tmp_path: Path) -> None:
    client = Client(create_app(library, tmp_path / "later"))
    assert client.ask("/").status_code == 404
    write_site(tmp_path / "later")
    assert client.ask("/").text == "home"


def test_the_interface_alone(library: Library) -> None:
    client = Client(create_app(library))
    assert client.ask("/api/v1/search?q=a").status_code == 200
    client.problem("/", 404)
