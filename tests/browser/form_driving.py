"""How one finds one's way in the form: put entries before it, open one, write into a field, save."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from playwright.sync_api import BrowserContext, Locator, Page, Request
from playwright.sync_api import TimeoutError as NotInTime

from kb.files import EntryFile
from kb.yaml12 import read_yaml
from tests.browser.windows import until

#: The browser's own private folder stands for the checkout that a person would choose.
_CHOOSE: Final = (
    "window.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle('kb')"
)
_WRITE: Final = """async (files) => {
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
_SAVED: Final = """async ([path, before]) => {
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
_SHOWN = """(text) => {
  const boxes = document.querySelectorAll('[data-key-path="summary.en"] textarea');
  return boxes.length === 1 && boxes[0].value === text;
}"""
#: The form puts an entry in place in several steps, faster than anybody reads it.
_AT_REST = """async () => {
  let last = performance.now();
  const watch = new MutationObserver(() => { last = performance.now(); });
  watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  while (performance.now() - last < 300) await new Promise((done) => setTimeout(done, 50));
  watch.disconnect();
}"""


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


def let_in(context: BrowserContext) -> None:
    """Have the form's pages choose the private folder when they ask for one."""
    context.add_init_script(_CHOOSE)


def put(page: Page, texts: Mapping[str, str]) -> None:
    """Write files into the private folder of the page's origin; path -> text."""
    page.evaluate(_WRITE, dict(texts))


def entry_path(file: EntryFile) -> str:
    """Where the form looks for an entry: ``kb/entries/glossary/exosome.yaml``."""
    return f"kb/entries/{file.collection}/{file.path.name}"


def begin(page: Page, form: str, awaited: str) -> None:
    """Open the form on the private folder, up to when the name of a collection is seen."""
    page.goto(form)
    page.get_by_role("button", name="Work with Local Repository").click()
    page.get_by_text(awaited).first.wait_for()


def show(page: Page, form: str, file: EntryFile) -> None:
    """Open an entry for editing; the one before stays to be seen for a moment."""
    page.goto(f"{form}#/collections/{file.collection}/entries/{file.path.stem}")
    until(page, _SHOWN, read_yaml(file.path)["summary"]["en"])


def mark(page: Page, path: str) -> None:
    """Edit a field once, as a person does who has looked at the entry."""
    box = reveal(page, path)
    page.evaluate(_AT_REST)
    # As a person: what a script writes does not count as a person's work when the form looks at the folder again.
    box.click()
    box.press("Control+End")
    page.keyboard.insert_text(MARK)


def save(page: Page, path: str, before: str) -> str | None:
    """Press «Save» and wait until the form has gone back to its list.

    Args:
        page: The form with an entry open.
        path: Of the entry's file.
        before: Its text so far.

    Returns:
        The text that the form wrote, or ``None`` when it wrote nothing in a quarter of a minute.
    """
    page.get_by_role("button", name="Save", exact=True).click()
    saved: str | None = page.evaluate(_SAVED, [path, before])
    if saved is not None:  # otherwise the form closes the entry that is opened next
        until(page, "() => !/\\/(entries\\/|new$)/.test(location.hash)")
    return saved


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
