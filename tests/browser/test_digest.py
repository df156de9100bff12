"""The digest as mail clients show it: WCAG by axe, nothing wider than a phone, both colour schemes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from editing.digest.matter import matter_of
from editing.digest.writing import html_text, parts_of
from tests.browser.serving import served
from tests.browser.test_accessibility import violations
from tests.browser.windows import Windows
from tests.editing.digest_samples import TODAY, full_repository


@pytest.fixture(scope="module")
def mail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("mail")
    root = full_repository(folder / "clone").root
    parts = parts_of(matter_of(root, "2026-07", None, None, TODAY), ("en", "ja"))
    site = folder / "site"
    site.mkdir()
    (site / "index.html").write_text(html_text(parts, "https://atlas.example.org/"), encoding="utf-8")
    with served(site) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_anybody_can_read_it(windows: Windows, mail: str, scheme: str, width: int) -> None:
    with windows.reading(mail, width, "dark" if scheme == "dark" else "light") as reader:
        reader.page.goto(mail)
        assert violations(reader.page) == []
        assert reader.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert reader.page.title().startswith("EVReg digest 2026-07-01 to 2026-07-20 / EVReg活動報告")
        # One file: nothing but the page itself was asked for.
        assert reader.page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)") in (
            [],
            [f"{mail}favicon.ico"],
        )
