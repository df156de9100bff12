"""The site while it is edited: after a change only the pages that became different are built again.

The reader's search keeps the index of the last full build meanwhile: making it anew takes longer than the whole rest.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from kb import load
from kb.knowledge_base import Key
from kb.problems import Language
from publish.build import Beside, build_with, config_file, write_files
from publish.configuration import Configuration, derived, nav_files, read_configuration
from publish.labels import LANGUAGES
from publish.places import localized_path
from publish.tree import Tree, grow
from publish.workers import Worker, all_at_rest


class Change(NamedTuple):
    """What a refresh did."""

    #: Pages built again, in both languages.
    pages: int
    #: Pages and files removed.
    removed: int
    #: True when everything was built again.
    whole: bool

    @property
    def anything(self) -> bool:
        """False when the edit changed nothing that readers see."""
        return self.whole or self.pages > 0 or self.removed > 0


class Preview:
    """A built site and what it was built from.

    Args:
        pool: Running processes of MkDocs.
        checkout: Folder with ``mkdocs.yml`` and ``docs``.
        kb_root: The knowledge base.
        out: Folder of the site.
        related: Collection and id -> entries about nearly the same; kept as it is while entries are edited.
        beside: Adds what is not a page to each full build.
    """

    def __init__(
        self,
        pool: Mapping[Language, Worker],
        checkout: Path,
        kb_root: Path,
        out: Path,
        related: Mapping[Key, Sequence[Key]] | None = None,
        beside: Beside | None = None,
    ) -> None:
        self._pool, self._checkout, self._kb_root, self._out = pool, checkout, kb_root, out
        self._related, self._beside = related, beside
        self._folder = out.parent / ".preview"
        self._frame, self._assets, self._tree = "", "", Tree({}, {})

    def refresh(self) -> Change:
        """Bring the site up to date.

        Raises:
            EvregError: when an entry, a page or the configuration is wrong; the site then stays as it was.
        """
        configuration = read_configuration(self._checkout)
        frame = _digest(self._checkout / "mkdocs.yml", self._checkout / "docs" / "overrides")
        assets = _digest(self._checkout / "docs" / "assets")
        if frame != self._frame:
            kb, added = load(self._kb_root), self._beside
            self._tree = build_with(self._pool, kb, configuration, self._out, related=self._related, beside=added)
            self._frame, self._assets = frame, assets
            return Change(self._tree.pages, 0, True)
        tree = grow(load(self._kb_root), configuration, related=self._related)
        change = self._apply(tree, configuration)
        if assets != self._assets:
            self._copy_assets()
            change = change._replace(pages=change.pages + 1)
        self._tree, self._assets = tree, assets
        return change

    def _apply(self, tree: Tree, configuration: Configuration) -> Change:
        changed = {
            language: {name for name, text in pages.items() if self._tree.markdown[language].get(name) != text}
            for language, pages in tree.markdown.items()
        }
        self._build(tree, changed, configuration)
        files = {name: text for name, text in tree.files.items() if self._tree.files.get(name) != text}
        write_files(self._out, files)
        gone = [name for name in self._tree.files if name not in tree.files]
        for language, pages in self._tree.markdown.items():
            gone += [localized_path(language, _html(name)) for name in pages if name not in tree.markdown[language]]
        written = tree.files.keys() | {
            localized_path(language, _html(name)) for language, pages in tree.markdown.items() for name in pages
        }
        for name in set(gone) - written:
            (self._out / name).unlink(missing_ok=True)
        return Change(sum(map(len, changed.values())) or bool(files), len(gone), False)

    def _build(self, tree: Tree, changed: Mapping[Language, set[str]], configuration: Configuration) -> None:
        """Build the changed pages on a tree that holds only them and stubs of the pages in the navigation."""
        busy = [language for language, names in changed.items() if names]
        shutil.rmtree(self._folder, ignore_errors=True)
        with all_at_rest(self._pool):
            for language in busy:
                self._start(tree, language, changed[language], configuration)
            for language in busy:
                self._pool[language].wait(config_file(self._folder, language))
        for language in busy:
            for name in changed[language]:
                target = self._out / localized_path(language, _html(name))
                target.parent.mkdir(parents=True, exist_ok=True)
                (self._folder / "html" / language / _html(name)).replace(target)

    def _start(self, tree: Tree, language: Language, names: set[str], configuration: Configuration) -> None:
        docs, html = self._folder / "docs" / language, self._folder / "html" / language
        stubs = dict.fromkeys(nav_files(configuration), "")
        write_files(docs, stubs | {name: tree.markdown[language][name] for name in names})
        text = derived(configuration, language, docs, html)
        config_file(self._folder, language).write_text(text, encoding="utf-8")
        self._pool[language].start(config_file(self._folder, language))

    def _copy_assets(self) -> None:
        for language in LANGUAGES:
            target = self._out / localized_path(language, "assets")
            shutil.copytree(self._checkout / "docs" / "assets", target, dirs_exist_ok=True)


def _html(name: str) -> str:
    """The HTML file of a Markdown file: ``about.md`` becomes ``about/index.html``."""
    path = name.removesuffix(".md")
    return f"{path}.html" if path == "index" or path.endswith("/index") else f"{path}/index.html"


def _digest(*places: Path) -> str:
    found = hashlib.sha256()
    for place in places:
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file():
                found.update(path.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()
