"""Answers that are kept: here, within bounds, and at the reader, by ETag."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from hashlib import sha256
from threading import Lock


class Kept:
    """The latest answers, the least recently used ones leaving first when there are too many bytes."""

    def __init__(self, most: int) -> None:
        """Args: most: bytes of all answers together."""
        self._most, self._bytes = most, 0
        self._answers: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> bytes | None:
        """The answer that was kept."""
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
            return found

    def put(self, key: str, answer: bytes) -> None:
        """Keep an answer, unless it alone would take more than a tenth of the room."""
        if len(answer) > self._most // 10:
            return
        with self._lock:
            self._bytes += len(answer) - len(self._answers.pop(key, b""))
            self._answers[key] = answer
            while self._bytes > self._most:
                self._bytes -= len(self._answers.popitem(last=False)[1])

    @property
    def size(self) -> int:
        """Bytes kept."""
        return self._bytes


def tag(revision: str, path: str, asked: Iterable[object]) -> str:
    """The ETag of an answer, known before the answer is: weak, because ``took_ms`` differs each time (RFC 9110, 8.8.1)."""
    text = "\0".join((revision, path, *map(repr, asked)))
    return f'W/"{sha256(text.encode("utf-8", "replace")).hexdigest()[:32]}"'


def unchanged(if_none_match: str | None, etag: str) -> bool:
    """True when the reader has the answer already (weak comparison, RFC 9110, 13.1.2)."""
    if if_none_match is None:
        return False
    known = {item.strip().removeprefix("W/") for item in if_none_match.split(",")}
    return "*" in known or etag.removeprefix("W/") in known
