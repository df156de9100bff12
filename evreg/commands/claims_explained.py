"""What is known of a claim type as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kb.analysis.claim_knowledge import ClaimKnowledge, LinkedEvent, TouchedRule, claim_knowledge
from kb.analysis.claim_trial_words import trials_in_words
from kb.analysis.trials import Report, number_of
from kb.knowledge_base import KnowledgeBase
from kb.models.claims import Claim
from kb.models.core import Source
from kb.problems import Language
from kb.statistics import as_of

WORDS: Final = {
    "withdrawn": {
        "en": "Withdrawn on {day}, counts no longer: {reason}",
        "ja": "{day}に取り下げられ、集計には含まれない: {reason}",
    },
    "asserts": {"en": "What is asserted", "ja": "主張の内容"},
    "why": {"en": "Why it matters", "ja": "なぜ問題か"},
    "known": {"en": "What is known", "ja": "分かっていること"},
    "trials": {"en": "Trials", "ja": "臨床試験"},
    "negative": {"en": "Missed the primary outcome or stopped early", "ja": "主要評価項目の未達成又は早期中止"},
    "events": {"en": "Harm on record", "ja": "記録された健康被害等"},
    "acts": {"en": "Official acts", "ja": "公的な措置"},
    "one_other": {
        "en": "1 further official act rests on the same rules.",
        "ja": "このほか、同じ規則に基づく公的な措置が1件記録されている。",
    },
    "others": {
        "en": "{count} further official acts rest on the same rules.",
        "ja": "このほか、同じ規則に基づく公的な措置が{count}件記録されている。",
    },
    "surveys": {"en": "How common in surveys", "ja": "調査での頻度"},
    "rules": {"en": "Rules touched", "ja": "関係する規則"},
    "rules_in": {"en": "Rules touched in {place}", "ja": "{place}で関係する規則"},
    "no_rules": {
        "en": "No rule of {place} is on record for this claim; that does not mean that there is none.",
        "ja": "この主張に関係する{place}の規則は記録されていない。規則が存在しないことを意味するものではない。",
    },
    "questions": {"en": "Ask before paying", "ja": "支払う前に尋ねること"},
    "sources": {"en": "Sources", "ja": "資料"},
    "closing": {
        "en": "Neither medical nor legal advice. Facts as of {day}.",
        "ja": "医学的助言でも法的助言でもない。事実は{day}時点のものである。",
    },
}
_BASES: Final = {
    "use": {"en": "given for this use", "ja": "同じ用途での使用"},
    "act": {"en": "led to an act named here", "ja": "関係する措置の契機"},
    "route": {"en": "products of this kind, same route", "ja": "同種の製品・同じ投与経路"},
}
_CONTEXT: Final = {"en": "another kind of product, for comparison only", "ja": "別種の製品(参考)"}


def explain_lines(kb: KnowledgeBase, claim: Claim, place: str | None, lang: Language) -> Iterator[str]:
    """Everything on one claim type."""
    knowledge = claim_knowledge(kb, claim)
    yield f"{getattr(claim.title, lang)} ({claim.id})"
    if claim.withdrawn:
        reason = getattr(claim.withdrawn.reason, lang)
        yield WORDS["withdrawn"][lang].format(day=claim.withdrawn.on, reason=reason)
    yield assessment_line(kb, claim, lang)
    for name, text in (("asserts", claim.summary), ("why", claim.why_it_matters), ("known", claim.what_is_known)):
        yield ""
        yield f"{WORDS[name][lang]}: {getattr(text, lang)}"
    yield ""
    yield f"{WORDS['trials'][lang]}: {getattr(trials_in_words(kb, knowledge.trials), lang)}"
    yield from _block(WORDS["negative"][lang], [_report(kb, report, lang) for report in knowledge.trials.negative])
    yield from _block(WORDS["events"][lang], [_event(linked, lang) for linked in knowledge.events])
    yield from _block(WORDS["acts"][lang], list(_acts(knowledge, lang)))
    yield from _block(
        WORDS["surveys"][lang],
        [
            f"{getattr(item.frequency.value, lang)} ({getattr(item.frequency.population, lang)}; {item.survey.id})"
            for item in knowledge.surveys
        ],
    )
    yield ""
    yield from rule_lines(kb, knowledge.rules, place, lang)
    yield from _block(WORDS["questions"][lang], [getattr(question, lang) for question in claim.questions])
    yield from _block(WORDS["sources"][lang], [source_line(source) for source in claim.sources])
    yield ""
    yield closing_line(kb, lang)


def assessment_line(kb: KnowledgeBase, claim: Claim, lang: Language) -> str:
    """The assessment with its reason."""
    value = kb.label("claim-assessments", claim.assessment.value, lang)
    return f"{value}: {getattr(claim.assessment.reason, lang)}"


def rule_lines(
    kb: KnowledgeBase, rules: Iterable[TouchedRule], place: str | None, lang: Language, indent: str = ""
) -> Iterator[str]:
    """The rules that a claim touches, of one jurisdiction or of all with its name."""
    known = [item for item in rules if place in (None, item.document.jurisdiction)]
    label = kb.label("jurisdictions", place, lang) if place else ""
    if place and not known:
        yield indent + WORDS["no_rules"][lang].format(place=label)
        return
    yield indent + (WORDS["rules_in"][lang].format(place=label) if place else WORDS["rules"][lang]) + ":"
    for document in dict.fromkeys(item.document.id for item in known):
        items = [item for item in known if item.document.id == document]
        first = items[0].document
        where = "" if place else f"{kb.label('jurisdictions', first.jurisdiction, lang)}: "
        yield f"{indent}  - {where}{getattr(first.title, lang)}"
        for item in items:
            if item.requirement:
                yield f"{indent}      {getattr(item.requirement.statement, lang)}"


def source_line(source: Source) -> str:
    """Title and address of a source."""
    address = source.url or (f"https://doi.org/{source.doi}" if source.doi else "")
    return f"{source.title} {address}".strip()


def closing_line(kb: KnowledgeBase, lang: Language) -> str:
    """No advice, and the day of the facts."""
    return WORDS["closing"][lang].format(day=as_of(kb))


def _block(heading: str, items: list[str]) -> Iterator[str]:
    if items:
        yield ""
        yield f"{heading}:"
        yield from (f"  - {item}" for item in items)


def _report(kb: KnowledgeBase, report: Report, lang: Language) -> str:
    outcome = kb.label("result-outcomes", report.result.outcome or "not-reported", lang)
    return f"{number_of(report.trial) or report.trial.id}: {outcome}. {getattr(report.result.summary, lang)}"


def _event(linked: LinkedEvent, lang: Language) -> str:
    tie = _CONTEXT if linked.is_context else _BASES[linked.bases[0]]
    return f"{linked.event.date or '–'} {getattr(linked.event.title, lang)} ({tie[lang]})"


def _acts(knowledge: ClaimKnowledge, lang: Language) -> Iterator[str]:
    """Acts that the claim names; of the others only how many, since their addressees need not have made this claim."""
    named = [linked.act for linked in knowledge.acts if "named" in linked.bases]
    yield from (f"{act.date or '–'} {getattr(act.title, lang)}" for act in named)
    others = len(knowledge.acts) - len(named)
    if others:
        yield WORDS["one_other" if others == 1 else "others"][lang].format(count=others)
