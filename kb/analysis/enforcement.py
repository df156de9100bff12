"""Figures over the official acts: who acted, when, and whether the act names exosomes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from kb.analysis import tally
from kb.knowledge_base import KnowledgeBase
from kb.models.base import OriginalName
from kb.models.enforcement import EnforcementAction

#: Whether an act names exosomes; only a full text tells, so «not-read» is an answer of its own.
Named = Literal["yes", "no", "not-read"]
NAMED: Final[tuple[Named, ...]] = ("yes", "no", "not-read")
_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")


def current(kb: KnowledgeBase) -> tuple[EnforcementAction, ...]:
    """The acts that count, entries that were not withdrawn; the latest first, those without a date last."""
    return tuple(sorted(kb.enforcement.where(withdrawn=None), key=lambda act: act.date or "", reverse=True))


def year(act: EnforcementAction) -> int | None:
    """The year of an act."""
    return tally.year_of(act.date)


def names_exosomes(act: EnforcementAction) -> Named:
    """Whether an act names exosomes."""
    if act.names_exosomes is None:
        return "not-read"
    return "yes" if act.names_exosomes else "no"


def by_year(acts: Iterable[EnforcementAction]) -> tuple[dict[tuple[int, Named], int], int]:
    """(year, :data:`Named`) -> acts, and how many acts have no date on record."""
    return tally.by_year(acts, year, names_exosomes)


def authority_code(act: EnforcementAction) -> str:
    """A code for the authority, made of its English name, so that the same name is counted as one authority."""
    return _BETWEEN_WORDS.sub("-", act.authority.en.casefold()).strip("-") or "-"


def authorities(acts: Iterable[EnforcementAction]) -> Mapping[str, OriginalName]:
    """Code of an authority -> its name as the first act has it."""
    found: dict[str, OriginalName] = {}
    for act in acts:
        found.setdefault(authority_code(act), act.authority)
    return found
