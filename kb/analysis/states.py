"""A state of the knowledge base as files that need not lie in a folder: what changes are computed between."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from kb.files import entry_files, find_root
from kb.knowledge_base import Key


class Stored(NamedTuple):
    """One entry's file."""

    #: Git's name of the content (SHA-1, hexadecimal): equal names, equal files, without reading them.
    blob: str
    read: Callable[[], bytes]


class State(NamedTuple):
    """The entries at one moment."""

    #: What it is called in messages: a folder, or a commit.
    name: str
    #: Day of the commit, ``YYYY-MM-DD``; empty for a folder, whose day nobody has recorded.
    day: str
    entries: Mapping[Key, Stored]


#: The state before anything existed.
NOTHING = State("", "", {})


def folder_state(folder: Path) -> State:
    """The state of a checkout or of a folder with ``entries``.

    Raises:
        EvregError: when there is no such folder of entries.
    """
    root = find_root(folder)
    return State(str(folder), "", {(file.collection, file.stem): _file(file.path) for file in entry_files(root)})


def _file(path: Path) -> Stored:
    content = path.read_bytes()
    # Git's own naming of a blob (gitformat-pack): a folder can then be compared with a commit without decoding.
    name = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
    return Stored(name, lambda: content)
