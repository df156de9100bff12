"""TLS: certificates are verified, and the deadline holds during the handshake and after it."""

from __future__ import annotations

import socket
import ssl
import time
from pathlib import Path

import pytest
from requests.adapters import HTTPAdapter

from scrapers.faults import SourceFault
from tests.scrapers.conftest import MakeFetcher
from tests.scrapers.server import IMPATIENT, Loopback, Reply

#: Signed by itself for 127.0.0.1 and valid until 2126; made for these tests and trusted by nobody.
_CERTIFICATE = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgba/XJT1cq0FJ7hat
cuwE/rp0xGiXpxarT5wZQaVGAtWhRANCAAT5QVA1WC1jCEzXuZGjcT/zIXJifmN7
KYaikfHa5lkPguaBn8BqMNoXvp0uvbagMiRoiOSd4Jq6XtAzhAY+Qgtc
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBjzCCATagAwIBAgIUeoLKNvQvBJ3gsV4H5f8vF4lK6CowCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyMzEzNTI1OFoYDzIxMjYxMDMw
MTM1MjU4WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAT5QVA1WC1jCEzXuZGjcT/zIXJifmN7KYaikfHa5lkPguaBn8BqMNoX
vp0uvbagMiRoiOSd4Jq6XtAzhAY+Qgtco2QwYjAdBgNVHQ4EFgQUkhpCU3HO25sH
m/QYSpxqL/h1HoUwHwYDVR0jBBgwFoAUkhpCU3HO25sHm/QYSpxqL/h1HoUwDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0cAMEQC
IEYC+nit5qKy752Vt4kZOhFhqfsd1hFWa2wglKwwZ3+UAiBpY03taZ4jI2IYNosb
XQR8gD9zhlQ4YZaDQAbZHuM/rg==
-----END CERTIFICATE-----
"""


def _wrapped(server: Loopback, folder: Path) -> str:
    file = folder / "server.pem"
    file.write_text(_CERTIFICATE)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.use_tls(context)
    return server.url.replace("http:", "https:")


def test_a_certificate_that_nobody_vouches_for_is_refused(
    make_fetcher: MakeFetcher, server: Loopback, tmp_path: Path
) -> None:
    url = _wrapped(server, tmp_path)
    server.say("/x", {})
    with pytest.raises(SourceFault) as caught:
        make_fetcher(source={"robots": _no_robots(server)}).get(f"{url}/x")
    assert caught.value.kind == "unreachable"
    assert "certificate verify failed" in caught.value.found.en
    assert not server.seen


def test_whole_answers_and_the_deadline_under_tls(
    make_fetcher: MakeFetcher, server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = _wrapped(server, tmp_path)
    real = HTTPAdapter.cert_verify
    trusted = str(tmp_path / "server.pem")
    monkeypatch.setattr(
        HTTPAdapter, "cert_verify", lambda self, conn, url, verify, cert: real(self, conn, url, trusted, cert)
    )
    monkeypatch.setattr(
        "requests.adapters._urllib3_request_context",
        lambda *_: (
            {"scheme": "https", "host": "127.0.0.1", "port": server.port},
            {"ca_certs": trusted, "cert_reqs": "CERT_REQUIRED"},
        ),
    )
    server.say("/x", {"a": 1}, etag="auto")
    server.say("/drip", Reply({"a": "x" * 100}, drip=0.1))
    fetcher = make_fetcher(limits=IMPATIENT)
    assert [fetcher.get(f"{url}/x").unchanged for _ in range(2)] == [False, True]
    began = time.monotonic()
    with pytest.raises(SourceFault) as caught:
        fetcher.get(f"{url}/drip")
    assert caught.value.kind == "too-slow"
    assert time.monotonic() - began < 20  # a busy machine may need longer


def test_a_handshake_that_never_comes(make_fetcher: MakeFetcher, server: Loopback) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = silent.getsockname()
        with pytest.raises(SourceFault) as caught:
            make_fetcher(allowance={place}, limits=IMPATIENT, source={"robots": _no_robots(server)}).get(
                f"https://127.0.0.1:{place[1]}/"
            )
    assert caught.value.kind == "too-slow"


def _no_robots(server: Loopback) -> object:
    return server.source().robots.model_copy(update={"decision": "override"})
