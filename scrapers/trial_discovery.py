"""One search of a registry: every hit is known, proposed or excluded with a reason, and the whole is kept as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.proposals import Proposal
from kb.searches import Excluded, Search
from scrapers.source import Visit
from scrapers.trial_candidates import judged
from scrapers.trial_drafts import proposal
from scrapers.trial_facts import TrialFacts
from scrapers.trial_matching import entry_of, known_numbers


class Discovery:
    """The searches of one visit; a trial that several of them find is proposed once."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._known = known_numbers(visit.kb)
        self._offered: set[str] = set()

    def search(self, key: str, query: str, found: Iterable[TrialFacts]) -> Iterator[Proposal]:
        """New entries among ``found``; the search is noted when it was read to its end.

        Args:
            key: Name of the search within its source.
            query: As sent.
            found: What the registry answered, each trial once.
        """
        hits, ours, fit, out = 0, list[str](), list[str](), list[Excluded]()
        for facts in found:
            number, hits = facts.number.number, hits + 1
            if entry_of(facts.numbers, self._known, self._visit.kb):
                ours.append(number)
                continue
            judgement = judged(facts)
            if judgement.confidence is None:
                out.append(Excluded(id=number, reason=judgement.reason))
                continue
            fit.append(number)
            if self._offered.isdisjoint(item.key for item in facts.numbers):
                yield proposal(
                    self._visit.source.name, facts, self._visit.today, judgement.confidence,
                    because=(judgement.reason,), taken=self._known.keys(),
                )  # fmt: skip
            self._offered |= {item.key for item in facts.numbers}
        self._visit.searches.append(Search(
            source=self._visit.source.name, key=key, query=query, on=self._visit.today.isoformat(), hits=hits,
            known=tuple(sorted(ours)), proposed=tuple(sorted(fit)),
            excluded=tuple(sorted(out, key=lambda item: item.id)),
        ))  # fmt: skip
