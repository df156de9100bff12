"""One language's view of a knowledge base: its words and the look-ups that pages share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from markupsafe import Markup

from kb import KnowledgeBase
from kb.knowledge_base import Key
from kb.models.base import Localized
from kb.models.core import Entry
from kb.models.jurisdictions import Jurisdiction
from kb.problems import Language
from publish.glossary_words import GlossaryWords
from publish.labels import Labels

#: Collections whose entries name a jurisdiction by its code, and the field that does so.
_PLACED = {
    "guidelines": "jurisdiction",
    "enforcement": "jurisdiction",
    "trials": "countries",
    "safety-events": "jurisdiction",
    "surveys": "jurisdiction",
    "claims": "seen_in",
}


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
    def glossary_words(self) -> GlossaryWords:
        """The glossary's terms by every word for them."""
        return GlossaryWords(self.kb.glossary.values())

    @cached_property
    def placed(self) -> Mapping[str, Mapping[str, Sequence[Entry]]]:
        """Code of a jurisdiction -> collection -> the entries that concern it."""
        found: dict[str, dict[str, list[Entry]]] = {}
        for collection, field in _PLACED.items():
            for entry in self.kb.collection(collection).values():
                for code in _codes(getattr(entry, field)):
                    found.setdefault(code, {}).setdefault(collection, []).append(entry)
        return found


def _codes(value: Any) -> Sequence[str]:
    """The codes in a field that holds one, several, or records with one each."""
    if isinstance(value, str):
        return (value,)
    return tuple(dict.fromkeys(item if isinstance(item, str) else item.jurisdiction for item in value))
