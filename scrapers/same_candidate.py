"""One trial that several registries propose is one proposal: of the registry that comes first, naming the others.

A trial is known to be the same by a registration number that both state, or by the entry that both would make. The outcome
does not depend on which source was heard first, nor on which of them a run asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from kb.proposals import FOLDER, Also, Proposal, proposal_file
from kb.record_files import read_record
from scrapers.trial_matching import Number

#: Sources that repeat what registries state; a registry's own words come first.
_COPIES: Final = frozenset(("ictrp",))
_MARKS: Final = (b"kind: new-entry", b"entry: trials/")


class Placed(NamedTuple):
    """Where a candidate belongs.

    Attributes:
        proposal: What the inbox should hold: the candidate, or that of another source which now names it.
        folded: Ids of proposals that are part of it and no longer stand alone.
    """

    proposal: Proposal
    folded: tuple[str, ...] = ()


class Candidates:
    """The new trials that wait in the inbox, and where one more belongs among them.

    Args:
        root: The knowledge base.
        source: The source whose candidates are placed; those of the others are read when first needed.
    """

    def __init__(self, root: Path, source: str) -> None:
        self._root, self._source = root, source
        self._others: list[Proposal] | None = None

    def __bool__(self) -> bool:
        """Whether there is anything that a candidate could be the same as."""
        return bool(self._waiting())

    def placed(self, candidate: Proposal) -> Placed:
        """The one proposal for a candidate; the others of the same trial are folded into it.

        Raises:
            EvregError: a proposal in the inbox cannot be read.
        """
        if not is_candidate(candidate):
            return Placed(candidate)
        others = self._waiting()
        same = [other for other in others if is_same_trial(candidate, other)]
        if not same:
            return Placed(candidate)
        own = self._before(candidate)
        every = [candidate, *same, *([own] if own else [])]
        first = min((candidate, *same), key=_rank)
        parts = {part.id: part for item in every for part in item.also if part.id != first.id}
        parts |= {item.id: _part(item, parts.get(item.id)) for item in (candidate, *same) if item is not first}
        whole = first.model_copy(update={"also": tuple(sorted(parts.values(), key=_rank))})
        self._others = [other for other in others if other not in same]
        if first is not candidate:
            self._others.append(whole)
        return Placed(whole, tuple(item.id for item in (candidate, *same) if item is not first))

    def _waiting(self) -> list[Proposal]:
        if self._others is None:
            files = sorted((self._root / FOLDER).glob("*/*.yaml"))
            self._others = [_read(path) for path in files if path.parent.name != self._source and _may_be_one(path)]
        return self._others

    def _before(self, candidate: Proposal) -> Proposal | None:
        path = proposal_file(self._root, candidate.id)
        return _read(path) if path.is_file() else None


def is_candidate(proposal: Proposal) -> bool:
    """Whether a proposal would make a new entry of a trial."""
    return proposal.kind == "new-entry" and proposal.entry.startswith("trials/")


def is_same_trial(one: Proposal, other: Proposal) -> bool:
    """Whether two candidates are one trial.

    A shared EudraCT number or UTN does not make two numbers of one registry the same trial: an extension study is
    registered anew under the number of its parent.
    """
    if one.entry == other.entry:
        return True
    ours, theirs = set(_numbers(one)), set(_numbers(other))
    if not {number.key for number in ours} & {number.key for number in theirs}:
        return False
    return not (_contradicts(_own(one), theirs) or _contradicts(_own(other), ours))


def registrations_of(proposal: Proposal) -> tuple[Number, ...]:
    """The numbers that a new entry would have."""
    stated: Any = (proposal.draft or {}).get("registrations") or ()
    return tuple(Number(item["registry"], item["number"]) for item in stated)


def other_names(proposal: Proposal) -> Iterator[str]:
    """The keys under which other sources would propose the same trial."""
    numbers = registrations_of(proposal)
    own = {number.registry for number in numbers if number.slug == proposal.key}
    yield proposal.key
    yield from (number.slug for number in numbers if number.registry not in own)


def _numbers(proposal: Proposal) -> Iterator[Number]:
    yield from registrations_of(proposal)
    for part in proposal.also:
        yield from (Number(item["registry"], item["number"]) for item in part.registrations)


def _own(proposal: Proposal) -> tuple[Number, ...]:
    """The numbers after which a candidate and its parts are named."""
    names = {proposal.key, *(part.key for part in proposal.also)}
    return tuple(number for number in _numbers(proposal) if number.slug in names)


def _contradicts(own: Iterable[Number], theirs: Iterable[Number]) -> bool:
    keys: dict[str, set[str]] = {}
    for number in theirs:
        keys.setdefault(number.registry, set()).add(number.key)
    return any(number.key not in keys.get(number.registry, {number.key}) for number in own)


def _part(item: Proposal, before: Also | None) -> Also:
    if before is not None and (before.source_hash, before.url) == (item.source_hash, item.url):
        return before  # The days of work in it are those of the first time.
    draft: Any = item.draft or {}
    return Also(
        source=item.source, key=item.key, words=item.words, url=item.url, source_hash=item.source_hash,
        registrations=tuple(draft.get("registrations") or ()), records=tuple(draft.get("sources") or ()),
    )  # fmt: skip


def _rank(item: Proposal | Also) -> tuple[bool, str]:
    return item.source in _COPIES, item.id


def _may_be_one(path: Path) -> bool:
    text = path.read_bytes()
    return all(mark in text for mark in _MARKS)


def _read(path: Path) -> Proposal:
    return read_record(path, Proposal)
