"""Small knowledge bases for tests, written to a folder as an editor would write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kb.canonical import canonical_text
from kb.models import model_of

SOURCE = {
    "key": "s1",
    "url": "https://example.org/paper",
    "title": "A paper",
    "publisher": "A society",
    "published": "2024",
    "kind": "journal",
    "read": "excerpt",
    "accessed": "2026-01-10",
    "supports": ["summary"],
}
REVIEW = {"status": "draft", "verified": "2026-06-01"}


def term(id_: str, **changes: Any) -> dict[str, Any]:
    """A glossary entry as plain data."""
    return {
        "id": id_,
        "title": {"en": f"term {id_}", "ja": f"用語{id_}"},
        "origin": "en",
        "summary": {"en": "A particle released by a cell.", "ja": "細胞が放出する粒子である。"},
        "reading": "ようご",
        "domain": "ev-biology",
        "sources": [dict(SOURCE)],
        "confidence": "medium",
        "review": dict(REVIEW),
        **changes,
    }


def attribute(id_: str, **changes: Any) -> dict[str, Any]:
    """A quality attribute as plain data."""
    return {
        "id": id_,
        "title": {"en": f"attribute {id_}", "ja": f"品質特性{id_}"},
        "origin": "en",
        "summary": {"en": "Number of particles per volume.", "ja": "体積当たりの粒子数である。"},
        "category": "quantity",
        "criticality": "critical",
        "rationale": {"en": "Doses rest on it.", "ja": "用量の根拠となる。"},
        "sources": [dict(SOURCE)],
        "confidence": "medium",
        "review": dict(REVIEW),
        **changes,
    }


def guideline(id_: str, **changes: Any) -> dict[str, Any]:
    """A guideline with one requirement as plain data."""
    return {
        "id": id_,
        "title": {"en": f"guideline {id_}", "ja": f"指針{id_}"},
        "origin": "en",
        "summary": {"en": "It asks for a count of particles.", "ja": "粒子数の測定を求める。"},
        "jurisdiction": "JP",
        "issuer": {"en": "A ministry", "ja": "ある省"},
        "document_type": "guideline",
        "legal_force": "recommended",
        "status": "in-force",
        "applies_to_ev": "explicit",
        "dates": {"issued": "2024-05-01"},
        "requirements": [
            {
                "topic": "quality-attributes",
                "attribute": "count",
                "level": "recommended",
                "statement": {"en": "Count the particles.", "ja": "粒子を数える。"},
                "basis": "text",
                "sources": ["s1"],
            }
        ],
        "sources": [dict(SOURCE)],
        "confidence": "medium",
        "review": dict(REVIEW),
        **changes,
    }


def write_kb(folder: Path, **collections: list[dict[str, Any]]) -> Path:
    """Write entries below ``folder/kb`` in canonical form and return that folder; ``_`` in names stands for ``-``."""
    root = folder / "kb"
    (root / "entries").mkdir(parents=True, exist_ok=True)
    for name, entries in collections.items():
        collection = name.replace("_", "-")
        (root / "entries" / collection).mkdir(exist_ok=True)
        for entry in entries:
            path = root / "entries" / collection / f"{entry['id']}.yaml"
            path.write_text(canonical_text(entry, model_of(collection)), encoding="utf-8")
    return root


def small_kb(folder: Path) -> Path:
    """A valid knowledge base of three linked entries."""
    return write_kb(
        folder,
        glossary=[term("exosome")],
        attributes=[attribute("count", aliases=["particles"])],
        guidelines=[guideline("g")],
    )
