"""Uses of products, as codes of ``conditions``, with everything that names them: the hub between claims and trials."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from kb.knowledge_base import KnowledgeBase, standing
from kb.models.claims import Claim
from kb.models.core import Entry
from kb.models.products import Product
from kb.models.safety_events import SafetyEvent
from kb.models.trials import Trial

#: Collection -> its field with codes of ``conditions``.
FIELDS: Final = {
    "claims": "indications",
    "trials": "conditions",
    "products": "conditions",
    "safety-events": "indications",
}
#: Codes that name no use: people without a disease, and the rest.
NO_USE: Final = frozenset({"healthy-volunteers", "other"})


class Use(NamedTuple):
    """One use with the entries that name it; withdrawn entries do not count."""

    code: str
    claims: tuple[Claim, ...]
    registered: tuple[Trial, ...]
    #: Studies in people without a registry number.
    unregistered: tuple[Trial, ...]
    products: tuple[Product, ...]
    events: tuple[SafetyEvent, ...]


def uses(kb: KnowledgeBase) -> tuple[Use, ...]:
    """Every use that an entry names, in the order of the vocabulary; also those that withdrawn entries alone name."""
    named = {code for collection in FIELDS for entry in kb.collection(collection).values() for code in codes_of(entry)}
    return tuple(_use(kb, code) for code in kb.vocabularies["conditions"] if code in named)


def codes_of(entry: Entry) -> tuple[str, ...]:
    """The uses that an entry names."""
    found: Sequence[str] = getattr(entry, FIELDS[entry.COLLECTION]) if entry.COLLECTION in FIELDS else ()
    return tuple(code for code in found if code not in NO_USE)


def _use(kb: KnowledgeBase, code: str) -> Use:
    trials = _with(kb.trials.values(), code)
    return Use(
        code,
        _with(kb.claims.values(), code),
        tuple(trial for trial in trials if trial.registrations),
        tuple(trial for trial in trials if not trial.registrations),
        _with(kb.products.values(), code),
        _with(kb.safety_events.values(), code),
    )


def _with(entries: Iterable[Any], code: str) -> tuple[Any, ...]:
    return tuple(entry for entry in standing(entries) if code in codes_of(entry))
