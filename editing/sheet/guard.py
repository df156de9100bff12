"""Refuses files that are no plain workbook before anything of them is parsed: each refusal says what to do."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple

from editing.sheet.contents import check_names, check_parts
from editing.sheet.refusals import AGAIN, MEGABYTE, at_most, bomb, no_workbook, refused, unreadable
from kb.problems import Message


class Limits(NamedTuple):
    """What a workbook may have; the one with all 900 entries has 2 MB, 220 parts and unpacks to 10 MB, LibreOffice's to 17 MB.

    Attributes:
        file: Bytes of the file.
        parts: Files inside it.
        unpacked: Bytes of all parts together.
        part: Bytes of one part.
        ratio: Unpacked to packed bytes of a part larger than a megabyte; deflate reaches 1,032 at most.
        rows: Rows of a sheet.
        columns: Columns of a sheet.
        cells: Filled cells of all sheets.
    """

    file: int = 50_000_000
    parts: int = 2_000
    unpacked: int = 400_000_000
    part: int = 150_000_000
    ratio: int = 250
    rows: int = 60_000
    columns: int = 300
    cells: int = 2_000_000


LIMITS = Limits()


def checked(path: Path, limits: Limits = LIMITS) -> bytes:
    """The bytes of a workbook that holds nothing but sheets of a sensible size.

    Args:
        path: The file.
        limits: What it may have.

    Raises:
        EvregError: when it is something else, too large, or holds macros, links, objects or entities.
        OSError: when it cannot be read.
    """
    where = path.name
    if path.stat().st_size > limits.file:
        raise refused(
            where,
            Message(
                f"The file has {path.stat().st_size / MEGABYTE:,.0f} MB.",
                f"ファイルの大きさが{path.stat().st_size / MEGABYTE:,.0f} MBある。",
            ),
            at_most(f"{limits.file / MEGABYTE:,.0f} MB"),
            AGAIN,
        )
    content = path.read_bytes()
    if not content.startswith(b"PK"):
        raise no_workbook(where, content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_sizes(where, archive, limits)
            check_names(where, archive)
            check_parts(where, archive, limits.rows)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise unreadable(where, error) from None
    return content


def _check_sizes(where: str, archive: zipfile.ZipFile, limits: Limits) -> None:
    parts = archive.infolist()
    if len(parts) > limits.parts:
        found = Message(f"{len(parts):,} files are packed in it.", f"{len(parts):,}個のファイルが含まれている。")
        raise refused(where, found, at_most(f"{limits.parts:,}"), AGAIN)
    for part in parts:
        swollen = part.file_size > MEGABYTE and part.file_size > limits.ratio * max(part.compress_size, 1)
        if swollen or part.file_size > limits.part:
            raise bomb(where, part.filename, part.file_size)
    total = sum(part.file_size for part in parts)
    if total > limits.unpacked:
        raise bomb(where, "*", total)
