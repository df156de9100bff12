"""Where indexes are kept: below the user's cache folder, one shelf for each knowledge base and engine.

A shelf holds finished indexes, each in a folder named after its key (a hash over entries, vocabularies and the programs
of the search), and ``current.json``, which names the one to read. An index is built in a folder of its own and renamed
when it is whole, and ``current.json`` is replaced in one step: a reader never sees half an index, an interrupted build
leaves the old one, and two processes that build at once both succeed (the second finds the first one's folder).
Nothing is locked.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from platformdirs import user_cache_path

from kb.atomic import write_text
from kb.stamps import fingerprint, kb_folders, stamp
from search.engine import IndexDamaged

#: Raised whenever the files of a shelf change their meaning.
_FORMAT: Final = 1
_CURRENT: Final = "current.json"
_MANIFEST: Final = "manifest.json"
_UNFINISHED: Final = "building-"
#: Seconds after which a folder that nobody is meant to read any more is removed: readers may still have it open.
_GRACE: Final = 3600
_PROGRAMS: Final = Path(__file__).parent


class Shelf:
    """The indexes of one knowledge base, for one engine."""

    def __init__(self, root: Path, engine: str, folder: Path | None = None) -> None:
        """Args: root: the knowledge base; engine: its name; folder: instead of the user's cache folder."""
        name = sha256(f"{root.resolve()}\0{engine}".encode()).hexdigest()[:16]
        self.folder = (folder or user_cache_path("evreg")) / "search" / name
        self._engine = engine
        programs = sorted(_PROGRAMS.glob("*.py"))
        self._sources = (*kb_folders(root), _PROGRAMS / "data", *programs)

    def stamp(self) -> str:
        """Changes when a file that the index is made from was touched."""
        return stamp(*self._sources)

    def current(self) -> Path | None:
        """The index that fits the present files; None when there is none, or they have changed.

        Raises:
            IndexDamaged: when the shelf or its index cannot be read, or was written by another version.
        """
        state = self._state()
        if state is None:
            return None
        now = self.stamp()
        if state["stamp"] != now:
            if state["key"] != self._key():
                return None
            self._name_current(state["key"], now)
        return self._checked(self.folder / state["key"])

    def add(self, build: Callable[[Path], None]) -> Path:
        """Build an index and make it the current one.

        Args:
            build: Writes the index into the folder that it is given.

        Raises:
            OSError: when the cache folder cannot be written; the old index is then untouched.
        """
        now, key = self.stamp(), self._key()
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self.folder))
        try:
            build(unfinished)
            sums = json.dumps({"format": _FORMAT, "files": dict(_sums(unfinished))})
            write_text(unfinished / _MANIFEST, sums)
            self._put(unfinished, self.folder / key)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        self._name_current(key, now)
        self._tidy(key)
        return self.folder / key

    def discard(self) -> None:
        """Forget the current index, which cannot be read; other processes may still have it open."""
        with suppress(OSError):
            (self.folder / _CURRENT).unlink(missing_ok=True)

    def _state(self) -> dict[str, str] | None:
        try:
            state: Any = json.loads((self.folder / _CURRENT).read_text(encoding="utf-8"))
        except OSError:
            return None
        except ValueError as problem:
            raise IndexDamaged(str(problem)) from problem
        if not isinstance(state, dict) or state.get("format") != _FORMAT:
            raise IndexDamaged("another version")
        if not all(isinstance(state.get(name), str) for name in ("stamp", "key")):
            raise IndexDamaged(_CURRENT)
        return {"stamp": state["stamp"], "key": state["key"]}

    def _key(self) -> str:
        return sha256(f"{self._engine}\0{fingerprint(*self._sources)}".encode()).hexdigest()[:32]

    def _name_current(self, key: str, now: str) -> None:
        # A cache folder that cannot be written costs the next reader some milliseconds, nothing else.
        with suppress(OSError):
            write_text(self.folder / _CURRENT, json.dumps({"format": _FORMAT, "stamp": now, "key": key}))

    def _checked(self, folder: Path) -> Path:
        """Raises IndexDamaged unless every file is as it was written."""
        try:
            manifest: Any = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
            whole = manifest["format"] == _FORMAT and _unchanged(folder, manifest["files"])
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise IndexDamaged(str(problem)) from problem
        if not whole:
            raise IndexDamaged(folder.name)
        return folder

    def _put(self, unfinished: Path, place: Path) -> None:
        """Give a finished index its name, unless another process was faster; a damaged one makes room."""
        try:
            self._checked(place)
        except IndexDamaged:
            if place.exists():
                aside = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self.folder))
                place.rename(aside / "damaged")
                shutil.rmtree(aside, ignore_errors=True)
            with suppress(OSError):  # Another process has put it there since.
                unfinished.rename(place)
        shutil.rmtree(unfinished, ignore_errors=True)
        self._checked(place)

    def _tidy(self, key: str) -> None:
        """Remove indexes that have not been current for a while, and what interrupted builds left."""
        with suppress(OSError):
            for path in self.folder.iterdir():
                if path.is_dir() and path.name != key and time.time() - path.stat().st_mtime > _GRACE:
                    shutil.rmtree(path, ignore_errors=True)


def _sums(folder: Path) -> Iterator[tuple[str, list[int]]]:
    for path in sorted(folder.iterdir()):
        content = path.read_bytes()
        yield path.name, [len(content), zlib.crc32(content)]


def _unchanged(folder: Path, files: Mapping[str, list[int]]) -> bool:
    """True when sizes and checksums are as written; CRC-32 of 20 MB takes 10 ms."""
    return (
        bool(files)
        and all((folder / name).stat().st_size == size for name, (size, _) in files.items())
        and ({name: sums for name, sums in _sums(folder) if name in files} == dict(files))
    )
