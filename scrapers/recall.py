"""What the last whole run of a source read to its end, so that the same need not be read and compared again.

It is kept beside the answers in the cache and counts only while everything that an answer is compared with is the same:
the entries, what was observed and proposed, what people decided, and the program.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from functools import cache
from glob import glob
from hashlib import sha256
from pathlib import Path
from threading import Lock, Thread
from typing import Annotated, Final

from pydantic import BaseModel, Field, ValidationError

import kb
from kb import KnowledgeBase
from kb.atomic import write_text
from kb.observed import FOLDER as OBSERVED
from kb.proposals import FOLDER as INBOX
from scrapers.register import Source

#: Days for which a note counts. Some facts depend on the calendar, such as a date that was still to come; they are
#: noticed after so many days at the latest.
LONGEST: Final = 7
_PROGRAM: Final = ((Path(__file__).parent, "**/*.py"), (Path(__file__).parent, "**/*.yaml"), (Path(kb.__file__).parent, "*.py"),
                   (Path(kb.__file__).parent, "models/*.py"))  # fmt: skip


class _Note(BaseModel):
    hash: str
    day: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class _Notes(BaseModel):
    standing: str = ""
    notes: dict[str, _Note] = {}


class Recall:
    """The memory of one source.

    Args:
        root: The knowledge base.
        entries: What it holds.
        source: Whose memory it is.
        today: The day that counts as present.
        file: Where it is kept; without one nothing is recalled and nothing is kept.
    """

    def __init__(self, root: Path, entries: KnowledgeBase, source: Source, today: date, file: Path | None) -> None:
        self._root, self._entries, self._source, self._today, self._file = root, entries, source, today, file
        self._new: dict[str, _Note] = {}
        self._old: dict[str, _Note] | None = None
        self._lock, self._begun = Lock(), False

    def begin(self) -> None:
        """Look the notes up beside the first request once it has left: most of its time is waiting."""
        if self._begun:
            return
        self._begun = True
        Thread(target=self._look_up, name=f"evreg-recall-{self._source.name}", daemon=True).start()

    def same(self, what: str, said: str | bytes) -> bool:
        """Whether the last whole run read this to its end when it said the same, and nothing else has changed since."""
        return self._note_of(what, said) is not None

    def note(self, what: str, said: str | bytes) -> None:
        """Remember that this was read to its end, if the run ends well."""
        self._new[what] = self._note_of(what, said) or _Note(hash=_digest(said), day=self._today.isoformat())

    def keep(self) -> None:
        """Write down what was noted; call it when everything of the source is written.

        Raises:
            OSError: the folder cannot be written.
        """
        if self._file is None or not self._new:
            return
        notes = _Notes(standing=self._standing(), notes={**self._known(), **self._new})
        write_text(self._file, notes.model_dump_json(indent=1) + "\n")

    def _note_of(self, what: str, said: str | bytes) -> _Note | None:
        note = self._known().get(what)
        return note if note is not None and note.hash == _digest(said) else None

    def _look_up(self) -> None:
        with suppress(OSError):  # Whoever needs the notes looks again, and is told.
            self._known()

    def _known(self) -> dict[str, _Note]:
        """What counts of the last run's notes; looked up once, before this run writes anything."""
        with self._lock:
            if self._old is None:
                kept = _read(self._file)
                counts = bool(kept.notes) and kept.standing == self._standing()
                self._old = {what: note for what, note in kept.notes.items() if self._is_fresh(note)} if counts else {}
            return self._old

    def _is_fresh(self, note: _Note) -> bool:
        return 0 <= (self._today - date.fromisoformat(note.day)).days < LONGEST

    def _standing(self) -> str:
        """One hash over everything that decides what an answer leads to."""
        own = [(self._root / folder / self._source.name, "*.yaml") for folder in (OBSERVED, INBOX)]
        files = _contents([*own, (self._root / INBOX, "*.yaml"), (self._root / "vocabularies", "*.yaml")])
        return _digest("\n".join((self._entries.fingerprint, self._source.model_dump_json(), _program(), files)))


def _read(file: Path | None) -> _Notes:
    """The notes of the last run; a file that cannot be read holds none."""
    try:
        return _Notes.model_validate_json(file.read_bytes()) if file is not None else _Notes()
    except (OSError, ValidationError):
        return _Notes()


@cache
def _program() -> str:
    return _contents(_PROGRAM)


def _contents(folders: Iterable[tuple[Path, str]]) -> str:
    """One hash over names and contents of files."""
    whole = sha256()
    for folder, pattern in folders:
        # Names as text: thousands of paths as objects would take longer than reading the files.
        for name in sorted(glob(pattern, root_dir=folder, recursive=True)):  # noqa: PTH207
            with open(f"{folder}/{name}", "rb") as file:  # noqa: PTH123
                content = file.read()
            whole.update(f"{name}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()


def _digest(said: str | bytes) -> str:
    return sha256(said.encode() if isinstance(said, str) else said).hexdigest()
