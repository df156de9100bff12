"""What one jurisdiction has in each row of the comparison."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from kb.analysis.jurisdiction_record import JurisdictionRecord
from kb.knowledge_base import Key, KnowledgeBase, key_of
from kb.models.base import Localized
from kb.models.guidelines import Guideline, Requirement
from kb.models.jurisdictions import Classification, Jurisdiction
from kb.partial_dates import first_day

#: From the strongest to the weakest; what a topic is compared by.
_LEVELS = ("required", "recommended", "mentioned")
_FORCES = ("binding", "administrative", "recommended", "informational")
#: Documents in these states ask for nothing today.
_GONE = frozenset({"superseded", "withdrawn"})
_COMING = frozenset({"draft", "consultation"})
#: Topics whose requirements are shown word for word: what clinics may advertise and do.
RULES = ("advertising", "clinical")
_LATEST = 4


class Item(NamedTuple):
    """One thing in a cell; whichever parts it has."""

    #: Vocabulary and code of each badge.
    codes: tuple[tuple[str, str], ...] = ()
    text: Localized | None = None
    #: Entries on which it rests.
    entries: tuple[Key, ...] = ()
    date: str | None = None
    number: int | None = None


class Cell(NamedTuple):
    """What one jurisdiction has in one row."""

    items: tuple[Item, ...]
    #: The codes by which the row is compared; None in rows of words.
    token: tuple[str, ...] | None = None


def class_key(claim: str | None, route: str | None) -> str:
    """Classes are aligned by claim and route; a dimension that the entry leaves open stands with «any»."""
    return f"class-{claim or 'any'}-{route or 'any'}"


def column(kb: KnowledgeBase, profile: Jurisdiction, record: JurisdictionRecord) -> dict[str, Cell]:
    """Key of a row -> what the jurisdiction has there; rows in which it has nothing are left out."""
    cells = _position(profile) | _classes(kb, profile) | _pathways(kb, profile)
    cells |= _topics(record) | _activity(kb, profile, record)
    return {key: cell for key, cell in cells.items() if cell.items}


def _position(profile: Jurisdiction) -> dict[str, Cell]:
    own = (key_of(profile),)
    level = Item((("ev-regulation", profile.regulates_ev),), entries=own)
    depth = Item((("coverage-levels", profile.coverage),), date=profile.as_of)
    return {
        "regulates_ev": Cell((level,), (profile.regulates_ev,)),
        "position": Cell((Item(text=profile.position or profile.summary),)),
        "authorities": Cell(tuple(Item(text=authority.name) for authority in profile.authorities)),
        "profile": Cell((depth,)),
    }


def _classes(kb: KnowledgeBase, profile: Jurisdiction) -> dict[str, Cell]:
    found: dict[str, list[Classification]] = {}
    for item in profile.classification:
        found.setdefault(class_key(item.claim, item.route), []).append(item)
    return {
        key: Cell(
            tuple(
                Item((("legal-classes", item.legal_class),), item.product, _documents(kb, item.guidelines))
                for item in items
            ),
            tuple(sorted({item.legal_class for item in items})),
        )
        for key, items in found.items()
    }


def _pathways(kb: KnowledgeBase, profile: Jurisdiction) -> dict[str, Cell]:
    order = {status: place for place, status in enumerate(kb.vocabularies["pathway-statuses"])}
    ways = sorted(profile.pathways, key=lambda way: order[way.status])
    shown = (Item((("pathway-statuses", way.status),), way.name, _documents(kb, way.guidelines)) for way in ways)
    gaps = (Item(text=gap, entries=_documents(kb, gap.guidelines)) for gap in profile.not_regulated)
    return {"pathways": Cell(tuple(shown)), "not_regulated": Cell(tuple(gaps))}


def _documents(kb: KnowledgeBase, ids: Iterable[str]) -> tuple[Key, ...]:
    found = (kb.resolve(id_, "guidelines", "enforcement") for id_ in ids)
    return tuple(key_of(entry) for entry in found if entry and not entry.withdrawn)


def _topics(record: JurisdictionRecord) -> dict[str, Cell]:
    found: dict[str, list[tuple[Guideline, Requirement]]] = {}
    for document in record.guidelines:
        if document.status not in _GONE:
            for requirement in document.requirements:
                found.setdefault(requirement.topic, []).append((document, requirement))
    cells = {f"topic-{topic}": _topic(asked) for topic, asked in found.items()}
    for topic in RULES:
        asked = sorted(found.get(topic, ()), key=lambda pair: (_weight(*pair), pair[0].id))
        cells[f"rules-{topic}"] = Cell(tuple(_rule(*pair) for pair in asked))
    return cells


def _rule(document: Guideline, requirement: Requirement) -> Item:
    return Item(_force_and_level(document, requirement), requirement.statement, (key_of(document),))


def _topic(asked: Sequence[tuple[Guideline, Requirement]]) -> Cell:
    """Requirements counted by force and level; compared by the strongest of them."""
    counted = Counter(_force_and_level(*pair) for pair in asked)
    weights = {_force_and_level(*pair): _weight(*pair) for pair in asked}
    documents: dict[tuple[tuple[str, str], ...], dict[Key, None]] = {}
    for document, requirement in asked:
        documents.setdefault(_force_and_level(document, requirement), {})[key_of(document)] = None
    kinds = sorted(counted, key=lambda kind: weights[kind])
    items = tuple(Item(kind, entries=tuple(documents[kind]), number=counted[kind]) for kind in kinds)
    return Cell(items, tuple(code for _, code in kinds[0]))


def _force_and_level(document: Guideline, requirement: Requirement) -> tuple[tuple[str, str], ...]:
    """A draft has no force yet, so its state stands in for it."""
    standing = (
        ("document-statuses", document.status) if document.status in _COMING else ("legal-forces", document.legal_force)
    )
    return standing, ("requirement-levels", requirement.level)


def _weight(document: Guideline, requirement: Requirement) -> tuple[bool, int, int]:
    return document.status in _COMING, _FORCES.index(document.legal_force), _LEVELS.index(requirement.level)


def _activity(kb: KnowledgeBase, profile: Jurisdiction, record: JurisdictionRecord) -> dict[str, Cell]:
    forces = Counter(document.legal_force for document in record.guidelines)
    relevance = Counter(action.ev_relevance for action in record.enforcement)
    statuses = Counter(trial.status for trial in record.trials)
    happened = (row for row in record.history if first_day(row.date) <= first_day(profile.as_of))
    latest = tuple(
        Item(
            (("event-kinds", row.shown.kind),) if row.shown.kind in kb.vocabularies["event-kinds"] else (),
            row.shown.title,
            row.entries[:1],
            row.date,
        )
        for row in islice(happened, _LATEST)
    )
    return {
        "documents": _counts(kb, "legal-forces", forces),
        "latest": Cell(latest),
        "enforcement": _counts(kb, "ev-relevance", relevance),
        "trials": _counts(kb, "trial-statuses", statuses),
        "questions": _words(profile.regulatory_questions),
        "unknown": _words(profile.open_questions),
    }


def _counts(kb: KnowledgeBase, vocabulary: str, counted: Counter[str]) -> Cell:
    kinds = (code for code in kb.vocabularies[vocabulary] if counted[code])
    return Cell(tuple(Item(((vocabulary, code),), number=counted[code]) for code in kinds))


def _words(statements: Iterable[Localized]) -> Cell:
    return Cell(tuple(Item(text=statement) for statement in statements))
