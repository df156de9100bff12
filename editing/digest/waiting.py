"""The parts of a digest about what waits for people, and what they decided."""

from __future__ import annotations

from typing import Final

from editing.digest.matter import Matter
from editing.digest.table import LONGEST, Row, Section, section, title_of
from editing.digest.words import Words
from kb.decisions import is_settled, read_decisions
from kb.partial_dates import last_day
from kb.problems import shorten
from kb.proposals import Proposal, read_proposals
from kb.review.agenda import agenda, for_group

#: Reasons for a review that have a day; that nobody signed yet is only counted.
_PRESSING: Final = frozenset(("overdue", "lapsed", "due"))


def reviews(matter: Matter, say: Words) -> Section:
    """Entries that are overdue, due this month or changed after they were signed."""
    tasks = agenda(matter.kb, matter.today)
    ours = for_group(matter.kb, tasks, matter.group) if matter.group else tasks
    pressing = [task for task in ours if not _PRESSING.isdisjoint(task.reasons)]
    comma = "、" if say.language == "ja" else ", "
    rows = [
        Row(
            title_of(matter, task.key, say),
            task.key,
            ((comma.join(say(f"reason_{reason}") for reason in task.reasons),), (task.due.isoformat(),)),
        )
        for task in pressing
    ]
    unsigned = sum("draft" in task.reasons for task in ours) - sum("draft" in task.reasons for task in pressing)
    note = say("reviews_note", n=unsigned) if unsigned else ""
    return section("reviews", say, ("entry", "reason", "due"), rows, "evreg review queue", note)


def inbox(matter: Matter, say: Words) -> Section:
    """Proposals that nobody has decided yet, the oldest first."""
    decided = read_decisions(matter.root)
    waiting = sorted(
        (
            proposal
            for proposal in read_proposals(matter.root).values()
            if not is_settled(proposal, decided, matter.today) and _concerns(matter, proposal)
        ),
        key=lambda proposal: (proposal.found, proposal.id),
    )
    rows = [
        Row(
            shorten(proposal.words.ja if say.language == "ja" else proposal.words.en, LONGEST),
            None,
            ((proposal.id,), (say("days", n=max((matter.today - last_day(proposal.found)).days, 0)),)),
        )
        for proposal in waiting
    ]
    return section("inbox", say, ("proposal", "id", "waiting"), rows, "evreg inbox list")


def _concerns(matter: Matter, proposal: Proposal) -> bool:
    collection, _, id_ = proposal.entry.partition("/")
    return matter.concerns(collection, id_, proposal.draft)


def decisions(matter: Matter, say: Words) -> Section:
    """What was decided in the period."""
    period = (matter.since.isoformat(), matter.until.isoformat())
    taken = [item for item in read_decisions(matter.root) if period[0] <= item.on <= period[1]]
    # A decision names its proposal, whose file is gone then, and not the entry: no group can be told from it.
    rows = [
        Row(
            item.proposal,
            None,
            ((say(f"action_{item.action}"), *([shorten(item.reason, LONGEST)] if item.reason else [])), (item.on,)),
        )
        for item in taken
    ]
    note = say("decisions_note") if matter.group and rows else ""
    return section("decisions", say, ("proposal", "decision", "on"), rows, "kb/inbox/decisions.yaml", note)
