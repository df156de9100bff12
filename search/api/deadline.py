"""What a request may use, kept in the thread that works for it.

Python cannot stop a thread, but a search asks its index again and again, and a question that comes too late is refused.
Spellings are looked for among all words of the index, so a query of sixty misspelt words is helped with some of them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from kb.problems import Language
from search.api.limits import SPELLINGS
from search.api.problems import too_slow
from search.asking import Node
from search.engine import OpenIndex
from search.scoring import Match, Scores


class _Local(threading.local):
    ends: float | None = None
    seconds: float = 0.0
    spellings: int = 0


_LOCAL = _Local()


@contextmanager
def until(ends: float, seconds: float) -> Iterator[None]:
    """Work in this thread must be done when ``time.monotonic()`` reaches ``ends``, which was ``seconds`` away."""
    _LOCAL.ends, _LOCAL.seconds, _LOCAL.spellings = ends, seconds, SPELLINGS
    try:
        yield
    finally:
        _LOCAL.ends = None


def check() -> None:
    """Go on only while there is time.

    Raises:
        ApiProblem: 503 when the time of this thread's work is over.
    """
    if _LOCAL.ends is not None and time.monotonic() > _LOCAL.ends:
        raise too_slow(_LOCAL.seconds)


class TimedIndex:
    """An open index that answers as long as there is time."""

    def __init__(self, index: OpenIndex) -> None:
        self._index = index

    def search(self, query: Node) -> Match:
        """As :meth:`OpenIndex.search`."""
        check()
        return self._index.search(query)

    def suggest(self, text: str, language: Language, limit: int) -> list[str]:
        """As :meth:`OpenIndex.suggest`; nothing when a request has asked too often."""
        check()
        if _LOCAL.ends is not None:
            _LOCAL.spellings -= 1
            if _LOCAL.spellings < 0:
                return []
        return self._index.suggest(text, language, limit)

    def similar(self, terms: Mapping[str, float], limit: int) -> list[tuple[int, float]]:
        """As :meth:`OpenIndex.similar`."""
        check()
        return self._index.similar(terms, limit)

    def stored(self, number: int) -> str:
        """As :meth:`OpenIndex.stored`."""
        check()
        return self._index.stored(number)

    def having(self, term: str) -> Scores:
        """As :meth:`OpenIndex.having`."""
        check()
        return self._index.having(term)

    def close(self) -> None:
        """As :meth:`OpenIndex.close`."""
        self._index.close()
