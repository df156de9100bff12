"""Everything that is published, in memory: two Markdown trees and the files that MkDocs has no part in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from kb import KnowledgeBase
from kb.knowledge_base import Key
from kb.models import COLLECTIONS
from kb.problems import EvregError, Language, Message
from publish.computed import computed_files, computed_pages
from publish.configuration import Configuration
from publish.entry_page import entry_page
from publish.handwritten import Known, Written, complete, read_written
from publish.labels import LANGUAGES
from publish.list_page import list_page
from publish.places import localized_path, source_file, twin_path
from publish.redirects import redirects
from publish.search_page import search_files
from publish.site import Site
from publish.twins import twin

#: Called with each language as soon as its Markdown is complete; may empty the texts when nobody needs them any more.
WhenReady = Callable[[Language, dict[str, str]], None]


class Tree(NamedTuple):
    """What one build publishes."""

    #: Language -> file below ``docs`` -> Markdown.
    markdown: dict[Language, dict[str, str]]
    #: Path below the site's root -> content of JSON twins, redirects, data files and the files of the search.
    #: They are kept as bytes: most mix scripts, and as Python's texts they would take twice the memory.
    files: dict[str, bytes]

    @property
    def pages(self) -> int:
        """Number of pages in both languages."""
        return sum(map(len, self.markdown.values()))


def grow(
    kb: KnowledgeBase,
    configuration: Configuration,
    when_ready: WhenReady | None = None,
    related: Mapping[Key, Sequence[Key]] | None = None,
) -> Tree:
    """Render a knowledge base and the hand-written pages.

    Args:
        kb: What to publish.
        configuration: Of the checkout, whose ``docs`` holds the hand-written pages.
        when_ready: Told of each language, so that its HTML can be made while the next language is rendered.
        related: Collection and id -> entries about nearly the same.

    Raises:
        EvregError: when a hand-written page has a dead link or no counterpart, or two pages claim one address.
    """
    docs = configuration.checkout / "docs"
    written = read_written(docs)
    files = {twin_path(entry): twin(kb, entry).encode() for entry in kb}
    markdown: dict[Language, dict[str, str]] = {}
    for language in LANGUAGES:
        site = Site(kb, language, configuration.report_url, configuration.site_url, configuration.checkout, related)
        moved = redirects(site, configuration.site_url)
        markdown[language] = _pages(site, written[language], moved, configuration)
        for path, content in (*search_files(site).items(), *computed_files(site)):
            files[path] = content.encode() if isinstance(content, str) else content
        files |= {f"{localized_path(language, path)}index.html": text.encode() for path, text in moved.items()}
        if when_ready:
            when_ready(language, markdown[language])
    return Tree(markdown, files)


def _pages(site: Site, written: list[Written], moved: dict[str, str], configuration: Configuration) -> dict[str, str]:
    made = chain(
        (list_page(site, name) for name in COLLECTIONS),
        (entry_page(site, entry) for entry in site.kb),
        computed_pages(site),
    )
    claimed, sources, titles = [page.place.path for page in written], dict[str, str](), dict[str, str]()
    for page in made:  # one after another: of ten thousand pages only the sources need room
        claimed.append(page.path)
        sources[page.path], titles[page.path] = page.source(), page.title
    known = Known(
        pages=sources | {page.place.path: page.text for page in written} | dict.fromkeys(moved, ""),
        titles=titles,
        assets=configuration.checkout / "docs" / "assets",
    )
    _refuse_collisions([*claimed, *moved])
    found = {source_file(path): text for path, text in sources.items()}
    return found | {page.file: complete(page, site, known) for page in written}


def _refuse_collisions(paths: list[str]) -> None:
    taken: set[str] = set()
    for path in paths:
        if path in taken:
            raise EvregError(
                f"/{path}",
                Message("Two pages claim this address.", "このアドレスのページが二つある。"),
                Message("One page for each address.", "一つのアドレスに一つのページとする。"),
                Message(
                    "Rename the hand-written page, or remove the alias that is also an id.",
                    "手書きのページの名称を変えるか、他のIDと重なる別名(aliases)を削除する。",
                ),
            )
        taken.add(path)
