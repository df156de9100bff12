"""Building as a whole: all or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kb import EvregError, KnowledgeBase
from publish.build import build_site


@pytest.fixture
def own_checkout(tmp_path: Path, checkout: Path) -> Path:
    return Path(shutil.copytree(checkout, tmp_path / "checkout"))


def test_a_failed_build_leaves_the_old_site(own_checkout: Path, full_kb: KnowledgeBase, tmp_path: Path) -> None:
    out = own_checkout / "build" / "site"
    steps: list[str] = []
    result = build_site(full_kb, own_checkout, out, steps.append)
    assert (result.out, result.pages) == (out, sum(1 for _ in (own_checkout / "build" / "docs").rglob("*.md")))
    assert steps == ["render", "html", "index", "assemble"]
    before = {path: path.read_bytes() for path in out.rglob("*.html")}
    (own_checkout / "docs" / "overrides" / "main.html").write_text("{% broken", encoding="utf-8")
    with pytest.raises(EvregError) as caught:
        build_site(full_kb, own_checkout, out)
    assert "MkDocs could not build the site" in caught.value.found.en
    assert {path: path.read_bytes() for path in out.rglob("*.html")} == before
    assert sorted(path.name for path in out.parent.iterdir()) == ["docs", "mkdocs.en.yml", "mkdocs.ja.yml", "site"]


def test_a_site_built_elsewhere_leaves_its_surroundings_alone(
    checkout: Path, full_kb: KnowledgeBase, tmp_path: Path
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "thesis.txt").write_text("x", encoding="utf-8")
    build_site(full_kb, checkout, tmp_path / "site")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs", "site"]
    assert (tmp_path / "docs" / "thesis.txt").read_text(encoding="utf-8") == "x"


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_a_foreign_folder_is_never_replaced(checkout: Path, full_kb: KnowledgeBase, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "precious"
    if kind == "folder":
        out.mkdir()
        (out / "thesis.txt").write_text("x", encoding="utf-8")
    else:
        out.write_text("x", encoding="utf-8")
    with pytest.raises(EvregError, match="precious"):
        build_site(full_kb, checkout, out)
    assert (out / "thesis.txt" if kind == "folder" else out).read_text(encoding="utf-8") == "x"


def test_equal_input_gives_equal_bytes(site: Path, checkout: Path, full_kb: KnowledgeBase, tmp_path: Path) -> None:
    build_site(full_kb, checkout, tmp_path / "site")
    written = [path for path in site.rglob("*") if path.is_file() and not _in_any_order(path)]
    assert any(path.suffix == ".pf_index" for path in written)
    for path in written:
        assert (tmp_path / "site" / path.relative_to(site)).read_bytes() == path.read_bytes()


def _in_any_order(path: Path) -> bool:
    """Pagefind writes the values of a facet in any order, and names the files by their hash."""
    return path.suffix in (".pf_filter", ".pf_meta") or path.name == "pagefind-entry.json"


def test_with_an_address_links_between_languages_are_absolute(
    own_checkout: Path, full_kb: KnowledgeBase, tmp_path: Path
) -> None:
    with (own_checkout / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("\nsite_url: https://atlas.example/evreg/\n")
    build_site(full_kb, own_checkout, tmp_path / "site")
    page = (tmp_path / "site" / "ja" / "guidelines" / "g" / "index.html").read_text(encoding="utf-8")
    assert 'hreflang="en" href="https://atlas.example/evreg/guidelines/g/"' in page
    assert 'rel="canonical" href="https://atlas.example/evreg/ja/guidelines/g/"' in page
    assert "https://atlas.example/evreg/guidelines/g/" in (tmp_path / "site" / "sitemap.xml").read_text(
        encoding="utf-8"
    )
    moved = (tmp_path / "site" / "ja" / "attributes" / "particles" / "index.html").read_text(encoding="utf-8")
    assert 'rel="canonical" href="https://atlas.example/evreg/ja/attributes/count/"' in moved
    assert 'href="/evreg/' in (tmp_path / "site" / "404.html").read_text(encoding="utf-8")
