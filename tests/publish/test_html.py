"""The HTML of one page of each kind is valid, and its head says what search engines and social media read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import html5lib
import pytest

from tests.page_kinds import page_kinds
from tests.publish.built_pages import BuiltSite, read_page


def _errors(path: Path) -> list[str]:
    parser: Any = html5lib.HTMLParser(strict=False)
    parser.parse(path.read_text(encoding="utf-8"))
    return [f"{place}: {code} {data}" for place, code, data in parser.errors]


@pytest.mark.parametrize("language", ["", "ja/"])
def test_pages_of_each_kind_are_valid(real_site: Path, language: str) -> None:
    names = [*(f"{name}index.html" for name in page_kinds(real_site)), "404.html"]
    wrong = {name: errors[:3] for name in names if (errors := _errors(real_site / language / name))}
    assert wrong == {}


@pytest.mark.parametrize("language", ["", "ja/"])
def test_hostile_pages_of_each_kind_are_valid(site: Path, language: str) -> None:
    wrong = {
        name: errors[:3] for name in page_kinds(site) if (errors := _errors(site / language / name / "index.html"))
    }
    assert wrong == {}


def test_an_error_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("<!doctype html><title>x</title><p><div></p>")
    assert _errors(tmp_path / "x.html")


def test_every_page_says_what_it_is(real_site: Path) -> None:
    """Title, description and the words for previews on social media, each once."""
    wanted = ("description", "og:title", "og:description", "og:type", "og:site_name", "og:locale", "twitter:card")
    missing = {
        f"{page.name}: {name}"
        for page in BuiltSite(real_site).real_pages
        for name in wanted
        if len(page.meta.get(name, [])) != 1 or not page.meta[name][0].strip()
    }
    assert sorted(missing)[:20] == []


def test_previews_speak_the_language_of_the_page(real_site: Path) -> None:
    for language, locale in (("", "en_US"), ("ja/", "ja_JP")):
        page = read_page(real_site, real_site / language / "attributes/sterility/index.html")
        assert page.meta["og:locale"] == [locale]
        assert page.meta["og:title"][0] in (real_site / page.name).read_text(encoding="utf-8")
        assert page.meta["og:description"] == page.meta["description"]
        assert {
            address.value for address in page.addresses if address.tag == "link" and "sterility" in address.value
        } >= {
            "../../attributes/sterility/" if not language else "../../../attributes/sterility/",
        }


@pytest.mark.parametrize(
    ("page", "tab"),
    [
        ("ja/compare/jp-kr-tw-cn/", "比較・分析"),
        ("attributes/sterility/", "Quality"),
        ("ja/search/", None),
        ("", "Home"),
    ],
)
def test_the_tab_of_a_page_is_marked(real_site: Path, page: str, tab: str | None) -> None:
    text = (real_site / page / "index.html").read_text(encoding="utf-8")
    found = re.findall(r'md-tabs__item--active"><a [^>]*>([^<]+)<', text)
    assert found == ([tab] if tab else [])
