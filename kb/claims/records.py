"""A checked text as plain data: what ``evreg claims check --format json`` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.analysis.claim_knowledge import TouchedRule, claim_knowledge, touched_rules
from kb.analysis.claim_trial_words import trials_in_words
from kb.claims.checking import Checked, Finding
from kb.claims.disclosures import Disclosures, Statement, offers_treatment, reporting_places
from kb.knowledge_base import KnowledgeBase
from kb.models.base import Localized
from kb.models.claims import Claim
from kb.statistics import as_of

Record = dict[str, Any]


def check_record(
    kb: KnowledgeBase, text: str, checked: Checked, jurisdiction: str | None, disclosures: Disclosures | None
) -> Record:
    """``{language, findings, set_aside, missing_disclosures, summary}``.

    ``start`` and ``end`` count code points of ``text``; texts in both languages are ``{en, ja}``. ``summary.claims`` holds once
    for each claim type what the findings only name. ``missing_disclosures`` are empty, and ``summary.disclosures_asked`` is
    false, when the text offers nothing or no jurisdiction with a known list was named.
    """
    claims = [kb.claims[id_] for id_ in dict.fromkeys(finding.claim for finding in checked.findings)]
    return {
        "language": checked.language,
        "findings": [_finding(kb, text, finding) for finding in checked.findings],
        "set_aside": [
            _finding(kb, text, finding) | {"reason": finding.reason, "cue": finding.cue}
            for finding in checked.set_aside
        ],
        "missing_disclosures": [_statement(item) for item in disclosures.missing] if disclosures else [],
        "summary": {
            "jurisdiction": jurisdiction,
            "characters": len(text),
            "reports": checked.genre.reports,
            "offers_treatment": offers_treatment(checked),
            "findings": len(checked.findings),
            "set_aside": len(checked.set_aside),
            "claims": [claim_record(kb, claim, jurisdiction) for claim in claims],
            "disclosures_asked": bool(disclosures and disclosures.duty.statements),
            "disclosures": _localized(disclosures.duty.about) if disclosures else None,
            "stated_disclosures": [_statement(item) for item in disclosures.stated] if disclosures else [],
            "reporting": [
                {"what": _localized(route.what), "body": _localized(route.body), "url": route.url}
                for route in (reporting_places(kb, jurisdiction) if jurisdiction else ())
            ],
            "data_as_of": as_of(kb),
        },
    }


def claim_record(kb: KnowledgeBase, claim: Claim, jurisdiction: str | None = None) -> Record:
    """What is known of a claim type, with the rules of one jurisdiction or of all."""
    knowledge = claim_knowledge(kb, claim)
    trials = knowledge.trials
    return {
        "claim": claim.id,
        "title": _localized(claim.title),
        "asserts": _localized(claim.summary),
        "category": claim.category,
        "assessment": {"value": claim.assessment.value, "reason": _localized(claim.assessment.reason)},
        "what_is_known": _localized(claim.what_is_known),
        "sources": [{"title": source.title, "url": source.url or _doi(source.doi)} for source in claim.sources],
        "rules": [_rule(item) for item in touched_rules(kb, claim, jurisdiction)],
        "indications": list(claim.indications),
        "trials": {
            "registered": len(trials.trials),
            "without_number": len(trials.without_number),
            "by_phase": dict(trials.by_phase),
            "by_status": dict(trials.by_status),
            "results": len(trials.reports),
            "as_of": trials.as_of,
            "in_words": _localized(trials_in_words(kb, trials)),
        },
        "safety_events": [
            {"event": item.event.id, "linked_by": list(item.bases), "context": item.is_context}
            for item in knowledge.events
        ],
        "official_acts": [{"act": item.act.id, "linked_by": list(item.bases)} for item in knowledge.acts],
        "surveys": [
            {"survey": item.survey.id, "value": _localized(item.frequency.value)} for item in knowledge.surveys
        ],
        "questions": [_localized(question) for question in claim.questions],
        "verified": claim.review.verified,
    }


def _finding(kb: KnowledgeBase, text: str, finding: Finding) -> Record:
    claim = kb.claims[finding.claim]
    return {
        "claim": claim.id,
        "start": finding.start,
        "end": finding.end,
        "text": text[finding.start : finding.end],
        "assessment": claim.assessment.value,
        "title": _localized(claim.title),
        "words": [{"start": start, "end": end, "text": text[start:end]} for start, end in finding.words],
        "concepts": list(finding.concepts),
    }


def _rule(item: TouchedRule) -> Record:
    return {
        "jurisdiction": item.document.jurisdiction,
        "document": item.document.id,
        "title": _localized(item.document.title),
        "requirement": item.rule.requirement,
        "statement": _localized(item.requirement.statement) if item.requirement else None,
    }


def _statement(item: Statement) -> Record:
    return {
        "id": item.concept,
        "label": _localized(item.label),
        "document": item.document.id if item.document else None,
        "requirement": item.requirement.key if item.requirement else None,
    }


def _localized(text: Localized) -> Mapping[str, str]:
    return {"en": text.en, "ja": text.ja}


def _doi(doi: str | None) -> str | None:
    return f"https://doi.org/{doi}" if doi else None
