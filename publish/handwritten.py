"""The pages that people write in ``docs/en`` and ``docs/ja``: checked links, computed parts.

Links to pages of the site are written as permalinks from the root of the language, ``[text](/attributes/potency-wnt/)``;
an empty text stands for the entry's title. They become relative links here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from kb.problems import EvregError, Language, Message, near_miss
from publish.home import BLOCKS
from publish.labels import LANGUAGES
from publish.page import block
from publish.places import Place
from publish.safe_text import markdown
from publish.site import Site

_LINK = re.compile(r"(?P<image>!?)\[(?P<words>[^\]\n]*)\]\((?P<target>[^)\s]+)(?P<title>\s+\"[^\"\n]*\")?\)")
_BLOCK = re.compile(r"^<!-- evreg:(?P<name>[\w-]+) -->$", re.MULTILINE)
_OUTSIDE = re.compile(r"(?:https?:|mailto:)")
_EXPLICIT_ANCHOR = "{{#{}}}"


class Written(NamedTuple):
    """A hand-written page as it stands in the file."""

    #: Below ``docs/<language>``, e.g. ``about.md``.
    file: str
    place: Place
    text: str
    origin: Path


class Known(NamedTuple):
    """What hand-written pages may link to."""

    #: Path of a page -> its Markdown.
    pages: Mapping[str, str]
    #: Path of a page -> its title, for links without a text of their own.
    titles: Mapping[str, str]
    #: Folder whose files are published below ``/assets/``.
    assets: Path


def read_written(docs: Path) -> dict[Language, list[Written]]:
    """All hand-written pages.

    Raises:
        EvregError: when a page exists in one language only.
    """
    found = {language: _read(docs / language, language) for language in LANGUAGES}
    names = {language: {page.file: page for page in pages} for language, pages in found.items()}
    pairs: tuple[tuple[Language, Language], ...] = (("en", "ja"), ("ja", "en"))
    for language, other in pairs:
        for name in sorted(set(names[language]) - set(names[other])):
            raise EvregError(
                str(names[language][name].origin),
                Message(
                    f"This page has no counterpart in docs/{other}.",
                    f"このページに対応するdocs/{other}のページがない。",
                ),
                Message(
                    "Every hand-written page exists in English and Japanese.", "手書きのページは日英両方が必要である。"
                ),
                Message(f"Write docs/{other}/{name}.", f"docs/{other}/{name}を作成する。"),
            )
    return found


def _read(folder: Path, language: Language) -> list[Written]:
    pages = []
    for path in sorted(folder.rglob("*.md")):
        name = path.relative_to(folder).as_posix()
        url = name.removesuffix("index.md") if path.name == "index.md" else f"{name.removesuffix('.md')}/"
        pages.append(Written(name, Place(language, url), path.read_text(encoding="utf-8"), path))
    return pages


def complete(page: Written, site: Site, known: Known) -> str:
    """The page with relative links and computed parts.

    Raises:
        EvregError: when a link leads nowhere or a computed part is unknown; names file, line and column.
    """
    text = _LINK.sub(lambda match: _link(match, page, known), page.text)
    return _BLOCK.sub(lambda match: _block(match, page, site), text)


def _block(match: re.Match[str], page: Written, site: Site) -> str:
    name = match["name"]
    if name not in BLOCKS:
        near = near_miss(name, BLOCKS)
        raise EvregError(
            _where(page, match),
            Message(f"«{name}» is no computed part.{near.en}", f"「{name}」という自動生成部分はない。{near.ja}"),
            Message(f"One of: {', '.join(BLOCKS)}.", f"次のいずれかとする: {'、'.join(BLOCKS)}。"),
            Message("Correct the name or remove the line.", "名称を訂正するか、その行を削除する。"),
        )
    return block(BLOCKS[name](site, page.place), f"ev-part-{name}")


def _link(match: re.Match[str], page: Written, known: Known) -> str:
    target: str = match["target"]
    if _OUTSIDE.match(target):
        return match[0]
    path, _, anchor = target.partition("#")
    if path and not path.startswith("/"):
        raise _dead(page, match, "", Message("Internal links begin with «/».", "内部リンクは「/」で始める。"), known)
    inside = path.removeprefix("/")
    if inside.startswith("assets/"):
        if not (known.assets / inside.removeprefix("assets/")).is_file():
            raise _dead(
                page,
                match,
                inside,
                Message("A file below docs/assets.", "docs/assets以下のファイルを指定する。"),
                known,
            )
    else:
        inside = inside.partition("?")[0] if path else page.place.path
        if inside not in known.pages:
            raise _dead(
                page,
                match,
                inside,
                Message("The permalink of a page.", "存在するページの恒久リンクを指定する。"),
                known,
            )
        if anchor and not _has_anchor(known.pages[inside], anchor):
            raise _dead(
                page,
                match,
                inside,
                Message(f"An anchor «{anchor}» on that page.", f"そのページにアンカー「{anchor}」が必要である。"),
                known,
            )
    words = match["words"] or markdown(known.titles.get(inside, inside))
    address = f"{page.place.root}{path.removeprefix('/')}" if path else ""
    return f"{match['image']}[{words}]({address}{'#' + anchor if anchor else ''}{match['title'] or ''})"


def _has_anchor(source: str, anchor: str) -> bool:
    return _EXPLICIT_ANCHOR.format(anchor) in source or f'id="{anchor}"' in source


def _dead(page: Written, match: re.Match[str], path: str, expected: Message, known: Known) -> EvregError:
    near = near_miss(path, known.pages) if path else Message("", "")
    return EvregError(
        _where(page, match),
        Message(
            f"The link «{match['target']}» leads nowhere.{near.en}", f"リンク「{match['target']}」の先がない。{near.ja}"
        ),
        expected,
        Message(
            "Correct the link, e.g. (/attributes/sterility/).", "(/attributes/sterility/)のようにリンクを訂正する。"
        ),
    )


def _where(page: Written, match: re.Match[str]) -> str:
    before = page.text[: match.start()]
    return f"{page.origin}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
