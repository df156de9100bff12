"""The site of the first edition: every entry has its page in both languages. Links are checked in test_links.py."""

from __future__ import annotations

from pathlib import Path

import kb


def test_both_languages_have_the_same_pages_and_every_entry_its_own(real_site: Path) -> None:
    pages = {path.relative_to(real_site).as_posix() for path in real_site.rglob("*.html")}
    english = {name for name in pages if not name.startswith("ja/")}
    assert english == {name.removeprefix("ja/") for name in pages if name.startswith("ja/")}
    for entry in kb.load():
        assert f"{entry.COLLECTION}/{entry.id}/index.html" in english
