"""What a run did, source by source: for the terminal, for programs and for the pull request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from kb.models.base import Localized
from kb.problems import EvregError
from kb.proposals import Proposal


class Proposed(NamedTuple):
    """A proposal that is new in the inbox, or says something else than before."""

    id: str
    kind: str
    entry: str
    words: Localized
    url: str
    confidence: str

    @classmethod
    def of(cls, proposal: Proposal) -> Proposed:
        """What the report says of a proposal."""
        return cls(
            proposal.id, proposal.kind, proposal.entry, proposal.words, proposal.url, proposal.confidence
        )  # fmt: skip


@dataclass(slots=True)
class Kept:
    """What was written of one source.

    Attributes:
        observed: Entries of which the source states facts.
        observations_changed: Those of which it states something else than before.
        proposals_new: Proposals that were not in the inbox.
        proposals_changed: Proposals that say something else than before.
        proposals_merged: Trials that another source proposes too, newly made one proposal with it.
        proposals_removed: Proposals that no longer hold.
        settled: Proposals that a person has decided already.
        searches_changed: Searches with another result than before.
        proposed: The new and changed proposals.
        folded: Ids of proposals that are part of another source's.
    """

    observed: int = 0
    observations_changed: int = 0
    proposals_new: int = 0
    proposals_changed: int = 0
    proposals_merged: int = 0
    proposals_removed: int = 0
    settled: int = 0
    searches_changed: int = 0
    proposed: list[Proposed] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether any file changed."""
        return bool(self.observations_changed or self.proposed or self.proposals_removed or self.searches_changed)

    def counts(self) -> dict[str, int]:
        """The figures by name."""
        return {name: value for name, value in asdict(self).items() if isinstance(value, int)}


@dataclass(frozen=True, slots=True)
class SourceReport:
    """One source in one run.

    Attributes:
        asked: Answers of the source's servers.
        unchanged: Those that say the same as the last time.
        downloaded_bytes: Bodies that came over the network.
        seconds: How long it took.
        fault: Why the source was left as it was; None when it ended well.
    """

    name: str
    title: Localized
    asked: int = 0
    unchanged: int = 0
    downloaded_bytes: int = 0
    seconds: float = 0.0
    kept: Kept = field(default_factory=Kept)
    fault: EvregError | None = None

    def as_json(self) -> dict[str, Any]:
        """The record of ``evreg enrich --format json``."""
        return {
            "source": self.name,
            "asked": self.asked,
            "unchanged": self.unchanged,
            "downloaded_bytes": self.downloaded_bytes,
            "seconds": round(self.seconds, 2),
            **self.kept.counts(),
            "proposed": [item._asdict() | {"words": item.words.model_dump()} for item in self.kept.proposed],
            "fault": fault_json(self.fault),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """A whole run, in the order in which the sources were named.

    Attributes:
        day: The day that counted as present.
        dry_run: Whether nothing was written.
        sources: What was asked.
        partial: Whether only a part of each source was asked for.
    """

    day: str
    dry_run: bool
    sources: tuple[SourceReport, ...]
    partial: bool = False

    @property
    def failed(self) -> tuple[SourceReport, ...]:
        """The sources that were left as they were."""
        return tuple(item for item in self.sources if item.fault)

    def as_json(self) -> dict[str, Any]:
        """The record of ``evreg enrich --format json``."""
        return {
            "day": self.day,
            "dry_run": self.dry_run,
            "partial": self.partial,
            "failed": [item.name for item in self.failed],
            "sources": [item.as_json() for item in self.sources],
        }


def said_once(reports: Iterable[SourceReport]) -> None:
    """Name each proposal once, as it was left last, when sources of one run made one of theirs.

    Args:
        reports: In the order in which their findings were kept.
    """
    reports = list(reports)
    folded = {id_ for item in reports for id_ in item.kept.folded}
    last = {proposal.id: proposal for item in reports for proposal in item.kept.proposed}
    for item in reports:
        # A proposal stands with the source that holds it; with another one only when that one said nothing of it.
        mine = dict.fromkeys(proposal.id for proposal in item.kept.proposed)
        item.kept.proposed[:] = [last.pop(id_) for id_ in mine if id_ in last and id_ not in folded]


def fault_json(fault: EvregError | None) -> dict[str, Any] | None:
    """A fault in its four parts."""
    if fault is None:
        return None
    parts = {"found": fault.found, "expected": fault.expected, "remedy": fault.remedy}
    return {
        "kind": getattr(fault, "kind", "unexpected"),
        "where": fault.where,
        **{name: message._asdict() for name, message in parts.items()},
    }
