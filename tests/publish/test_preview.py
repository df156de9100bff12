"""The preview: a changed entry rebuilds its pages only, with the bytes that a full build would give."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import kb
from kb import EvregError
from publish.build import build_site
from publish.computed import COMPUTED
from publish.preview import Preview
from publish.workers import workers
from tests.samples import attribute, guideline, write_kb


class Desk:
    """An editor's desk: files, and the preview of them."""

    def __init__(self, folder: Path, checkout: Path, preview: Preview) -> None:
        self.folder, self.checkout, self.preview = folder, checkout, preview
        self.kb, self.out = folder / "kb", folder / "build" / "site"

    def save(self, collection: str, entry: dict[str, object]) -> None:
        write_kb(self.folder, **{collection: [entry]})

    def page(self, path: str) -> str:
        return (self.out / path / "index.html").read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        return files_of(self.out)


def files_of(site: Path) -> dict[str, bytes]:
    """Everything but the search index, which the preview renews with full builds only."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and "pagefind" not in path.parts
    }


@pytest.fixture
def desk(tmp_path: Path, checkout: Path) -> Iterator[Desk]:
    own = Path(shutil.copytree(checkout, tmp_path / "checkout"))
    write_kb(tmp_path, attributes=[attribute("count"), attribute("size")], guidelines=[guideline("g")])
    with workers() as pool:
        preview = Preview(pool, own, tmp_path / "kb", tmp_path / "build" / "site")
        assert preview.refresh().whole
        yield Desk(tmp_path, own, preview)


def test_one_edit_rebuilds_the_pages_it_shows_on(desk: Desk) -> None:
    desk.save("guidelines", guideline("g", title={"en": "A new title", "ja": "新しい題名"}))
    change = desk.preview.refresh()
    # Its own page, its list, the attribute that it asks for, the home page and computed pages that name it.
    assert (change.removed, change.whole) == (0, False)
    assert 6 <= change.pages <= 2 * (4 + len(COMPUTED))
    assert "A new title" in desk.page("explore/guidelines")
    assert "A new title" in desk.page("attributes/count")
    assert "新しい題名" in desk.page("ja/guidelines")


def test_the_result_equals_a_full_build(desk: Desk, tmp_path: Path) -> None:
    desk.save("guidelines", guideline("g", title={"en": "A new title", "ja": "新しい題名"}, aliases=["old-g"]))
    desk.save("attributes", attribute("added"))
    (desk.kb / "entries" / "attributes" / "size.yaml").unlink()
    change = desk.preview.refresh()
    assert change.removed == 3
    build_site(kb.load(desk.kb), desk.checkout, tmp_path / "other" / "site")
    assert desk.files() == files_of(tmp_path / "other" / "site")
    assert (desk.out / "ja" / "pagefind" / "pagefind.js").is_file()


def test_an_edit_that_readers_do_not_see_changes_nothing(desk: Desk) -> None:
    path = desk.kb / "entries" / "guidelines" / "g.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")
    assert not desk.preview.refresh().anything


def test_a_broken_entry_keeps_the_last_good_site(desk: Desk) -> None:
    before = desk.files()
    path = desk.kb / "entries" / "guidelines" / "g.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title:", "title: ["), encoding="utf-8")
    with pytest.raises(EvregError, match=r"g\.yaml"):
        desk.preview.refresh()
    assert desk.files() == before
    path.write_text(text.replace("guideline g", "Mended"), encoding="utf-8")
    assert desk.preview.refresh().pages >= 4
    assert "Mended" in desk.page("guidelines/g")


def test_a_hand_written_page_and_a_style_sheet_are_followed(desk: Desk) -> None:
    page = desk.checkout / "docs" / "ja" / "about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n追記\n", encoding="utf-8")
    (desk.checkout / "docs" / "assets" / "evreg.css").write_text("body { color: red }", encoding="utf-8")
    assert desk.preview.refresh().anything
    assert "追記" in desk.page("ja/about")
    assert (desk.out / "ja" / "assets" / "evreg.css").read_text(encoding="utf-8") == "body { color: red }"


def test_the_frame_of_the_pages_rebuilds_everything(desk: Desk) -> None:
    footer = desk.checkout / "docs" / "overrides" / "partials" / "footer.html"
    footer.write_text("<footer>new</footer>", encoding="utf-8")
    assert desk.preview.refresh().whole
    assert "<footer>new</footer>" in desk.page("guidelines/g")


def test_after_a_failure_the_next_edit_is_built(desk: Desk) -> None:
    page = desk.checkout / "docs" / "ja" / "about.md"
    good = page.read_text(encoding="utf-8")
    page.write_text(good + "\n[x](/nowhere/)\n", encoding="utf-8")
    with pytest.raises(EvregError, match=r"about\.md"):
        desk.preview.refresh()
    footer = desk.checkout / "docs" / "overrides" / "partials" / "footer.html"
    kept = footer.read_text(encoding="utf-8")
    footer.write_text("{% broken", encoding="utf-8")
    page.write_text(good, encoding="utf-8")
    with pytest.raises(EvregError, match="MkDocs"):
        desk.preview.refresh()
    footer.write_text(kept, encoding="utf-8")
    desk.save("guidelines", guideline("g", title={"en": "After all", "ja": "やっと"}))
    desk.preview.refresh()
    assert "After all" in desk.page("guidelines/g")
    assert "やっと" in desk.page("ja/guidelines/g")
