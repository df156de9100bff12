"""Which files are entries: ``<root>/entries/<collection>/**/<id>.yaml``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kb.models import COLLECTIONS
from kb.problems import EvregError, Message, Problem, near_miss


class EntryFile(NamedTuple):
    """A file below ``entries`` and what its place says about it."""

    path: Path
    collection: str
    name: str
    depth: int

    @property
    def stem(self) -> str:
        """The id that the file name promises."""
        return self.path.stem


def find_root(given: str | Path | None = None) -> Path:
    """The folder that holds ``entries/`` and ``vocabularies/``.

    Args:
        given: A folder with ``entries``, or one with ``kb/entries``; by default the environment variable
            ``EVREG_KB``, else the entries that ship with the package.

    Raises:
        EvregError: when the folder holds no entries.
    """
    chosen = given or os.environ.get("EVREG_KB")
    if not chosen:
        return _short(Path(__file__).parent)
    base = Path(chosen)
    for candidate in (base, base / "kb"):
        if (candidate / "entries").is_dir():
            return _short(candidate)
    raise EvregError(
        str(base),
        Message("There is no folder «entries» here.", "「entries」フォルダーがない。"),
        Message(
            "A knowledge base: a folder with «entries/<collection>/*.yaml».",
            "「entries/<コレクション>/*.yaml」を含むフォルダーを指定する。",
        ),
        Message("Give the right folder with --kb or EVREG_KB.", "--kb又はEVREG_KBで正しいフォルダーを指定する。"),
    )


def _short(path: Path) -> Path:
    """``path`` as a person in the present folder would write it."""
    place, here = path.resolve(), Path.cwd()
    return place.relative_to(here) if place.is_relative_to(here) else path


def entry_file(path: Path, root: Path) -> EntryFile:
    """Describe one file by its place below ``root/entries``.

    Raises:
        ValueError: when the file does not stand in a collection's folder.
    """
    parts = path.relative_to(root / "entries").parts
    if len(parts) < 2 or parts[0] not in COLLECTIONS:
        raise ValueError(path)
    return EntryFile(path, parts[0], (root / "entries").joinpath(*parts).as_posix(), len(parts) - 2)


def entry_files(root: Path) -> Iterator[EntryFile]:
    """Every ``*.yaml`` of every collection, by collection and name.

    Symbolic links that leave the tree are left to :func:`misplaced_files`.
    """
    for collection in COLLECTIONS:
        folder = root / "entries" / collection
        for path in sorted(folder.rglob("*.yaml"), key=lambda item: (item.stem, item.as_posix())):
            if not _leaves(path, root) and path.is_file():
                yield entry_file(path, root)


def misplaced_files(root: Path) -> Iterator[Problem]:
    """Files below ``entries`` that are no entries: foreign names, unknown collections, links out of the tree."""
    entries = root / "entries"
    for path in sorted(entries.rglob("*")):
        if _leaves(path, root):
            yield _symbolic_link(path)
        elif path.is_file() and not path.name.startswith("."):
            collection = path.relative_to(entries).parts[0]
            if collection not in COLLECTIONS:
                yield _no_collection(path, collection)
            elif path.suffix != ".yaml":
                yield _no_entry(path)


def _leaves(path: Path, root: Path) -> bool:
    inside = str((root / "entries").resolve()) + os.sep
    return path.is_symlink() and not str(path.resolve()).startswith(inside)


def _symbolic_link(path: Path) -> Problem:
    return _problem(
        path,
        "symlink",
        Message(
            "A symbolic link that leads out of the knowledge base.",
            "ナレッジベースの外を指すシンボリックリンクである。",
        ),
        Message("Only files inside «entries».", "「entries」内の実ファイルのみを置く。"),
        Message("Replace the link by the file itself.", "リンクをファイル本体に置き換える。"),
    )


def _no_collection(path: Path, collection: str) -> Problem:
    near = near_miss(collection, COLLECTIONS)
    return _problem(
        path,
        "collection",
        Message(
            f"«{collection}» is not a collection.{near.en}", f"「{collection}」というコレクションはない。{near.ja}"
        ),
        Message(f"One of: {', '.join(COLLECTIONS)}.", f"次のいずれかとする: {'、'.join(COLLECTIONS)}。"),
        Message("Move the file into the right folder.", "正しいフォルダーへ移す。"),
    )


def _no_entry(path: Path) -> Problem:
    ending = path.suffix or path.name
    return _problem(
        path,
        "file-name",
        Message(f"A file that ends in «{ending}».", f"拡張子が「{ending}」のファイルである。"),
        Message("Entries end in «.yaml».", "エントリーの拡張子は「.yaml」とする。"),
        Message("Rename it or move it elsewhere.", "名前を変えるか、別の場所へ移す。"),
    )


def _problem(path: Path, rule: str, found: Message, expected: Message, remedy: Message) -> Problem:
    return Problem(path.as_posix(), 1, 1, "", rule, "error", found, expected, remedy)
