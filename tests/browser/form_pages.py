"""The form in a browser: its site and its page, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from editing.form.backend import Backend
from editing.form.bundle import decap
from editing.form.site import DECAP, SVELTIA, write_form
from kb import load
from kb.files import EntryFile
from tests.browser.form_driving import Watched, let_in
from tests.browser.serving import served
from tests.editing.form_samples import LABELS, largest, program, small_kb


@pytest.fixture(scope="module")
def chosen() -> dict[str, EntryFile]:
    return largest()


@pytest.fixture(scope="module")
def form_site(tmp_path_factory: pytest.TempPathFactory, chosen: dict[str, EntryFile]) -> Path:
    folder = tmp_path_factory.mktemp("form")
    kb = load(small_kb(folder / "kb", chosen))
    out = folder / "site"
    assert write_form(out, kb, LABELS, Backend(None), SVELTIA._replace(folder=program)) is None
    fall_back = DECAP._replace(folder=lambda: program(decap))
    assert write_form(out / "decap", kb, LABELS, Backend(None), fall_back) is None
    assert write_form(out / "public", kb, LABELS, Backend("someone/evreg"), SVELTIA._replace(folder=program)) is None
    return out


@pytest.fixture
def opened(browser: Browser, form_site: Path, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """The form's page at an address of the private folder's own origin."""
    context = browser.new_context(locale=getattr(request, "param", "en-US"), viewport={"width": 1280, "height": 9000})
    let_in(context)
    (form_site / "assets").mkdir(exist_ok=True)
    (form_site / "assets" / "mark.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    (form_site / "empty.html").write_text("<!doctype html><title>empty</title><link rel=icon href=data:,>")
    with served(form_site) as address:
        watched = Watched(context.new_page())
        watched.page.goto(f"{address}empty.html")
        yield watched
    context.close()
