"""Data files in a folder: each is there whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from kb.atomic import write_bytes
from kb.problems import EvregError, Message
from publish.data.formats import DataFile


def write_data(files: Sequence[DataFile], out: Path, report: Callable[[str], None]) -> list[Path]:
    """Write files into a folder, which is made when it is missing.

    Args:
        files: What to write.
        out: The folder.
        report: Told the name of each file before it is made.

    Raises:
        EvregError: when ``out`` or one of the files is something else.
        OSError: when the system refuses.
    """
    if out.exists() and not out.is_dir():
        raise _not_a_folder(out)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise _not_a_folder(out) from None
    for file in files:
        if (out / file.name).is_dir():
            raise _is_a_folder(out / file.name)
    written = []
    for file in files:
        report(file.name)
        write_bytes(out / file.name, file.make())
        written.append(out / file.name)
    return written


def _not_a_folder(path: Path) -> EvregError:
    return EvregError(
        str(path),
        Message("This is a file, or lies below one.", "これはファイルであるか、ファイルの下にある。"),
        Message("A folder, present or new.", "既存又は新規のフォルダーを指定する。"),
        Message("Choose another folder with --out.", "--outで別のフォルダーを指定する。"),
    )


def _is_a_folder(path: Path) -> EvregError:
    return EvregError(
        str(path),
        Message("A folder has the name of a file to be written.", "書き込むファイルと同名のフォルダーがある。"),
        Message("A place where the file can be written.", "ファイルを書き込める場所が必要である。"),
        Message(
            "Rename that folder, or choose another with --out.",
            "そのフォルダーの名称を変えるか、--outで別の場所を指定する。",
        ),
    )
