"""The rule urls."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.checks.urls import RULE, fault_of
from tests.entries import source
from tests.kb.checks.examining import examine, paths


@pytest.mark.parametrize(
    "url",
    [
        "https://www.mhlw.go.jp/content/001.pdf#page=3",
        "http://health.example.cn:8080/a?b=c&d=[1]",
        "https://ja.wikipedia.org/wiki/エクソソーム",
        "https://xn--eckwd4c7cu47r2wf.jp/",
        "https://日本語.jp/頁",
        "http://114.255.53.181/doc/1",
        "https://[2606:4700:4700::1111]/",
        "https://my_host.example.com/",
        "https://www.localhost-news.com/",
        "https://internal.example.com/",
    ],
)
def test_public_addresses_pass(url: str) -> None:
    assert examine(RULE, "guidelines", url=url) == []


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/a",
        "javascript:alert(1)",
        "www.example.org/a",
        "//example.org/a",
        "https://example/a",
        "https:///a",
        "https://",
        "https://user:secret@example.org/",
        "https://user@example.org/",
        "https://example.org@127.0.0.1/",
        "https://example.org/a b",
        "https://example.org/a　b",
        "https://example.org/a\nb",
        "https://example.org/\u200ba",
        "https://example.org\\@evil.example.com/",
        'https://example.org/"onclick',
        "https://example.org/<script>",
        "https://localhost/",
        "https://foo.localhost/",
        "https://LOCALHOST./",
        "https://printer.local/",
        "http://metadata.google.internal/computeMetadata",
        "http://router.home.arpa/",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://１２７.０.０.１/",
        "http://10.0.0.8/",
        "http://192.168.1.1/",
        "http://172.16.0.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://999.1.1.1/",
        "http://[::1]/",
        "http://[fe80::1]/",
        "http://[fd00:ec2::254]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[2002:7f00:1::]/",
        "http://[::1/",
        "https://example.org:99999/",
        "https://-a.example.org/",
        "https://a..example.org/",
        "https://" + "a" * 64 + ".org/",
    ],
)
def test_other_addresses_are_found(url: str) -> None:
    assert paths(examine(RULE, "guidelines", url=url)) == [("url",)]
    assert paths(examine(RULE, "guidelines", sources=[source(archived=url)])) == [("sources", 0, "archived")]


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(text: str) -> None:
    for url in (text, f"https://{text}", f"https://example.org/{text}"):
        fault_of(url)


@given(st.ip_addresses())
def test_addresses_that_are_not_public_are_found(address: object) -> None:
    shown = f"[{address}]" if ":" in str(address) else str(address)
    if not address.is_global:  # type: ignore[attr-defined]
        assert fault_of(f"https://{shown}/") is not None


def test_the_level_is_error() -> None:
    assert RULE.level == "error"
