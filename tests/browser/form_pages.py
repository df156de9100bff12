"""The form in a browser: its site, its page, and how one finds one's way in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Locator, Page, Request
from playwright.sync_api import TimeoutError as NotInTime

from editing.form.backend import Backend
from editing.form.bundle import decap
from editing.form.site import DECAP, SVELTIA, write_form
from kb import load
from kb.files import EntryFile
from tests.browser.conftest import _served
from tests.editing.form_samples import LABELS, largest, program, small_kb

#: The browser's own private folder stands for the checkout that a person would choose.
CHOOSE: Final = (
    "window.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle('kb')"
)
WRITE: Final = """async (files) => {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("kb", { create: true });
  await root.getDirectoryHandle(".git", { create: true });
  for (const [path, text] of Object.entries(files)) {
    const parts = path.split("/"), name = parts.pop();
    let folder = root;
    for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
    const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
    await stream.write(text);
    await stream.close();
  }
}"""
#: The text of a file once it differs from what it was and is written to its end.
SAVED: Final = """async ([path, before]) => {
  for (let tries = 0; tries < 300; tries += 1) {
    try {
      let folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("kb");
      const parts = path.split("/"), name = parts.pop();
      for (const part of parts) folder = await folder.getDirectoryHandle(part);
      const text = await (await (await folder.getFileHandle(name)).getFile()).text();
      if (text && text !== before) return text;
    } catch { /* it is being written */ }
    await new Promise((done) => setTimeout(done, 50));
  }
  return null;
}"""
#: Put behind what is edited.
MARK: Final = " ‹edited›"


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


class Watched:
    """A page that remembers requests and complaints."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", self._asked)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(("data:", "blob:")):
            self.requests.append(request.url)


@pytest.fixture
def opened(browser: Browser, form_site: Path, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """The form's page at an address of the private folder's own origin."""
    context = browser.new_context(locale=getattr(request, "param", "en-US"), viewport={"width": 1280, "height": 9000})
    context.add_init_script(CHOOSE)
    (form_site / "assets").mkdir(exist_ok=True)
    (form_site / "assets" / "mark.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    (form_site / "empty.html").write_text("<!doctype html><title>empty</title><link rel=icon href=data:,>")
    for address in _served(form_site):
        watched = Watched(context.new_page())
        watched.page.goto(f"{address}empty.html")
        yield watched
    context.close()


def entry_path(file: EntryFile) -> str:
    return f"kb/entries/{file.collection}/{file.path.name}"


def reveal(page: Page, path: str) -> Locator:
    """Unfold the records on the way to a field, however often the form folds them, and return the box of its text."""
    parts = path.split(".")
    if parts[-1].isdecimal():
        box = page.locator(f'[data-key-path="{".".join(parts[:-1])}"] input[type="text"]').nth(int(parts[-1]))
    else:
        box = page.locator(f'[data-key-path="{path}"]').locator("textarea, input").first
    for _ in range(300):
        if box.is_visible():
            return box
        with suppress(NotInTime):  # what is out of sight is not there
            page.locator(f'[data-key-path="{parts[0]}"]').first.scroll_into_view_if_needed(timeout=300)
        for place, part in enumerate(parts[:-1]):
            outer = page.locator(f'[data-key-path="{".".join(parts[:place])}"]')
            if part.isdecimal() and outer.count():
                with suppress(NotInTime):  # what is out of sight is not there
                    outer.first.scroll_into_view_if_needed(timeout=500)
                record = outer.locator(".item-list").first.locator("> .item-wrapper").nth(int(part))
                fold = record.locator('.header .start button[aria-expanded="false"]')
                if fold.count() and not record.locator(f'[data-key-path^="{".".join(parts[: place + 1])}."]').count():
                    with suppress(NotInTime):  # the form has unfolded it meanwhile
                        fold.first.click(timeout=500)
        page.wait_for_timeout(50)
    raise TimeoutError(f"{path} does not appear")


def choose(page: Page, path: str, words: str) -> None:
    """Choose an option of a list or of a row of buttons."""
    field = page.locator(f'[data-key-path="{path}"]')
    field.locator('[role="combobox"], [role="radio"]').first.wait_for()
    if field.locator('[role="combobox"]').count():
        field.locator('[role="combobox"]').first.click()
        page.locator('[role="option"]:visible').filter(has_text=words).first.click()
    else:
        field.get_by_text(words).first.click()
