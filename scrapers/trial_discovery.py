"""One search of a registry: every hit is known, proposed or excluded with a reason, and the whole is kept as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kb.models.base import Localized
from kb.proposals import Proposal
from kb.searches import Excluded, Search
from scrapers.source import Visit
from scrapers.trial_candidates import judged
from scrapers.trial_drafts import Confidence, proposal
from scrapers.trial_facts import TrialFacts
from scrapers.trial_matching import entry_of, known_numbers


def _as_found(facts: TrialFacts) -> TrialFacts:
    return facts


class Discovery:
    """The searches of one visit; a trial that several of them find is proposed once.

    Args:
        visit: The visit.
        completed: Adds what only the registry's record of one trial says; called for candidates alone.
    """

    def __init__(self, visit: Visit, completed: Callable[[TrialFacts], TrialFacts] = _as_found) -> None:
        self._visit, self._completed = visit, completed
        self._known = known_numbers(visit.kb)
        self._offered: set[str] = set()
        self._whole: dict[str, TrialFacts] = {}

    def search(
        self, key: str, query: str, found: Iterable[TrialFacts], excluded: Iterable[Excluded] = ()
    ) -> Iterator[Proposal]:
        """New entries among ``found``; the search is noted when it was read to its end.

        Args:
            key: Name of the search within its source.
            query: As sent.
            found: What the registry answered, each trial once.
            excluded: Hits that are no trial of a registry that we know.
        """
        ours, fit, out = list[str](), list[str](), list(excluded)
        for facts in found:
            judgement = judged(facts)
            if self._is_known(facts):
                ours.append(facts.number.number)
            elif judgement.confidence is None:
                out.append(Excluded(id=facts.number.number, reason=judgement.reason))
            else:
                yield from self._candidate(facts, judgement.confidence, judgement.reason, ours, fit)
        self._visit.searches.append(Search(
            source=self._visit.source.name, key=key, query=query, on=self._visit.today.isoformat(),
            hits=len(ours) + len(fit) + len(out), known=tuple(sorted(ours)), proposed=tuple(sorted(fit)),
            excluded=tuple(sorted(out, key=lambda item: item.id)),
        ))  # fmt: skip

    def _candidate(
        self, facts: TrialFacts, confidence: Confidence, reason: Localized, ours: list[str], fit: list[str]
    ) -> Iterator[Proposal]:
        if facts.number.key in self._offered:
            fit.append(facts.number.number)
            return
        whole = self._whole.get(facts.number.key) or self._completed(facts)
        self._whole[facts.number.key] = whole
        if self._is_known(whole):
            ours.append(facts.number.number)
            return
        fit.append(facts.number.number)
        if self._offered.isdisjoint(item.key for item in whole.numbers):
            yield proposal(
                self._visit.source.name,
                whole,
                self._visit.today,
                confidence,
                because=(reason,),
                taken=self._known.keys(),
            )
        self._offered |= {item.key for item in whole.numbers}

    def _is_known(self, facts: TrialFacts) -> bool:
        return entry_of(facts.numbers, self._known, self._visit.kb) is not None
