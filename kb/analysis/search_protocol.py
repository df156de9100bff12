"""How the literature and the registers were searched: what was asked, what was found, what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from kb.decisions import Decision, read_decisions
from kb.models.base import Localized
from kb.proposals import FOLDER as INBOX
from kb.searches import Search, read_searches


class LeftOut(NamedTuple):
    """The hits of a search that were left out for the same reason."""

    reason: Localized
    ids: tuple[str, ...]


class SourceProtocol(NamedTuple):
    """One live source."""

    source: str
    searches: tuple[Search, ...]
    #: Proposals of the source, of whatever kind, by the last decision about each.
    accepted: int
    rejected: tuple[Decision, ...]
    put_off: int
    #: Proposals about which nobody has decided.
    waiting: int


def search_protocol(root: Path, order: Sequence[str] = ()) -> tuple[SourceProtocol, ...]:
    """Every source of which a search, a decision or a proposal is kept.

    Args:
        root: The knowledge base.
        order: Sources in the order of the register; others follow by name.

    Raises:
        EvregError: when one of the files cannot be read.
    """
    searches: dict[str, list[Search]] = {}
    for search in read_searches(root):
        searches.setdefault(search.source, []).append(search)
    last = {decision.proposal: decision for decision in read_decisions(root)}
    decided: dict[str, list[Decision]] = {}
    for decision in last.values():
        decided.setdefault(_source(decision.proposal), []).append(decision)
    undecided = Counter(_source(id_) for id_ in _inbox(root) if id_ not in last or last[id_].action != "snooze")
    known = searches.keys() | decided.keys() | undecided.keys()
    names = [name for name in order if name in known] + sorted(known.difference(order))
    return tuple(_protocol(name, searches.get(name, ()), decided.get(name, ()), undecided[name]) for name in names)


def left_out(search: Search) -> tuple[LeftOut, ...]:
    """What a search left out, by reason, the most frequent first."""
    found: dict[tuple[str, str], list[str]] = {}
    for item in search.excluded:
        found.setdefault((item.reason.en, item.reason.ja), []).append(item.id)
    grouped = (LeftOut(Localized(en=en, ja=ja), tuple(ids)) for (en, ja), ids in found.items())
    return tuple(sorted(grouped, key=lambda item: -len(item.ids)))


def not_listed(search: Search) -> int:
    """Hits that the source counted and the record of the search does not name: repeats, or beyond the limit of a run."""
    return max(0, search.hits - len(search.known) - len(search.proposed) - len(search.excluded))


def _protocol(name: str, searches: Iterable[Search], decided: Sequence[Decision], waiting: int) -> SourceProtocol:
    actions = Counter(decision.action for decision in decided)
    rejected = tuple(decision for decision in decided if decision.action == "reject")
    return SourceProtocol(name, tuple(searches), actions["accept"], rejected, actions["snooze"], waiting)


def _inbox(root: Path) -> list[str]:
    return sorted(f"{path.parent.name}/{path.stem}" for path in (root / INBOX).glob("*/*.yaml"))


def _source(proposal: str) -> str:
    return proposal.partition("/")[0]
