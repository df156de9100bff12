"""The built site of a small knowledge base with hostile texts."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest

from kb import KnowledgeBase
from kb.models import COLLECTIONS
from tests.publish.filled import IDS
from tests.publish.pages_of import PageOf, dead_links, pages_of

#: Everything that may stand in a page of ours with a name that a browser runs as code.
_KNOWN_SCRIPTS = re.compile(
    r'<script(?: src="[^"]+"| type="module" src="[^":]+"| id="__config" type="application/json"| type="application/ld\+json")?>'
)


#: Attributes that hold an address which a browser may follow.
_ADDRESSES = {"href", "src", "srcset", "action", "formaction", "xlink:href", "data", "poster", "content"}


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, PageOf]:
    return pages_of(site)


def test_every_link_and_anchor_inside_leads_somewhere(site: Path) -> None:
    assert dead_links(site) == []


def test_both_languages_have_the_same_pages(pages: dict[str, PageOf]) -> None:
    japanese = {name.removeprefix("ja/") for name in pages if name.startswith("ja/")}
    assert japanese == {name for name in pages if not name.startswith("ja/")}


def test_every_entry_has_a_page_in_both_languages_and_a_twin(site: Path, full_kb: KnowledgeBase) -> None:
    for entry in full_kb:
        for prefix in ("", "ja/"):
            assert (site / prefix / entry.COLLECTION / entry.id / "index.html").is_file()
        assert (site / entry.COLLECTION / f"{entry.id}.json").is_file()


def test_nothing_is_loaded_from_elsewhere(pages: dict[str, PageOf]) -> None:
    for name, page in pages.items():
        for tag in page.tags:
            loaded = tag.attributes.get("src") or (tag.attributes.get("href") if tag.name == "link" else None)
            assert not loaded or "://" not in loaded, (name, tag)
            assert tag.name not in ("iframe", "object", "embed", "base"), (name, tag)
    assert "sitemap.xml" not in pages


def test_links_out_are_marked(pages: dict[str, PageOf]) -> None:
    for name, page in pages.items():
        for tag, address in page.addresses():
            # A page that people wrote may name the licence; everything else comes from entries.
            if "://" in address and not address.startswith("https://creativecommons.org/"):
                assert tag.attributes.get("rel") == "noopener noreferrer nofollow", (name, tag)
                assert address.startswith(("https://", "http://"))


def test_hostile_text_never_becomes_markup(pages: dict[str, PageOf]) -> None:
    for name, page in pages.items():
        for tag in page.tags:
            assert not [attribute for attribute in tag.attributes if attribute.startswith("on")], (name, tag)
            assert "style" not in tag.attributes, (name, tag)
            for attribute in _ADDRESSES & tag.attributes.keys():
                value = tag.attributes[attribute].strip().lower()
                assert not value.startswith(("javascript:", "data:", "vbscript:")), (name, tag)


def test_only_the_theme_has_scripts(site: Path) -> None:
    for path in site.rglob("*.html"):
        for tag in re.findall(r"<script[^>]*>", path.read_text(encoding="utf-8")):
            assert _KNOWN_SCRIPTS.fullmatch(tag), (path, tag)


def test_hostile_text_is_shown_literally(site: Path) -> None:
    page = (site / "glossary" / "hostile-glossary" / "index.html").read_text(encoding="utf-8")
    assert "⟦" in page
    everything = "".join(path.read_text(encoding="utf-8") for path in site.rglob("hostile-*/index.html"))
    assert "&lt;script&gt;window.__hit" in everything
    assert "{{ config.site_name }}" in everything
    assert "⟨U+202E⟩evil" in everything
    assert "\u202e" not in everything
    assert "# heading" in everything


def test_the_policy_names_the_scripts_of_the_page_and_no_others(site: Path) -> None:
    for name in ("index.html", "ja/trials/index.html", f"trials/{IDS['trials']}/index.html", "404.html"):
        page = (site / name).read_text(encoding="utf-8")
        (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
        allowed = set(re.findall(r"'(sha256-[^']+)'", policy))
        scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
        assert allowed == {f"sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}" for s in scripts}
        # Pagefind is WebAssembly; nothing wider is allowed.
        assert "unsafe" not in policy.replace("'wasm-unsafe-eval'", "")
        assert page.index("Content-Security-Policy") < page.index("<script")


def test_a_former_id_leads_to_the_entry_in_both_languages(site: Path) -> None:
    for prefix in ("", "ja/"):
        page = PageOf(site / prefix / "attributes" / "particles" / "index.html")
        metas = {tag.attributes.get("http-equiv"): tag.attributes.get("content") for tag in page.tags}
        assert metas["refresh"] == "0; url=../count/"
        links = {
            tag.attributes.get("rel", tag.name): tag.attributes["href"] for tag in page.tags if "href" in tag.attributes
        }
        assert links["canonical"] == "../count/"
        assert links["a"] == "../count/"


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_twins_hold_the_entry_and_its_links(site: Path, full_kb: KnowledgeBase, collection: str) -> None:
    entry = full_kb.collection(collection)[IDS[collection]]
    twin = json.loads((site / collection / f"{entry.id}.json").read_text(encoding="utf-8"))
    assert twin["paths"] == {
        "en": f"{collection}/{entry.id}/",
        "ja": f"ja/{collection}/{entry.id}/",
        "json": f"{collection}/{entry.id}.json",
    }
    assert type(entry).model_validate(twin["entry"], context={"vocabularies": full_kb.vocabularies}) == entry
    assert {(link["collection"], link["id"]) for link in twin["linked_from"]} == {
        link.origin for link in full_kb.links_to(entry)
    }


def test_a_page_names_its_twin_and_its_other_language(site: Path) -> None:
    for prefix, up in (("", "../../"), ("ja/", "../../../")):
        page = PageOf(site / prefix / "attributes" / "count" / "index.html")
        links = {
            (tag.attributes.get("hreflang") or tag.attributes.get("type")): tag.attributes["href"]
            for tag in page.tags
            if tag.name == "link" and tag.attributes.get("rel", "").split() == ["alternate"]
        }
        assert links == {
            "en": f"{up}attributes/count/",
            "ja": f"{up}ja/attributes/count/",
            "x-default": f"{up}attributes/count/",
            "application/json": f"{up}attributes/count.json",
        }
        visible = [tag for tag in page.tags if tag.name == "a" and tag.attributes.get("type") == "application/json"]
        assert [tag.attributes["href"] for tag in visible] == [f"{up}attributes/count.json"]


def test_the_language_switch_stays_on_the_page(site: Path) -> None:
    english = PageOf(site / "attributes" / "count" / "index.html")
    japanese = PageOf(site / "ja" / "attributes" / "count" / "index.html")
    for page, target in ((english, "../../ja/attributes/count/"), (japanese, "../../../attributes/count/")):
        (switch,) = [tag for tag in page.tags if tag.attributes.get("class") == "ev-language"]
        assert switch.attributes["href"] == target


def test_the_missing_page_speaks_both_languages(site: Path) -> None:
    for name in ("404.html", "ja/404.html"):
        page = (site / name).read_text(encoding="utf-8")
        assert "Page not found" in page
        assert "ページが見つかりません" in page


def test_every_page_carries_the_disclaimer_and_the_licence(site: Path) -> None:
    assert "Not legal or medical advice." in (site / "trials" / "index.html").read_text(encoding="utf-8")
    assert "CC BY 4.0" in (site / "ja" / "trials" / "index.html").read_text(encoding="utf-8")
