"""A process that runs MkDocs: one JSON request a line on standard input, one JSON reply a line on standard output.

``{"config": "<path>"}`` builds that configuration; the reply is ``{"seconds": 1.2, "warnings": [], "error": null}``.
"""

from __future__ import annotations

import gc
import io
import json
import logging
import signal
import sys
import time
from contextlib import redirect_stdout
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config


class _Collected(logging.Handler):
    """Keeps what MkDocs warns of, for the reply."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def run(config: str) -> dict[str, Any]:
    """Build one configuration file; never raises, the reply tells what went wrong."""
    handler, logger, started = _Collected(), logging.getLogger("mkdocs"), time.perf_counter()
    logger.addHandler(handler)
    error = None
    try:
        with redirect_stdout(io.StringIO()):
            build(load_config(config))
    except (Exception, SystemExit) as problem:  # MkDocs exits on errors; whatever it is, the parent must hear of it.
        error = f"{type(problem).__name__}: {problem}"
    finally:
        logger.removeHandler(handler)
    gc.collect()  # MkDocs' pages and files point to each other; Pagefind, which runs next, needs the memory
    return {"seconds": time.perf_counter() - started, "warnings": handler.messages, "error": error}


def main() -> None:
    """Answer requests until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    logging.getLogger("mkdocs").propagate = False
    for line in sys.stdin:
        sys.stdout.write(json.dumps(run(json.loads(line)["config"])) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
