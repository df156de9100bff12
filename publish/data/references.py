"""What can be cited, in the form from which BibTeX, RIS and CSL-JSON are written: sources of entries, each once."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal, NamedTuple
from urllib.parse import urlsplit

from kb import KnowledgeBase
from kb.models.core import Entry, Source

#: ``article`` a paper, ``trial`` a record of a registry, ``document`` a text of an authority, ``web`` and ``news`` what
#: others wrote about it, ``entry`` an entry of the atlas, ``dataset`` the atlas.
Type = Literal["article", "trial", "document", "web", "news", "entry", "dataset"]

_TYPES: Final[dict[str, Type]] = {
    "primary": "document",
    "registry": "trial",
    "journal": "article",
    "secondary": "web",
    "news": "news",
}
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Reference:
    """A work as bibliographies know it. Dates are YYYY, YYYY-MM or YYYY-MM-DD."""

    key: str
    type: Type
    title: str
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    accessed: str | None = None
    url: str | None = None
    doi: str | None = None
    pmid: str | None = None
    version: str | None = None
    note: str | None = None
    language: str | None = None


class _Use(NamedTuple):
    """A source where an entry names it."""

    entry: Entry
    source: Source


def type_of(source: Source) -> Type:
    """The type of a source: whatever has a DOI or a PubMed number is an article, otherwise its kind decides."""
    return "article" if source.doi or source.pmid else _TYPES[source.kind]


@lru_cache(maxsize=1)
def sources_of(kb: KnowledgeBase, collections: tuple[str, ...]) -> tuple[Reference, ...]:
    """The sources of the standing entries, each once, in the order of their keys.

    Two sources are the same when they share a DOI, a PubMed number or a web address; those without any of these when
    title, publisher and date are equal.
    """
    uses = [
        _Use(entry, source)
        for name in collections
        for entry in kb.collection(name).values()
        if not entry.withdrawn
        for source in entry.sources
    ]
    found: dict[str, Reference] = {}
    for reference in sorted(map(_merged, _same(uses)), key=lambda item: (item.key, item.doi or "")):
        # Two identifiers can differ in their punctuation only.
        key = reference.key if reference.key not in found else f"{reference.key}-{len(found)}"
        found[key] = replace(reference, key=key)
    return tuple(found.values())


def _same(uses: Sequence[_Use]) -> list[list[_Use]]:
    """Uses of the same work together: sets that share an identity are joined."""
    leader: dict[str, str] = {}

    def lead(name: str) -> str:
        while leader.setdefault(name, name) != name:
            name = leader[name]
        return name

    for use in uses:
        first, *others = identities(use.source)
        for other in others:
            leader[lead(other)] = lead(first)
    groups: dict[str, list[_Use]] = {}
    for use in uses:
        groups.setdefault(lead(identities(use.source)[0]), []).append(use)
    return list(groups.values())


def identities(source: Source) -> tuple[str, ...]:
    """The names by which a source is known, the firmest first; never empty."""
    found = (
        f"doi:{source.doi.lower()}" if source.doi else "",
        f"pmid:{source.pmid}" if source.pmid else "",
        f"url:{source.url.rstrip('/')}" if source.url else "",
    )
    named = tuple(name for name in found if name)
    return named or (f"text:{source.title}|{source.publisher}|{source.published}",)


def _merged(uses: list[_Use]) -> Reference:
    sources = [use.source for use in uses]
    names = sorted({name for source in sources for name in identities(source)}, key=_firmness)
    titles = Counter(source.title for source in sources)
    title = max(titles, key=lambda text: (titles[text], len(text), text))
    typed = next((source for source in sources if source.doi or source.pmid), sources[0])
    cited = sorted({f"{use.entry.COLLECTION}/{use.entry.id}" for use in uses})
    return Reference(
        key=_key(names[0]),
        type=type_of(typed),
        title=title,
        publisher=_commonest(source.publisher for source in sources),
        published=_commonest(source.published for source in sources),
        accessed=max(source.accessed for source in sources),
        url=_commonest(source.url for source in sources),
        doi=_commonest(source.doi for source in sources),
        pmid=_commonest(source.pmid for source in sources),
        note=f"Cited by EVReg: {', '.join(cited)}",
    )


def _firmness(name: str) -> tuple[int, str]:
    return ("doi", "pmid", "url", "text").index(name.partition(":")[0]), name


def _commonest(values: Iterable[str | None]) -> str | None:
    """The value that most give; of several the longest, so that the choice does not depend on the order."""
    found = Counter(value for value in values if value)
    return max(found, key=lambda text: (found[text], len(text), text), default=None)


def _key(name: str) -> str:
    """A key made from the work's identity alone, so that it stays when titles are mended: ``doi-10-1002-jev2-12404``."""
    kind, _, value = name.partition(":")
    if kind in ("doi", "pmid"):
        return f"{kind}-{_slug(value)}"
    digest = hashlib.sha256(value.encode()).hexdigest()[:8]
    return f"{_slug(_host(value))}-{digest}" if kind == "url" else f"text-{digest}"


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or "web"
    except ValueError:
        return "web"


def _slug(text: str) -> str:
    return _NOT_WORDS.sub("-", text.lower()).strip("-") or "x"
