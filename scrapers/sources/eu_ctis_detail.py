"""The record of one trial at the EU portal (``retrieve``, 50-220 KB, no published description): its numbers elsewhere.

The list of the search says what an entry needs; only this record says under which numbers other registries have the trial.
Names of fields as several public readers of the interface use them; everything may be missing or null.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from kb.problems import Message, shorten
from scrapers.faults import unexpected
from scrapers.reading import Record, json_of, model_of
from scrapers.source import Visit
from scrapers.trial_matching import Number, number_of, numbers_in


class _Numbered(Record):
    number: str | None = None


class _Secondary(Record):
    universal: _Numbered | None = Field(None, alias="whoUniversalTrialNumber")
    nct: _Numbered | None = Field(None, alias="nctNumber")
    isrctn: _Numbered | None = Field(None, alias="isrctnNumber")
    others: list[_Numbered] | None = Field(None, alias="additionalRegistries")


class _Identifiers(Record):
    secondary: _Secondary | None = Field(None, alias="secondaryIdentifyingNumbers")


class _Details(Record):
    identifiers: _Identifiers | None = Field(None, alias="clinicalTrialIdentifiers")


class _PartOne(Record):
    details: _Details | None = Field(None, alias="trialDetails")


class _EudraCt(Record):
    code: str | None = Field(None, alias="eudraCtCode")


class _Application(Record):
    part_one: _PartOne | None = Field(None, alias="authorizedPartI")
    eudract: _EudraCt | None = Field(None, alias="eudraCt")


class _Trial(Record):
    number: Annotated[str, Field(alias="ctNumber")]
    application: _Application | None = Field(None, alias="authorizedApplication")
    #: Beside the application in some answers, inside of it in others.
    eudract: _EudraCt | None = Field(None, alias="eudraCt")


def numbers_elsewhere(visit: Visit, number: str) -> tuple[Number, ...]:
    """The numbers under which other registries have a trial; none when the portal has no record of it.

    Args:
        visit: Whom to ask.
        number: EU CT number.

    Raises:
        SourceFault: the answer is no record, or that of another trial.
    """
    answer = visit.fetch.get(f"{visit.source.base}/retrieve/{number}", accept="json", also=(404,))
    said = json_of(answer) if answer.status == 200 else {}
    if said == {}:  # An unknown trial, with status 200.
        return ()
    trial = model_of(answer, said, _Trial)
    own, asked = number_of(trial.number), number_of(number)
    if own is None or asked is None or own.key != asked.key:
        raise unexpected(
            answer.source,
            answer.url,
            Message(f"The record of «{shorten(trial.number)}».", f"「{shorten(trial.number)}」の登録情報である。"),
            Message(f"The record of {number}, which was asked for.", f"要求した{number}の登録情報を想定している。"),
        )
    return tuple(found for found in numbers_in(*_stated(trial)) if found.registry != "CTIS")


def _stated(trial: _Trial) -> Iterator[str | None]:
    application = trial.application or _Application()
    for code in (trial.eudract, application.eudract):
        yield code.code if code else None
    identifiers = application.part_one and application.part_one.details and application.part_one.details.identifiers
    secondary = identifiers.secondary if identifiers else None
    if secondary is not None:
        for item in (secondary.universal, secondary.nct, secondary.isrctn, *(secondary.others or ())):
            yield item.number if item else None
