from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.faults import SourceFault
from scrapers.fetching.addresses import host_and_port, is_public, may_ask, may_reach
from scrapers.fetching.fetcher import Fetcher
from tests.scrapers.server import Loopback

HIDDEN = [
    "127.0.0.1",
    "127.8.9.10",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "::ffff:10.1.2.3",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "3fff::1",
    "2001:0:7f00:1::1",
    "not-an-address",
    "1.2.3",
    "4294967297",
]


@pytest.mark.parametrize("address", HIDDEN)
def test_hidden_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "130.14.29.110", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"],
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_mapping_into_ipv6_hides_nothing(address: IPv4Address) -> None:
    number = int(address)
    for carrier in (0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80):
        assert is_public(str(IPv6Address(carrier))) == is_public(str(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/", "http://LOCALHOST./x", "http://a.localhost/", "http://printer/", "http://nas.local/", "file:///etc/passwd",
        "ftp://example.org/", "gopher://example.org", "http://user@example.org/", "http://example.org@127.0.0.1/", "//example.org/",
        "http://[::1]/", "http://[::ffff:169.254.169.254]/", "http://169.254.169.254/latest/meta-data", "http://metadata.google.internal/",
        "https://example.org:99999/", "http://[::1", "", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_addresses_that_are_not_asked(url: str) -> None:
    assert not may_ask(url, frozenset())


def test_addresses_that_are_asked() -> None:
    assert may_ask("https://clinicaltrials.gov/api/v2", frozenset())
    assert may_ask("http://8.8.8.8:8080/", frozenset())
    assert may_ask("http://127.0.0.1:81/", frozenset({("127.0.0.1", 81)}))
    assert not may_ask("http://127.0.0.1:82/", frozenset({("127.0.0.1", 81)}))
    assert not may_reach("127.0.0.1", 82, frozenset({("127.0.0.1", 81)}))
    assert host_and_port("HTTPS://Example.ORG./x") == ("example.org", 443)


def _names(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Every name resolves to the given addresses in turn, the last one for ever."""
    real, asked = socket.getaddrinfo, []

    def getaddrinfo(host: Any, port: Any, *rest: Any, **options: Any) -> Any:
        if host in ("127.0.0.1", None):
            return real(host, port, *rest, **options)
        asked.append(str(host))
        return real(answers[min(len(asked), len(answers)) - 1], port, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_a_name_that_leads_inside_is_refused_before_connecting(
    fetcher: Fetcher, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    _names(monkeypatch, "127.0.0.1")
    with Loopback() as inside:
        inside.say("/secret", {"a": 1})
        with pytest.raises(SourceFault) as caught:
            fetcher.get(f"http://public.example.org:{inside.port}/secret")
        assert caught.value.kind == "not-public"
        assert not inside.arrivals


def test_a_name_that_changes_its_answer_is_caught_at_the_peer(
    make_fetcher: Any, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Loopback() as inside:
        inside.say("/secret", {"a": 1})
        asked = _names(monkeypatch, "8.8.8.8", "127.0.0.1")
        with pytest.raises(SourceFault) as caught:
            make_fetcher(source={"robots": server.source().robots.model_copy(update={"decision": "override"})}).get(
                f"http://rebinding.example.org:{inside.port}/secret"
            )
        assert caught.value.kind == "not-public"
        assert len(asked) == 2
        assert not inside.seen


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1"])
def test_other_spellings_of_loopback(fetcher: Fetcher, host: str) -> None:
    with Loopback() as inside, pytest.raises(SourceFault) as caught:
        fetcher.get(f"http://{host}:{inside.port}/")
    assert caught.value.kind == "not-public"
    assert not inside.seen
