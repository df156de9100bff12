"""``evreg edit`` in a real browser: a problem beside its field in both languages, mended, saved, shown on the page."""

from __future__ import annotations

import difflib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.editing.form_samples import program
from tests.samples import small_kb
from tests.sites import ROOT

_RUN = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from evreg.cli import main; main()"
_TITLE = '#nc-root .field[data-key-path="title.ja"]'
_SAVE = "#nc-root button.primary:has-text('{}')"
#: Milliseconds; the machine may be busy with other tests.
_PATIENCE = 60_000


class Editing(NamedTuple):
    """A running ``evreg edit``."""

    address: str
    root: Path

    @property
    def file(self) -> Path:
        """The entry that is edited."""
        return self.root / "entries" / "glossary" / "exosome.yaml"


@pytest.fixture
def editing(tmp_path: Path, checkout: Path) -> Iterator[Editing]:
    program()
    root = small_kb(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", _RUN, "edit", "--port", "0", "--kb", str(root), "--lang", "en"],
        cwd=checkout, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "XDG_DATA_HOME": str(tmp_path / "data")},
    ) as server:  # fmt: skip
        assert server.stdout is not None
        try:
            yield Editing(server.stdout.readline().split()[2], root)
            server.send_signal(signal.SIGINT)
            assert server.wait(60) == 0
        finally:
            server.kill()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="ja-JP", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(_PATIENCE)
    yield context.new_page()
    context.close()


def test_a_problem_is_shown_beside_its_field_mended_saved_and_shown_on_the_page(editing: Editing, page: Page) -> None:
    before = editing.file.read_text(encoding="utf-8")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{editing.address}#/collections/glossary/entries/exosome")
    title = page.locator(f"{_TITLE} :is(input, textarea)")
    title.fill("新しい題名ﾃｽﾄ")
    page.click(_SAVE.format("保存"))

    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_contain_text("保存していない", timeout=_PATIENCE)
    dialog.get_by_role("button", name="OK").click()
    note = page.locator(f"{_TITLE} .evreg-problems")
    expect(note).to_contain_text("半角カナ")
    assert title.get_attribute("aria-describedby") == note.get_attribute("id")
    assert editing.file.read_text(encoding="utf-8") == before

    page.get_by_role("button", name="English").click()
    expect(note).to_contain_text("Half-width kana")
    expect(page.locator(".evreg-summary")).to_contain_text("Problems: 1")
    assert title.input_value() == "新しい題名ﾃｽﾄ"
    page.locator(".evreg-panel .evreg-go").click()
    expect(title).to_be_focused()

    title.fill("新しい題名テスト")
    expect(note).to_contain_text("Changed since")
    page.click(_SAVE.format("保存"))
    expect(note).to_have_count(0, timeout=_PATIENCE)
    changed = [
        line
        for line in difflib.ndiff(before.splitlines(), editing.file.read_text("utf-8").splitlines())
        if line[0] in "+-"
    ]
    assert changed == ["-   ja: 用語exosome", "+   ja: 新しい題名テスト"]

    page.get_by_role("button", name="日本語").click()
    with page.expect_popup() as opened:
        page.locator("a.evreg-link").click()
    shown = opened.value
    shown.wait_for_selector("h1:has-text('新しい題名テスト')", timeout=2 * _PATIENCE)
    assert "/ja/glossary/exosome/" in shown.url
    page.wait_for_selector(_TITLE)
    title.fill("さらに新しい題名")
    page.click(_SAVE.format("保存"))
    shown.wait_for_selector("h1:has-text('さらに新しい題名')", timeout=_PATIENCE)
    assert faults == []


def test_a_refused_save_is_offered_again_and_a_conflict_is_decided(editing: Editing, page: Page) -> None:
    page.goto(f"{editing.address}#/collections/glossary/entries/exosome")
    title = page.locator(f"{_TITLE} :is(input, textarea)")
    title.fill("私の題名")
    text = editing.file.read_text(encoding="utf-8")
    editing.file.write_text(text.replace("用語exosome", "彼らの題名"), encoding="utf-8")
    page.click(_SAVE.format("保存"))
    page.get_by_role("alertdialog").get_by_role("button", name="OK").click()
    panel = page.locator("#evreg-panel")
    expect(panel).to_contain_text("彼らの題名")
    expect(panel).to_contain_text("私の題名")

    page.goto(editing.address)
    page.get_by_role("button", name="続きから編集する").click()
    expect(page.locator("#evreg-panel")).to_be_hidden()
    page.goto(f"{editing.address}#/collections/glossary/entries/exosome")
    with page.expect_navigation():
        page.get_by_role("button", name="フォームの内容を採用する").click()
    expect(title).to_have_value("私の題名", timeout=_PATIENCE)
    expect(page.locator(".evreg-summary")).to_have_text("問題なし")
    assert editing.file.read_text(encoding="utf-8") == text.replace("用語exosome", "私の題名")
