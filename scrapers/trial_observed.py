"""What a registry states about a trial that the knowledge base has: fields of the entry and their values now.

Codes, numbers and dates are always stated. Texts are stated only where the entry has none, or has the same: two wordings
of one thing are no disagreement that a person could settle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from kb.field_values import is_empty, value_at
from kb.models.base import Localized
from kb.models.trials import Trial
from kb.proposals import Change, Proposal
from scrapers.source import Visit
from scrapers.sources.notices import notice
from scrapers.trial_drafts import outcomes_of, stop_of
from scrapers.trial_facts import TrialFacts, credible_dates
from scrapers.trial_matching import Number, numbers_of
from scrapers.trial_wording import name_pair, words_of


def stated_facts(trial: Trial, facts: TrialFacts, today: date, fate: Localized | None = None) -> dict[str, Any]:
    """Dotted field of the entry -> value in our codes.

    Args:
        trial: The entry.
        facts: What the registry says.
        today: Day that counts as present.
        fate: Further words on what became of the trial.
    """
    stated: dict[str, Any] = {
        "kind": facts.kind,
        "status": facts.status if facts.status_as_of else None,
        "status_as_of": facts.status_as_of,
        "phase": None if facts.phase == "unknown" else facts.phase,
        "countries": list(facts.countries),
        "acronym": words_of(facts.acronym),
        **{f"dates.{name}": value for name, value in credible_dates(facts, today).items()},
        **_enrolment(trial, facts),
        **_sponsor(trial, facts),
    }
    entry = trial.model_dump(mode="json", exclude_none=True)
    stated |= {
        field: value
        for field, value in _texts(facts, fate)
        if is_empty(value_at(entry, field)) or value_at(entry, field) == value
    }
    return {field: value for field, value in stated.items() if value != "" and not is_empty(value)}


def further_numbers(visit: Visit, trial: Trial, facts: TrialFacts, known: Mapping[str, str]) -> Iterator[Proposal]:
    """A proposal to add the numbers that the registry names and no entry has."""
    have = {number.key for number in numbers_of(trial)}
    new = [item for item in facts.numbers if item.recordable and item.key not in have and item.key not in known]
    if not new:
        return
    # As written in the file: accepting compares the proposal with it.
    written = trial.model_dump(mode="json", exclude_none=True, exclude_unset=True).get("registrations", [])
    names = ", ".join(f"{number} ({registry})" for registry, number in new)
    yield notice(
        visit,
        f"{trial.id}-registrations",
        f"trials/{trial.id}",
        Localized(
            en=f"The register names further numbers of this trial: {names}.",
            ja=f"この試験の別の登録番号が登録情報に記載されている({names})。",
        ),
        facts.url,
        names,
        kind="change",
        confidence="high",
        changes=(Change(field="registrations", old=written, new=[*written, *(_plain(item) for item in new)]),),
    )


def not_answered(visit: Visit, trial_id: str, number: str, url: str) -> Proposal:
    """A notice that the registry was asked for a number and did not answer with it."""
    return notice(
        visit,
        f"{number.lower().replace('/', '-')}-not-answered",
        f"trials/{trial_id}",
        Localized(
            en=f"{visit.source.title.en} was asked for {number} and returned no such record: look whether the number is right.",
            ja=f"{visit.source.title.ja}に{number}を照会したが、該当する登録情報が返されなかった。番号が正しいか確認を要する。",
        ),
        url,
        f"{number} not answered",
        confidence="high",
    )


def _enrolment(trial: Trial, facts: TrialFacts) -> dict[str, Any]:
    if facts.enrolment is None:
        return {}
    # An entry needs a type; a registry that does not say it contradicts nobody.
    unsaid = facts.enrolment_type == "unknown" and trial.enrolment is not None
    return {"enrolment.count": facts.enrolment, "enrolment.type": None if unsaid else facts.enrolment_type}


def _sponsor(trial: Trial, facts: TrialFacts) -> dict[str, Any]:
    name = words_of(facts.sponsor, 200)
    if not name or facts.sponsor_withheld or (trial.sponsor and trial.sponsor.name_withheld):
        return {}
    pair, ours = name_pair(name, facts.language), trial.sponsor.name if trial.sponsor else None
    if ours is None:
        return {"sponsor.name": {"en": pair.en, "ja": pair.ja}}
    # A Japanese name of its own is a translation, which the registry cannot contradict.
    return {"sponsor.name.en": pair.en} | ({"sponsor.name.ja": pair.ja} if ours.ja == ours.en else {})


def _texts(facts: TrialFacts, fate: Localized | None) -> Iterator[tuple[str, Any]]:
    if facts.design:
        yield "study_design", _plain_pair(facts.design)
    yield "collaborators", [name for name in map(words_of, facts.collaborators) if name]
    yield "primary_outcomes", list(outcomes_of(facts))
    ends = [stop_of(facts.stopped)] if words_of(facts.stopped) else []
    joined = _joined([*ends, *([fate] if fate else [])])
    if joined:
        yield "programme_status", joined


def _joined(texts: Iterable[Localized]) -> dict[str, str] | None:
    texts = list(texts)
    if not texts:
        return None
    return {"en": " ".join(text.en for text in texts), "ja": "。".join(text.ja.rstrip("。") for text in texts) + "。"}


def _plain(number: Number) -> dict[str, str]:
    return {"registry": number.registry, "number": number.number}


def _plain_pair(text: Localized) -> dict[str, str]:
    return {"en": text.en, "ja": text.ja}
