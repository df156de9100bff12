"""A small library, a small site and a client for the tests of the HTTP interface."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import httpx

from search.api.app import create_app
from search.api.finder import Library, Question
from search.api.guard import Guard
from search.api.library import open_library
from search.api.limits import Limits
from tests.entries import minimal
from tests.samples import attribute, guideline, term, write_kb

Result = TypeVar("Result")
PARTS = {"found", "expected", "remedy"}


def write_site(folder: Path) -> Path:
    """A built site of three pages."""
    pages = {
        "index.html": "home",
        "404.html": "not here",
        "ja/index.html": "最初のページ",
        "ja/404.html": "ここにはない",
        "glossary/exosome/index.html": "exosome page",
        "assets/a.js": "1;",
    }
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def write_entries(folder: Path) -> Path:
    """Entries with links, a former id, and one id in two collections."""
    return write_kb(
        folder,
        glossary=[
            term("exosome", title={"en": "exosome", "ja": "エクソソーム"}, aliases=["old-exosome"]),
            term("count"),
        ],
        attributes=[attribute("count", aliases=["particles"])],
        guidelines=[guideline("g"), guideline("potency-rule", title={"en": "Potency rule", "ja": "力価の規則"})],
        trials=[minimal("trials", "nct00000001")],
    )


def library_in(folder: Path) -> Library:
    """The library of the small knowledge base."""
    return open_library(write_entries(folder), cache=folder / "cache")


def run_apart(work: Coroutine[Any, Any, Result]) -> Result:
    """Run ``work`` in a thread of its own: a browser test in the same process leaves its event loop running."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


class Client:
    """Asks the application without a network; redirects are not followed."""

    def __init__(self, app: Guard) -> None:
        self._app = app

    def ask(self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> httpx.Response:
        """One answer."""
        return self.all([path], method, headers)[0]

    def all(
        self, paths: list[str], method: str = "GET", headers: Mapping[str, str] | None = None
    ) -> list[httpx.Response]:
        """The answers to requests that are sent at once."""

        async def send() -> list[httpx.Response]:
            transport = httpx.ASGITransport(self._app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://evreg.test", timeout=None) as session:
                return await asyncio.gather(*(session.request(method, path, headers=headers) for path in paths))

        return run_apart(send())

    def json(self, path: str) -> Any:
        """The JSON of a successful answer."""
        answer = self.ask(path)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/json"
        return answer.json()

    def problem(self, path: str, status: int, method: str = "GET") -> dict[str, Any]:
        """The four parts of a refusal."""
        answer = self.ask(path, method)
        assert answer.status_code == status, answer.text
        return four_parts(answer)


def four_parts(answer: httpx.Response) -> dict[str, Any]:
    """The error of an answer, which has all parts in both languages and nothing of our insides."""
    error: dict[str, Any] = answer.json()["error"]
    assert set(error) == {"where", *PARTS}
    assert error["where"]
    for part in PARTS:
        assert set(error[part]) == {"en", "ja"}
        assert all(text.strip() for text in error[part].values())
    assert "Traceback" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    return error


class FakeFinder:
    """A search that does what a test wants."""

    def __init__(self, work: Any = None) -> None:
        self.asked: list[Question] = []
        self._work = work

    def search(self, question: Question) -> Mapping[str, Any]:
        """Note the question and do the work."""
        self.asked.append(question)
        if self._work is not None:
            self._work(question)
        return {"query": question.text, "number": len(self.asked)}

    def suggest(self, text: str, _language: str, _limit: int) -> list[str]:
        """Nothing but the text."""
        return [text]


def client_of(library: Library, finder: Any, limits: Limits | None = None) -> Client:
    """A client of an application whose search is replaced."""
    return Client(create_app(Library(library.kb, finder, "r"), limits=limits))
