from __future__ import annotations

import logging
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Event, Lock

import pytest

from scrapers.faults import SourceFault
from scrapers.fetching.agent import user_agent
from scrapers.fetching.fetcher import Fetcher
from scrapers.redaction import redacted, without_secrets
from scrapers.register import source_named
from tests.scrapers.conftest import MakeFetcher
from tests.scrapers.server import PATIENT, Loopback, Reply, Seen


def test_an_answer_says_where_what_and_when(fetcher: Fetcher, server: Loopback) -> None:
    server.say("/api/v2/studies?query.term=exosome&pageSize=2", {"studies": []}, headers={"X-Total": "0"})
    answer = fetcher.get(f"{server.url}/api/v2/studies", {"query.term": "exosome", "pageSize": 2}, accept="json")
    assert (answer.status, answer.body, answer.text) == (200, b'{"studies": []}', '{"studies": []}')
    assert answer.asked == answer.url == f"{server.url}/api/v2/studies?query.term=exosome&pageSize=2"
    assert answer.headers["x-total"] == "0"
    assert answer.retrieved.utcoffset() is not None
    assert answer.downloaded
    assert not answer.unchanged
    assert len(answer.sha256) == 64


def test_it_says_who_is_asking(make_fetcher: MakeFetcher, server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    server.say("/x", {})
    monkeypatch.setenv("EVREG_CONTACT", "https://example.org/bot (us)")
    make_fetcher().get(f"{server.url}/x", accept="json")
    seen = server.seen[-1]
    assert seen.headers["User-Agent"].startswith("EVReg/")
    assert seen.headers["User-Agent"].endswith("(+https://example.org/botus)")
    assert seen.headers["Accept-Encoding"] == "gzip, deflate"
    assert seen.headers["Accept"] == "application/json"


def test_the_contact_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVREG_CONTACT", "https://example.org/about\r\nX-Evil: 1")
    assert user_agent().endswith("(+https://example.org/aboutX-Evil:1)")
    monkeypatch.delenv("EVREG_CONTACT")
    assert "(" not in user_agent()


@pytest.mark.parametrize("mark", [{"etag": "auto"}, {"last_modified": "Mon, 02 Nov 2026 10:00:00 GMT"}])
def test_a_second_run_downloads_no_body(make_fetcher: MakeFetcher, server: Loopback, mark: dict[str, str]) -> None:
    for number in range(5):
        server.say(f"/{number}", {"number": number, "text": "x" * 1000}, **mark)
    server.say("/old", Reply(status=301, headers={"Location": "/0"}))
    paths = [*map(str, range(5)), "old"]
    first = [make_fetcher().get(f"{server.url}/{path}", accept="json") for path in paths]
    sent = server.body_bytes
    fetcher = make_fetcher()
    second = [fetcher.get(f"{server.url}/{path}", accept="json") for path in paths]
    assert server.body_bytes == sent
    assert [answer.body for answer in second] == [answer.body for answer in first]
    assert all(answer.unchanged and not answer.downloaded for answer in second)
    assert (fetcher.tally.answers, fetcher.tally.unchanged, fetcher.tally.downloaded_bytes) == (6, 6, 0)
    assert second[-1].redirects == (301,)
    assert second[-1].url == f"{server.url}/0"


def test_a_304_leaves_the_cache_as_it_was(make_fetcher: MakeFetcher, server: Loopback, tmp_path: Path) -> None:
    def stored() -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(tmp_path / "cache" / "clinicaltrials-gov.sqlite")) as database:
            return database.execute("SELECT * FROM responses").fetchall()

    server.on(
        "/x",
        lambda seen: Reply(
            {"a": 1}, etag="auto", headers={"Date": str(time.time()), "X-Request": str(len(server.seen))}
        ),
    )
    make_fetcher().get(f"{server.url}/x")
    before = stored()
    assert make_fetcher().get(f"{server.url}/x").unchanged
    assert stored() == before


def test_a_change_is_noticed(make_fetcher: MakeFetcher, server: Loopback) -> None:
    server.say("/x", {"a": 1}, etag="auto")
    make_fetcher().get(f"{server.url}/x")
    server.say("/x", {"a": 2}, etag="auto")
    answer = make_fetcher().get(f"{server.url}/x")
    assert (answer.body, answer.unchanged, answer.downloaded) == (b'{"a": 2}', False, True)
    assert make_fetcher().get(f"{server.url}/x").unchanged


def test_without_validators_the_bytes_are_compared(make_fetcher: MakeFetcher, server: Loopback) -> None:
    server.say("/x", {"a": 1}, {"a": 1}, {"a": 2})
    answers = [make_fetcher().get(f"{server.url}/x") for _ in range(3)]
    assert [answer.unchanged for answer in answers] == [False, True, False]
    assert all(answer.downloaded for answer in answers)


def test_behind_a_redirect_the_bytes_are_compared_with_those_of_the_same_question(
    make_fetcher: MakeFetcher, server: Loopback
) -> None:
    for number in (0, 1):
        server.say(f"/{number}", {"number": number})
    server.say("/old", *(Reply(status=302, headers={"Location": f"/{number}"}) for number in (0, 0, 1, 1)))
    make_fetcher().get(f"{server.url}/1")
    answers = [make_fetcher().get(f"{server.url}/old") for _ in range(4)]
    assert [answer.body for answer in answers] == [
        b'{"number": 0}',
        b'{"number": 0}',
        b'{"number": 1}',
        b'{"number": 1}',
    ]
    assert [answer.unchanged for answer in answers] == [False, True, False, True]


def test_what_is_not_kept_is_never_called_unchanged(make_fetcher: MakeFetcher, server: Loopback) -> None:
    server.say("/none", Reply({"results": 0}, status=404))
    server.say("/search", {"a": 1})
    fetcher = make_fetcher()
    found = [fetcher.get(f"{server.url}/none", also=(404,)) for _ in range(2)]
    posted = [fetcher.post_json(f"{server.url}/search", {"q": "exosome"}) for _ in range(2)]
    assert not any(answer.unchanged for answer in (*found, *posted))


def test_what_cache_headers_say_never_hides_a_change(make_fetcher: MakeFetcher, server: Loopback) -> None:
    fresh = {
        "Cache-Control": "public, max-age=86400, immutable",
        "Expires": "Sat, 01 Jan 2050 00:00:00 GMT",
        "Vary": "Accept",
    }
    server.say("/x", Reply({"a": 1}, headers=fresh, etag='"1"'), Reply({"a": 2}, headers=fresh, etag='"2"'))
    assert [make_fetcher().get(f"{server.url}/x").body for _ in range(2)] == [b'{"a": 1}', b'{"a": 2}']


def test_offline_reads_only_what_was_fetched(make_fetcher: MakeFetcher, server: Loopback) -> None:
    server.say("/x", {"a": 1})
    make_fetcher().get(f"{server.url}/x", accept="json")
    before, fetcher = len(server.seen), make_fetcher(offline=True)
    assert fetcher.get(f"{server.url}/x", accept="json").body == b'{"a": 1}'
    with pytest.raises(SourceFault, match="Not in the cache"):
        fetcher.get(f"{server.url}/y", accept="json")
    assert len(server.seen) == before


def test_searches_by_post_are_sent_each_time_and_tried_again(make_fetcher: MakeFetcher, server: Loopback) -> None:
    server.say("/search", Reply(status=503), Reply({"data": []}))
    fetcher = make_fetcher()
    for _ in range(2):
        assert fetcher.post_json(f"{server.url}/search", {"page": 1}).body == b'{"data": []}'
    assert [seen.json for seen in server.seen if seen.path == "/search"] == [{"page": 1}] * 3
    fetcher.post_form(f"{server.url}/search", {"id": "1,2"})
    assert server.seen[-1].body == b"id=1%2C2"


def test_compressed_bodies(fetcher: Fetcher, server: Loopback) -> None:
    import gzip
    import zlib

    raw = zlib.compressobj(wbits=-15)
    codings = {
        "gzip": gzip.compress(b"one") + gzip.compress(b" two"),
        "deflate": zlib.compress(b"one two"),
        "Deflate": raw.compress(b"one two") + raw.flush(),
    }
    for number, (coding, body) in enumerate(codings.items()):
        server.say(
            f"/{number}", Reply(body, content_type="text/plain", headers={"Content-Encoding": coding}, etag="auto")
        )
        for _ in range(2):
            assert fetcher.get(f"{server.url}/{number}", accept="text").text == "one two"


def test_cookies_are_not_kept(fetcher: Fetcher, server: Loopback) -> None:
    cookie = {"Set-Cookie": "session=1; Path=/"}
    server.say("/x", Reply({}, headers=cookie))
    server.say("/r", Reply(status=302, headers={**cookie, "Location": "/x"}))
    for path in ("/x", "/r", "/x"):
        answer = fetcher.get(f"{server.url}{path}")
        assert "set-cookie" not in answer.headers
    assert not any("Cookie" in seen.headers for seen in server.seen)


def test_proxies_of_the_environment_do_not_count(
    fetcher: Fetcher, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.say("/x", {})
    assert fetcher.get(f"{server.url}/x").status == 200


def test_keys_reach_the_source_and_nothing_else(
    make_fetcher: MakeFetcher, server: Loopback, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "s3cr3t-key"
    with Loopback() as other:
        other.say("/z", {"z": 1})
        server.say("/x", Reply({"a": 1}, etag="auto"))
        server.say("/r", Reply(status=302, headers={"Location": "/x"}))
        server.say("/z", Reply(status=302, headers={"Location": f"{other.url}/z"}))
        server.say("/bad", Reply(status=500))
        server.say("/gone", Reply(reset=True))
        fetcher = make_fetcher(secrets={"api_key": secret}, allowance=server.allowance | other.allowance)
        for path in ("/x", "/r", "/z", "/x"):
            assert secret not in repr(fetcher.get(f"{server.url}{path}", {"q": 1}))
        for path in ("/bad", "/gone"):
            with pytest.raises(SourceFault) as caught:
                fetcher.get(f"{server.url}{path}?api_key={secret}")
            assert secret not in f"{caught.value!r} {caught.value.where} {caught.value.found}"
        assert all(seen.query["api_key"] == secret for seen in server.seen if seen.path != "/robots.txt")
        assert not any(secret in seen.target for seen in other.seen)
    fetcher.close()
    assert "/gone" in caplog.text
    assert secret not in caplog.text
    assert not any(secret.encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_keys_come_from_the_environment(
    make_fetcher: MakeFetcher, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVREG_OPENFDA_KEY", "k1")
    server.say("/drug.json", {})
    make_fetcher("openfda").get(f"{server.url}/drug.json")
    assert server.seen[-1].query == {"api_key": "k1"}


def test_redaction() -> None:
    assert without_secrets("https://u:p@e.org/a?b=%20x&API_KEY=1&c#d") == "https://e.org/a?b=%20x&c#d"
    assert redacted("GET /a?api_key=1&b=2 (mailto=x)") == "GET /a?api_key=…&b=2 (mailto=x)"
    assert without_secrets("http://[") == "http://["


def test_the_pace_is_kept_by_all_fetchers_and_threads_together(make_fetcher: MakeFetcher, server: Loopback) -> None:
    server.say("/x", {})
    fetchers = [make_fetcher("isrctn", source={"pace": 0.1, "concurrency": 4}) for _ in range(2)]
    began = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: fetchers[number % 2].get(f"{server.url}/x"), range(6)))
    assert len(server.seen) == 8  # robots.txt once for each fetcher
    # Measured here and not by arrivals, which a busy machine may bunch together.
    assert time.monotonic() - began >= 0.1 * (len(server.seen) - 1) * 0.95


def test_no_more_requests_at_once_than_the_register_says(make_fetcher: MakeFetcher, server: Loopback) -> None:
    together, met, lock = Barrier(3), Event(), Lock()
    here: list[int] = [0, 0]  # now, and at most

    def meet(_: Seen) -> Reply:
        """Answer only when three requests are here at once, for the first time."""
        with lock:
            here[0] += 1
            here[1] = max(here)
        if not met.is_set():
            together.wait(timeout=20)
            met.set()
        time.sleep(0.02)
        with lock:  # before the answer leaves: the next request comes no sooner
            here[0] -= 1
        return Reply({})

    server.on("/x", meet)
    fetchers = [make_fetcher(source={"concurrency": 3}) for _ in range(3)]
    with ThreadPoolExecutor(9) as pool:
        list(pool.map(lambda number: fetchers[number % 3].get(f"{server.url}/x"), range(12)))
    assert here == [0, 3]


def test_permission_and_manual_sources_are_left_to_people(
    tmp_path: Path, server: Loopback, make_fetcher: MakeFetcher
) -> None:
    for name in ("jrct", "umin", "ictrp", "clinic-observer"):
        with pytest.raises(SourceFault) as caught:
            Fetcher(source_named(name), tmp_path)
        assert caught.value.kind == "by-hand"
        assert f"evreg enrich {name}" in caught.value.remedy.en
        assert f"evreg enrich {name}" in caught.value.remedy.ja
    server.say("/x", {})
    assert make_fetcher("jrct", attended=True).get(f"{server.url}/x").status == 200


def test_a_damaged_cache_entry_is_fetched_again(make_fetcher: MakeFetcher, server: Loopback, tmp_path: Path) -> None:
    server.say("/x", {"a": 1}, etag="auto")
    make_fetcher().get(f"{server.url}/x")
    with sqlite3.connect(tmp_path / "cache" / "clinicaltrials-gov.sqlite") as database:
        database.execute("UPDATE responses SET value = ?", (b"\x80garbage",))
    database.close()
    answer = make_fetcher().get(f"{server.url}/x")
    assert (answer.body, answer.downloaded) == (b'{"a": 1}', True)


def test_a_cache_that_is_no_database_is_named(make_fetcher: MakeFetcher, tmp_path: Path, server: Loopback) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "clinicaltrials-gov.sqlite").write_bytes(b"not a database" * 100)
    server.say("/x", {})
    with pytest.raises(SourceFault, match="cache") as caught:
        make_fetcher().get(f"{server.url}/x")
    assert "Delete" in caught.value.remedy.en


def test_a_large_answer_takes_few_copies(make_fetcher: MakeFetcher, server: Loopback) -> None:
    import tracemalloc

    server.say("/x", Reply(b'"' + b"x" * 20_000_000 + b'"', content_type="application/json"))
    fetcher = make_fetcher(limits=replace(PATIENT, max_bytes=32_000_000, total=10))
    tracemalloc.start()
    try:
        fetcher.get(f"{server.url}/x", accept="json")
        assert tracemalloc.get_traced_memory()[1] < 170_000_000
    finally:
        tracemalloc.stop()
