"""One run: sources side by side, each read to its end before anything of it is written.

A fault ends the run of one source and leaves everything of it as it was; the others go on. Threads only read; what they
found is compared there and written here, one source after another, by the holder of the lock for writing.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from threading import BoundedSemaphore, Event, Thread

from platformdirs import user_cache_path

from kb import KnowledgeBase, load
from kb.problems import EvregError, Message, shorten
from kb.writing_lock import writing
from scrapers.collecting import Collected, Inbox, collect
from scrapers.errand import Errand, Means, usual_means
from scrapers.faults import SourceFault, unexpected
from scrapers.fetching.fetcher import Fetcher, Tally
from scrapers.keeping import keep, remove_left_overs, scratch_copy
from scrapers.recall import Recall
from scrapers.register import Source
from scrapers.report import Report, SourceReport, said_once
from scrapers.source import Visit

#: Sources asked at the same time; pace and concurrency of each host hold over all of them (scrapers.fetching.hosts).
SIDE_BY_SIDE = 8


@dataclass(frozen=True, slots=True)
class _Ended:
    """One source after its thread ended."""

    name: str
    seconds: float
    tally: Tally
    held: Collected | None
    fault: EvregError | None
    recall: Recall | None


def enrich(
    root: Path,
    errand: Errand,
    means: Means | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Ask sources and keep what they state.

    Args:
        root: The knowledge base.
        errand: What to ask.
        means: What to work with.
        progress: Told (sources that ended, sources in all).

    Raises:
        EvregError: the knowledge base cannot be read, or another program is writing to it.
        OSError: a file cannot be written.
    """
    means = means or usual_means()
    with _target(root, errand) as target:
        kb, inbox = load(root), Inbox.of(root, errand.today)
        done: dict[str, SourceReport] = {}
        progress(0, len(errand.names))
        for ended in _side_by_side(root, errand, means, kb, inbox):
            source = means.sources[ended.name]
            done[ended.name] = _kept(target, kb, inbox, source, ended, dry_run=errand.dry_run)
            progress(len(done), len(errand.names))
    said_once(done.values())
    listed = tuple(done[name] for name in dict.fromkeys(errand.names))
    return Report(errand.today.isoformat(), errand.dry_run, listed, errand.partial)


@contextmanager
def _target(root: Path, errand: Errand) -> Iterator[Path]:
    """Where the run writes: the knowledge base, held for writing, or a copy that is thrown away."""
    with ExitStack() as stack:
        if errand.dry_run:
            yield stack.enter_context(scratch_copy(root))
            return
        stack.enter_context(writing(root, errand.wait))
        remove_left_overs(root)
        yield root


def _kept(
    target: Path, kb: KnowledgeBase, inbox: Inbox, source: Source, ended: _Ended, *, dry_run: bool
) -> SourceReport:
    tally = ended.tally
    report = SourceReport(
        source.name, source.title, tally.answers, tally.unchanged, tally.downloaded_bytes, ended.seconds,
        fault=ended.fault,
    )  # fmt: skip
    if ended.held is None:
        return report
    try:
        report = replace(report, kept=keep(target, source.name, ended.held, inbox, kb))
        if ended.recall is not None and not dry_run:
            ended.recall.keep()
        return report
    except EvregError as error:
        return replace(report, fault=error)


def _side_by_side(root: Path, errand: Errand, means: Means, kb: KnowledgeBase, inbox: Inbox) -> Iterator[_Ended]:
    """The sources as they end. Threads do not outlive the program: nothing of theirs needs to be finished."""
    results: SimpleQueue[_Ended] = SimpleQueue()
    places, stop = BoundedSemaphore(SIDE_BY_SIDE), Event()
    names = list(dict.fromkeys(errand.names))

    def work(name: str) -> None:
        with places:
            source = means.sources[name]
            recall = _recall(root, kb, source, errand, means)
            results.put(_read(source, errand, means, kb, inbox, stop, recall))

    for name in names:
        Thread(target=work, args=(name,), name=f"evreg-{name}", daemon=True).start()
    try:
        for _ in names:
            yield results.get()
    finally:
        stop.set()


def _recall(root: Path, kb: KnowledgeBase, source: Source, errand: Errand, means: Means) -> Recall | None:
    """What a whole run may leave out; a part says nothing about the whole, and a cache nothing about the source."""
    if errand.partial or errand.offline:
        return None
    return Recall(root, kb, source, errand.today, _cache(means) / f"{source.name}.read.json")


def _read(
    source: Source, errand: Errand, means: Means, kb: KnowledgeBase, inbox: Inbox, stop: Event, recall: Recall | None
) -> _Ended:
    """Read one source to its end; whatever goes wrong is the fault of this source alone."""
    started, tally = time.monotonic(), Tally()
    held: Collected | None = None
    fault: EvregError | None = None

    def go_on() -> None:
        if stop.is_set():
            raise _Stopped

    try:
        module = means.module(source.name)
        with _fetcher(source, errand, means, recall) as fetch:
            tally = fetch.tally
            visit = Visit(source, fetch, kb, errand.today, errand.since, errand.limit, errand.files, recall=recall)
            held = collect(visit, module, inbox, go_on)
    except EvregError as error:
        fault = error
    except Exception as error:  # A module's mistake must not end the other sources.
        fault = _mistake(source.name, error)
    return _Ended(source.name, time.monotonic() - started, tally, held if fault is None else None, fault, recall)


class _Stopped(Exception):
    """The run is over; what this thread does is of no further use."""


def _cache(means: Means) -> Path:
    return means.cache or user_cache_path("evreg") / "http"


def _fetcher(source: Source, errand: Errand, means: Means, recall: Recall | None) -> Fetcher:
    return Fetcher(
        source,
        _cache(means),
        limits=means.limits,
        allowance=means.allowance,
        attended=bool(errand.files),
        offline=errand.offline,
        sent=recall.begin if recall is not None else lambda: None,
    )


def _mistake(name: str, error: Exception) -> SourceFault:
    frames = traceback.extract_tb(error.__traceback__)
    own = next((frame for frame in reversed(frames) if "scrapers" in Path(frame.filename).parts), frames[-1])
    place, what = f"{Path(own.filename).name}:{own.lineno}", shorten(f"{type(error).__name__}: {error}", 160)
    return unexpected(
        name,
        "",
        Message(f"The module failed at {place}: {what}.", f"モジュールが{place}で失敗した({what})。"),
        Message(
            "A module that reads every answer or says what is wrong.",
            "応答を読み取るか、問題を示すモジュールを想定している。",
        ),
    )
