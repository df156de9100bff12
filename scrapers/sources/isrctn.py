"""ISRCTN: new trials of EV products, and what the registry says now about those we have."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from kb.models.trials import Trial
from kb.observed import Observation, observation
from kb.proposals import Proposal
from scrapers import ev_words
from scrapers.faults import truncated
from scrapers.reading import within
from scrapers.source import SourceModule, Visit
from scrapers.sources.isrctn_elements import found_in
from scrapers.sources.isrctn_records import facts_of
from scrapers.trial_discovery import Discovery
from scrapers.trial_facts import TrialFacts
from scrapers.trial_matching import known_numbers, numbers_of
from scrapers.trial_observed import further_numbers, not_answered, stated_facts

NAME: Final = "isrctn"


def discover(visit: Visit) -> Iterator[Proposal]:
    """New entries for trials in which vesicles or a secretome are given.

    Raises:
        SourceFault: an answer does not follow the format, or is incomplete.
    """
    query = expression()
    if visit.since is not None:
        query = f"({query}) AND lastEdited GE {visit.since.isoformat()}T00:00:00.000Z"
    yield from Discovery(visit).search("query", query, _found(visit, query))


def observe(visit: Visit) -> Iterator[Observation | Proposal]:
    """Facts of every entry with an ISRCTN number; notices of numbers without answer and of new numbers.

    Raises:
        SourceFault: an answer does not follow the format.
    """
    known = known_numbers(visit.kb)
    for number, trial in islice(_asked(visit).items(), visit.limit):
        url = f"https://www.isrctn.com/{number}"
        answer = visit.fetch.get(f"{visit.source.base}/trial/{number}/format/default", accept="xml", also=(404,))
        found = found_in(answer).trials if answer.status == 200 else []
        facts = next(
            (item for one in found if (item := facts_of(answer, one, visit.today)).number.number == number), None
        )
        if facts is None:
            yield not_answered(visit, trial.id, number, url)
            continue
        stated = stated_facts(trial, facts, visit.today)
        yield observation(NAME, f"trials/{trial.id}", url, visit.today.isoformat(), stated, facts.updated)
        yield from further_numbers(visit, trial, facts, known)


def expression() -> str:
    """The words of the vocabulary, phrases in quotation marks, joined by OR."""
    words = ev_words.search_words("en", groups=("vesicles", "secretome"))
    return " OR ".join(word if word.isalnum() else f'"{word}"' for word in words)


def _found(visit: Visit, query: str) -> Iterator[TrialFacts]:
    """Every trial of a query: the registry has no pages, so they are counted before they are asked for.

    Raises:
        SourceFault: fewer trials came than were counted, or one came twice.
    """
    address = f"{visit.source.base}/query/format/default"
    counted = visit.fetch.get(address, {"q": query, "limit": 0}, accept="xml")
    total = found_in(counted).total
    bounds = visit.source.expected.get("hits") if visit.since is None else None
    if not within(counted, total, bounds, "hits"):
        return
    answer = visit.fetch.get(address, {"q": query, "limit": total}, accept="xml")
    found = found_in(answer)
    if len(found.trials) != found.total:
        raise truncated(visit.source.name, address)
    seen = set[str]()
    for one in found.trials:
        facts = facts_of(answer, one, visit.today)
        if facts.number.key not in seen:
            seen.add(facts.number.key)
            yield facts


def _asked(visit: Visit) -> dict[str, Trial]:
    asked: dict[str, Trial] = {}
    for trial in visit.kb.trials.values():
        numbers = (number.number for number in numbers_of(trial) if number.registry == "ISRCTN")
        first = next(numbers, None)
        if first and trial.withdrawn is None:
            asked.setdefault(first, trial)
    return asked


MODULE = SourceModule(NAME, discover=discover, observe=observe)
