"""Facts of unchanged files, so that checking one file does not mean reading all the others.

The cache is JSON below the user's cache folder; a missing, damaged or outdated one is simply made again.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from kb.atomic import write_text
from kb.facts import Facts
from kb.files import EntryFile
from kb.references import Reference

#: Raised whenever the meaning of the stored facts changes.
_VERSION = 2


class FactsCache:
    """Facts by file name, size and time of change."""

    def __init__(self, root: Path, folder: Path | None = None) -> None:
        name = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:16]
        self._path = (folder or user_cache_path("evreg")) / f"facts-{_VERSION}-{name}.json"
        self._stored = self._read()
        self._seen: dict[str, dict[str, Any]] = {}

    def get(self, file: EntryFile) -> Facts | None:
        """The facts of ``file`` when it has not changed since they were stored."""
        record = self._stored.get(file.name)
        if record is None or record["stamp"] != _stamp(file.path):
            return None
        self._seen[file.name] = record
        return _facts(record["facts"])

    def put(self, file: EntryFile, facts: Facts) -> None:
        """Remember the facts of ``file``."""
        self._seen[file.name] = {"stamp": _stamp(file.path), "facts": facts}

    def save(self) -> None:
        """Write the facts seen in this run when they differ; an unwritable cache folder is no error."""
        if self._seen and self._seen != self._stored:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                write_text(self._path, json.dumps(self._seen, ensure_ascii=False))
            except OSError:
                return

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            stored = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stored if isinstance(stored, dict) else {}


def _stamp(path: Path) -> list[int]:
    status = path.stat()
    return [status.st_mtime_ns, status.st_size]


def _facts(stored: list[Any]) -> Facts:
    file, collection, stem, id_, aliases, titles, references, registrations, keys, uses, avoided, renderings = stored
    return Facts(
        file,
        collection,
        stem,
        id_,
        tuple(aliases),
        tuple(titles),
        tuple(Reference(tuple(path), tuple(collections), target) for path, collections, target in references),
        tuple((tuple(path), number) for path, number in registrations),
        tuple(keys),
        tuple((tuple(path), guideline, key) for path, guideline, key in uses),
        tuple((language, variant, preferred) for language, variant, preferred in avoided),
        tuple((term, preferred, synonym) for term, preferred, synonym in renderings),
    )
