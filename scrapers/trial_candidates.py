"""Does a trial give vesicles, or does it only measure them? By where in the record the words stand.

intervention or arm named after vesicles  -> candidate, sure
title of an interventional trial          -> candidate, less sure
description of an intervention or arm     -> candidate, unsure
secretome in any of these                 -> candidate, unsure
measured there, another thing, elsewhere  -> excluded, with the reason
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from kb.models.base import Localized
from scrapers.ev_words import EvReading, read_text
from scrapers.trial_facts import TrialFacts


class Judgement(NamedTuple):
    """How sure it is that the trial belongs into the atlas (None: it does not), and why."""

    confidence: Literal["high", "medium", "low"] | None
    reason: Localized


def judged(facts: TrialFacts) -> Judgement:
    """Sort one hit of a wide query; a person decides about every candidate."""
    given = [item for item in facts.interventions if not item.diagnostic]
    names = read_text(
        *(text for item in given for text in (item.name, *item.other_names)), *(arm.label for arm in facts.arms)
    )
    title = read_text(facts.title, *facts.more_titles)
    texts = read_text(*(item.description for item in given), *(arm.description for arm in facts.arms))
    treats = facts.kind != "observational"
    if names.vesicles and not _measured(names):
        return Judgement("high" if treats else "low", _because(names, "intervention or arm", "介入又は群の名称"))
    if treats and title.vesicles and not _measured(title):
        return Judgement("medium", _because(title, "title", "題名"))
    if treats and texts.vesicles and not _measured(texts) and not _measured(title):
        return Judgement("low", _because(texts, "description of an intervention or arm", "介入又は群の説明"))
    for part, where, where_ja in ((names, "intervention or arm", "介入又は群の名称"), (title, "title", "題名")):
        if treats and part.verdict == "secretome":
            return Judgement("low", _because(part, where, where_ja))
    return Judgement(None, _excluded(facts, names, title, texts))


def _measured(found: EvReading) -> tuple[str, ...]:
    """Words of measuring; «diagnosed» tells of the patients, not of a test."""
    return tuple(word for word in found.measured if word.lower() != "diagnosed")


def _because(found: EvReading, where: str, where_ja: str) -> Localized:
    words = ", ".join((found.vesicles or found.secretome)[:5])
    return Localized(en=f"Named in the {where}: {words}.", ja=f"{where_ja}に該当する語がある({words})。")


def _excluded(facts: TrialFacts, names: EvReading, title: EvReading, texts: EvReading) -> Localized:
    for part in (names, title, texts):
        if part.vesicles and _measured(part):
            found, measured = ", ".join(part.vesicles[:5]), ", ".join(_measured(part)[:5])
            return Localized(
                en=f"Vesicles are measured, not given: {found} ({measured}).",
                ja=f"小胞は測定対象であり、投与されるものではない: {found}({measured})。",
            )
        if part.vesicles:
            return Localized(
                en=f"Observational study; vesicles are not among its interventions ({', '.join(part.vesicles[:5])}).",
                ja=f"観察研究であり、介入に小胞を含まない({'、'.join(part.vesicles[:5])})。",
            )
    whole = read_text(
        facts.title, *facts.more_titles, facts.summary, *facts.keywords, *facts.conditions, *facts.outcomes
    )
    if whole.vesicles:
        return Localized(
            en=f"Vesicles are only mentioned outside of title, interventions and arms: {', '.join(whole.vesicles[:5])}.",
            ja=f"小胞への言及は題名・介入・群以外に限られる({'、'.join(whole.vesicles[:5])})。",
        )
    return Localized(en=whole.reason.en, ja=whole.reason.ja)
