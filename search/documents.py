"""From entries to search documents: which field goes where, for every collection alike.

The models say what a field is (text in two languages, a code of a vocabulary, a reference), so a new field is searched
without a change here; only identifiers, names and dates are told apart by the field's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from kb import KnowledgeBase
from kb.models.base import CodeOf, Localized, Model, ReferenceTo, SourceReference
from kb.models.core import Entry, Source
from kb.models.glossary import AvoidedVariants, Synonyms
from kb.problems import Language
from kb.statistics import jurisdictions_of
from search.document import LANGUAGES, TITLES_APART, SearchDocument

#: Fields of every entry that have a place of their own, or say nothing about the entry's subject.
_APART: Final = frozenset(
    ("id", "title", "origin", "aliases", "summary", "sources", "confidence", "review", "withdrawn")
)
#: Fields whose texts are found last: remarks about the entry, not about its subject.
_NOTES: Final = frozenset(("notes", "open_questions", "conflicts", "searched_not_found"))
#: Fields that hold other names of the entry's subject, by the class or the field that holds them.
_NAMES: Final = frozenset(("acronym", "abbreviations", "synonyms", "avoid", "reading", "addressee", "name", "wording"))
#: Fields that hold numbers and codes under which the world knows the entry.
_IDENTIFIERS: Final = frozenset(("number", "doi", "pmid", "document_numbers", "reference"))
#: Codes that describe the record, not its subject.
_CODES_APART: Final = frozenset(
    ("bases", "confidence-levels", "languages", "option-bases", "profile-bases", "requirement-levels", "reading-depths",
     "source-kinds", "enrolment-types", "registration-timings", "yes-no-unclear", "usage-bases", "coverage-levels")
)  # fmt: skip
_NO_NAMES: Final = frozenset(("na", "unknown", "other", "unspecified", "not-applicable", "multiple"))
#: The date that says how old the thing is: the first of these that an entry has.
_DATES: Final = ("issued", "adopted", "effective", "proposed", "start", "registered", "completion", "withdrawn")


def documents_of(kb: KnowledgeBase) -> Iterator[SearchDocument]:
    """Two documents for each entry, English first."""
    for entry in kb:
        for language in LANGUAGES:
            yield document_of(kb, entry, language)


def document_of(kb: KnowledgeBase, entry: Entry, language: Language) -> SearchDocument:
    """The search document of one entry in one language."""
    collected = _Collected(kb, language)
    for name in type(entry).model_fields:
        if name not in _APART:
            collected.field(entry, name, "notes" if name in _NOTES else "body")
    return SearchDocument(
        collection=entry.COLLECTION,
        id=entry.id,
        language=language,
        title=_text(entry.title, language),
        other_title=TITLES_APART.join(_other_titles(entry, language)),
        identifiers=_unique((entry.id, *entry.aliases, *collected.texts["identifiers"])),
        aliases=_unique(collected.texts["names"]),
        summary=_text(entry.summary, language),
        requirements=_unique(collected.texts["requirements"]),
        body=_unique(collected.texts["body"]),
        # A number that is typed in part (医政発0815第21) is found by its pieces.
        notes=_unique(
            (*collected.texts["identifiers"], *collected.texts["notes"], *(source.title for source in entry.sources))
        ),
        labels=_unique(collected.texts["labels"]),
        citations=_unique((*collected.texts["citations"], *_named_by(kb, entry), *_citations(entry.sources))),
        facets=facets_of(entry),
        date=date_of(entry),
        verified=entry.review.verified,
    )


class _Collected:
    """The texts of an entry, sorted by what they are to a reader who searches."""

    def __init__(self, kb: KnowledgeBase, language: Language) -> None:
        self._kb, self._language = kb, language
        self.texts: dict[str, list[str]] = {
            name: [] for name in ("identifiers", "names", "requirements", "body", "notes", "labels", "citations")
        }

    def field(self, model: Model, name: str, part: str) -> None:
        """Sort the texts of one field into the parts."""
        value = getattr(model, name)
        if name in _IDENTIFIERS:
            part = "identifiers"
        elif name in _NAMES and not isinstance(value, Localized) and not _refers(model, name):
            part = "names"
        elif name == "requirements":
            part = "requirements"
        for item in value if isinstance(value, tuple) else (value,):
            self._value(model, name, item, part)

    def _value(self, model: Model, name: str, value: Any, part: str) -> None:
        if isinstance(value, Model):
            if isinstance(value, Localized):
                self.texts[part].append(_text(value, self._language))
            for inner in type(value).model_fields:
                if not (isinstance(value, Localized) and inner in LANGUAGES):
                    self.field(value, inner, part)
        elif isinstance(value, str):
            self._words(model, name, value, part)

    def _words(self, model: Model, name: str, value: str, part: str) -> None:
        mark = _mark(type(model), name)
        if isinstance(mark, CodeOf):
            if mark.vocabulary not in _CODES_APART and value not in _NO_NAMES:
                self.texts["labels"].append(self._kb.label(mark.vocabulary, value, self._language))
        elif isinstance(mark, ReferenceTo):
            target = self._kb.resolve(value, *mark.collections)
            if target is not None:
                self.texts["notes"].append(_text(target.title, self._language))
                self.texts["citations"].append(target.id)
        elif name in LANGUAGES and not isinstance(model, Synonyms | AvoidedVariants):
            if name == self._language:
                self.texts[part].append(value)
        elif mark is None and name not in ("url", "archived"):
            self.texts[part].append(value)


def _refers(model: Model, name: str) -> bool:
    """True for lists of references that are called like a list of words (``related``)."""
    return isinstance(_mark(type(model), name), ReferenceTo)


@cache
def _mark(model: type[Model], name: str) -> CodeOf | ReferenceTo | SourceReference | str | None:
    """What the model says about a field: a code, a reference, «date», or nothing, which means text."""
    field = model.model_fields[name]
    for item in (*field.metadata, *_inner(field.annotation)):
        if isinstance(item, CodeOf | ReferenceTo | SourceReference):
            return item
        if "_real_partial_date" in repr(item):
            return "date"
    return None


def _inner(annotation: Any) -> Iterator[Any]:
    """The marks inside lists and optional fields."""
    yield from getattr(annotation, "__metadata__", ())
    for part in getattr(annotation, "__args__", ()):
        yield from _inner(part)


def _text(value: Localized, language: Language) -> str:
    return str(getattr(value, language))


def _other_titles(entry: Entry, language: Language) -> tuple[str, ...]:
    other = _text(entry.title, "ja" if language == "en" else "en")
    return (other, entry.title.original) if entry.title.original else (other,)


def _named_by(kb: KnowledgeBase, entry: Entry) -> Iterator[str]:
    """The ids of the entries that name this one: who types a trial's number also means its product."""
    for link in kb.links_to(entry):
        yield link.origin[1]


def _citations(sources: tuple[Source, ...]) -> Iterator[str]:
    for source in sources:
        yield from filter(None, (source.doi, source.pmid))


def _unique(texts: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def date_of(entry: Entry) -> str:
    """The date that says how old the thing is; empty when it has none."""
    dates = getattr(entry, "dates", None)
    found = [getattr(dates, name, None) for name in _DATES] if dates else []
    found += [getattr(entry, "date", None), getattr(entry, "year", None)]
    return str(next(filter(None, found), ""))


def facets_of(entry: Entry) -> dict[str, tuple[str, ...]]:
    """Facet -> codes of one entry."""
    requirements = getattr(entry, "requirements", ())
    source = getattr(entry, "ev_source", None)
    one = {
        "status": getattr(entry, "status", None),
        "phase": getattr(entry, "phase", None),
        "indication_area": getattr(entry, "indication_area", None),
        "cell_source": source.cell if source else None,
        "year": date_of(entry)[:4] or None,
    }
    return {
        "collection": (entry.COLLECTION,),
        "jurisdiction": jurisdictions_of(entry),
        "topic": _unique((*getattr(entry, "topics", ()), *(item.topic for item in requirements))),
        **{name: (str(code),) if code else () for name, code in one.items()},
        "origin": (entry.origin,),
        "review": (entry.review.status,),
    }
