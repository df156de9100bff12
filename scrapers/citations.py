"""Which entries cite what: DOIs, PubMed identifiers, addresses and document numbers, wherever an entry holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from kb import KnowledgeBase
from kb.models.core import Entry

#: Crossref's recommended pattern for DOIs in use, with the characters that old ones hold.
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_HOSTS = frozenset(("doi.org", "dx.doi.org", "www.doi.org"))
_PUBMED = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,8})/?$")


@dataclass(frozen=True, slots=True)
class Citation:
    """One work as one entry cites it.

    Attributes:
        entry: Collection and id.
        title: The work's title as cited; empty when the entry gives none.
        doi: In lower case, without prefix.
        pmid: Digits.
        url: Address as written.
    """

    entry: str
    title: str = ""
    doi: str | None = None
    pmid: str | None = None
    url: str | None = None


def citations(kb: KnowledgeBase) -> Iterator[Citation]:
    """Every place of every entry that holds a DOI, a PubMed identifier or an address; withdrawn entries left out."""
    for entry in kb:
        if entry.withdrawn is None:
            yield from _inside(f"{entry.COLLECTION}/{entry.id}", plain(entry))


def plain(entry: Entry) -> dict[str, Any]:
    """An entry as its file holds it: what was not written is absent."""
    data: dict[str, Any] = entry.model_dump(mode="json", exclude_unset=True)
    return data


def doi_of(text: str | None) -> str | None:
    """The DOI inside ``10.1000/x``, ``doi:10.1000/x`` or ``https://doi.org/10.1000/x``, in lower case; else None.

    DOIs are compared without regard to case (DOI Handbook, 2.4).
    """
    if not text:
        return None
    text = text.strip()
    if text.lower().startswith(("http://", "https://")):
        try:
            parts = urlsplit(text)
        except ValueError:
            return None
        if (parts.hostname or "").lower() not in _DOI_HOSTS:
            return None
        text = unquote(parts.path).lstrip("/")
    found = _DOI.fullmatch(text.lower().removeprefix("doi:").strip())
    return found[0] if found else None


def page_of(url: str | None) -> str:
    """An address reduced to what names the page: host without ``www.``, path without the last slash, lower case."""
    try:
        parts = urlsplit((url or "").strip().lower())
    except ValueError:
        return ""
    return f"{parts.netloc.rpartition('@')[2].removeprefix('www.')}{parts.path.rstrip('/')}"


def _inside(entry: str, data: Any) -> Iterator[Citation]:
    if isinstance(data, Mapping):
        url = data.get("url") if isinstance(data.get("url"), str) else None
        doi = doi_of(_text(data.get("doi"))) or doi_of(url)
        pmid = _text(data.get("pmid")) or _pmid_in(url)
        if doi or pmid or url:
            title = data.get("title")
            name = title.get("en") if isinstance(title, Mapping) else title
            yield Citation(entry, _text(name) or "", doi, pmid, url)
        for value in data.values():
            yield from _inside(entry, value)
    elif isinstance(data, list):
        for value in data:
            yield from _inside(entry, value)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _pmid_in(url: str | None) -> str | None:
    found = _PUBMED.search(page_of(url) if url else "")
    return found[1] if found else None
