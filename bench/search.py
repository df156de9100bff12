"""Search: how well, how fast and how soon, with Whoosh, FTS5 and a linear scan over the same documents."""

from __future__ import annotations

import gc
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.figures import Figure
from bench.measure import median, run
from bench.synthetic import multiplied
from kb import KnowledgeBase, load
from kb.problems import Language
from search.analysis import pieces
from search.building import build_index
from search.catalogue import read_catalogue
from search.document import SearchDocument
from search.documents import documents_of
from search.folding import fold, fold_kana
from search.opening import engine_named
from search.results import Request
from search.searcher import Searcher
from tests.relevance.evaluation import INDEPENDENT, Labelled, Quality, labelled_queries, measure

_ENGINES = ("whoosh", "fts5")
#: How many times the entries of the larger knowledge base.
_LARGER = 10

#: Query and language -> ``collection/id`` of the first results.
Answer = Callable[[str, Language], Sequence[str]]


class Timed(NamedTuple):
    """Milliseconds of the queries of one engine, and seconds to make its index."""

    build: float
    queries: list[float]

    def told(self) -> str:
        """As text for the table."""
        return f"{statistics.median(self.queries):.1f} ms, p95 {sorted(self.queries)[int(len(self.queries) * 0.95)]:.0f} ms"


def figures(root: Path, scratch: Path, rounds: int) -> list[Figure]:
    """The figures about search.

    Args:
        root: The checkout.
        scratch: An empty folder.
        rounds: Repetitions of the comparisons.
    """
    queries = labelled_queries()
    kb = load(root / "kb")
    rows = [
        *_quality(kb, scratch, queries, "labelled"),
        *_quality(kb, scratch, labelled_queries(INDEPENDENT), "independent"),
        *_cold_start(root, scratch, rounds),
    ]
    for times in (1, _LARGER):
        if times > 1:
            large = scratch / "large-search"
            multiplied(root / "kb", large, times * len(kb))
            kb = load(large)
        rows += _side_by_side(kb, scratch / f"x{times}", queries, rounds)
    return rows


# --- How well


def _quality(kb: KnowledgeBase, scratch: Path, queries: Sequence[Labelled], whose: str) -> list[Figure]:
    found: dict[str, Quality] = {}
    weakest: list[str] = []
    for name in _ENGINES:
        searcher, _ = _opened(kb, name, scratch / "quality")
        found[name], single = measure(_answers(searcher, 20), queries)
        searcher.close()
        if name == _ENGINES[0]:
            weakest = [f"{ndcg:.2f} {text}" for text, (ndcg, _, _) in sorted(single.items(), key=lambda item: item[1])]
    ours, theirs = (found[name] for name in _ENGINES)
    rows = [
        Figure(f"{label} over {ours.queries} {whose} queries, Whoosh; beside: FTS5", f"{a:.3f}", f"{b:.3f}", "", goal)
        for label, a, b, goal in (
            ("nDCG@10", ours.ndcg, theirs.ndcg, ">= 0.80"),
            ("success@3", ours.success, theirs.success, ">= 0.95"),
            ("recall@20", ours.recall, theirs.recall, ""),
            ("nothing found for queries without an answer", ours.silent, theirs.silent, ""),
        )
    ]
    return [*rows, Figure("the weakest of them (nDCG@10)", "; ".join(weakest[:5]))]


# --- How soon


def _cold_start(root: Path, scratch: Path, rounds: int) -> list[Figure]:
    cache = {"XDG_CACHE_HOME": str(scratch / "cache-search"), "EVREG_LANG": "ja"}
    command = [sys.executable, "-m", "evreg", "search", "力価試験", "--format", "json", "--kb", str(root / "kb")]
    built = run(command, environment=cache)
    later = [run(command, environment=cache) for _ in range(max(rounds, 3))]
    failed = any(item.exit_code for item in (built, *later))
    seconds = median([item.seconds for item in later])
    return [
        Figure("a search in a new process with a finished index", f"{seconds:.2f} s", "", "", "< 0.6 s", failed),
        Figure("the same when the index must be built first", f"{built.seconds:.1f} s", "", "", "", failed),
    ]


# --- How fast


def _side_by_side(kb: KnowledgeBase, scratch: Path, queries: Sequence[Labelled], rounds: int) -> list[Figure]:
    timed: dict[str, Timed] = {}
    for name in _ENGINES:
        searcher, seconds = _opened(kb, name, scratch)
        timed[name] = Timed(seconds, _times(_answers(searcher, 10), queries, rounds))
        searcher.close()
    started = time.perf_counter()
    scan = Scan(list(documents_of(kb)))
    timed["scan"] = Timed(time.perf_counter() - started, _times(scan.answer, queries, 1))
    whoosh, fts5, linear = timed["whoosh"], timed["fts5"], timed["scan"]
    return [
        Figure(
            f"a query at {len(kb):,} entries with facets and snippets, Whoosh; beside: FTS5 | linear scan, titles only",
            whoosh.told(),
            f"{fts5.told()} | {linear.told()}",
            f"{statistics.median(linear.queries) / statistics.median(whoosh.queries):.1f} x faster than the scan",
        ),
        Figure(
            f"index of {len(kb):,} entries, Whoosh; beside: FTS5 | folding for the scan",
            f"{whoosh.build:.1f} s",
            f"{fts5.build:.1f} s | {linear.build:.1f} s",
        ),
    ]


def _opened(kb: KnowledgeBase, name: str, scratch: Path) -> tuple[Searcher, float]:
    """A search with a new index, and the seconds it took to make it."""
    folder = scratch / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    engine = engine_named(name)
    started = time.perf_counter()
    build_index(engine, kb, folder)
    seconds = time.perf_counter() - started
    return Searcher(engine.open(folder), read_catalogue(folder)), seconds


def _answers(searcher: Searcher, limit: int) -> Answer:
    def answer(text: str, language: Language) -> list[str]:
        response = searcher.search(Request(text, language, limit=limit))
        return [f"{result.collection}/{result.id}" for result in response.results]

    return answer


def _times(answer: Answer, queries: Sequence[Labelled], rounds: int) -> list[float]:
    gc.collect()
    times = []
    for _ in range(rounds):
        for item in queries:
            started = time.perf_counter()
            answer(item.query, item.language)
            times.append((time.perf_counter() - started) * 1000)
    return times


class Scan:
    """What one would write without an engine: every word of the query is counted in every folded text."""

    def __init__(self, documents: Sequence[SearchDocument]) -> None:
        self._texts = [(f"{item.collection}/{item.id}", self._folded(item)) for item in documents]

    @staticmethod
    def _folded(item: SearchDocument) -> str:
        texts = (item.title, *item.identifiers, *item.aliases, item.summary, *item.requirements, *item.body)
        return fold_kana(fold("\n".join((*texts, *item.labels, *item.notes))))

    def answer(self, text: str, _language: Language) -> list[str]:
        """The entries with the most occurrences of the query's words."""
        words = [fold_kana(piece.text) for piece in pieces(fold(text))]
        counted = [(sum(folded.count(word) for word in words), key) for key, folded in self._texts]
        return [key for count, key in sorted(counted, reverse=True)[:10] if count]
