"""A running form server on a small knowledge base, asked over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from editing.local.app import Desk
from editing.local.drafts import Drafts
from editing.local.form_files import FormFiles
from editing.local.server import FormServer
from tests.samples import small_kb

TODAY = date(2026, 7, 1)
TERM = "kb/entries/glossary/exosome.yaml"


class Asked:
    """A form server and a client that knows its token."""

    def __init__(self, server: FormServer, desk: Desk, saves: list[int]) -> None:
        self.server, self.desk, self.saves = server, desk, saves
        self.root, self.drafts = desk.root, desk.drafts
        self.headers = {"X-EVReg-Token": server.token}
        self.client = httpx.Client(base_url=server.address, trust_env=False)

    def post(self, name: str, body: dict[str, Any], **headers: str) -> httpx.Response:
        """Send JSON as the page does, with other headers where a test wants them."""
        return self.client.post(f"api/{name}", json=body, headers={**self.headers, **headers})

    def save(self, path: str, text: str, base: str | None, prefer: str | None = None) -> httpx.Response:
        """Save an entry."""
        return self.post("save", {"path": path, "text": text, "base": base, "prefer": prefer})

    def file(self, path: str = TERM) -> Path:
        """The file that a path of the form means."""
        return self.root.parent / path

    def text(self, path: str = TERM) -> str:
        """What the file holds."""
        return self.file(path).read_text(encoding="utf-8")


def package(folder: Path) -> Path:
    """A folder as of the form's npm package, with small files."""
    made = folder / "package"
    for name, text in {
        "npm/index.js": "export default {};",
        "npm/chunks/react-1.js": "",
        "npm/assets/font.woff2": "font",
        "locales/ja.json": '{"save": "保存", "saving_entry": {"error": {"title": "エラー"}}}',
        "locales/en-GB.json": '{"save": "Save"}',
        "package.json": "{}",
    }.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(text, encoding="utf-8")
    return made


@contextmanager
def asked(folder: Path) -> Iterator[Asked]:
    """Serve a small knowledge base in ``folder``."""
    root, drafts = small_kb(folder), Drafts(folder / "kb", folder / "drafts")
    saves: list[int] = []
    settings = {"backend": {"name": "github"}, "collections": [{"name": "glossary", "folder": "kb/entries/glossary"}]}
    form = FormFiles(package(folder), lambda language: {**settings, "locale": language})
    pages = {"ja": "http://127.0.0.1:9/ja/"}
    desk = Desk(
        root, form, "en", drafts, lambda language, _c, id_: pages.get(language) and f"{pages[language]}{id_}/",
        after_save=lambda: saves.append(1), today=lambda: TODAY,
    )  # fmt: skip
    server = FormServer(desk, 0)
    server.start()
    made = Asked(server, desk, saves)
    try:
        yield made
    finally:
        made.client.close()
        server.stop()
