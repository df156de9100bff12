"""Which edition of the atlas a file or a citation speaks of: version, state of the entries, day of the latest check."""

from __future__ import annotations

from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Final, NamedTuple

from kb import KnowledgeBase
from kb.models.core import Entry
from kb.statistics import as_of

NAME: Final = "EVReg"
TITLE_EN: Final = "EVReg: the open atlas of exosome regulation"
TITLE_JA: Final = "EVReg: エクソソーム規制アトラス"
AUTHOR_EN: Final = "The EVReg contributors"
AUTHOR_JA: Final = "EVReg貢献者一同"
LICENCE: Final = "CC BY 4.0"
#: The SPDX identifier, as Data Packages and schema.org want it.
LICENCE_ID: Final = "CC-BY-4.0"
LICENCE_URL: Final = "https://creativecommons.org/licenses/by/4.0/"
#: Characters of the fingerprint that are shown: enough to tell the states of one knowledge base apart.
_SHORT = 8


class Edition(NamedTuple):
    """One state of the knowledge base, or of one entry."""

    version: str
    #: Of all entries, or of one entry; equal fingerprints mean equal content.
    fingerprint: str
    #: Latest day on which an entry was compared with its sources (``YYYY-MM-DD`` or less exact); empty without entries.
    as_of: str

    @property
    def name(self) -> str:
        """Version and state in one word: ``0.1.0+1a2b3c4d``."""
        return f"{self.version}+{self.fingerprint[:_SHORT]}"


@cache
def _program_version() -> str:
    """The version of this distribution; ``0`` when it runs without being installed."""
    try:
        return version("evreg")
    except PackageNotFoundError:
        return "0"


@lru_cache(maxsize=1)
def edition_of(kb: KnowledgeBase) -> Edition:
    """The edition that a knowledge base is; its day comes from the entries, so that builds can be repeated."""
    whole = sha256()
    for entry in kb:
        whole.update(f"{entry.COLLECTION}/{entry.id} {_content(entry)}\n".encode())
    return Edition(_program_version(), whole.hexdigest(), as_of(kb))


def edition_of_entry(entry: Entry) -> Edition:
    """The state of one entry: it stays the same while other entries change, and so does the entry's page."""
    return Edition(_program_version(), _content(entry), entry.review.verified)


def _content(entry: Entry) -> str:
    # Of what the entry says, not of its file: comments and form are no new edition.
    return sha256(entry.model_dump_json(exclude_defaults=True).encode()).hexdigest()
