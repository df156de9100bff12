from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kb
from kb import KnowledgeBase
from kb.analysis import safety_events
from tests.entries import PAIR, minimal
from tests.samples import write_kb


def event(id_: str, **changes: Any) -> dict[str, Any]:
    return minimal("safety-events", id_, **changes)


@pytest.fixture(scope="module")
def real() -> KnowledgeBase:
    return kb.load()


def test_events_with_neighbouring_products_are_no_ev_events(tmp_path: Path) -> None:
    base = kb.load(
        write_kb(
            tmp_path,
            **{
                "safety-events": [
                    event("exosome", date="2024"),
                    event("medium", date="2023-05", ev_relevance="conditioned-medium-product"),
                    event("cells", date="2024-02", ev_relevance="cell-product-context"),
                    event("mixed", ev_relevance="mixed-products"),
                    event("gone", date="2025", withdrawn={"on": "2026-01-02", "reason": PAIR}),
                ]
            },
        )
    )
    found = safety_events.current(base)
    assert [item.id for item in found] == ["cells", "exosome", "medium", "mixed"]
    assert [item.id for item in safety_events.of_exosomes(found)] == ["exosome", "medium"]
    assert safety_events.by_year(found) == ({(2024, "other"): 1, (2024, "ev"): 1, (2023, "ev"): 1}, 1)


def test_every_real_event_is_counted_once(real: KnowledgeBase) -> None:
    found = safety_events.current(real)
    counted, without = safety_events.by_year(found)
    assert sum(counted.values()) + without == sum(not entry.withdrawn for entry in real.safety_events.values())


def test_what_an_entry_calls_context_is_never_an_ev_event(real: KnowledgeBase) -> None:
    ours = safety_events.of_exosomes(safety_events.current(real))
    labels = {real.label("ev-relevance", item.ev_relevance, "en") for item in ours}
    assert ours
    assert not [label for label in labels if "context" in label or "not EV" in label]
