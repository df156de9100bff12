"""Everything a server can do to a client that only wants to read."""

from __future__ import annotations

import time
import tracemalloc
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from scrapers.faults import SourceFault
from scrapers.fetching.fetcher import Fetcher
from scrapers.reading import json_of
from tests.scrapers.conftest import MakeFetcher
from tests.scrapers.server import PATIENT, Loopback, Reply, gzip_bomb


def _fault(fetcher: Fetcher, url: str, kind: str, seconds: float = 3.0) -> SourceFault:
    began = time.monotonic()
    with pytest.raises(SourceFault) as caught:
        json_of(fetcher.get(url, accept="json"))
    assert caught.value.kind == kind, caught.value.found.en
    # Without its limits the client would wait for minutes; a busy machine may need some seconds more.
    assert time.monotonic() - began < seconds + 15
    fault = caught.value
    assert fault.where.startswith("clinicaltrials-gov: http")
    assert all(part.en and part.ja for part in (fault.found, fault.expected, fault.remedy))
    return fault


def test_a_storm_of_429_ends_after_the_retries(fetcher: Fetcher, server: Loopback) -> None:
    server.say("/x", Reply("slow down", 429, "text/plain"))
    fault = _fault(fetcher, f"{server.url}/x", "unexpected")
    assert "429" in fault.found.en
    assert "slow down" in fault.found.en
    assert server.count("/x") == 1 + PATIENT.retries


def test_a_passing_storm_is_waited_out(fetcher: Fetcher, server: Loopback) -> None:
    server.say("/x", Reply(status=429, headers={"Retry-After": "1"}), Reply(status=503), Reply({"ok": True}))
    began = time.monotonic()
    assert fetcher.get(f"{server.url}/x", accept="json").body == b'{"ok": true}'
    assert time.monotonic() - began >= 1.0


def test_after_a_body_that_is_too_large_the_next_request_goes_on(make_fetcher: MakeFetcher, server: Loopback) -> None:
    small = make_fetcher(limits=replace(PATIENT, max_bytes=1_000), source={"concurrency": 1})
    server.say("/large", Reply(b"x" * 200_000, 200, "application/json"))
    server.say("/small", Reply({"ok": True}))
    for _ in range(3):
        _fault(small, f"{server.url}/large", "too-large")
    assert small.get(f"{server.url}/small", accept="json").status == 200


def test_the_body_of_a_refusal_is_not_read(fetcher: Fetcher, server: Loopback) -> None:
    def endless() -> Iterator[bytes]:
        while not server.stopping.is_set():
            yield bytes(65_536)

    server.say("/x", Reply(status=503, stream=endless), Reply({"ok": True}))
    tracemalloc.start()
    try:
        assert fetcher.get(f"{server.url}/x").status == 200
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("value", ["86400", "9" * 5000, "soon", "-5", "Sat, 01 Jan 2101 00:00:00 GMT", "\u00ff"])
def test_retry_after_is_never_obeyed_beyond_the_limit(make_fetcher: MakeFetcher, server: Loopback, value: str) -> None:
    server.say("/x", Reply(status=429, headers={"Retry-After": value}), Reply({"ok": True}))
    began = time.monotonic()
    make_fetcher().get(f"{server.url}/x")
    assert time.monotonic() - began < 15


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_faults_of_servers_are_asked_again_with_growing_waits(
    make_fetcher: MakeFetcher, server: Loopback, status: int
) -> None:
    server.say("/x", Reply(status=status), Reply(status=status), Reply({"ok": True}))
    make_fetcher(limits=replace(PATIENT, backoff=0.05)).get(f"{server.url}/x")
    first, second, third = server.arrivals[-3:]
    assert second - first >= 0.05
    assert third - second >= 0.1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 501])
def test_an_answer_is_not_asked_again(fetcher: Fetcher, server: Loopback, status: int) -> None:
    server.say("/x", Reply({"error": "no"}, status))
    assert str(status) in _fault(fetcher, f"{server.url}/x", "unexpected").found.en
    assert server.count("/x") == 1
    assert fetcher.get(f"{server.url}/x", also=(status,)).status == status


def test_hanging(hasty: Fetcher, server: Loopback) -> None:
    server.say("/x", Reply({}, delay=20))
    _fault(hasty, f"{server.url}/x", "too-slow", 2.0)


def test_dripping_body(hasty: Fetcher, server: Loopback) -> None:
    server.say("/x", Reply({"text": "x" * 1000}, drip=0.1))
    _fault(hasty, f"{server.url}/x", "too-slow", 2.0)


def test_dripping_headers(hasty: Fetcher, server: Loopback) -> None:
    server.say("/x", Reply({"text": "x"}, drip=0.1, drip_headers=True))
    _fault(hasty, f"{server.url}/x", "too-slow", 2.0)


def test_dripping_chunk_sizes(hasty: Fetcher, server: Loopback) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + b"0" * 1000
    server.say("/x", Reply(raw=head, drip=0.02))
    _fault(hasty, f"{server.url}/x", "too-slow", 2.0)


def test_a_dripping_body_without_length_is_not_mistaken_for_a_whole_one(hasty: Fetcher, server: Loopback) -> None:
    def drops() -> Iterator[bytes]:
        while not server.stopping.wait(0.1):
            yield b" "

    server.say("/x", Reply(content_type="application/json", stream=drops))
    _fault(hasty, f"{server.url}/x", "too-slow", 2.0)


@pytest.mark.parametrize(
    "reply",
    [
        Reply({"text": "x" * 100}, cut=40),
        Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}"),
        Reply(zlib.compress(b'{"a": 1}' * 999)[:-9], content_type="application/json", headers={"Content-Encoding": "deflate"}),
    ],
    ids=["length", "chunk", "compressed"],
)  # fmt: skip
def test_truncation(fetcher: Fetcher, server: Loopback, reply: Reply) -> None:
    server.say("/x", reply)
    _fault(fetcher, f"{server.url}/x", "truncated")


def test_truncated_json_in_a_whole_body(fetcher: Fetcher, server: Loopback) -> None:
    server.say("/x", Reply(b'{"studies": [{"a": 1}, {"b"', content_type="application/json"))
    assert "column" in _fault(fetcher, f"{server.url}/x", "unexpected").found.en


@pytest.mark.parametrize(
    "reply",
    [
        Reply("<!DOCTYPE html><title>Maintenance</title>"),
        Reply("<html>", content_type="application/json"),
        Reply("  <!-- x --><HTML>", content_type=""),
        Reply("%PDF-1.7", content_type="application/pdf"),
        Reply(b"\x1f\x8b nonsense", content_type="application/json", headers={"Content-Encoding": "gzip"}),
        Reply(b"x", content_type="application/json", headers={"Content-Encoding": "br"}),
        Reply(b"x", content_type="application/json", headers={"Content-Encoding": "gzip, gzip, gzip, gzip"}),
        Reply({"a": 1}, status=304),
        Reply({"a": 1}, status=206),
    ],
)  # fmt: skip
def test_something_else_in_place_of_json(fetcher: Fetcher, server: Loopback, reply: Reply) -> None:
    server.say("/x", reply)
    _fault(fetcher, f"{server.url}/x", "unexpected")


@pytest.mark.parametrize(
    "raw",
    [
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 10,
        b"",
    ],
    ids=["no-http", "many-headers", "long-header", "continues", "nothing"],
)
def test_broken_http(fetcher: Fetcher, server: Loopback, raw: bytes) -> None:
    server.say("/x", Reply(raw=raw))
    _fault(fetcher, f"{server.url}/x", "unreachable")


def test_reset_and_refused(fetcher: Fetcher, server: Loopback) -> None:
    server.say("/x", Reply(reset=True))
    assert "reset" in _fault(fetcher, f"{server.url}/x", "unreachable").found.en
    with Loopback() as gone:
        allowance = gone.allowance | server.allowance
    with pytest.raises(SourceFault):
        fetcher.get(f"http://127.0.0.1:{next(iter(allowance))[1]}/")


def _peak(fetcher: Fetcher, url: str) -> float:
    tracemalloc.start()
    try:
        _fault(fetcher, url, "too-large", 10)
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_bomb_of_a_gigabyte_is_never_held(make_fetcher: MakeFetcher, server: Loopback, coding: str) -> None:
    bomb = gzip_bomb(1_000_000_000)
    assert len(bomb) < 2_000_000
    server.say("/x", Reply(bomb, content_type="application/json", headers={"Content-Encoding": coding}))
    fetcher = make_fetcher(limits=replace(PATIENT, max_bytes=20_000_000, total=10))
    assert _peak(fetcher, f"{server.url}/x") < 50


def test_a_hundred_megabytes_are_not_read(fetcher: Fetcher, server: Loopback) -> None:
    sent = []

    def zeros() -> Iterator[bytes]:
        for _ in range(1600):
            sent.append(65_536)
            yield bytes(65_536)

    server.say("/x", Reply(content_type="application/json", stream=zeros))
    assert _peak(fetcher, f"{server.url}/x") < 10
    server.say("/declared", Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n" + bytes(100_000)))
    assert _peak(fetcher, f"{server.url}/declared") < 10
    assert sum(sent) < 20_000_000


def test_redirects_that_never_end(fetcher: Fetcher, server: Loopback) -> None:
    server.say("/x", Reply(status=302, headers={"Location": "/y"}))
    server.say("/y", Reply(status=302, headers={"Location": "/x"}))
    _fault(fetcher, f"{server.url}/x", "unexpected")
    assert server.count("/x") + server.count("/y") == 1 + PATIENT.redirects


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:1/", "http://169.254.169.254/latest/meta-data/", "//[::1]/", "file:///etc/passwd", "http://[::ffff:7f00:1]:80/"]
)  # fmt: skip
def test_redirects_inside(fetcher: Fetcher, server: Loopback, target: str) -> None:
    for status in (301, 302, 303, 307, 308):
        server.say("/x", Reply(status=status, headers={"Location": target}))
        _fault(fetcher, f"{server.url}/x", "not-public")


@pytest.mark.parametrize(
    "target", ["http://", "http://[", "http:///x", "\\\\x\\y", "http://exa mple.org:port/", f"http://{'a' * 70}.org/"]
)
def test_redirects_to_nothing(fetcher: Fetcher, server: Loopback, target: str) -> None:
    server.say("/x", Reply(status=302, headers={"Location": target}))
    with pytest.raises(SourceFault):
        fetcher.get(f"{server.url}/x")


def test_a_fault_leaves_the_fetcher_usable_and_the_cache_as_it_was(fetcher: Fetcher, server: Loopback) -> None:
    server.say(
        "/x",
        Reply({"a": 1}, etag="auto"),
        Reply({"a": 2}, cut=3),
        Reply("<html>", etag='"h"'),
        Reply({"a": 1}, etag="auto"),
    )
    assert fetcher.get(f"{server.url}/x", accept="json").downloaded
    for _ in range(2):
        with pytest.raises(SourceFault):
            fetcher.get(f"{server.url}/x", accept="json")
    assert fetcher.get(f"{server.url}/x", accept="json").body == b'{"a": 1}'
