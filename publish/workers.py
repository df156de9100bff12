"""MkDocs in processes of its own: one for each language, kept alive while a preview is served."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from kb.problems import EvregError, Language, Message
from publish.labels import LANGUAGES


class Worker:
    """One process of :mod:`publish.mkdocs_worker`; it loads MkDocs while the caller renders."""

    def __init__(self) -> None:
        top = str(Path(__file__).parent.parent)
        path = os.pathsep.join(filter(None, (top, os.environ.get("PYTHONPATH"))))
        process = subprocess.Popen(
            [sys.executable, "-m", "publish.mkdocs_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env=os.environ | {"PYTHONPATH": path, "NO_MKDOCS_2_WARNING": "1", "PYTHONIOENCODING": "utf-8"},
        )
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("pipes were asked for")
        self._process, self._requests, self._replies = process, process.stdin, process.stdout
        self._busy = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(at_once=kind is not None)

    def start(self, config: Path) -> None:
        """Begin to build a configuration; :meth:`wait` must follow."""
        self._busy = True
        try:
            self._requests.write(json.dumps({"config": str(config)}) + "\n")
            self._requests.flush()
        except BrokenPipeError:
            raise _failed(str(config), "the process ended") from None

    def wait(self, config: Path) -> float:
        """Seconds that the build begun by :meth:`start` took.

        Raises:
            EvregError: when MkDocs failed or warned; a page with a warning is not published.
        """
        line = self._replies.readline()
        self._busy = False
        if not line:
            raise _failed(str(config), "the process ended")
        reply = json.loads(line)
        if reply["error"] or reply["warnings"]:
            raise _failed(str(config), "; ".join(filter(None, [reply["error"], *reply["warnings"]])))
        return float(reply["seconds"])

    def rest(self) -> None:
        """Wait for a build whose result nobody wants any more, so that its folder can be removed."""
        if self._busy:
            self._replies.readline()
            self._busy = False

    def close(self, at_once: bool = False) -> None:
        """End the process."""
        if at_once:
            self._process.kill()
        self._requests.close()
        self._replies.close()
        self._process.wait()


@contextmanager
def workers() -> Iterator[dict[Language, Worker]]:
    """One process for each language."""
    with ExitStack() as stack:
        yield {language: stack.enter_context(Worker()) for language in LANGUAGES}


@contextmanager
def all_at_rest(pool: Mapping[Language, Worker]) -> Iterator[None]:
    """No process is still building when this block ends, however it ends."""
    try:
        yield
    finally:
        for worker in pool.values():
            worker.rest()


def _failed(where: str, detail: str) -> EvregError:
    return EvregError(
        where,
        Message(f"MkDocs could not build the site: {detail}", f"MkDocsがサイトを構築できない: {detail}"),
        Message("A build without errors and warnings.", "エラーも警告もない構築が必要である。"),
        Message(
            "Correct what it names, in mkdocs.yml or docs/overrides.",
            "指摘された箇所を、mkdocs.yml又はdocs/overridesで訂正する。",
        ),
    )
