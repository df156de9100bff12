from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from requests import Response

from scrapers.faults import SourceFault
from scrapers.fetching.hosts import HOSTS
from scrapers.fetching.robots import LONGEST_MEMORY, Robots
from tests.scrapers.conftest import MakeFetcher
from tests.scrapers.server import Loopback, Reply


def _allowed(make_fetcher: MakeFetcher, server: Loopback, path: str = "/x", **options: Any) -> bool:
    server.say(path, {})
    try:
        make_fetcher(**options).get(f"{server.url}{path}")
    except SourceFault as fault:
        assert fault.kind == "robots"
        assert server.count(path) == 0
        return False
    return True


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_robots_file_that_is_not_given_allows(make_fetcher: MakeFetcher, server: Loopback, status: int) -> None:
    server.say("/robots.txt", Reply("User-agent: *\nDisallow: /", status, "text/plain"))
    assert _allowed(make_fetcher, server)


@pytest.mark.parametrize(
    "reply",
    [
        Reply("", 500, "text/plain"),
        Reply("", 503, "text/plain"),
        Reply("", 429, "text/plain"),
        Reply(reset=True),
        Reply("User-agent: *\nAllow: /", 200, "text/plain", cut=5),
        Reply(b"#" * 3_000_000, 200, "text/plain"),
    ],
    ids=["500", "503", "429", "reset", "truncated", "huge"],
)
def test_a_robots_file_that_cannot_be_read_forbids(make_fetcher: MakeFetcher, server: Loopback, reply: Reply) -> None:
    server.say("/robots.txt", reply)
    assert not _allowed(make_fetcher, server)
    with pytest.raises(SourceFault, match="could not be read"):
        make_fetcher().get(f"{server.url}/x")


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: *\nDisallow: /private", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\nAllow: /x", True),
        ("User-agent: evreg\nDisallow: /x\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: EVReg\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("\ufeffUser-agent: *\r\nDisallow: /x$", False),
        ("<!doctype html><title>home</title>", True),
        ("", True),
    ],
)  # fmt: skip
def test_rules(make_fetcher: MakeFetcher, server: Loopback, rules: str, allowed: bool) -> None:
    server.say("/robots.txt", Reply(rules, 200, "text/plain"))
    assert _allowed(make_fetcher, server) is allowed


def test_robots_txt_is_asked_once_by_the_same_agent(make_fetcher: MakeFetcher, server: Loopback) -> None:
    server.say("/robots.txt", Reply("User-agent: *\nDisallow: /private", 200, "text/plain"))
    fetcher = make_fetcher()
    for path in ("/a", "/b", "/c"):
        server.say(path, {})
        fetcher.get(f"{server.url}{path}")
    assert server.count("/robots.txt") == 1
    assert len({seen.headers["User-Agent"] for seen in server.seen}) == 1


def test_a_redirect_is_judged_by_the_rules_of_where_it_leads(make_fetcher: MakeFetcher, server: Loopback) -> None:
    with Loopback() as other:
        other.say("/robots.txt", Reply("User-agent: *\nDisallow: /", 200, "text/plain"))
        other.say("/y", {})
        server.say("/x", Reply(status=302, headers={"Location": f"{other.url}/y"}))
        with pytest.raises(SourceFault) as caught:
            make_fetcher(allowance=server.allowance | other.allowance).get(f"{server.url}/x")
        assert (caught.value.kind, other.count("/y")) == ("robots", 0)
        assert other.url in caught.value.where


def test_robots_txt_may_be_redirected(make_fetcher: MakeFetcher, server: Loopback) -> None:
    server.say("/robots.txt", Reply(status=301, headers={"Location": "/rules.txt"}))
    server.say("/rules.txt", Reply("User-agent: *\nDisallow: /x", 200, "text/plain"))
    assert not _allowed(make_fetcher, server)


def test_only_the_register_overrides(make_fetcher: MakeFetcher, server: Loopback) -> None:
    server.say("/robots.txt", Reply("User-agent: *\nDisallow: /", 200, "text/plain"))
    robots = server.source().robots.model_copy(update={"decision": "override"})
    assert _allowed(make_fetcher, server, source={"robots": robots})
    assert server.count("/robots.txt") == 0


@pytest.mark.parametrize(
    "wish", ["Crawl-delay: 0.2", "Request-rate: 5/1s", "Request-rate: 5/1s\nCrawl-delay: 0.01", "Request-rate: 9/0s\nCrawl-delay: .2"]
)  # fmt: skip
def test_a_stated_pace_slows_the_host_down(make_fetcher: MakeFetcher, server: Loopback, wish: str) -> None:
    server.say("/robots.txt", Reply(f"User-agent: *\n{wish}", 200, "text/plain"))
    began = time.monotonic()
    assert _allowed(make_fetcher, server)
    assert time.monotonic() - began >= 0.19
    HOSTS.declare(f"127.0.0.1:{server.port}", 0.1)  # A quicker source does not speed it up again.
    assert _allowed(make_fetcher, server, "/y")
    assert time.monotonic() - began >= 0.19 * (len(server.seen) - 1)


def test_rules_are_read_again_after_a_day() -> None:
    now, asked = [0.0], []

    def get(url: str) -> Response:
        asked.append(url)
        response = Response()
        response.status_code = 404
        return response

    robots = Robots("news", get, lambda: now[0])
    for moment in (0.0, LONGEST_MEMORY - 1, LONGEST_MEMORY + 1):
        now[0] = moment
        robots.check("https://example.org/a")
    assert asked == ["https://example.org/robots.txt"] * 2


def test_rules_are_kept_for_the_next_run(make_fetcher: MakeFetcher, server: Loopback) -> None:
    server.say("/robots.txt", Reply("User-agent: *\nDisallow: /private\nCrawl-delay: 0.01", 200, "text/plain"))
    server.say("/x", {})
    for _ in range(3):
        with make_fetcher() as fetcher:
            fetcher.get(f"{server.url}/x")
            with pytest.raises(SourceFault):
                fetcher.get(f"{server.url}/private")
    assert (server.count("/robots.txt"), server.count("/x")) == (1, 3)


def test_what_could_not_be_read_or_is_old_is_asked_for_again(tmp_path: Path) -> None:
    now, status, asked = [1_000_000.0], [503], []

    def get(url: str) -> Response:
        asked.append(url)
        response = Response()
        response.status_code, response._content = status[0], b"User-agent: *\nDisallow: /a"
        return response

    def refused() -> bool:
        robots = Robots("news", get, lambda: now[0], tmp_path / "rules.json")
        try:
            robots.check("https://example.org/a")
        except SourceFault:
            return True
        finally:
            robots.keep()
        return False

    assert [refused(), refused(), len(asked)] == [True, True, 2]
    status[0] = 200
    assert [refused(), refused(), len(asked)] == [True, True, 3]
    now[0] += LONGEST_MEMORY + 1
    status[0] = 404
    assert [refused(), refused(), len(asked)] == [False, False, 4]
    (tmp_path / "rules.json").write_text("{", encoding="utf-8")
    assert [refused(), len(asked)] == [False, 5]
