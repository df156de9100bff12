"""Small knowledge bases of documents that ask for quality attributes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import kb
from kb import KnowledgeBase
from tests.entries import minimal
from tests.samples import attribute, guideline, write_kb

#: Names of jurisdictions by code, for profiles.
_NAMES = {"JP": "Japan", "KR": "South Korea", "CN": "China", "US": "United States", "EU": "European Union"}


def requirement(about: str | None, level: str = "recommended", basis: str = "text", **changes: Any) -> dict[str, Any]:
    """A requirement as plain data; ``about`` is the id of an attribute."""
    topic = {"topic": "quality-attributes", "level": level, "basis": basis, "sources": ["s1"]}
    words = {"statement": {"en": f"Test {about}.", "ja": f"{about}を試験する。"}}
    return topic | ({"attribute": about} if about else {}) | words | changes


def document(id_: str, jurisdiction: str, *asked: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A guideline in force that names EVs."""
    return guideline(id_, jurisdiction=jurisdiction, requirements=list(asked), **changes)


def profile(code: str, coverage: str = "good") -> dict[str, Any]:
    """The profile of a jurisdiction."""
    name = {"en": _NAMES[code], "ja": _NAMES[code]}
    return minimal("jurisdictions", code.lower(), code=code, coverage=coverage, name=name)


def asked_kb(folder: Path, *documents: dict[str, Any], **collections: list[dict[str, Any]]) -> KnowledgeBase:
    """A knowledge base with the attributes ``count``, ``sterility`` and ``potency-x``, and the given documents."""
    attributes = [
        attribute("count", aliases=["particles"]),
        attribute("sterility", category="safety-microbiological"),
        attribute("potency-x", category="potency"),
        *collections.pop("attributes", []),
    ]
    return kb.load(write_kb(folder, attributes=attributes, guidelines=list(documents), **collections))
