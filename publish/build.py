"""The whole site: render, run MkDocs for both languages side by side, put the result in place at once."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from kb import KnowledgeBase
from kb.knowledge_base import Key
from kb.problems import EvregError, Language, Message
from publish.configuration import Configuration, derived, read_configuration
from publish.labels import LANGUAGES
from publish.search_index import Indexing
from publish.tree import Tree, grow
from publish.workers import Worker, all_at_rest, workers

#: Called with the name of a step (``render``, ``html``, ``index``, ``assemble``) when it begins.
Progress = Callable[[str], None]
#: Called with what is published and the finished site before it is put in place; adds files of its own to it.
Beside = Callable[[KnowledgeBase, Path], None]


class BuildResult(NamedTuple):
    """What was built."""

    #: Pages in both languages, without redirects.
    pages: int
    #: Wall time.
    seconds: float
    #: Folder of the site.
    out: Path


def build_site(
    kb: KnowledgeBase,
    checkout: Path,
    out: Path,
    progress: Progress | None = None,
    related: Mapping[Key, Sequence[Key]] | None = None,
    beside: Beside | None = None,
) -> BuildResult:
    """Build the site.

    Markdown trees and derived configurations are left beside ``out`` when it is in the checkout's ``build`` folder
    (``build/docs/en``, ``build/mkdocs.en.yml``); ``out`` is replaced as a whole when everything has succeeded.

    Args:
        kb: What to publish.
        checkout: Folder with ``mkdocs.yml`` and ``docs``.
        out: Folder of the site, usually ``build/site``.
        progress: Told of each step.
        related: Collection and id -> entries about nearly the same, for «see also».
        beside: Adds what is not a page.

    Raises:
        EvregError: when the configuration, a hand-written page or MkDocs gives cause, or ``out`` is not ours.
    """
    started = time.perf_counter()
    with workers() as pool:
        tree = build_with(pool, kb, read_configuration(checkout), out, progress, related, keep=False, beside=beside)
    return BuildResult(tree.pages, time.perf_counter() - started, out)


def build_with(
    pool: Mapping[Language, Worker],
    kb: KnowledgeBase,
    configuration: Configuration,
    out: Path,
    progress: Progress | None = None,
    related: Mapping[Key, Sequence[Key]] | None = None,
    keep: bool = True,
    *,
    beside: Beside | None = None,
) -> Tree:
    """As :func:`build_site`, with processes that are running already; returns what was published.

    Without ``keep`` the processes are ended as soon as they are done, and the Markdown's texts are empty in what is
    returned: they have been written, and with ten thousand entries both take more than a gigabyte.
    """
    report = progress or (lambda step: None)

    def ready(language: Language, pages: dict[str, str]) -> None:
        _write_language(work, configuration, language, pages)
        pool[language].start(config_file(work, language))
        if not keep:
            pages.update(dict.fromkeys(pages, ""))

    _refuse_foreign(out)
    with _workshop(out) as work, all_at_rest(pool):
        report("render")
        tree = grow(kb, configuration, ready, related)
        report("html")
        for language, worker in pool.items():
            worker.wait(config_file(work, language))
            if not keep:
                worker.close()  # Pagefind needs the memory
        report("index")
        _index(work)
        report("assemble")
        _assemble(work, tree, configuration)
        if beside:
            beside(kb, work / "html" / "en")
        _settle(work, out, configuration)
    return tree


def config_file(folder: Path, language: Language) -> Path:
    """The derived configuration of a language."""
    return folder / f"mkdocs.{language}.yml"


def _write_language(work: Path, configuration: Configuration, language: Language, pages: Mapping[str, str]) -> None:
    docs = work / "docs" / language
    write_files(docs, pages)
    shutil.copytree(configuration.checkout / "docs" / "assets", docs / "assets", dirs_exist_ok=True)
    text = derived(configuration, language, docs, work / "html" / language)
    config_file(work, language).write_text(text, encoding="utf-8")


def write_files(folder: Path, files: Mapping[str, str | bytes] | Mapping[str, str]) -> None:
    """Write files below a folder, which need not exist."""
    made: set[Path] = set()
    for name, content in files.items():
        path = folder / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def _workshop(out: Path) -> Iterator[Path]:
    """A folder beside ``out``, on the same file system, so that the finished site can be moved into place."""
    out.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _refuse_foreign(out: Path) -> None:
    """Never delete a folder that no build of ours has written."""
    if out.exists() and not (out / "ja" / "index.html").is_file() and (not out.is_dir() or any(out.iterdir())):
        raise EvregError(
            str(out),
            Message("This is something else than a site of EVReg.", "EVRegのサイトではないものがある。"),
            Message(
                "An empty folder, a new one, or an earlier build.",
                "空のフォルダー、新しいフォルダー又は以前の構築結果を指定する。",
            ),
            Message(
                "Choose another folder, or empty this one.", "別のフォルダーを指定するか、このフォルダーを空にする。"
            ),
        )


def _index(work: Path) -> None:
    """The reader's search, for both languages side by side, before the folder of one is moved into the other's."""
    runs = [Indexing(work / "html" / language) for language in LANGUAGES]
    try:
        for run in runs:
            run.wait()
    finally:
        for run in runs:
            run.stop()


def _assemble(work: Path, tree: Tree, configuration: Configuration) -> None:
    english, japanese = work / "html" / "en", work / "html" / "ja"
    japanese.rename(english / "ja")
    write_files(english, tree.files)
    if not configuration.site_url:
        # MkDocs writes sitemaps in any case, but without the site's address they are empty.
        for sitemap in (*english.glob("sitemap.xml*"), *english.glob("ja/sitemap.xml*")):
            sitemap.unlink()


def _settle(work: Path, out: Path, configuration: Configuration) -> None:
    """Move the finished site into place; the old one disappears only then."""
    old = work / "old"
    if out.exists():
        out.rename(old)
    try:
        (work / "html" / "en").rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
    if out.parent == configuration.checkout / "build":
        _keep_markdown(work, out.parent, configuration)


def _keep_markdown(work: Path, folder: Path, configuration: Configuration) -> None:
    """Leave the Markdown trees where other engines can be tried on them; only ever below the checkout's ``build``."""
    docs = folder / "docs"
    shutil.rmtree(docs, ignore_errors=True)
    (work / "docs").rename(docs)
    for language in LANGUAGES:
        text = derived(configuration, language, docs / language, folder / f"site-{language}")
        config_file(folder, language).write_text(text, encoding="utf-8")
