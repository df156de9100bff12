"""How well a search finds what it should: nDCG@10, success@3 and recall@20 over labelled queries (``queries.yaml``)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from kb.problems import Language
from kb.yaml12 import read_yaml

QUERIES: Final = Path(__file__).parent / "queries.yaml"
#: Queries of people who had not read the search: they tell how much of what :data:`QUERIES` shows was learnt from them.
INDEPENDENT: Final = Path(__file__).parent / "independent.yaml"
#: An entry of this grade is a success, and is to be recalled.
HELPFUL: Final = 2


class Labelled(NamedTuple):
    """A query and the entries that answer it.

    Attributes:
        query: As typed.
        language: The reader's language.
        kind: What sort of query it is.
        grades: ``collection/id`` -> 1 to 3; empty when nothing answers the query.
    """

    query: str
    language: Language
    kind: str
    grades: Mapping[str, int]


class Quality(NamedTuple):
    """Means over queries, each between 0 and 1.

    Attributes:
        queries: Number of queries that have an answer.
        ndcg: nDCG of the first ten, gain ``2 ** grade - 1``.
        success: Share of queries with a helpful entry among the first three.
        recall: Share of the helpful entries (at most twenty) among the first twenty.
        silent: Share of the queries without an answer for which nothing is found.
    """

    queries: int
    ndcg: float
    success: float
    recall: float
    silent: float


#: Query and language -> ``collection/id`` of the first twenty results, the best first.
Find = Callable[[str, Language], Sequence[str]]


def labelled_queries(path: Path = QUERIES) -> tuple[Labelled, ...]:
    """The labelled queries."""
    return tuple(
        Labelled(item["query"], item["lang"], item["kind"], {key: int(grade) for key, grade in grades.items()})
        for item in read_yaml(path)
        for grades in (item.get("grades", {}),)
    )


def ndcg(grades: Sequence[int], ideal: Iterable[int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain of results with these grades; 1 when nothing could be gained."""
    best = _gain(sorted(ideal, reverse=True)[:depth])
    return _gain(grades[:depth]) / best if best else 1.0


def _gain(grades: Sequence[int]) -> float:
    return math.fsum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def measure(find: Find, queries: Iterable[Labelled]) -> tuple[Quality, dict[str, tuple[float, float, float]]]:
    """The quality of a search, and nDCG, success and recall of each query that has an answer."""
    single: dict[str, tuple[float, float, float]] = {}
    silent: list[bool] = []
    for item in queries:
        found = find(item.query, item.language)
        if not item.grades:
            silent.append(not found)
            continue
        grades = [item.grades.get(key, 0) for key in found[:20]]
        helpful = {key for key, grade in item.grades.items() if grade >= HELPFUL}
        single[item.query] = (
            ndcg(grades, item.grades.values()),
            float(any(grade >= HELPFUL for grade in grades[:3])),
            len(helpful.intersection(found[:20])) / min(20, len(helpful)),
        )
    ndcgs, successes, recalls = zip(*single.values(), strict=True)
    return Quality(len(single), _mean(ndcgs), _mean(successes), _mean(recalls), _mean(silent)), single


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 1.0
