"""No query takes the server down: bounded work, bounded waiting, bounded memory."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from search.api.app import create_app
from search.api.deadline import TimedIndex, check, until
from search.api.finder import IndexFinder, Library
from search.api.keeping import Kept, tag, unchanged
from search.api.limits import SPELLINGS, Limits
from search.api.operations import SEARCH
from search.api.problems import ApiProblem
from search.api.workers import Workers
from search.opening import open_search
from tests.search.api_site import Client, FakeFinder, client_of, four_parts, library_in, run_apart


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("api")


@pytest.fixture(scope="module")
def library(folder: Path) -> Library:
    return library_in(folder)


@pytest.fixture(scope="module")
def client(library: Library) -> Client:
    return Client(create_app(library))


_HOSTILE = st.one_of(
    st.text(max_size=1_200),
    st.text(alphabet='()"*:ANDORT 　「」『』exo細胞ー゛ﷺ\u0301\x00', max_size=1_200),
    st.lists(
        st.sampled_from(["(", ")", "NOT", "AND", "OR", "*x", "ex*", '"', "jurisdiction:", "year:..", "phase:2"])
    ).map(" ".join),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=_HOSTILE, language=st.sampled_from(["en", "ja"]))
@example(query="*" * 1000, language="en")
@example(query="*osome *xosome", language="en")
@example(query="a " * 10_000, language="en")
@example(query="(" * 500 + ")" * 500, language="ja")
@example(query="(a AND " * 8 + "b" + ")" * 8, language="en")
@example(query="(a+)+$ (.*)*x [a-z]{1000}{1000}", language="en")
@example(query="\ufdfa" * 300, language="en")
@example(query="\ufdfa" * 15, language="en")
@example(query="e" + "\u0301" * 900, language="ja")
@example(query="jurisdiction:" * 60, language="en")
@example(query="year:0000..9999 " * 60, language="en")
@example(query="'; DROP TABLE terms; --", language="en")
@example(query="\x00\ud7ff\ufffe", language="en")
def test_every_query_is_answered_or_refused(client: Client, query: str, language: str) -> None:
    answer = client.ask(f"/api/v1/search?q={quote(query)}&lang={language}")
    if answer.status_code == 200:
        assert answer.json()["query"] == query
    else:
        assert answer.status_code in (400, 414)
        four_parts(answer)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_every_beginning_and_every_id_is_answered_or_refused(client: Client, text: str) -> None:
    assert client.ask(f"/api/v1/suggest?q={quote(text)}").status_code in (200, 400)
    assert client.ask(f"/api/v1/entries/x{quote(text, safe='')}").status_code == 404


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_bytes_that_are_no_text(client: Client, content: bytes) -> None:
    encoded = "".join(f"%{byte:02x}" for byte in content)
    assert client.ask(f"/api/v1/search?q={encoded}").status_code == 200
    if content.decode("utf-8", "replace") not in {parameter.name for parameter in SEARCH.parameters}:
        assert client.ask(f"/api/v1/search?{encoded}=1").status_code == 400
    assert client.ask(f"/api/v1/search?q=a&where={encoded}").status_code in (200, 400)


def test_many_at_once_get_the_same_as_one_by_one(library: Library) -> None:
    queries = ["exosome", "粒子", "potency rule", "particles", "count", "指針", "nct00000001", "力価"] * 6
    paths = [f"/api/v1/search?q={query}&offset={number % 3}" for number, query in enumerate(queries)]
    together = Client(create_app(library, limits=Limits(threads=8, kept=0, seconds=60))).all(paths)
    alone = Client(create_app(library, limits=Limits(kept=0)))
    for path, answer in zip(paths, together, strict=True):
        assert answer.json()["results"] == alone.json(path)["results"]


@contextmanager
def blocked() -> Iterator[Callable[[object], object]]:
    """Work that goes on until the block is left."""
    go = threading.Event()
    try:
        yield lambda _question: go.wait(30)
    finally:
        go.set()


def test_slow_and_surplus_requests_are_sent_away(library: Library) -> None:
    with blocked() as wait:
        client = client_of(library, FakeFinder(wait), Limits(seconds=0.2, threads=1, waiting=3))
        answers = client.all([f"/api/v1/search?q={number}" for number in range(8)])
        told = [four_parts(answer)["found"]["en"] for answer in answers]
        assert {answer.status_code for answer in answers} == {503}
        assert all(answer.headers["retry-after"] for answer in answers)
        assert sum("Too many" in text for text in told) == 5
        assert sum("0.2 seconds" in text for text in told) == 3


def test_given_up_work_keeps_its_place_until_it_ends(library: Library) -> None:
    done = threading.Event()

    async def whole() -> None:
        workers = Workers(Limits(seconds=0.05, threads=1, waiting=1))
        with pytest.raises(ApiProblem, match="No answer within"):
            await workers.run(lambda: done.wait(30))
        assert workers.held == 1
        with pytest.raises(ApiProblem, match="Too many"):
            await workers.run(lambda: True)
        done.set()
        while workers.held:
            await asyncio.sleep(0.01)
        assert await workers.run(lambda: 7) == 7
        workers.close()

    run_apart(whole())


def test_the_place_is_free_again_when_work_fails() -> None:
    async def whole() -> None:
        workers = Workers(Limits(waiting=1))
        for _ in range(5):
            with pytest.raises(ZeroDivisionError):
                await workers.run(lambda: 1 // 0)
        assert await workers.run(lambda: workers.held) == 1
        workers.close()

    run_apart(whole())


def test_time_ends_inside_a_search(library: Library) -> None:
    finder = library.finder
    assert isinstance(finder, IndexFinder)
    with until(time.monotonic() - 1, 2.0), pytest.raises(ApiProblem) as refused:
        finder.suggest("exosome", "en", 5)
    assert refused.value.status == 503
    assert finder.suggest("exosome", "en", 5)


def test_the_timed_index_answers_as_the_index(folder: Path, library: Library) -> None:
    searcher = open_search(folder / "kb", cache=folder / "cache")
    index = searcher.index
    timed = TimedIndex(index)
    assert timed.suggest("part", "en", 5) == index.suggest("part", "en", 5)
    assert timed.having("exosom") == index.having("exosom")
    assert timed.similar({"exosom": 1.0}, 3) == index.similar({"exosom": 1.0}, 3)
    assert timed.stored(0) == index.stored(0)
    with until(time.monotonic() - 1, 2.0):
        for ask in (lambda: timed.stored(0), lambda: timed.having("a"), lambda: timed.similar({}, 1)):
            with pytest.raises(ApiProblem):
                ask()
    timed.close()


def test_other_spellings_are_looked_for_so_many_times_only(library: Library) -> None:
    class Counting:
        asked = 0

        def suggest(self, text: str, _language: str, _limit: int) -> list[str]:
            Counting.asked += 1
            return [text]

    index: Any = Counting()
    timed = TimedIndex(index)
    with until(time.monotonic() + 60, 60):
        found = [timed.suggest("a", "en", 1) for _ in range(3 * SPELLINGS)]
    assert Counting.asked == SPELLINGS
    assert found == [["a"]] * SPELLINGS + [[]] * (2 * SPELLINGS)
    with until(time.monotonic() + 60, 60):
        assert timed.suggest("a", "en", 1) == ["a"]


def test_the_time_belongs_to_one_thread() -> None:
    with until(time.monotonic() - 1, 2.0):
        other = threading.Thread(target=check)
        other.start()
        other.join()
        with pytest.raises(ApiProblem):
            check()
    check()


def test_kept_answers_stay_within_bounds() -> None:
    kept = Kept(1_000)
    for number in range(500):
        kept.put(f"k{number}", b"x" * 90)
        kept.get("k0")
    assert kept.size <= 1_000
    assert kept.get("k0") == b"x" * 90
    assert kept.get("k1") is None
    kept.put("large", b"x" * 101)
    assert kept.get("large") is None
    kept.put("k0", b"y")
    assert kept.get("k0") == b"y"
    assert kept.size <= 1_000


def test_tags_are_compared_weakly() -> None:
    etag = tag("r", "/p", ["a"])
    assert etag.startswith('W/"')
    assert unchanged(etag, etag)
    assert unchanged(f'"x" , {etag[2:]}', etag)
    assert not unchanged(None, etag)
    assert not unchanged("", etag)
    assert (
        len({etag, tag("s", "/p", ["a"]), tag("r", "/q", ["a"]), tag("r", "/p", ["b"]), tag("r", "/p", ["a", "a"])})
        == 5
    )
