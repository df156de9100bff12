"""From the neutral facts of a registered trial to a full draft entry and its proposal.

What the register states is taken over; what our entries ask beyond that is guessed by ``data/trial_guesses.yaml`` and
listed in the reasons, so that a person can check each guess before accepting.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from kb.models.base import Localized
from kb.observed import facts_hash
from kb.proposals import Proposal
from scrapers.trial_facts import ArmFacts, TrialFacts, credible_dates, registration_timing
from scrapers.trial_product import ProductGuesses, speaks_of_ev
from scrapers.trial_wording import english, indication, label, name_pair, pair, quoted_en, quoted_ja, words_of

Confidence = Literal["high", "medium", "low"]

#: A trial with more arms or outcomes is described by the first ones; the register has the rest.
MOST_ARMS: Final = 12
MOST_OUTCOMES: Final = 12
#: What a trial is when the registry does not say: something is given in it, or it would be no candidate.
_USUAL_KIND: Final = "interventional"
#: Words that mean something else in our rule «no-recall»: such an outcome is left to a person.
_UNSAYABLE = re.compile(r"\brecall|(?:by|from) memory|memory only", re.IGNORECASE)
_TO_VERIFY = Localized(
    en="EV source, route, type of preparation and indication area were guessed from words of the register and are to be verified.",
    ja="EVの由来、投与経路、製剤の種別及び疾患領域は登録情報の語からの推定であり、確認を要する。",
)


class Draft(NamedTuple):
    """A new entry as plain data, and the rules that filled it."""

    entry: dict[str, Any]
    reasons: tuple[Localized, ...]


def proposal(
    source: str,
    facts: TrialFacts,
    today: date,
    confidence: Confidence,
    *,
    because: Iterable[Localized] = (),
    taken: Collection[str] = (),
) -> Proposal:
    """The proposal of a new entry.

    Args:
        source: Name in the register.
        facts: The trial.
        today: Day that counts as present.
        confidence: How sure it is that the trial belongs into the atlas.
        because: Why it is a candidate.
        taken: Keys of numbers that other entries have; an entry cannot repeat them.
    """
    draft = draft_of(facts, today, taken)
    number, stated = facts.number.number, asdict(facts)
    # A new day of update alone is no new fact, nor is our own wording: a rejected candidate does not come back for them.
    volatile = ("updated", "status_as_of", "publisher", "design", "remarks")
    phase = label("phases", facts.phase)
    title_en, title_ja = quoted_en(words_of(facts.title, 200)), quoted_ja(words_of(facts.title, 200))
    return Proposal(
        source=source,
        key=facts.number.slug,
        kind="new-entry",
        entry=f"trials/{facts.number.slug}",
        words=Localized(
            en=f"New trial {number}: {title_en} ({phase.en}).",
            ja=f"新規の臨床試験{number}: {title_ja}({phase.ja})。",
        ),
        url=facts.url,
        confidence=confidence,
        reasons=(*because, *draft.reasons),
        draft=draft.entry,
        source_hash=facts_hash({name: value for name, value in stated.items() if name not in volatile}),
        found=today.isoformat(),
    )  # fmt: skip


def draft_of(facts: TrialFacts, today: date, taken: Collection[str] = ()) -> Draft:
    """A whole entry of the collection «trials» in the state «draft»."""
    guesses = ProductGuesses(facts)
    codes = [guess.code for guess in guesses.conditions]
    dates = credible_dates(facts, today)
    entry: dict[str, Any] = {
        "id": facts.number.slug,
        "title": _title(facts, codes),
        "origin": facts.language,
        "summary": _summary(facts),
        "kind": facts.kind or _USUAL_KIND,
        "registrations": [item._asdict() for item in facts.numbers if item.recordable and item.key not in taken],
        "registration_timing": registration_timing(dates),
        "acronym": words_of(facts.acronym),
        "sponsor": _sponsor(facts),
        "collaborators": [name for name in map(words_of, facts.collaborators) if name],
        "countries": list(facts.countries),
        "phase": facts.phase,
        "status": facts.status,
        "status_as_of": facts.status_as_of,
        "enrolment": {"count": facts.enrolment, "type": facts.enrolment_type} if facts.enrolment is not None else None,
        "dates": dates,
        "study_design": _plain(facts.design) if facts.design else None,
        "indication": _plain(indication(facts.conditions, codes)),
        "conditions": codes,
        **guesses.fields(),
        "arms": list(_arms(facts)),
        "comparator": _comparator(facts),
        "primary_outcomes": list(outcomes_of(facts)),
        "programme_status": _plain(stop_of(facts.stopped)) if words_of(facts.stopped) else None,
        "confidence": "low",
        "notes": [_plain(note) for note in _notes(facts, taken)],
        "open_questions": [_plain(_TO_VERIFY)],
        "review": {"status": "draft", "verified": today.isoformat()},
    }
    entry["sources"] = [_source(facts, today, entry)]
    return Draft({name: value for name, value in entry.items() if value not in (None, "", [], {})}, guesses.reasons)


def outcomes_of(facts: TrialFacts) -> Iterator[dict[str, str]]:
    """The primary outcomes as statements in both languages."""
    stated = [text for text in map(words_of, facts.outcomes) if text and not _UNSAYABLE.search(text)]
    for text in list(dict.fromkeys(stated))[:MOST_OUTCOMES]:
        yield _plain(pair(text))


def stop_of(reason: str | None) -> Localized:
    """Why a trial was stopped, in the register's words."""
    text = words_of(reason)
    return Localized(
        en=f"Stopped; reason as registered: {quoted_en(text)}", ja=f"中止等の理由(登録上の記載): {quoted_ja(text)}"
    )


def _title(facts: TrialFacts, codes: list[str]) -> dict[str, Any]:
    titles = {code: words_of(text, 400) for code, text in facts.titles.items() if words_of(text)}
    number, shown = facts.number.number, words_of(facts.title, 400)
    title: dict[str, Any] = {"en": titles.get("en"), "ja": titles.get("ja")}
    title["translated"] = [code for code in ("en", "ja") if not title[code]]
    conditions = "・".join(label("conditions", code).ja for code in codes if code != "other")
    quotation = quoted_ja(shown) if shown else f"({number})"
    title["en"] = english(title["en"] or f"Trial registered as {number}")
    title["ja"] = title["ja"] or (f"{conditions}に関する臨床試験{quotation}" if conditions else f"臨床試験{quotation}")
    if facts.language not in ("en", "ja"):
        title["original"] = titles.get(facts.language)
    return {name: value for name, value in title.items() if value}


def _summary(facts: TrialFacts) -> dict[str, str]:
    kind, phase = label("trial-kinds", facts.kind or _USUAL_KIND), label("phases", facts.phase)
    status, registry = label("trial-statuses", facts.status), facts.number.registry
    conditions = [text for text in map(words_of, facts.conditions) if text][:5]
    people_en = people_ja = ""
    if facts.enrolment is not None:
        type_ = label("enrolment-types", facts.enrolment_type)
        people_en, people_ja = (
            f", n = {facts.enrolment} ({type_.en.lower()})",
            f"、参加者数{facts.enrolment}({type_.ja})",
        )
    in_en = f" Conditions: {'; '.join(map(quoted_en, conditions))}." if conditions else ""
    in_ja = f"登録上の疾患名は{'、'.join(map(quoted_ja, conditions))}。" if conditions else ""
    return {
        "en": f"{kind.en} study registered at {registry} as {facts.number.number} (phase: {phase.en}; status: {status.en}{people_en}).{in_en}",
        "ja": f"{registry}に{facts.number.number}として登録された{kind.ja}である(相: {phase.ja}、状況: {status.ja}{people_ja})。{in_ja}",
    }  # fmt: skip


def _sponsor(facts: TrialFacts) -> dict[str, Any] | None:
    if facts.sponsor_withheld:
        return {"name_withheld": True}
    name = words_of(facts.sponsor, 200)
    return {"name": _plain(name_pair(name, facts.language))} if name else None


def _tested(arm: ArmFacts, facts: TrialFacts) -> bool:
    named = {item.name.casefold() for item in facts.interventions if speaks_of_ev("\n".join(item[:2]))}
    own = any(name.casefold().endswith(tuple(named)) for name in arm.interventions) if named else False
    return arm.role == "tested" and (own or speaks_of_ev(f"{arm.label}\n{arm.description}"))


def _arms(facts: TrialFacts) -> Iterator[dict[str, Any]]:
    given = [arm for arm in facts.arms if _tested(arm, facts)]
    alone = [ArmFacts(item.name, item.description) for item in facts.interventions if speaks_of_ev("\n".join(item[:2]))]
    for arm in (given or alone)[:MOST_ARMS]:
        name, words = words_of(arm.label, 200), words_of(arm.description)
        made = {"label": _plain(pair(name)) if name else None, "as_registered": words}
        if any(made.values()):
            yield {key: value for key, value in made.items() if value}


def _comparator(facts: TrialFacts) -> dict[str, str] | None:
    labels = [text for arm in facts.arms if arm.role == "comparator" if (text := words_of(arm.label, 200))]
    return _plain(pair("; ".join(labels))) if labels else None


def _notes(facts: TrialFacts, taken: Collection[str]) -> Iterator[Localized]:
    yield from facts.remarks
    elsewhere = [
        f"{item.number} ({item.registry})" for item in facts.others if not item.recordable or item.key in taken
    ]
    if elsewhere:
        numbers = ", ".join(elsewhere)
        yield Localized(en=f"The register also names {numbers}.", ja=f"登録情報には{numbers}の番号も記載されている。")
    if facts.unmapped_countries:
        names = ", ".join(map(words_of, facts.unmapped_countries))
        yield Localized(
            en=f"Also registered for: {quoted_en(names)} (no code in the vocabulary of jurisdictions).",
            ja=f"国・地域コードのない実施国の登録もある({quoted_ja(names)})。",
        )


def _source(facts: TrialFacts, today: date, entry: dict[str, Any]) -> dict[str, Any]:
    supports = (
        "registrations", "sponsor", "countries", "phase", "status", "enrolment", "dates", "study_design", "indication",
        "arms", "comparator", "primary_outcomes", "programme_status",
    )  # fmt: skip
    published = facts.updated if facts.updated and facts.updated <= today.isoformat() else None
    return {
        "key": "s1",
        "url": facts.url,
        "title": words_of(facts.title, 400) or facts.number.number,
        "publisher": facts.publisher,
        **({"published": published} if published else {}),
        "kind": "registry",
        # A program took over parts of the record; no person has read the page.
        "read": "excerpt",
        "accessed": today.isoformat(),
        "supports": ["summary", *(name for name in supports if entry.get(name))],
    }


def _plain(text: Localized) -> dict[str, str]:
    return {"en": text.en, "ja": text.ja}
