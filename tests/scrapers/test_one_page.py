"""One page that a person names, from a server on the loopback address."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from kb.problems import EvregError
from scrapers.faults import SourceFault
from scrapers.one_page import read_page
from tests.scrapers.server import PATIENT, Loopback, Reply

PAGE = "<!doctype html><html><body><main><p>エクソソーム点滴でしわが消えます。</p></main><footer>未承認</footer></body></html>"


def test_a_page_is_read_and_nothing_is_kept(server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    server.say("/ad", PAGE)
    found = read_page(f"{server.url}/ad", limits=PATIENT, allowance=server.allowance)
    assert found.was_html
    assert found.text == "エクソソーム点滴でしわが消えます。"
    assert "未承認" in found.whole
    assert server.count("/robots.txt") == 1
    assert list(tmp_path.iterdir()) == []


def test_the_charset_of_the_server_counts(server: Loopback) -> None:
    body = "<html><body><p>若返治療</p></body></html>".encode("euc_jp")
    server.say("/ad", Reply(body, content_type="text/html; charset=EUC-JP"))
    assert read_page(f"{server.url}/ad", limits=PATIENT, allowance=server.allowance).text == "若返治療"


def test_robots_txt_is_obeyed(server: Loopback) -> None:
    server.say("/robots.txt", Reply("User-agent: *\nDisallow: /", content_type="text/plain"))
    server.say("/ad", PAGE)
    with pytest.raises(SourceFault) as caught:
        read_page(f"{server.url}/ad", limits=PATIENT, allowance=server.allowance)
    assert caught.value.kind == "robots"
    assert server.count("/ad") == 0


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://localhost/", "http://169.254.169.254/latest/meta-data"])
def test_addresses_that_are_not_public_are_refused(url: str) -> None:
    with pytest.raises(SourceFault) as caught:
        read_page(url, limits=PATIENT)
    assert caught.value.kind in ("not-public", "robots")


def test_what_is_no_page_is_told(server: Loopback) -> None:
    server.say("/file.pdf", Reply(b"%PDF-1.7", content_type="application/pdf"))
    with pytest.raises(EvregError) as caught:
        read_page(f"{server.url}/file.pdf", limits=PATIENT, allowance=server.allowance)
    assert "(PDF)" in caught.value.found.en
    with pytest.raises(SourceFault) as missing:
        read_page(f"{server.url}/nothing", limits=PATIENT, allowance=server.allowance)
    assert missing.value.kind == "unexpected"
