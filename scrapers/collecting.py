"""What one source yields in one run, checked and held back until the source ended well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from kb import KnowledgeBase
from kb.decisions import Decision, is_settled, read_decisions
from kb.models import COLLECTIONS
from kb.models.core import Entry
from kb.observed import Observation
from kb.problems import Message
from kb.proposals import FOLDER, Proposal
from kb.searches import Search
from scrapers.comparing import disagreements
from scrapers.faults import unexpected
from scrapers.register import Bounds, Source
from scrapers.same_candidate import is_candidate, other_names
from scrapers.source import SourceModule, Visit

#: New proposals of one source in one run, unless the register says otherwise (``expected.proposals``): more than a
#: person can read means that the source, or the way it is read, has changed.
USUAL = Bounds(min=0, max=2_000)


@dataclass(frozen=True, slots=True)
class Inbox:
    """What people decided and what already waits for them.

    Attributes:
        waiting: Source and key of the proposals in the inbox.
        decisions: The last decision about each proposal.
        today: The day that counts as present.
        rejected: Keys of rejected proposals, whatever their source.
    """

    waiting: frozenset[str]
    decisions: dict[str, Decision]
    today: date
    rejected: frozenset[str] = frozenset()

    @classmethod
    def of(cls, root: Path, today: date) -> Inbox:
        """The inbox of a knowledge base.

        Raises:
            EvregError: the file of decisions cannot be read.
        """
        waiting = frozenset(f"{path.parent.name}/{path.stem}" for path in (root / FOLDER).glob("*/*.yaml"))
        decisions = {decision.proposal: decision for decision in read_decisions(root)}
        rejected = (id_.partition("/")[2] for id_, last in decisions.items() if last.action == "reject")
        return cls(waiting, decisions, today, frozenset(rejected))

    def is_settled(self, proposal: Proposal) -> bool:
        """Whether a person has decided, and the source says the same as then.

        A new trial is settled as well when another source proposed it under a number that this one names, and it was
        rejected.
        """
        last = self.decisions.get(proposal.id)
        if last is not None:
            return is_settled(proposal, (last,), self.today)
        return is_candidate(proposal) and any(key in self.rejected for key in other_names(proposal))

    def is_snoozed(self, id_: str) -> bool:
        """Whether a person wants to be asked later."""
        last = self.decisions.get(id_)
        return last is not None and last.action == "snooze" and self.today.isoformat() < (last.until or "")


@dataclass(slots=True)
class Collected:
    """Everything that one source yielded; nothing of it is written yet.

    Proposals are kept as JSON: ten thousand drafts are 40 MB instead of 300.
    """

    observations: dict[str, Observation] = field(default_factory=dict)
    proposals: dict[str, bytes] = field(default_factory=dict)
    searches: tuple[Search, ...] = ()
    new: int = 0
    settled: int = 0


def collect(visit: Visit, module: SourceModule, inbox: Inbox, go_on: Callable[[], None]) -> Collected:
    """Let a module read its source to the end.

    Args:
        visit: What the module is given.
        module: Reads the source.
        inbox: What is decided and what waits already.
        go_on: Called between two items; may raise to end the run.

    Raises:
        SourceFault: the source is not as it must be, or the module yields what cannot be kept.
    """
    held = Collected()
    for item in _yielded(visit, module):
        go_on()
        _refuse_foreign(item.source, visit.source, item.entry)
        if isinstance(item, Observation):
            _observe(held, visit, inbox, item)
        else:
            _propose(held, visit, inbox, item)
    for search in visit.searches:
        _refuse_foreign(search.source, visit.source, search.key)
    held.searches = tuple({search.key: search for search in visit.searches}.values())
    return held


def _yielded(visit: Visit, module: SourceModule) -> Iterator[Observation | Proposal]:
    if module.observe is not None:
        # What a module makes of its limit here is its own: one entry may be the reason for several items.
        yield from module.observe(visit)
    if module.discover is not None:
        yield from islice(module.discover(visit), visit.limit)


def _observe(held: Collected, visit: Visit, inbox: Inbox, found: Observation) -> None:
    entry = _entry(visit.kb, found, visit.source)
    if found.entry in held.observations:
        return  # One file for each entry: what the source says first of it counts, run after run.
    held.observations[found.entry] = found
    for proposal in disagreements(entry, found, visit.source, visit.kb.vocabularies, visit.today):
        _propose(held, visit, inbox, proposal)


def _propose(held: Collected, visit: Visit, inbox: Inbox, proposal: Proposal) -> None:
    if proposal.id in held.proposals:
        return
    if inbox.is_settled(proposal):
        held.settled += 1
        return
    held.new += proposal.id not in inbox.waiting
    most = visit.source.expected.get("proposals", USUAL).max
    if held.new > most:
        raise _too_many(visit.source, most)
    held.proposals[proposal.id] = proposal.model_dump_json().encode()


def _entry(kb: KnowledgeBase, found: Observation, source: Source) -> Entry:
    collection, _, id_ = found.entry.partition("/")
    entry = kb.resolve(id_, collection) if collection in COLLECTIONS else None
    if entry is not None and entry.id == id_:
        return entry
    raise unexpected(
        source.name,
        found.url,
        Message(f"Facts about «{found.entry}», which is no entry.", f"エントリーでない「{found.entry}」の事実である。"),
        Message("Facts about entries of the knowledge base.", "ナレッジベースのエントリーに関する事実を想定している。"),
    )


def _refuse_foreign(name: str, source: Source, what: str) -> None:
    if name != source.name:
        raise unexpected(
            source.name,
            "",
            Message(f"«{what}» is said to come from «{name}».", f"「{what}」の情報源が「{name}」とされている。"),
            Message(f"What «{source.name}» states.", f"「{source.name}」の内容を想定している。"),
        )


def _too_many(source: Source, most: int) -> Exception:
    return unexpected(
        source.name,
        "",
        Message(f"More than {most:,} new proposals at once.", f"一度に{most:,}件を超える新しい提案がある。"),
        Message(f"At most {most:,} in one run.", f"1回の実行につき{most:,}件以下を想定している。"),
        Message(
            "Look at the source. If they are right, take them in parts with --limit, or raise expected.proposals in "
            "scrapers/sources.yaml.",
            "情報源を確かめる。正しければ--limitで分けて取り込むか、scrapers/sources.yamlのexpected.proposalsを引き上げる。",
        ),
    )
