"""What live sources state beside what entries say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import kb
from kb import KnowledgeBase
from kb.analysis.data_quality import data_quality
from kb.analysis.stated import Relation, all_statements, fields_in_dispute, statements
from kb.observed import observation, write_observed
from tests.kb.inbox_samples import TRIAL, trial_kb


def stating(root: Path, source: str = "register", **facts: Any) -> KnowledgeBase:
    """The knowledge base once ``source`` states these facts; ``__`` stands for a dot."""
    named = {name.replace("__", "."): value for name, value in facts.items()}
    write_observed(root, observation(source, TRIAL, "https://example.org/t1", "2026-07-01", named))
    return kb.load(root)


def relations(base: KnowledgeBase) -> dict[str, Relation]:
    (statement,) = statements(base, base.trials["t1"])
    return {fact.field: fact.relation for fact in statement.facts}


def test_every_fact_is_held_against_the_entry(tmp_path: Path) -> None:
    root = trial_kb(tmp_path, dates={"start": "2024-02", "completion": "2025"}, countries=["JP", "US"])
    base = stating(
        root, status="terminated", status_as_of="2026-06-30", dates__start="2024-02-03", dates__completion="2026-01",
        countries=["US", "JP"], acronym="EVA", enrolment__count=0, enrolment__type="actual", phase="1",
    )  # fmt: skip
    assert relations(base) == {
        "status": "differs",
        "status_as_of": "dated",
        "dates.start": "agrees",
        "dates.completion": "differs",
        "countries": "agrees",
        "acronym": "adds",
        "enrolment.count": "adds",
        "enrolment.type": "adds",
        "phase": "agrees",
    }
    (statement,) = statements(base, base.trials["t1"])
    assert statement.as_stated.status == "terminated"  # type: ignore[attr-defined]
    assert base.trials["t1"].status == "completed"
    assert [fact.field for fact in statement.related("differs")] == ["status", "dates.completion"]


def test_facts_stand_in_the_order_of_the_entry(tmp_path: Path) -> None:
    base = stating(trial_kb(tmp_path), status="terminated", acronym="EVA", kind="interventional")
    fields = list(type(base.trials["t1"]).model_fields)
    assert list(relations(base)) == sorted(("status", "acronym", "kind"), key=fields.index)


def test_what_a_module_keeps_for_itself_is_no_fact_of_the_entry(tmp_path: Path) -> None:
    base = stating(trial_kb(tmp_path), sources__watched={"https://example.org": {"hash": "x"}}, unheard_of=1, phase=[])
    assert base.observations
    assert statements(base, base.trials["t1"]) == ()
    assert all_statements(base) == {}


def test_what_does_not_fit_is_left_out_and_the_rest_stays(tmp_path: Path) -> None:
    base = stating(trial_kb(tmp_path), status="no-such-status", acronym="EVA", enrolment__count=-1)
    assert relations(base) == {"acronym": "adds"}


def test_withdrawn_entries_are_not_counted_and_a_field_counts_once(tmp_path: Path) -> None:
    root = trial_kb(tmp_path / "standing")
    stating(root, status="terminated", phase="2")
    base = stating(root, "other", status="recruiting")
    (found,) = all_statements(base).values()
    assert (len(found), fields_in_dispute(found)) == (2, 2)
    quality = data_quality(base)
    assert quality.total("disagreements") == 2
    assert quality.total("conflicts") == 0
    gone = {"on": "2026-01-02", "reason": {"en": "A duplicate.", "ja": "重複のため。"}}
    withdrawn = stating(trial_kb(tmp_path / "gone", withdrawn=gone), status="terminated")
    assert statements(withdrawn, withdrawn.trials["t1"])
    assert data_quality(withdrawn).statements == {}
