"""Cheap answers to «has anything changed?», for programs that keep something made from the entries.

:func:`stamp` looks at names, sizes and times only (6 ms for 900 entries, where reading them takes 40 ms and loading the
knowledge base 900 ms); :func:`fingerprint` reads the files and does not depend on where they lie or when they were written.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

#: Folders of a knowledge base whose files say what its entries mean.
_FOLDERS: Final = ("entries", "vocabularies", "lexicons")
#: Files by which it is worked out what the sign-offs of entries are worth.
_RULES: Final = ("review.yaml", "reviewers.yaml")
#: What stands beside the entries and is shown with them: what was left out, what sources state, and what became of it.
_RECORDS: Final = (
    "excluded.yaml",
    "disclosures.yaml",
    "observed",
    "searches",
    "inbox",
    "translation-state",
)


def stamp(*places: Path) -> str:
    """Changes when one of the files, or a file below one of the folders, is written, renamed, added or removed."""
    digest = hashlib.sha256()
    for place in places:
        for name, item in _files(place):
            status = item.stat()
            digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def fingerprint(*places: Path) -> str:
    """Changes when the name or the content of one of the files, or of a file below one of the folders, does.

    Raises:
        OSError: when a file cannot be read.
    """
    digest = hashlib.sha256()
    for place in places:
        for name, item in _files(place):
            content = Path(item).read_bytes()
            digest.update(f"{name}\0{len(content)}\n".encode() + content)
    return digest.hexdigest()


def kb_folders(root: Path) -> tuple[Path, ...]:
    """The folders of a knowledge base and its rules of review; the packaged vocabularies and lexicons when it brings none."""
    packaged = Path(__file__).parent
    folders = (root / name if (root / name).is_dir() else packaged / name for name in _FOLDERS[1:])
    return (root / "entries", *folders, *kb_rules(root))


def kb_rules(root: Path) -> tuple[Path, ...]:
    """The files of a knowledge base that say what sign-offs are worth, as far as it brings them."""
    return tuple(path for name in _RULES if (path := root / name).is_file())


def kb_records(root: Path) -> tuple[Path, ...]:
    """Those files and folders beside the entries that are there; entries mean the same without them."""
    return tuple(place for name in _RECORDS if (place := root / name).exists())


def _files(place: Path) -> Iterator[tuple[str, Path | os.DirEntry[str]]]:
    if place.is_dir():
        yield from _below(place, f"{place.name}/")
    else:
        yield place.name, place


def _below(folder: Path, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Name below the folder and every file but hidden ones and Python's byte code, in a settled order."""
    with os.scandir(folder) as found:
        items = sorted(found, key=lambda item: item.name)
    for item in items:
        if item.name.startswith(".") or item.name == "__pycache__":
            continue
        if item.is_dir():
            yield from _below(Path(item.path), f"{prefix}{item.name}/")
        elif item.is_file():
            yield prefix + item.name, item
