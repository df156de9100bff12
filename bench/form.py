"""Every entry opened, edited and saved in the real form: what else is different afterwards?

The form is Sveltia CMS in a real Chromium with the whole knowledge base before it, in as many windows as there are
processors. A mark is typed behind the English summary of each entry, the entry is saved, and without the mark the form's
text must be, once it is in the common form, the entry's text to the byte.
"""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright
from rich.progress import Progress

from bench.figures import Figure
from editing.form.backend import Backend
from editing.form.site import write_form
from kb import load
from kb.files import EntryFile, entry_files
from kb.formatting import formatted
from publish.labels import Labels
from tests.browser.form_driving import MARK, begin, entry_path, let_in, mark, put, save, show
from tests.browser.serving import served
from tests.chromium import ARGUMENTS, find_chromium

#: Entries that one window saves before the next one opens; between them the progress moves.
_AT_ONCE = 75


class Outcome(NamedTuple):
    """What became of entries that went through the form.

    Attributes:
        same: How many differ in nothing but the mark.
        different: The others; a file's path.
    """

    same: int
    different: tuple[str, ...]


def figures(root: Path, scratch: Path, rounds: int) -> list[Figure]:
    """What the form changes that nobody edited.

    Args:
        root: The checkout.
        scratch: An empty folder.
        rounds: Not used; every entry is saved once.
    """
    del rounds
    program = find_chromium()
    if program is None:
        return [Figure("entries saved by the form: no Chromium was found", "-")]
    problem = write_form(scratch, load(root / "kb"), {"en": Labels("en"), "ja": Labels("ja")}, Backend(None))
    if problem is not None:
        return [Figure(f"entries saved by the form: {problem.found.en}", "-", failed=True)]
    (scratch / "empty.html").write_text("<!doctype html><title>empty</title>", encoding="utf-8")
    files = list(entry_files(root / "kb"))
    found = _all_saved(program, scratch, files)
    different = tuple(path for outcome in found for path in outcome.different)
    same = sum(outcome.same for outcome in found)
    return [
        Figure("entries edited and saved in the form whose other text stayed the same", f"{same} of {len(files)}"),
        Figure(
            f"entries that the form changed {' '.join(different)}",
            f"{len(different)}",
            goal="0",
            failed=bool(different),
        ),
    ]


def _all_saved(program: str, site: Path, files: list[EntryFile]) -> list[Outcome]:
    context = multiprocessing.get_context("spawn")
    parts = [files[start : start + _AT_ONCE] for start in range(0, len(files), _AT_ONCE)]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as pool, Progress() as progress:
        task = progress.add_task("entries through the form", total=len(files))
        running = {pool.submit(partial(_saved, program, site, files), part): len(part) for part in parts}
        found = []
        for done in as_completed(running):
            found.append(done.result())
            progress.advance(task, running[done])
    return found


def _saved(program: str, site: Path, everything: list[EntryFile], part: list[EntryFile]) -> Outcome:
    """Save some of the entries in a browser of their own."""
    texts = {entry_path(file): file.path.read_text(encoding="utf-8") for file in everything}
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 900})
        let_in(context)
        page = context.new_page()
        page.goto(f"{address}empty.html")
        put(page, texts)
        begin(page, f"{address}admin/", "Jurisdictions")
        found = {file: _same(page, f"{address}admin/", file, texts[entry_path(file)]) for file in part}
        browser.close()
    return Outcome(sum(found.values()), tuple(entry_path(file) for file, same in found.items() if not same))


def _same(page: Page, form: str, file: EntryFile, before: str) -> bool:
    show(page, form, file)
    mark(page, "summary.en")
    saved = save(page, entry_path(file), before)
    if saved is None or saved.count(MARK) != 1:
        return False
    unmarked = saved.replace(MARK, "").encode()
    return formatted(unmarked, file.collection) == formatted(before.encode(), file.collection)
