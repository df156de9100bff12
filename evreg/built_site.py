"""Whether the site that stands in ``build/site`` is the one that would be built now."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Final

import publish
from kb.atomic import write_text
from kb.query_words import WORDS
from kb.register_summary import REGISTER
from kb.stamps import kb_folders, kb_records, stamp

#: Beside the site, because the site's folder is replaced as a whole.
_NOTE: Final = "site.stamp"


def is_up_to_date(checkout: Path, root: Path, out: Path) -> bool:
    """True when nothing that the site is made from was touched since :func:`remember`, and nobody else has built it.

    Args:
        checkout: Folder with ``mkdocs.yml`` and ``docs``.
        root: The knowledge base.
        out: The built site.
    """
    try:
        return (out.parent / _NOTE).read_text(encoding="utf-8") == _stamp(checkout, root, out)
    except OSError:
        return False


def remember(checkout: Path, root: Path, out: Path) -> None:
    """Note from what ``out`` was built.

    Raises:
        OSError: when the note cannot be written.
    """
    write_text(out.parent / _NOTE, _stamp(checkout, root, out))


def _stamp(checkout: Path, root: Path, out: Path) -> str:
    read = [place for place in (REGISTER, WORDS) if place.is_file()]
    places = (*kb_folders(root), *kb_records(root), *read, checkout / "docs", Path(publish.__file__).parent)
    times = [path.stat().st_mtime_ns for path in (checkout / "mkdocs.yml", out / "index.html")]
    return sha256(f"{root.resolve()}\0{stamp(*places)}\0{times}".encode()).hexdigest()
