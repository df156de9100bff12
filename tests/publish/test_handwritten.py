"""Hand-written pages: links are checked when the site is built, and errors name the place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kb import EvregError, KnowledgeBase
from publish.configuration import read_configuration
from publish.tree import Tree, grow


@pytest.fixture
def own_checkout(tmp_path: Path, checkout: Path) -> Path:
    return Path(shutil.copytree(checkout, tmp_path / "checkout"))


def _write(checkout: Path, english: str, name: str = "note.md") -> None:
    (checkout / "docs" / "en" / name).write_text(english, encoding="utf-8")
    (checkout / "docs" / "ja" / name).write_text("# 注\n", encoding="utf-8")


def _grow(base: KnowledgeBase, checkout: Path) -> Tree:
    return grow(base, read_configuration(checkout))


def test_permalinks_become_relative(own_checkout: Path, full_kb: KnowledgeBase) -> None:
    _write(
        own_checkout,
        "# N\n\n[a](/guidelines/g/) [b](/guidelines/g/#sources) [c](/) [d](https://example.org/) [e](/guidelines/)\n",
    )
    page = _grow(full_kb, own_checkout).markdown["en"]["note.md"]
    assert (
        "[a](../guidelines/g/) [b](../guidelines/g/#sources) [c](../) [d](https://example.org/) [e](../guidelines/)"
        in page
    )


def test_an_empty_text_stands_for_the_title(own_checkout: Path, full_kb: KnowledgeBase) -> None:
    _write(own_checkout, "# N\n\n[](/guidelines/g/) [](/guidelines/hostile-guidelines/)\n")
    page = _grow(full_kb, own_checkout).markdown["en"]["note.md"]
    assert "[guideline g](../guidelines/g/)" in page
    assert "<" not in page


@pytest.mark.parametrize(
    ("link", "hint"),
    [
        ("[x](/guidelines/gg/)", "«guidelines/g/»"),
        ("[x](/guidelines/g/#nowhere)", "#nowhere"),
        ("[x](guidelines/g/)", "guidelines/g/"),
        ("[x](#nowhere)", "#nowhere"),
        ("![x](/assets/none.svg)", "none.svg"),
    ],
)
def test_a_dead_link_stops_the_build(own_checkout: Path, full_kb: KnowledgeBase, link: str, hint: str) -> None:
    _write(own_checkout, f"# N\n\nSee {link}.\n")
    with pytest.raises(EvregError) as caught:
        _grow(full_kb, own_checkout)
    assert caught.value.where.endswith(f"note.md:3:{5}")
    assert hint in caught.value.found.en
    assert all((caught.value.found.ja, caught.value.expected.ja, caught.value.remedy.ja))


def test_a_page_needs_its_counterpart(own_checkout: Path, full_kb: KnowledgeBase) -> None:
    (own_checkout / "docs" / "ja" / "alone.md").write_text("# 単独\n", encoding="utf-8")
    with pytest.raises(EvregError, match=r"alone\.md"):
        _grow(full_kb, own_checkout)


def test_an_unknown_part_is_named(own_checkout: Path, full_kb: KnowledgeBase) -> None:
    _write(own_checkout, "# N\n\n<!-- evreg:figure -->\n")
    with pytest.raises(EvregError) as caught:
        _grow(full_kb, own_checkout)
    assert "«figures»" in caught.value.found.en


def test_two_pages_cannot_have_one_address(own_checkout: Path, full_kb: KnowledgeBase) -> None:
    _write(own_checkout, "# N\n", "guidelines.md")
    with pytest.raises(EvregError, match="/guidelines/"):
        _grow(full_kb, own_checkout)


def test_home_counts_what_is_there(own_checkout: Path, full_kb: KnowledgeBase) -> None:
    home = _grow(full_kb, own_checkout).markdown["en"]["index.md"]
    standing = len(full_kb) - 1  # one term is withdrawn
    assert f'<p class="ev-figures-note">{standing} entries in all.' in home
    assert f'<span class="ev-number">{len(full_kb.trials)}</span> <a href="./trials/">clinical trials</a>' in home


def test_where_to_report_is_said_or_its_absence(own_checkout: Path, full_kb: KnowledgeBase) -> None:
    assert "No address for reports" in _grow(full_kb, own_checkout).markdown["en"]["report.md"]
    config = own_checkout / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("report_url: null", "report_url: https://forms.example/?id={id}"), encoding="utf-8")
    assert 'href="https://forms.example/?id="' in _grow(full_kb, own_checkout).markdown["en"]["report.md"]
