"""What the clinic observer keeps on the working group's own disk: the list of pages, and the evidence (WARC, ISO 28500).

Neither may lie in a repository: an address that was committed once is public for ever.
"""

from __future__ import annotations

import csv
import hashlib
from io import BytesIO, StringIO
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kb.problems import Message
from kb.vocabulary import packaged_vocabularies
from scrapers.faults import SourceFault
from scrapers.fetching.answer import Answer

_PACKAGE = Path(__file__).resolve().parents[2]
_INDEX = "index.csv"


class ListedPage(NamedTuple):
    """One line of the list."""

    url: str
    jurisdiction: str
    language: str


def read_list(source: str, path: Path) -> list[ListedPage]:
    """The pages of a CSV file with the columns ``url``, ``jurisdiction`` and ``language`` (of the page, two letters).

    Messages name lines, never addresses.

    Raises:
        SourceFault: the file lies in a repository, cannot be read, or a line is not of that form.
    """
    refuse_published(source, path)
    try:
        rows = list(csv.DictReader(StringIO(path.read_text(encoding="utf-8-sig"))))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _bad_list(source, type(error).__name__) from None
    pages: dict[str, ListedPage] = {}
    for number, row in enumerate(rows, 2):
        page = ListedPage(*((row.get(name) or "").strip() for name in ListedPage._fields))
        if not _is_usable(page):
            raise _bad_list(source, f"line {number}")
        pages.setdefault(page.url, page)
    return list(pages.values())


def refuse_published(source: str, path: Path) -> None:
    """Raise when ``path`` lies in this project or in any Git work tree; links are followed first.

    Raises:
        SourceFault: with the remedy, and without the path.
    """
    resolved = path.resolve()
    inside = resolved.is_relative_to(_PACKAGE) or any((folder / ".git").exists() for folder in resolved.parents)
    if inside:
        raise SourceFault(
            "by-hand",
            source,
            "",
            Message("A private file lies inside a repository.", "非公開のファイルがリポジトリ内にある。"),
            Message("The list and the evidence lie outside.", "一覧と証拠はリポジトリの外に置く。"),
            Message("Move them to a folder that is not published.", "公開されないフォルダーへ移動する。"),
        )


def store_evidence(folder: Path, answer: Answer) -> str:
    """Keep an answer as a WARC file of its own, once a day, and note its SHA-256 in ``index.csv`` beside it.

    Args:
        folder: Private folder; made when missing.
        answer: What the page said.

    Returns:
        The SHA-256 of the WARC file.

    Raises:
        OSError: it cannot be written; no half file stays.
    """
    day = f"{answer.retrieved:%Y-%m-%d}"
    path = folder / day[:7] / f"{day}-{_digest(answer.asked.encode())[:16]}.warc.gz"
    if path.is_file():
        return _digest(path.read_bytes())
    path.parent.mkdir(parents=True, exist_ok=True)
    content = _warc(answer)
    partial = path.with_suffix(".tmp")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    _note(folder / _INDEX, [_digest(content), f"{path.relative_to(folder)}", f"{answer.retrieved:%Y-%m-%dT%H:%M:%SZ}", answer.url, answer.sha256])  # fmt: skip
    return _digest(content)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _warc(answer: Answer) -> bytes:
    file = BytesIO()
    writer = WARCWriter(file, gzip=True)
    headers = StatusAndHeaders(f"{answer.status} OK", list(answer.headers.items()), protocol="HTTP/1.1")
    date = {"WARC-Date": f"{answer.retrieved:%Y-%m-%dT%H:%M:%SZ}"}
    payload = BytesIO(answer.body)
    record = writer.create_warc_record(
        answer.url,
        "response",
        payload=payload,
        length=len(answer.body),
        http_headers=headers,
        warc_headers_dict=date,
    )
    with record.raw_stream:
        writer.write_record(record)
    return file.getvalue()


def _note(path: Path, row: list[str]) -> None:
    new = not path.is_file()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        if new:
            writer.writerow(["warc_sha256", "file", "retrieved", "url", "body_sha256"])
        writer.writerow(row)


def _is_usable(page: ListedPage) -> bool:
    parts = urlsplit(page.url)
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and page.jurisdiction in packaged_vocabularies()["jurisdictions"]
        and len(page.language) == 2
    )


def _bad_list(source: str, reason: str) -> SourceFault:
    return SourceFault(
        "by-hand",
        source,
        "",
        Message(f"The list cannot be used: {reason}.", f"一覧を使用できない({reason})。"),
        Message(
            "CSV in UTF-8 with the columns url, jurisdiction (JP, US …) and language (ja, en …).",
            "url・jurisdiction(JP、US等)・language(ja、en等)の列をもつUTF-8のCSVとする。",
        ),
        Message("Correct the list; nothing was fetched.", "一覧を訂正する。取得は行っていない。"),
    )
