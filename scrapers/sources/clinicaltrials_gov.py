"""ClinicalTrials.gov API v2: new trials of EV products, and what the registry says now about those we have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from kb.models.trials import Trial
from kb.observed import Observation, observation
from kb.proposals import Proposal
from scrapers import ev_words
from scrapers.register import Bounds
from scrapers.source import SourceModule, Visit
from scrapers.sources.clinicaltrials_gov_mapping import facts_of, last_known, page_of
from scrapers.sources.clinicaltrials_gov_notices import notices
from scrapers.sources.clinicaltrials_gov_pages import moved_on, studies, studies_unless_read, version, version_of_run
from scrapers.sources.clinicaltrials_gov_records import Study
from scrapers.trial_discovery import Discovery
from scrapers.trial_facts import TrialFacts
from scrapers.trial_matching import known_numbers, numbers_of
from scrapers.trial_observed import further_numbers, not_answered, stated_facts

NAME: Final = "clinicaltrials-gov"
#: Ids in one address, about 1,300 characters; as many studies on a page.
BATCH: Final = 100
#: Pieces of the data structure. Of the sites only the country: the rest names persons and is up to nine tenths of a study.
OBSERVED_FIELDS: Final = (
    "IdentificationModule|StatusModule|SponsorCollaboratorsModule|DesignModule|OutcomesModule|ReferencesModule"
    "|LocationCountry|HasResults"
)
DISCOVERY_FIELDS: Final = f"{OBSERVED_FIELDS}|DescriptionModule|ConditionsModule|ArmsInterventionsModule"
_NCT = re.compile(r"NCT\d{8}")


def discover(visit: Visit) -> Iterator[Proposal]:
    """New entries for trials in which vesicles or a secretome are given.

    Raises:
        SourceFault: an answer does not follow the format, or the data moved on between pages.
    """
    data = version_of_run(visit)
    if _nothing_moved(visit, "discovered", data):
        return
    discovery = Discovery(visit)
    for area, query in queries().items():
        # The bounds are those of the wide query, and of all its hits.
        bounds = visit.source.expected.get("hits") if area == "term" and visit.since is None else None
        yield from discovery.search(f"query-{area}", f"query.{area}={query}", _found(visit, area, query, bounds, data))
    visit.note_read("discovered", data)


def observe(visit: Visit) -> Iterator[Observation | Proposal]:
    """Facts of every entry with an NCT number; notices of ids without answer, new numbers, results and retractions.

    Raises:
        SourceFault: an answer does not follow the format.
    """
    data = version_of_run(visit)
    if _nothing_moved(visit, "observed", data):
        return
    known, asked = known_numbers(visit.kb), dict(islice(_asked(visit).items(), visit.limit))
    numbers = list(asked)
    for start in range(0, len(numbers), BATCH):
        batch = {number: asked[number] for number in numbers[start : start + BATCH]}
        yield from _observed_batch(visit, batch, known, data)
    visit.note_read("observed", data)


def queries() -> dict[str, str]:
    """Search area -> expression: treatments wide (secretome as well), the rest of the record by vesicle words."""
    words = ev_words.search_words("en", "exact")
    wider = ev_words.search_words("en", "exact", groups=("vesicles", "secretome"))
    return {"intr": _expression(wider), "term": _expression(words)}


def _found(visit: Visit, area: str, query: str, bounds: Bounds | None, data: str) -> Iterator[TrialFacts]:
    params = {f"query.{area}": query, "fields": DISCOVERY_FIELDS, "sort": "LastUpdatePostDate:desc", **_since(visit)}
    hits = 0
    for study in studies(visit, params, BATCH, bounds):
        hits += 1
        yield facts_of(study)
    if hits > BATCH and (now := version(visit)) != data:
        raise moved_on(visit, data, now)


def _expression(words: list[str]) -> str:
    # Essie: phrases stand in quotation marks, also those with a hyphen.
    return " OR ".join(word if word.isalnum() else f'"{word}"' for word in words)


def _observed_batch(
    visit: Visit, asked: Mapping[str, Trial], known: dict[str, str], data: str
) -> Iterator[Observation | Proposal]:
    found = studies_unless_read(
        visit, {"filter.ids": "|".join(asked), "fields": OBSERVED_FIELDS, **_since(visit)}, BATCH
    )
    if found is None:
        return
    missing = dict(asked)
    for study in found:
        names = study.protocol.identification
        for nct in (names.nct_id, *names.aliases):
            if nct in missing:
                del missing[nct]
                yield from _observed(visit, asked[nct], study, known, data)
                yield from notices(visit, asked[nct], study, nct)
    if visit.since is None:
        for nct, trial in missing.items():
            yield not_answered(visit, trial.id, nct, page_of(nct))


def _observed(
    visit: Visit, trial: Trial, study: Study, known: dict[str, str], data: str
) -> Iterator[Observation | Proposal]:
    facts = facts_of(study)
    stated = stated_facts(trial, facts, visit.today, last_known(study))
    today = visit.today.isoformat()
    yield observation(NAME, f"trials/{trial.id}", facts.url, today, stated, data or None)
    yield from further_numbers(visit, trial, facts, known)


def _asked(visit: Visit) -> dict[str, Trial]:
    """First NCT number of each entry -> the entry; a second one is a further study of the same programme."""
    asked: dict[str, Trial] = {}
    for trial in visit.kb.trials.values():
        numbers = (number.number for number in numbers_of(trial) if number.registry == "ClinicalTrials.gov")
        first = next((number for number in numbers if _NCT.fullmatch(number)), None)
        if first and trial.withdrawn is None:
            asked.setdefault(first, trial)
    return asked


def _since(visit: Visit) -> dict[str, str]:
    if visit.since is None:
        return {}
    return {"filter.advanced": f"AREA[LastUpdatePostDate]RANGE[{visit.since.isoformat()},MAX]"}


def _nothing_moved(visit: Visit, what: str, data: str) -> bool:
    """Whether a whole run has read this version of the data."""
    return bool(data) and visit.is_read(what, data)


MODULE = SourceModule(NAME, discover=discover, observe=observe)
