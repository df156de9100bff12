"""A gap report as plain data, for the files of the site and for ``evreg gap --format json``."""

from __future__ import annotations

import json
from typing import Any

from kb.analysis.gap_rules import STATUSES
from kb.analysis.gaps import Gap, GapReport, JurisdictionGaps
from kb.analysis.matrix_records import source_records
from kb.analysis.statements import Statement
from kb.knowledge_base import KnowledgeBase
from kb.statistics import as_of

#: Stands in every record, because a table of statuses is easily read as a verdict.
CAUTION = {
    "en": "Compares what documents ask with what public sources report. It does not say whether a product complies.",
    "ja": "文書が求める事項と公開資料の報告内容とを対照したものであり、製品の適合性を判定するものではない。",
}


def as_json(kb: KnowledgeBase, report: GapReport) -> str:
    """The record, indented, Japanese as it is."""
    return json.dumps(as_data(kb, report), ensure_ascii=False, indent=1) + "\n"


def as_data(kb: KnowledgeBase, report: GapReport) -> dict[str, Any]:
    """Product, caution and, for each jurisdiction, counts and one record for each statement on an attribute."""
    product = report.product
    return {
        "product": product.id,
        "title": {"en": product.title.en, "ja": product.title.ja},
        "product_verified": product.review.verified,
        "documents_as_of": as_of(kb.guidelines.values()),
        "caution": CAUTION,
        "jurisdictions": [_jurisdiction(found) for found in report.jurisdictions],
    }


def _jurisdiction(found: JurisdictionGaps) -> dict[str, Any]:
    counts = found.counts
    return {
        "jurisdiction": found.jurisdiction,
        "attributes_asked": {status: counts.get(status, 0) for status in STATUSES},
        "today": [_gap(gap) for gap in found.today],
        "prepared": [_gap(gap) for gap in found.prepared],
        "not_comparable": [_asked(item) for item in found.uncompared],
        "other_topics": found.elsewhere,
    }


def _gap(gap: Gap) -> dict[str, Any]:
    tests = [
        {"criterion": _pair(test.criterion), "method": _pair(test.method) if test.method else None}
        for test in gap.evidence.tests
    ]
    values = [
        {"kind": value.kind, "value": _pair(value.value), "context": _pair(value.context)}
        for value in gap.evidence.values
    ]
    return {
        "attribute": gap.attribute,
        "status": gap.status,
        "reason": gap.reason,
        "critical_by_editors": gap.evidence.critical,
        "release_tests": tests,
        "reported_values": values,
        **_asked(gap.statement),
    }


def _asked(item: Statement) -> dict[str, Any]:
    requirement, document = item.requirement, item.guideline
    return {
        "statement_id": item.id,
        "document": document.id,
        "topic": requirement.topic,
        "level": requirement.level,
        "basis": requirement.basis,
        "legal_force": document.legal_force,
        "applies_to_ev": document.applies_to_ev,
        "statement": _pair(requirement.statement),
        "sources": [source["url"] or source["title"] for source in source_records(item)],
    }


def _pair(value: Any) -> dict[str, str]:
    return {"en": value.en, "ja": value.ja}
