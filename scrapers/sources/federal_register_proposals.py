"""What a Federal Register document means for the knowledge base: an event of an entry on the same docket, or a notice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kb.models.base import Localized
from kb.models.guidelines import Guideline
from kb.problems import Message, shorten
from kb.proposals import Change, Proposal
from scrapers.citations import plain
from scrapers.source import Visit
from scrapers.sources.federal_register_records import Document, Type
from scrapers.sources.notices import localized, notice, slug
from scrapers.sources.places import UNITED_STATES, shown_at

#: Type of document (federal_register_records.Type) -> kind of event in our vocabulary, and its name in both languages.
#: A document that opens comments is a consultation whatever its type.
_KINDS: Mapping[Type, tuple[str, Message]] = {
    "Rule": ("issued", Message("Rule", "規則")),
    "Proposed Rule": ("proposed", Message("Proposed rule", "規則案")),
    "Notice": ("issued", Message("Notice", "告示")),
    "Presidential Document": ("issued", Message("Presidential document", "大統領文書")),
    "Correction": ("revised", Message("Correction", "訂正")),
    "Uncategorized Document": ("other", Message("Document", "文書")),
    "Sunshine Act Document": ("meeting", Message("Meeting notice", "会議開催告示")),
}


def about(visit: Visit, document: Document) -> Proposal:
    """A document that no entry holds.

    Args:
        visit: The visit that found it.
        document: The document.
    """
    entry = _on_docket(visit, document)
    changes = _event(visit, document, entry) if entry is not None else ()
    return notice(
        visit,
        slug("document", document.document_number),
        f"guidelines/{entry.id}" if entry is not None else shown_at(visit, UNITED_STATES),
        _words(document),
        document.html_url,
        # Excerpts move with the search words, addresses with the title: neither is what the document says.
        document.model_dump_json(exclude={"excerpts", "html_url"}),
        kind="change" if changes else "notice",
        confidence="high" if changes else "medium" if _named(document) else "low",
        reasons=tuple(_reasons(document, entry)),
        changes=changes,
    )


def _on_docket(visit: Visit, document: Document) -> Guideline | None:
    for entry in visit.kb.guidelines.values():
        numbers = {number.upper() for number in entry.document_numbers}
        if entry.withdrawn is None and not numbers.isdisjoint(document.dockets):
            return entry
    return None


def _words(document: Document) -> Localized:
    title, issuers = shorten(document.title, 300), shorten(document.issuers, 120)
    name = _KINDS[document.type][1]
    en = f"{name.en} in the Federal Register, {document.publication_date}: “{title}” ({issuers})."
    ja = f"連邦官報の{name.ja}({document.publication_date}):「{title}」({issuers})。"
    if document.comments_close_on:
        en += f" Comments close on {document.comments_close_on}."
        ja += f"意見提出の締切は{document.comments_close_on}である。"
    if document.effective_on:
        en += f" Effective on {document.effective_on}."
        ja += f"発効日は{document.effective_on}である。"
    return Localized(en=en, ja=ja)


def _reasons(document: Document, entry: Guideline | None) -> Iterator[Localized]:
    if _named(document):
        yield localized(document.reading.reason)
    else:
        yield Localized(
            en="The search of the full text found it; title, abstract and excerpts do not hold the word.",
            ja="全文検索で該当したが、題名・要旨・抜粋には該当する語がない。",
        )
    if entry is not None:
        yield Localized(
            en=f"guidelines/{entry.id} holds the same docket number.",
            ja=f"guidelines/{entry.id}に同じドケット番号がある。",
        )


def _named(document: Document) -> bool:
    return document.reading.verdict != "none"


def _event(visit: Visit, document: Document, entry: Guideline) -> tuple[Change, ...]:
    data = plain(entry)
    key = f"fr-{document.document_number.lower()}"
    words = _words(document)
    event: dict[str, Any] = {
        "date": document.publication_date,
        "kind": "consultation" if document.comments_close_on else _KINDS[document.type][0],
        "title": {"en": words.en, "ja": words.ja},
        "sources": [key],
    }
    source: dict[str, Any] = {
        "key": key, "url": document.html_url, "title": document.title, "publisher": document.issuers or None,
        "published": document.publication_date, "kind": "primary", "read": "not-read",
        "accessed": visit.today.isoformat(), "supports": ["events"],
    }  # fmt: skip
    events, sources = list(data.get("events") or []), list(data["sources"])
    changes = [Change(field="events", old=data.get("events"), new=[*events, event])]
    until = (data.get("dates") or {}).get("comment_until")
    if document.comments_close_on and document.comments_close_on > (until or ""):
        changes.append(Change(field="dates.comment_until", old=until, new=document.comments_close_on))
    filled = {field: value for field, value in source.items() if value is not None}
    return (*changes, Change(field="sources", old=sources, new=[*sources, filled]))
