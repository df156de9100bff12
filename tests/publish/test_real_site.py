"""The site of the first edition: whatever editors change, its links must hold."""

from __future__ import annotations

from pathlib import Path

import kb
from tests.publish.pages_of import dead_links


def test_links_and_pages_of_the_first_edition(real_site: Path) -> None:
    assert dead_links(real_site) == []
    pages = {path.relative_to(real_site).as_posix() for path in real_site.rglob("*.html")}
    english = {name for name in pages if not name.startswith("ja/")}
    assert english == {name.removeprefix("ja/") for name in pages if name.startswith("ja/")}
    for entry in kb.load():
        assert f"{entry.COLLECTION}/{entry.id}/index.html" in english
