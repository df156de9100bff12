"""One writer at a time: what a program changes in a knowledge base, no other program changes meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import user_cache_path

from kb.problems import EvregError, Message


@contextmanager
def writing(root: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the knowledge base for writing; the system lets go when the process ends, however it ends.

    Args:
        root: The knowledge base.
        wait: Seconds to wait for another writer; 0 to give up at once, negative to wait as long as it takes.

    Raises:
        EvregError: when another program is writing.
    """
    folder = user_cache_path("evreg") / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    name = sha256(str(root.resolve()).encode()).hexdigest()[:16]
    try:
        with FileLock(folder / f"{name}.lock", timeout=wait):
            yield
    except Timeout:
        raise EvregError(
            str(root),
            Message("Another program is writing to this knowledge base.", "別のプログラムが書き込み中である。"),
            Message("One writer at a time.", "同時に書き込めるのは一つのプログラムに限る。"),
            Message("Wait until it has ended, or use --wait.", "終了を待つか、--waitを付けて実行する。"),
        ) from None
