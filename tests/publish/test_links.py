"""All pages of the first edition: every link and anchor leads somewhere, nothing is loaded from elsewhere."""

from __future__ import annotations

from pathlib import Path
from posixpath import normpath

import pytest

from tests.publish.built_pages import BuiltSite, read_page

_SCHEMES = ("javascript:", "vbscript:", "data:text", "blob:")


@pytest.fixture(scope="module")
def built(real_site: Path) -> BuiltSite:
    return BuiltSite(real_site)


def test_every_address_leads_somewhere(built: BuiltSite) -> None:
    dead = {
        f"{page.name}: {address.tag} {address.attribute}={address.value}"
        for page in built.pages.values()
        if not page.name.endswith("404.html")  # its addresses begin at the host's root: it answers at any depth
        for address in set(page.addresses)
        if not built.leads_somewhere(page, address.value)
    }
    assert sorted(dead)[:40] == []


def test_the_page_for_unknown_addresses_links_into_the_site(built: BuiltSite) -> None:
    for name in ("404.html", "ja/404.html"):
        page = built.pages[name]
        # «/../» is «/», as for a browser.
        inside = [normpath(address.value) for address in page.addresses if address.value.startswith("/")]
        assert {"/", "/ja"} <= set(inside)
        # Without the site's address MkDocs takes the host's root for the site's.
        home = built.pages["index.html"]
        dead = [
            value for value in inside if not any(built.leads_somewhere(home, f".{value}{end}") for end in ("", "/"))
        ]
        assert dead == [], name


def test_no_id_stands_twice_on_a_page(built: BuiltSite) -> None:
    repeated = {page.name: page.repeated_ids for page in built.pages.values() if page.repeated_ids}
    assert repeated == {}


def test_nothing_is_loaded_from_another_host(built: BuiltSite) -> None:
    foreign = {
        f"{page.name}: {address}"
        for page in built.pages.values()
        for address in page.addresses
        if built.loads_from_elsewhere(page, address) or address.value.strip().lower().startswith(_SCHEMES)
    }
    assert sorted(foreign)[:20] == []


def test_redirects_lead_to_pages_that_are_no_redirects(built: BuiltSite) -> None:
    moved = [page for page in built.pages.values() if page.refresh]
    assert moved
    for page in moved:
        assert built.leads_somewhere(page, page.refresh or ""), page.name


def test_what_is_wrong_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text('<p id="x"><b id="x"></b><a href="./A/#y">1</a><a href="a/#z">2</a></p>')
    (tmp_path / "a/index.html").write_text('<i id="y"></i><img srcset="//cdn.example/x.png 2x"><a href="../#x">3</a>')
    built = BuiltSite(tmp_path)
    home, inner = built.pages["index.html"], built.pages["a/index.html"]
    assert home.repeated_ids == ["x"]
    assert [built.leads_somewhere(home, address.value) for address in home.addresses] == [False, False]
    assert built.leads_somewhere(home, "a/#y")
    assert [built.loads_from_elsewhere(inner, address) for address in inner.addresses] == [True, False]
    assert read_page(tmp_path, tmp_path / "index.html").refresh is None
