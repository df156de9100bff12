"""The smallest valid entry of every collection, as plain data, to be changed by tests."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from tests.samples import REVIEW, SOURCE, attribute, guideline, term

PAIR = {"en": "A statement.", "ja": "記載である。"}


def _core(id_: str) -> dict[str, Any]:
    return {
        "id": id_,
        "title": {"en": f"Entry {id_}", "ja": f"エントリー{id_}"},
        "origin": "en",
        "summary": {"en": "What the entry says.", "ja": "エントリーの内容である。"},
        "sources": [dict(SOURCE)],
        "confidence": "medium",
        "review": dict(REVIEW),
    }


_OWN_FIELDS: dict[str, dict[str, Any]] = {
    "jurisdictions": {
        "code": "JP",
        "name": {"en": "Japan", "ja": "日本"},
        "as_of": "2026-06-01",
        "coverage": "good",
        "regulates_ev": "by-analogy",
    },
    "trials": {
        "kind": "interventional",
        "phase": "1",
        "status": "completed",
        "status_as_of": "2026-05",
        "indication": {"en": "Acute lung injury", "ja": "急性肺障害"},
        "indication_area": "respiratory",
        "ev_source": {"cell": "msc"},
        "ev_type": "native",
    },
    "claims": {
        "category": "skin",
        "wording": {"en": ["glowing skin"], "ja": ["美肌"]},
        "why_it_matters": PAIR,
        "what_is_known": PAIR,
        "assessment": {"value": "unsupported", "reason": PAIR},
    },
    "enforcement": {
        "jurisdiction": "US",
        "authority": {"en": "FDA", "ja": "米国食品医薬品局"},
        "action_type": "warning-letter",
        "subject": PAIR,
        "ev_relevance": "names-exosome",
    },
    "safety-events": {
        "jurisdiction": "US",
        "event_type": "infection",
        "outcome": PAIR,
        "causality": {"value": "suspected", "reason": PAIR},
        "source_type": "official-notice",
        "ev_relevance": "exosome-product",
    },
    "surveys": {
        "jurisdiction": "JP",
        "sample": {"count": 100, "unit": {"en": "web pages", "ja": "ウェブページ"}},
        "method": PAIR,
        "ev_specific": True,
        "limits": PAIR,
    },
    "process-steps": {"order": 1},
    "products": {"kind": "product", "modality": "native-ev"},
}
_SAMPLES: dict[str, Callable[[str], dict[str, Any]]] = {
    "glossary": term,
    "attributes": attribute,
    "guidelines": guideline,
}


def minimal(collection: str, id_: str = "e", **changes: Any) -> dict[str, Any]:
    """A valid entry of ``collection``; a keyword replaces a field, None removes it."""
    sample = _SAMPLES.get(collection)
    data = sample(id_) if sample else _core(id_) | _OWN_FIELDS[collection]
    return {key: value for key, value in (deepcopy(data) | changes).items() if value is not None}


def source(**changes: Any) -> dict[str, Any]:
    """A valid source; a keyword replaces a field, None removes it."""
    return {key: value for key, value in (dict(SOURCE) | changes).items() if value is not None}


def sign_off(**changes: Any) -> dict[str, Any]:
    """A well-formed sign-off of ORCID's own sandbox person, of no real content; a keyword replaces a field, None removes it."""
    data = {
        "name": "Josiah Carberry",
        "orcid": "0000-0002-1825-0097",
        "affiliation": {"en": "Brown University", "ja": "ブラウン大学"},
        "organisation": "brown-university",
        "conflict_of_interest": {"en": "None declared.", "ja": "申告なし。"},
        "on": "2026-06-10",
        "status": "approved",
        "hash": f"1:{'0' * 64}",
    }
    return {key: value for key, value in (data | changes).items() if value is not None}
