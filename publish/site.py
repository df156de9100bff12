"""One language's view of a knowledge base: its words and the look-ups that pages share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from markupsafe import Markup

from kb import KnowledgeBase
from kb.knowledge_base import Key
from kb.models.base import Localized
from kb.models.core import Entry
from kb.models.jurisdictions import Jurisdiction
from kb.problems import Language
from kb.register_summary import SourceSummary, register_summary
from publish.glossary_words import GlossaryWords
from publish.labels import Labels


class Site:
    """A knowledge base read in one language."""

    def __init__(
        self,
        kb: KnowledgeBase,
        language: Language,
        report_url: str | None = None,
        site_url: str | None = None,
        checkout: Path | None = None,
        related: Mapping[Key, Sequence[Key]] | None = None,
    ) -> None:
        self.kb = kb
        self.language = language
        self.labels = Labels(language)
        #: Address of a form for mistakes, with ``{collection}``, ``{id}`` and ``{language}`` to be filled in.
        self.report_url = report_url
        #: Address of the whole site with a final slash, when it is known.
        self.site_url = site_url
        #: Folder with ``mkdocs.yml`` and, in a clone, the history of ``kb``.
        self.checkout = checkout
        #: Collection and id -> entries about nearly the same, the nearest first.
        self.related = related or {}
        #: Way to the root -> (vocabulary, code) -> its HTML, shared by all pages at the same depth.
        self.codes: dict[str, dict[tuple[str, str], Markup]] = {}

    def text(self, value: Localized) -> str:
        """A statement in the site's language."""
        return value.ja if self.language == "ja" else value.en

    def title(self, entry: Entry) -> str:
        """An entry's title in the site's language."""
        return entry.title.ja if self.language == "ja" else entry.title.en

    def label(self, vocabulary: str, code: str) -> str:
        """The reader's word for a code."""
        return self.kb.label(vocabulary, code, self.language)

    @cached_property
    def profiles(self) -> Mapping[str, Jurisdiction]:
        """Code of a jurisdiction -> its profile."""
        return {profile.code: profile for profile in self.kb.jurisdictions.values()}

    @cached_property
    def register(self) -> Mapping[str, SourceSummary]:
        """Name of a live source -> what the terms register says of it."""
        return register_summary()

    @cached_property
    def glossary_words(self) -> GlossaryWords:
        """The glossary's terms by every word for them."""
        return GlossaryWords(self.kb.glossary.values())
