"""The fall-back in a real browser: Decap CMS saves only what was edited, too."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Route

from kb.files import EntryFile
from kb.formatting import formatted
from tests.browser.form_driving import MARK, Watched, entry_path
from tests.browser.form_pages import chosen, form_site, opened

__all__ = ["chosen", "form_site", "opened"]


class _Folder:
    """Answers as «npx decap-server» does for a folder of files."""

    def __init__(self, files: dict[str, str]) -> None:
        self.files, self.saved = files, dict[str, str]()

    def answer(self, route: Route) -> None:
        asked = route.request.post_data_json
        found: Any = self._answer(asked["action"], asked.get("params", {})) if asked else {}
        headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"}
        route.fulfill(body=json.dumps(found), content_type="application/json", headers=headers)

    def _answer(self, action: str, given: dict[str, Any]) -> Any:
        if action == "info":
            return {"repo": "kb", "publish_modes": ["simple"], "type": "local_fs"}
        if action == "entriesByFolder":
            return [self._file(path) for path in self.files if path.startswith(f"{given['folder']}/")]
        if action == "getEntry":
            return self._file(given["path"])
        if action == "persistEntry":
            self.saved |= {file["path"]: file["raw"] for file in given["dataFiles"]}
            return {"message": "saved"}
        return []

    def _file(self, path: str) -> dict[str, Any]:
        return {"data": self.files[path], "file": {"path": path, "id": None}}


def test_the_fall_back_saves_only_what_was_edited(opened: Watched, chosen: dict[str, EntryFile]) -> None:
    page, address = opened.page, opened.page.url.replace("empty.html", "decap/admin/")
    texts = {entry_path(chosen[name]): chosen[name].path.read_text(encoding="utf-8") for name in ("trials", "glossary")}
    folder = _Folder(texts)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("http://localhost:8081/**", folder.answer)
    page.goto(address)
    page.get_by_role("button", name="Login").click()
    page.get_by_text("Glossary").first.wait_for()
    for name in ("trials", "glossary"):
        page.goto("about:blank")
        page.goto(f"{address}#/collections/{name}/entries/{chosen[name].path.stem}")
        box = page.locator('textarea[id^="en-field"]').nth(1)
        box.fill(box.input_value() + MARK)
        page.get_by_text("Publish", exact=True).first.click()
        page.get_by_text("Publish now").first.click()
        path = entry_path(chosen[name])
        for _ in range(300):
            if path in folder.saved:
                break
            page.wait_for_timeout(50)
        before, after = (formatted(text.encode(), name) for text in (texts[path], folder.saved[path]))
        assert MARK in after
        assert after.replace(MARK, "") == before
    local = ("http://127.0.0.1:", "http://localhost:8081/", "about:")
    assert [url for url in opened.requests if not url.startswith(local)] == []
