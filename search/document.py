"""What is searched: one document for each entry and language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kb.problems import Language

#: Between titles in :attr:`SearchDocument.other_title`; a line break, because titles contain slashes and semicolons.
TITLES_APART: Final = "\n"
LANGUAGES: Final[tuple[Language, Language]] = ("en", "ja")

#: Facet -> what it is called when a query names it, in both languages (``jurisdiction:JP``, ``国:日本``).
FACETS: Final[dict[str, tuple[str, ...]]] = {
    "collection": ("type", "コレクション", "種類"),
    "jurisdiction": ("country", "国", "国・地域", "地域"),
    "topic": ("論点", "トピック"),
    "status": ("状態", "状況"),
    "phase": ("相", "フェーズ"),
    "indication_area": ("area", "indication", "領域", "疾患領域"),
    "cell_source": ("source", "cell", "細胞", "由来細胞"),
    "year": ("年",),
    "origin": ("language", "原語", "言語"),
    "review": ("査読",),
}


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """An entry as a reader of one language looks for it; plain data that any engine can index.

    Attributes:
        collection: Folder of the entry.
        id: The entry's id.
        language: ``en`` or ``ja``.
        title: Title in this language.
        other_title: Title in the other language and, where there is one, the original.
        identifiers: Id, former ids, registry numbers, DOIs, PubMed and document numbers, as written.
        aliases: Other names: synonyms and abbreviations of a term, acronyms, product names.
        summary: Summary in this language.
        requirements: What a document asks, one statement each.
        body: All other texts of the entry in this language.
        notes: Editors' remarks, open questions and titles of sources: found, but last.
        labels: The words for the entry's codes (``phase: '1'`` as «Phase 1»).
        citations: DOIs and PubMed numbers of the sources, ids of the entries that this one names.
        synonyms: What the glossary knows as other words for the terms in title and summary, in both languages.
        facets: Facet -> codes.
        date: The date that says how old the thing is (YYYY, YYYY-MM or YYYY-MM-DD); empty when it has none.
        verified: Day on which the entry was last compared with its sources.
    """

    collection: str
    id: str
    language: Language
    title: str
    other_title: str = ""
    identifiers: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    summary: str = ""
    requirements: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date: str = ""
    verified: str = ""

    @property
    def titles(self) -> tuple[str, ...]:
        """The title in every language."""
        return (self.title, *filter(None, self.other_title.split(TITLES_APART)))

    @property
    def url(self) -> str:
        """Address of the entry's page below the root of the site."""
        return page_url(self.collection, self.id, self.language)


def page_url(collection: str, id_: str, language: Language) -> str:
    """Address of an entry's page below the root of the site (the site publishes English at ``/``, Japanese at ``/ja/``)."""
    return f"/{'' if language == 'en' else f'{language}/'}{collection}/{id_}/"
