"""Saves that were refused, kept outside the knowledge base so that nothing that was typed is lost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from platformdirs import user_data_path

from kb.atomic import write_text

#: Members of a draft's file.
_MEMBERS: Final = frozenset({"path", "text", "base", "kept"})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Drafts:
    """The refused saves of one knowledge base, one for each entry: the last.

    Args:
        root: The knowledge base.
        folder: Where drafts are kept; by default in the user's data folder, which neither a build nor git touches.
        now: The present moment, ISO 8601.
    """

    def __init__(self, root: Path, folder: Path | None = None, now: Callable[[], str] = _now) -> None:
        name = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:16]
        self._folder = (folder or user_data_path("evreg") / "drafts") / name
        self._now = now

    def keep(self, path: str, text: str, base: str | None) -> bool:
        """Keep what was to be saved; False when the folder cannot be written.

        Args:
            path: As the form knows the entry's file.
            text: What was to be saved.
            base: What the form had loaded; None for a new entry.
        """
        record = {"path": path, "text": text, "base": base, "kept": self._now()}
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_text(self._file(path), json.dumps(record, ensure_ascii=False))
        except OSError:
            return False
        return True

    def discard(self, path: str) -> None:
        """Forget the draft of an entry, if there is one."""
        with suppress(OSError):
            self._file(path).unlink(missing_ok=True)

    def all(self) -> list[dict[str, Any]]:
        """Every draft with ``path``, ``text``, ``base`` and the moment it was ``kept``, the latest first."""
        found = [record for file in self._folder.glob("*.json") if (record := _read(file))]
        return sorted(found, key=lambda record: record["kept"], reverse=True)

    def _file(self, path: str) -> Path:
        return self._folder / f"{hashlib.sha256(path.encode()).hexdigest()[:32]}.json"


def _read(file: Path) -> dict[str, Any] | None:
    """One draft; None when the file is damaged."""
    with suppress(OSError, ValueError):
        record = json.loads(file.read_text(encoding="utf-8"))
        if isinstance(record, dict) and record.keys() == _MEMBERS:
            return record
    return None
