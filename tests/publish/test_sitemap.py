"""What search engines read when the site's address is known."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from kb import KnowledgeBase
from publish.build import build_site
from tests.sites import small_checkout

_ADDRESS = "https://atlas.example/evreg/"
_LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
_LINK = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, full_kb: KnowledgeBase) -> Path:
    folder = tmp_path_factory.mktemp("addressed")
    checkout = small_checkout(folder / "checkout")
    with (checkout / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(f"\nsite_url: {_ADDRESS}\n")
    return build_site(full_kb, checkout, folder / "site").out


@pytest.mark.parametrize("language", ["", "ja/"])
def test_the_sitemap_names_every_page_with_its_counterpart(published: Path, language: str) -> None:
    root = ElementTree.parse(published / language / "sitemap.xml").getroot()
    found = {}
    for entry in root:
        address = entry.findtext(_LOC) or ""
        found[address] = {link.get("hreflang"): link.get("href") for link in entry.iter(_LINK)}
    assert f"{_ADDRESS}{language}guidelines/g/" in found
    for address, others in found.items():
        path = address.removeprefix(f"{_ADDRESS}{language}")
        assert others == {
            "en": f"{_ADDRESS}{path}",
            "ja": f"{_ADDRESS}ja/{path}",
            "x-default": f"{_ADDRESS}{path}",
        }
        assert (published / language / path / "index.html").is_file()


def test_robots_are_told_of_both_sitemaps_at_the_root_alone(published: Path) -> None:
    text = (published / "robots.txt").read_text(encoding="utf-8")
    assert text.startswith("User-agent: *\nAllow: /\n")
    assert f"Sitemap: {_ADDRESS}sitemap.xml\nSitemap: {_ADDRESS}ja/sitemap.xml" in text
    assert not (published / "ja" / "robots.txt").exists()


def test_previews_have_whole_addresses(published: Path) -> None:
    page = (published / "ja" / "guidelines" / "g" / "index.html").read_text(encoding="utf-8")
    assert f'<meta property="og:url" content="{_ADDRESS}ja/guidelines/g/">' in page
    assert f'<meta property="og:image" content="{_ADDRESS}assets/pictures/site.png">' in page


def test_without_an_address_there_is_neither(real_site: Path) -> None:
    assert not [*real_site.glob("sitemap.xml*"), *real_site.glob("robots.txt"), *real_site.glob("ja/robots.txt")]
