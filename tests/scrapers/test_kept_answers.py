from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from requests_cache import CachedResponse, CachedSession

from scrapers.fetching.kept_answers import PICKLED
from tests.scrapers.server import Loopback, Reply

_FORMS = {"ours": PICKLED, "the library's": "pickle"}


def _ask(file: Path, form: str, url: str) -> Any:
    with CachedSession(str(file), backend="sqlite", serializer=_FORMS[form], allowable_codes=(200,)) as session:
        return session.get(url)


def _said(answer: Any) -> tuple[object, ...]:
    hops = [(hop.status_code, hop.url, dict(hop.headers)) for hop in answer.history]
    asked = (answer.request.method, answer.request.url, dict(answer.request.headers))
    return answer.status_code, answer.url, dict(answer.headers), answer.content, answer.encoding, hops, asked


@pytest.mark.parametrize(("writer", "reader"), list(product(_FORMS, _FORMS)))
def test_a_kept_answer_is_read_the_same_in_either_form(
    server: Loopback, tmp_path: Path, writer: str, reader: str
) -> None:
    server.say("/new", {"title": "エクソソーム" * 200}, etag="auto", headers={"Vary": "Accept"})
    server.say("/old", Reply(status=301, headers={"Location": "/new"}))
    first = _ask(tmp_path / "kept", writer, f"{server.url}/old")
    again = _ask(tmp_path / "kept", reader, f"{server.url}/old")
    assert isinstance(again, CachedResponse)
    assert server.count("/old") == 1
    assert _said(again) == _said(first)
    assert [hop.status_code for hop in again.history] == [301]
