"""The form in a real browser: entries are opened, edited and saved, and only what was edited becomes different."""

from __future__ import annotations

import difflib
import json
import mimetypes
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route

from kb.files import EntryFile
from kb.formatting import formatted
from kb.models import COLLECTIONS, model_of
from kb.yaml12 import parse, read_yaml
from tests.browser.form_driving import MARK, Watched, begin, choose, entry_path, mark, put, save, show
from tests.browser.form_pages import chosen, form_site, opened
from tests.editing.form_samples import form_field, leaves

__all__ = ["chosen", "form_site", "opened"]

#: Sign-offs are not shown, and what no model knows may come from a newer version: both stay as they are.
_UNSHOWN = {
    "by": [
        {"name": "A Physician", "role": "reviewer", "on": "2026-01-02", "content": "sha256:0", "no": [1, 2.5, None]}
    ],
    "unknown_to_the_form": {"nested": [{"a": "1", "b": True}]},
}


def _with_unshown(file: EntryFile) -> str:
    data = read_yaml(file.path)
    data["review"]["by"] = _UNSHOWN["by"]
    return yaml.safe_dump({**data, "unknown_to_the_form": _UNSHOWN["unknown_to_the_form"]}, allow_unicode=True)


def _deepest(file: EntryFile, fields: list[dict[str, Any]]) -> str:
    """The text in the most lists, and the first of several that are equally deep."""

    def is_text(path: str) -> bool:
        field = form_field(fields, path) or {}
        return field.get("widget") in ("text", "list") or (field.get("widget") == "string" and "pattern" not in field)

    texts = [path for path, _ in leaves(read_yaml(file.path)) if is_text(path)]
    return max((path for path in texts if "sources" not in path.split(".") and not path.endswith(".ja")), key=_lists)


def _lists(path: str) -> int:
    return sum(part.isdecimal() for part in path.split("."))


def _changed(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line[2:].strip() for line in lines if line.startswith(("- ", "+ "))]


def _edit(page: Page, address: str, file: EntryFile, before: str, nested: str) -> list[str]:
    """Edit a plain field and one deep in lists, save, and say what else became different."""
    show(page, address, file)
    for path in ("summary.en", nested):
        mark(page, path)
    saved = save(page, entry_path(file), before)
    if saved is None:
        return [f"{nested}: not saved"]
    old, new = (formatted(text.encode(), file.collection) for text in (before, saved))
    different = _changed(old, new)
    marked = [line for line in different if MARK in line]
    wrong = different if len(different) != 4 or len(marked) != 2 else []
    unmarked = formatted(saved.replace(MARK, "").encode(), file.collection)
    return wrong + ([] if unmarked == old else [f"{nested}: more than the marks differs"])


def test_an_edit_in_every_collection_changes_nothing_else(
    opened: Watched, chosen: dict[str, EntryFile], form_site: Path
) -> None:
    form = json.loads((form_site / "admin" / "configuration.en.json").read_text(encoding="utf-8"))["form"]
    fields = {collection["name"]: collection["fields"] for collection in form["collections"]}
    nested = {name: _deepest(file, fields[name]) for name, file in chosen.items()}
    assert [path for path in nested.values() if _lists(path) >= 2] != []
    assert [path for path in nested.values() if _lists(path) == 0] == []
    page, address = opened.page, opened.page.url.replace("empty.html", "admin/")
    texts = {name: file.path.read_text(encoding="utf-8") for name, file in chosen.items()}
    texts["products"] = _with_unshown(chosen["products"])
    put(page, {entry_path(file): texts[name] for name, file in chosen.items()})
    begin(page, address, "Jurisdictions")
    found = {name: _edit(page, address, chosen[name], texts[name], nested[name]) for name in COLLECTIONS}
    assert found == {name: [] for name in COLLECTIONS}
    root = address.replace("admin/", "")
    assert [url for url in opened.requests if not url.startswith(root)] == []
    assert opened.complaints == []


def test_a_new_entry_holds_only_what_was_entered(opened: Watched, chosen: dict[str, EntryFile]) -> None:
    page, file = opened.page, chosen["glossary"]
    put(page, {entry_path(file): file.path.read_text(encoding="utf-8")})
    begin(page, page.url.replace("empty.html", "admin/"), "Glossary")
    page.goto(f"{page.url.partition('#')[0]}#/collections/glossary/new")
    texts = {"id": "new-term.v2", "title.en": "No", "title.ja": "用語", "summary.en": "2024", "summary.ja": "説明。"}
    texts |= {"reading": "ようご", "review.verified": "2024-05"}
    source = {"sources.0.key": "s1", "sources.0.title": "T", "sources.0.accessed": "2024-05-01"}
    for path, words in {"origin": "English", "domain": "EV", "confidence": "High", "review.status": "Draft"}.items():
        choose(page, path, words)
    page.locator('[data-key-path="sources"]').get_by_role("button", name="Add").first.click()
    for path, words in {"sources.0.kind": "Primary", "sources.0.read": "page"}.items():
        choose(page, path, words)
    for path, text in (texts | source).items():
        page.locator(f'[data-key-path="{path}"]').locator("input, textarea").first.fill(text)
    saved = save(page, "kb/entries/glossary/new-term.v2.yaml", "")
    assert saved is not None
    data, _ = parse(saved.encode())
    model_of("glossary").model_validate(data)
    assert {path for path, _ in leaves(data)} == {
        *(texts | source),
        *("origin", "domain", "confidence", "review.status", "sources.0.kind", "sources.0.read"),
    }
    assert data["title"]["en"] == "No"


@pytest.mark.parametrize("opened", ["ja-JP"], indirect=True)
def test_a_japanese_browser_gets_a_japanese_form(opened: Watched, chosen: dict[str, EntryFile]) -> None:
    page, file = opened.page, chosen["guidelines"]
    put(page, {entry_path(file): file.path.read_text(encoding="utf-8")})
    page.goto(page.url.replace("empty.html", "admin/"))
    page.get_by_role("button", name=re.compile("ローカル")).click()
    page.goto(f"{page.url.partition('#')[0]}#/collections/guidelines/entries/{file.path.stem}")
    field = page.locator('[data-key-path="requirements"]')
    field.wait_for()
    assert field.locator("h4").first.inner_text() == "要求事項 / What it asks"
    assert page.get_by_role("button", name="保存", exact=True).count() == 1
    english, japanese = (page.locator(f'[data-key-path="summary.{code}"]').bounding_box() for code in ("en", "ja"))
    assert english is not None
    assert japanese is not None
    assert english["y"] == japanese["y"]
    assert english["x"] + english["width"] <= japanese["x"]
    assert not page.locator('[data-key-path="id"]').is_visible()
    assert page.locator('[data-key-path="review.by"]').count() == 0
    assert opened.complaints == []


def test_the_public_form_asks_only_github(opened: Watched) -> None:
    page, address = opened.page, opened.page.url.replace("empty.html", "public/admin/")
    page.route(
        re.compile("^https:"), lambda route: route.fulfill(status=200, body="{}", content_type="application/json")
    )
    page.goto(address)
    page.get_by_role("button", name="Sign In Using Access Token").wait_for()
    elsewhere = {urlsplit(url).hostname for url in opened.requests} - {"127.0.0.1"}
    assert elsewhere <= {"www.githubstatus.com", "api.github.com"}
    assert [line for line in opened.complaints if "mark.svg" not in line and "404" not in line] == []


def test_a_public_site_without_repository_says_where_the_form_works(browser: Browser, form_site: Path) -> None:
    def answer(route: Route) -> None:
        path = form_site / urlsplit(route.request.url).path.lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        kind = mimetypes.guess_type(path.name)[0] or "text/html"
        route.fulfill(body=path.read_bytes() if path.is_file() else b"", content_type=kind)

    with browser.new_context() as context:
        watched = Watched(context.new_page())
        watched.page.route("https://evreg.example/**", answer)
        watched.page.goto("https://evreg.example/admin/")
        note = watched.page.locator(".evreg-elsewhere")
        note.wait_for()
        assert "make serve" in note.inner_text()
        assert note.locator('[lang="ja"]').is_visible()
        assert not any("sveltia" in url for url in watched.requests)
        assert watched.complaints == []
