"""WHO ICTRP: the XML or CSV file that a person exported from the search portal (wire section 3).

Its status is coarse ("Recruiting" or not) and never compared with that of a registry; contacts are not read at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from kb.models.base import Localized
from kb.problems import Message, shorten
from kb.searches import Excluded
from scrapers import dates, faults
from scrapers.countries import countries_of, country_code
from scrapers.fetching.answer import Answer
from scrapers.sources.ictrp_files import Trial, trials_in
from scrapers.sources.saved_trials import any_day, module, phase_of, phase_remark
from scrapers.texts import html_text, one_line
from scrapers.trial_facts import Intervention, TrialFacts, looks_like_a_person
from scrapers.trial_matching import number_of, numbers_in

#: WHO's list of registries, and CTIS and ITMCTR, which it has taken in since: prefix of TrialID -> how dates are written.
_DATES: dict[str, Callable[[Any], str]] = {
    **dict.fromkeys(("CHICTR", "IRCT", "ITMCTR", "KCT", "SLCTR"), dates.iso),
    **dict.fromkeys(
        ("ACTRN", "CTIS", "CTRI", "DRKS", "EUCTR", "ISRCTN", "JPRN", "LBCTR", "NCT", "NL", "NTR", "PACTR", "PER", "RBR", "RPCEC",
         "TCTR"),
        dates.day_month_year,
    ),
}  # fmt: skip
#: Forms of which the order of day and month is plain; start dates come in all of them.
_PLAIN_DATES = (dates.iso, dates.english, dates.year_month_day, dates.compact)
#: The portal's status words; "Not Recruiting" says neither whether a trial has begun nor whether it has ended.
_STATUS = {"recruiting": "recruiting", "completed": "completed"}
#: Terms and areas in the field for conditions: «MedDRA version: 20.0Level: …», «Therapeutic area: Diseases [C] - …», «G35».
_CODED = re.compile(r"MedDRA version:|Therapeutic area:|[A-Z]\d{2}(?:\.\d{1,2})?$")
_TYPES = (
    "Behavioral", "Biological", "Combination Product", "Device", "Diagnostic Test", "Dietary Supplement", "Drug", "Genetic",
    "Procedure", "Radiation", "Other",
)  # fmt: skip
_NEXT_TYPE = re.compile(rf";(?=\s*(?:{'|'.join(_TYPES)}): )")


def read(answer: Answer) -> tuple[list[TrialFacts], list[Excluded]]:
    """The records of an export.

    Raises:
        SourceFault: neither of the two forms, or a record without number, title or address.
    """
    trials: list[TrialFacts] = []
    excluded: list[Excluded] = []
    for place, trial in enumerate(trials_in(answer), 1):
        facts = _facts(answer, trial, f"Trial[{place}]")
        if facts is None:
            excluded.append(Excluded(id=shorten(trial.number), reason=_UNKNOWN_REGISTRY))
        else:
            trials.append(facts)
    return trials, excluded


_UNKNOWN_REGISTRY = Localized(
    en="The number has the form of no registry that is known here.", ja="既知の登録機関の番号の形式でない。"
)


def _facts(answer: Answer, trial: Trial, place: str) -> TrialFacts | None:
    number = number_of(trial.number)
    if number is None:
        return None
    url = trial.url.strip()
    if not re.fullmatch(r"https?://[^\s<>\"]+", url):
        raise faults.unexpected(
            answer.source,
            answer.url,
            Message(f"{place}: web_address is «{shorten(url)}».", f"{place}のweb_addressが「{shorten(url)}」である。"),
            Message("An http or https address.", "http又はhttpsのアドレスを想定している。"),
        )
    prefix = re.match(r"[A-Z]+", trial.number.strip().upper())
    reader = _DATES.get(prefix[0] if prefix else "", dates.iso)
    countries = countries_of(_countries(trial.countries))
    sponsor = one_line(html_text(trial.sponsor))
    phase = phase_of(trial.phase)
    start, remarks = _start(trial.start, reader)
    if phase is None and trial.phase.strip():
        remarks.append(phase_remark(one_line(html_text(trial.phase))))
    kind = _kind(trial.type, remarks)
    registered = any_day(answer, f"{place}.Date_registration3", trial.registered_compact, dates.compact) or any_day(
        answer, f"{place}.Date_registration", trial.registered, reader
    )
    return TrialFacts(
        publisher="WHO ICTRP",
        number=number,
        others=tuple(item for item in numbers_in(trial.secondary) if item != number),
        url=url,
        titles={"en": one_line(html_text(trial.title))},
        more_titles=(one_line(html_text(trial.scientific_title)),) if trial.scientific_title else (),
        acronym=one_line(html_text(trial.acronym)) or None,
        kind=kind,
        phase=phase or "unknown",
        status=_STATUS.get(trial.status.strip().lower(), "unknown"),
        enrolment=int(trial.size) if re.fullmatch(r"\s*\d{1,6}\s*", trial.size) else None,
        enrolment_type="planned",
        registered=registered,
        start=start,
        countries=countries.codes,
        unmapped_countries=countries.others,
        sponsor=None if looks_like_a_person(sponsor) else sponsor or None,
        sponsor_withheld=looks_like_a_person(sponsor),
        conditions=_conditions(trial.conditions),
        interventions=tuple(map(Intervention, _interventions(trial.interventions))),
        outcomes=_lines(trial.outcomes),
        remarks=tuple(remarks),
        updated=any_day(answer, f"{place}.Last_Refreshed_on", trial.refreshed, dates.iso, dates.english),
    )


def _start(text: str, reader: Callable[[Any], str]) -> tuple[str | None, list[Localized]]:
    """Registries put many forms into this field; what is not plain is quoted and not read."""
    for read_day in (reader, *_PLAIN_DATES) if text.strip() else ():
        try:
            return read_day(text), []
        except ValueError:
            continue
    shown = shorten(html_text(text), 40)
    remark = Localized(en=f"Date of enrolment as exported: «{shown}».", ja=f"エクスポート上の組入れ日:「{shown}」。")
    return None, [remark] if text.strip() else []


def _kind(text: str, remarks: list[Localized]) -> str:
    word = text.strip().lower()
    for start, kind in (("intervention", "interventional"), ("observation", "observational"), ("expanded", "expanded-access")):  # fmt: skip
        if word.startswith(start):
            return kind
    shown = shorten(html_text(text), 60) or "—"
    remarks.append(
        Localized(
            en=f"Guess: interventional; study type as exported: «{shown}».",
            ja=f"推定: 介入研究とした(エクスポート上の研究の種類:「{shown}」)。",
        )
    )
    return "interventional"


def _countries(text: str) -> Iterator[str]:
    for part in html_text(text).replace("\n", ";").split(";"):
        # «Korea, Republic of» is one country, «Japan,Thailand» are two.
        yield from [part] if country_code(part) or "," not in part else part.split(",")


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in (one_line(part) for part in html_text(text).split("\n")) if line)


def _conditions(text: str) -> tuple[str, ...]:
    """Names of diseases, which stand between semicolons; without the codes that EU registries add to them."""
    parts = (one_line(part) for line in _lines(text) for part in line.split(";"))
    return tuple(dict.fromkeys(part for part in parts if part and not _CODED.match(part)))


def _interventions(text: str) -> tuple[str, ...]:
    """What is given; ClinicalTrials.gov's come as «Drug: a;Biological: b», all others are free text."""
    return tuple(one_line(part) for line in _lines(text) for part in _NEXT_TYPE.split(line) if one_line(part))


MODULE = module("ictrp", read)
