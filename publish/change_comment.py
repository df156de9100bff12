"""What a pull request changes, as a comment: in words, and the pages concerned before and after.

Everything from entries is shown literally; names in it call nobody and addresses are no links, because the comment is
posted in the name of the project.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import unified_diff
from typing import Final

from kb import KnowledgeBase
from kb.analysis.changes import Changes, EntryChange
from kb.github_text import fenced, fitted, literal, quiet
from kb.problems import Language, shorten
from publish.change_markdown import change_markdown
from publish.change_words import entry_title
from publish.labels import LANGUAGES
from publish.page_words import page_words
from publish.phrases import Phrases
from publish.places import entry_path, localized_path
from publish.site import Site

#: By this line the program finds its own comment again and renews it.
MARK: Final = "<!-- evreg: changes -->"
#: Entries whose pages are compared, and lines of each comparison: more is not read in a comment.
_PAGES: Final = 10
_DIFF_LINES: Final = 60
_LINE: Final = 1_000
#: Characters of the changes in words in one language, so that both and some pages find room.
_WORDS: Final = 16_000
_NAMES: Final[dict[Language, str]] = {"en": "English", "ja": "日本語"}


def change_comment(before: KnowledgeBase | None, after: KnowledgeBase, found: Changes) -> str:
    """The comment, at most as long as GitHub takes it; parts that do not fit are counted.

    Args:
        before: The knowledge base before the change; None when the present program cannot read it, so that pages
            cannot be compared.
        after: The knowledge base with the change.
        found: What changed between the two.
    """
    sites: dict[Language, Site] = {language: Site(after, language) for language in LANGUAGES}
    earlier: dict[Language, Site] = {language: Site(before, language) for language in LANGUAGES} if before else {}
    left_out = _both(sites, "comment_left_out")
    parts = [
        f"{MARK}\n## {_both(sites, 'comment_title')}",
        *(_in_words(site, found, left_out) for site in sites.values()),
    ]
    shown = [change for change in found.entries if change.key[1] in after.collection(change.key[0])]
    if shown:
        parts.append(f"## {_both(sites, 'comment_pages')}")
    if shown and before is None:
        parts.append(_both(sites, "comment_unread"))
    parts += [_pages(sites, earlier, change) for change in shown[:_PAGES]]
    if len(shown) > _PAGES:
        parts.append(_both(sites, "comment_more_pages", n=len(shown) - _PAGES))
    return fitted(parts, left_out) + "\n"


def _in_words(site: Site, found: Changes, left_out: str) -> str:
    """The changes in one language; of very many as many entries as fit."""
    lines = quiet(change_markdown(site, found)).removeprefix("# ").rstrip().split("\n")
    items: list[str] = []
    for line in lines:
        if line.startswith("  ") and items:
            items[-1] += f"\n{line}"
        else:
            items.append(f"##{line}" if line.startswith("## ") else line)
    words = fitted(items, f"\n{left_out}", _WORDS, "\n")
    return f"### {_NAMES[site.language]}\n\n{words}"


def _pages(sites: Mapping[Language, Site], earlier: Mapping[Language, Site], change: EntryChange) -> str:
    rows = [f"#### {literal(entry_title(sites['en'], change))} ({literal('/'.join(change.key))})"]
    for language, site in sites.items():
        lines, cut = _difference(earlier.get(language), site, change)
        path = localized_path(language, entry_path(change.key))
        rows += ["", f"{_NAMES[language]}: `{path}index.html`", ""]
        rows.append(fenced(lines, "diff") if lines else f"_{literal(Phrases(site, 'changes')('comment_same'))}_")
        if cut:
            rows += ["", f"_{literal(Phrases(site, 'changes')('comment_cut', n=cut))}_"]
    return "\n".join(rows)


def _difference(before: Site | None, after: Site, change: EntryChange) -> tuple[list[str], int]:
    """Lines of the page that went and came, and how many more there are; the whole page of a new entry."""
    former = change.other if change.kind == "renamed" and change.other else change.key
    old = before.kb.resolve(former[1], former[0]) if before else None
    new = after.kb.resolve(change.key[1], change.key[0])
    if new is None or (before is None and change.kind != "added"):
        return [], 0
    earlier = page_words(before, old) if before and old else []
    # After two lines that name the sides, every line begins with a sign; «@@» stands between places far apart.
    compared = list(unified_diff(earlier, page_words(after, new), lineterm="", n=1))[2:]
    lines = [" …" if line.startswith("@@") else line for line in compared][1:]
    return [line[0] + shorten(line[1:], _LINE) for line in lines[:_DIFF_LINES]], max(len(lines) - _DIFF_LINES, 0)


def _both(sites: Mapping[Language, Site], name: str, **values: str | int) -> str:
    return " / ".join(Phrases(site, "changes")(name, **values) for site in sites.values())
