"""Notices that files changed, and waits until a save is complete."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

#: Events that change content; readers cause «opened» and «closed without writing».
_CHANGES = frozenset({"created", "modified", "moved", "deleted", "closed"})
#: Seconds of silence after which a save counts as complete (editors write a file in several steps).
_SILENCE = 0.08


class Changes(FileSystemEventHandler):
    """Collects changes until somebody asks for them."""

    def __init__(self) -> None:
        self._changed = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Called by watchdog in a thread of its own."""
        name = Path(str(event.src_path)).name
        hidden = name.startswith((".", "#")) or name.endswith(("~", ".swp", ".tmp"))
        moved_into_place = event.event_type == "moved"
        if event.event_type in _CHANGES and not event.is_directory and (moved_into_place or not hidden):
            self._changed.set()

    def wait(self, seconds: float | None = None) -> bool:
        """True once something changed and was left alone for a moment; False when ``seconds`` passed without."""
        if not self._changed.wait(seconds):
            return False
        while self._changed.is_set():
            self._changed.clear()
            self._changed.wait(_SILENCE)
        return True


@contextmanager
def watching(folders: Iterable[Path], files: Iterable[Path] = ()) -> Iterator[Changes]:
    """Watch folders with all they contain, and the folders of single files."""
    changes, observer = Changes(), Observer()
    for folder in folders:
        if folder.is_dir():
            observer.schedule(changes, str(folder), recursive=True)
    for file in files:
        observer.schedule(changes, str(file.parent), recursive=False)
    observer.start()
    try:
        yield changes
    finally:
        observer.stop()
        observer.join()
