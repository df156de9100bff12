"""Which file a path from the browser means: an entry below ``kb/entries``, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from editing.local.refusals import Refusal, refused
from kb.files import EntryFile, entry_file, entry_files
from kb.models import COLLECTIONS
from kb.problems import Message, shorten

#: How the form knows the folder of entries, wherever the knowledge base lies.
FOLDER: Final = "kb/entries"
#: Every character is allowed by name: whatever else may hide in a path (``..``, ``%2e``, NUL, ``\\``, capitals that a
#: file system may take for small letters, look-alikes of other scripts) does not match.
_PATH: Final = re.compile(rf"{FOLDER}/(?:[a-z0-9][a-z0-9.-]*/)+[a-z0-9][a-z0-9.-]*\.yaml\Z")
#: Characters; file systems allow 255 bytes for one name.
_LONGEST: Final = 250


def place_of(root: Path, path: object) -> EntryFile:
    """The entry's file that ``path`` (``kb/entries/<collection>/<id>.yaml``) means; it need not exist yet.

    Args:
        root: The knowledge base.
        path: As it came from the browser.

    Raises:
        Refusal: when the path is none of an entry, or leads through a symbolic link.
    """
    if not isinstance(path, str) or len(path) > _LONGEST or not _PATH.match(path) or ".." in path:
        raise _no_entry(path)
    file = root.joinpath("entries", *path.removeprefix(f"{FOLDER}/").split("/"))
    try:
        found = entry_file(file, root)
    except ValueError:
        raise _no_entry(path) from None
    above = [step for step in file.parents if step.is_relative_to(root / "entries")]
    strange = any(step.exists() and not step.is_dir() for step in above) or (file.exists() and not file.is_file())
    if strange or any(step.is_symlink() for step in (file, *above)):
        raise _no_plain_file(path)
    return found


def path_of(root: Path, file: EntryFile) -> str:
    """How the form knows an entry's file."""
    return f"{FOLDER}/{file.path.relative_to(root / 'entries').as_posix()}"


def plain_entries(root: Path) -> Iterator[tuple[str, EntryFile]]:
    """Path and file of every entry that the form may open."""
    for file in entry_files(root):
        path = path_of(root, file)
        try:
            yield path, place_of(root, path)
        except Refusal:
            continue


def _no_entry(path: object) -> Refusal:
    return refused(
        403,
        shorten(repr(path)),
        Message("This path is none of an entry.", "エントリーのパスではない。"),
        Message(
            f"«{FOLDER}/COLLECTION/ID.yaml» in lower case, with a collection out of: {', '.join(COLLECTIONS)}.",
            f"「{FOLDER}/コレクション/ID.yaml」(半角小文字)とする。コレクションは{'、'.join(COLLECTIONS)}のいずれか。",
        ),
        Message(
            "Only entries are edited here; change other files with an editor of your own.",
            "ここで編集できるのはエントリーだけである。ほかのファイルは手元のエディターで変更する。",
        ),
    )


def _no_plain_file(path: str) -> Refusal:
    return refused(
        403,
        path,
        Message("A symbolic link or a folder lies there.", "シンボリックリンク又はフォルダーがある。"),
        Message("A plain file, or none yet.", "通常のファイルであるか、まだ存在しないこと。"),
        Message("Replace the link by the file itself.", "リンクをファイル本体に置き換える。"),
    )
