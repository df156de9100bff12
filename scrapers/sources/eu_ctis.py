"""EU CTIS: new trials of EV products, and what the portal says now about those we have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any, Final, NamedTuple

from kb.models.trials import Trial
from kb.observed import Observation, observation
from kb.problems import Message
from kb.proposals import Proposal
from scrapers import ev_words
from scrapers.faults import SourceFault, unexpected
from scrapers.reading import json_of, model_of, within
from scrapers.register import Bounds
from scrapers.source import SourceModule, Visit
from scrapers.sources.eu_ctis_detail import numbers_elsewhere
from scrapers.sources.eu_ctis_records import Page, Row, facts_of, page_of
from scrapers.sources.notices import slug
from scrapers.trial_discovery import Discovery
from scrapers.trial_facts import TrialFacts
from scrapers.trial_matching import Number, known_numbers, numbers_of
from scrapers.trial_observed import further_numbers, not_answered, stated_facts

NAME: Final = "eu-ctis"
#: Rows a page; more are not given.
SIZE: Final = 100
#: Sorting by other properties is accepted by the service and not followed.
_SORT: Final = {"property": "decisionDate", "direction": "DESC"}


class _Asked(NamedTuple):
    number: Number
    trial: Trial


def discover(visit: Visit) -> Iterator[Proposal]:
    """New entries for trials in which vesicles or a secretome are given; every page is read every time.

    Raises:
        SourceFault: an answer does not follow the format, or pages repeat.
    """
    discovery = Discovery(visit, partial(_with_other_numbers, visit))
    bounds = visit.source.expected.get("hits")
    for word in ev_words.search_words("en", groups=("vesicles", "secretome")):
        # How several terms are separated is nowhere documented.
        criteria = {"containAll": "", "containAny": word, "containNot": ""}
        yield from discovery.search(slug(word), f"containAny: {word}", _found(visit, criteria, bounds))


def observe(visit: Visit) -> Iterator[Observation | Proposal]:
    """Facts of every entry with an EU number; notices of numbers without answer and of new numbers.

    A trial that was moved here from EudraCT is found by its old number; one that was not is no fault.

    Raises:
        SourceFault: an answer does not follow the format.
    """
    known = known_numbers(visit.kb)
    for number, trial in islice(_asked(visit), visit.limit):
        by_ct = number.registry == "CTIS"
        criteria = {"number" if by_ct else "eudraCtCode": number.number}
        rows = list(islice(_found(visit, criteria, None), SIZE))
        fitting = [facts for facts in rows if facts.number.key == number.key] if by_ct else rows
        # Criteria that the service does not know it ignores, and lists everything.
        if len(fitting) != 1:
            if by_ct:
                yield not_answered(visit, trial.id, number.number, page_of(number.number))
            continue
        facts = _with_other_numbers(visit, fitting[0])
        stated = stated_facts(trial, facts, visit.today)
        yield observation(NAME, f"trials/{trial.id}", facts.url, visit.today.isoformat(), stated, facts.updated)
        yield from further_numbers(visit, trial, facts, known)


def _with_other_numbers(visit: Visit, facts: TrialFacts) -> TrialFacts:
    """The facts with the numbers that only the record of the trial itself names."""
    others = (*facts.others, *numbers_elsewhere(visit, facts.number.number))
    return replace(facts, others=tuple(dict.fromkeys(others)))


def _found(visit: Visit, criteria: dict[str, str], bounds: Bounds | None) -> Iterator[TrialFacts]:
    seen, page = set[str](), 0
    while True:
        page += 1
        body: dict[str, Any] = {"pagination": {"page": page, "size": SIZE}, "sort": _SORT, "searchCriteria": criteria}
        answer = visit.fetch.post_json(f"{visit.source.base}/search", body, accept="json")
        found = model_of(answer, json_of(answer), Page)
        if page == 1:
            within(answer, found.pagination.total, bounds, "hits")
        if not found.pagination.total and not found.data:  # Which page of none it is, is not said alike.
            return
        new: list[Row] = [row for row in found.data if row.number not in seen]
        if found.pagination.current != page or (found.data and not new) or (found.pagination.more and not found.data):
            raise _circling(visit, page, found.pagination.current)
        for row in new:
            if row.number not in seen:
                seen.add(row.number)
                yield facts_of(answer, row)
        if not found.pagination.more:
            return


def _asked(visit: Visit) -> Iterator[_Asked]:
    for trial in visit.kb.trials.values():
        numbers = {number.registry: number for number in reversed(numbers_of(trial))}
        number = numbers.get("CTIS") or numbers.get("EudraCT")
        if number and trial.withdrawn is None:
            yield _Asked(number, trial)


def _circling(visit: Visit, asked: int, got: int) -> SourceFault:
    return unexpected(
        visit.source.name,
        f"{visit.source.base}/search",
        Message(f"Page {asked} was asked for; page {got} came, without new trials.", f"{asked}ページ目の要求に対し、新しい試験のない{got}ページ目が返された。"),
        Message("The page asked for, with further trials.", "要求したページに次の試験があることを想定している。"),
    )  # fmt: skip


MODULE = SourceModule(NAME, discover=discover, observe=observe)
