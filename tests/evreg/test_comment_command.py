"""``evreg comment``: what a pull request changes, said where people read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

from evreg.commands.comment import comment
from kb.github_text import LONGEST_COMMENT, fenced, fitted, literal, quiet
from tests.repository import Repository
from tests.samples import guideline, term, write_kb


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "clone")
    made.commit("2026-01-02", glossary=[term("a"), term("b")], guidelines=[guideline("g", requirements=[])])
    return made


def _comment(repository: Repository, *arguments: str) -> str:
    result = CliRunner().invoke(
        comment, ["--since", "HEAD", "--kb", str(repository.root), *arguments], catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    return result.output


def test_words_and_pages_in_both_languages(repository: Repository) -> None:
    write_kb(repository.folder, guidelines=[guideline("g", requirements=[], status="superseded")])
    said = _comment(repository)
    assert said.startswith("<!-- evreg: changes -->\n")
    assert "Status: In force or current → Superseded" in said
    assert "有効・現行 → 後継文書あり" in said
    assert "`guidelines/g/index.html`" in said
    assert "`ja/guidelines/g/index.html`" in said
    lines = said.split("\n")
    assert [line for line in lines if line.startswith("-") and "In force" in line and "**" not in line]
    assert [line for line in lines if line.startswith("+") and "Superseded" in line]
    assert "glossary" not in said.lower()


def test_a_new_page_is_shown_whole(repository: Repository) -> None:
    write_kb(repository.folder, glossary=[term("c", summary={"en": "A new thing.", "ja": "新しい概念である。"})])
    said = _comment(repository)
    assert "+A new thing." in said
    assert "+新しい概念である。" in said


def test_places_far_apart_are_set_apart_and_dashes_are_text(repository: Repository) -> None:
    changed = guideline("g", requirements=[], status="superseded", notes=[{"en": "-- a note", "ja": "注記である。"}])
    write_kb(repository.folder, guidelines=[changed])
    said = _comment(repository)
    assert "\n+-- a note\n" in said
    assert "\n …\n" in said
    assert "@@" not in said


def test_nothing_changed(repository: Repository) -> None:
    said = _comment(repository)
    assert "No entry means anything else" in said
    assert "意味の異なるエントリーはない" in said
    assert "```" not in said


def test_an_earlier_state_that_no_longer_fits(repository: Repository) -> None:
    path = repository.root / "entries" / "glossary" / "a.yaml"
    good = path.read_bytes()
    path.write_bytes(good + b"no_such_field: 1\n")
    repository.commit_files("2026-01-03")
    path.write_bytes(good)
    said = _comment(repository)
    assert "cannot be read by the present program" in said
    assert "読み込めない" in said


def test_what_entries_say_is_neither_markup_nor_a_call(repository: Repository) -> None:
    hostile = "``` </details> <script>x</script> @octocat #12 https://evil.example ![x](y) ````"
    write_kb(
        repository.folder,
        glossary=[
            term("a", summary={"en": hostile, "ja": "概念である。"}, title={"en": f"A {hostile}", "ja": "用語a"})
        ],
    )
    said = _comment(repository)
    assert "@octocat" not in said
    assert "#12" not in said
    assert "https://evil" not in said
    tokens = MarkdownIt("commonmark").parse(said)
    inline = [child.type for token in tokens for child in token.children or ()]
    assert {"html_inline", "image", "link_open"}.isdisjoint(inline)
    assert [token.content.strip() for token in tokens if token.type == "html_block"] == ["<!-- evreg: changes -->"]
    assert sum(token.type == "fence" for token in tokens) == 2


def test_many_changes_fit_and_what_is_left_out_is_counted(repository: Repository) -> None:
    long = {"en": "Particles are counted by several methods. " * 40, "ja": "粒子は複数の方法で数える。" * 40}
    write_kb(repository.folder, glossary=[term(f"t{number}-{'x' * 60}", summary=long) for number in range(300)])
    said = _comment(repository)
    assert len(said) <= LONGEST_COMMENT
    assert "more parts find no room" in said
    assert "件はこのコメントに収まらない" in said
    assert said.count("```") % 2 == 0
    assert said.index("### 日本語") < 40_000


def test_into_a_file(repository: Repository, tmp_path: Path) -> None:
    assert _comment(repository, "--out", str(tmp_path / "comment.md")) == ""
    assert (tmp_path / "comment.md").read_text(encoding="utf-8").startswith("<!-- evreg")


@pytest.mark.parametrize("text", ["@a", "see #1", "gh-1", "o/r#1", "https://x.example", "ftp://x", "www.x.example"])
def test_what_github_would_link_is_broken(text: str) -> None:
    assert text not in quiet(text)
    assert quiet(text).replace("\u200b", "") == text
    assert text not in literal(text)


def test_ordinary_text_stays() -> None:
    assert quiet("a # b: c // d, 3:4, e.g. x@ y") == "a # b: c // d, 3:4, e.g. x@ y"
    assert literal("a\n b\u202e") == "a b�"


def test_a_fence_is_longer_than_any_inside() -> None:
    assert fenced(["````", "x"]).startswith("`````\n")


def test_whole_parts_only() -> None:
    assert fitted(["a" * 50, "b" * 50, "c" * 50], "{n} left", 100) == "a" * 50 + "\n\n2 left"
    assert fitted(["a", "b"], "{n} left", 100) == "a\n\nb"
