"""Addresses of pages. Links are relative, so that the site works below any path of any host."""

from __future__ import annotations

from typing import NamedTuple

from kb.knowledge_base import Key
from kb.models.core import Entry
from kb.problems import Language


class Place(NamedTuple):
    """Where a page stands: its language and its path from the root of that language (``guidelines/x/``)."""

    language: Language
    path: str

    @property
    def root(self) -> str:
        """From the page to the root of its language: ``../../``, or ``./`` on the home page."""
        return "../" * self.path.count("/") or "./"

    @property
    def site_root(self) -> str:
        """From the page to the root of the whole site."""
        return self.root if self.language == "en" else f"../{self.root.removeprefix('./')}"


def entry_path(key: Key) -> str:
    """``guidelines/x/`` for the entry ``x`` of the guidelines."""
    return f"{key[0]}/{key[1]}/"


def path_of(entry: Entry) -> str:
    """The path of an entry's page from the root of its language."""
    return f"{entry.COLLECTION}/{entry.id}/"


def twin_path(entry: Entry) -> str:
    """The path of an entry's JSON file from the root of the site."""
    return f"{entry.COLLECTION}/{entry.id}.json"


def localized_path(language: Language, path: str) -> str:
    """A page's path from the root of the site."""
    return path if language == "en" else f"{language}/{path}"


def source_file(path: str) -> str:
    """The Markdown file of a page; a folder for each, so that no id collides with a list page or ``index``."""
    return f"{path}index.md"
