from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kb
from kb import KnowledgeBase
from kb.analysis import doses, trials
from kb.analysis.tally import Count, tally
from kb.statistics import as_of
from tests.entries import PAIR, minimal
from tests.samples import write_kb

WITHDRAWN = {"on": "2026-01-02", "reason": PAIR}


def trial(id_: str, **changes: Any) -> dict[str, Any]:
    return minimal("trials", id_, **changes)


def load(folder: Path, *entries: dict[str, Any]) -> KnowledgeBase:
    return kb.load(write_kb(folder, trials=list(entries)))


@pytest.fixture(scope="module")
def real() -> KnowledgeBase:
    return kb.load()


def test_every_status_has_a_standing(real: KnowledgeBase) -> None:
    assert set(trials.STANDINGS) == set(real.vocabularies["trial-statuses"])
    assert set(trials.ORDER) == set(trials.STANDINGS.values())


def test_withdrawn_entries_never_count(tmp_path: Path) -> None:
    found = load(tmp_path, trial("a"), trial("b", withdrawn=WITHDRAWN))
    assert [entry.id for entry in trials.current(found)] == ["a"]


def test_tally_counts_a_trial_once_for_each_code_and_puts_the_unknown_last(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        trial("a", routes=["unspecified"]),
        trial("b", routes=["unspecified"]),
        trial("c", routes=["oral", "topical"]),
        trial("d", routes=["topical"]),
    )
    counts = tally(trials.current(found), lambda entry: entry.routes, ("unspecified",))
    assert counts == [Count("topical", 2), Count("oral", 1), Count("unspecified", 2)]


def test_starts_keep_what_has_no_start_apart(tmp_path: Path) -> None:
    found = load(tmp_path, trial("a", dates={"start": "2021-05"}), trial("b", dates={"registered": "2020"}))
    assert trials.starts(trials.current(found)) == ({(2021, "completed"): 1}, 1)


@pytest.mark.parametrize(
    ("as_of", "months"), [(None, None), ("2026-11-22", 0), ("2026-11-23", 0), ("2026-10-23", 0), ("2025", 10)]
)
def test_the_age_of_a_status_is_in_whole_months_or_unknown(tmp_path: Path, as_of: str | None, months: int) -> None:
    found = load(tmp_path, trial("a", status_as_of=as_of))
    assert trials.status_age(found.trials["a"], "2026-11-22") == months


def test_ages_fall_into_bands_that_add_up(real: KnowledgeBase) -> None:
    found = trials.current(real)
    bands = trials.ages(found, as_of(real))
    assert [band for band, _ in bands] == [6, 12, 24, 0, None]
    assert sum(number for _, number in bands) == len(found)


def test_ages_at_the_edges_of_bands(tmp_path: Path) -> None:
    days = {"a": "2026-06-01", "b": "2026-05-01", "c": "2025-12-01", "d": "2024-12-01", "e": "2024-11-01"}
    found = load(tmp_path, *(trial(id_, status_as_of=day) for id_, day in days.items()), trial("f", status_as_of=None))
    assert trials.ages(trials.current(found), "2026-12-01") == [(6, 1), (12, 2), (24, 1), (0, 1), (None, 1)]


def result(outcome: str | None, year: int | None = 2024) -> dict[str, Any]:
    return {"kind": "publication", "outcome": outcome, "year": year, "summary": PAIR}


def test_negative_reports_come_first(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        trial("good", results=[result("met", 2025)]),
        trial("bad", results=[result("not-met", 2020), result(None)]),
        trial("stopped", status="terminated", results=[result("stopped", 2022)]),
        trial("silent"),
    )
    counted = trials.current(found)
    reports = trials.reports(counted)
    assert [report.result.outcome for report in reports] == ["stopped", "not-met", "met", None]
    assert trials.outcomes(reports) == {"stopped": 1, "not-met": 1, "met": 1, "not-reported": 1}
    assert [entry.id for entry in trials.without_report(counted)] == ["silent"]
    assert [entry.id for entry in trials.stopped(counted)] == ["stopped"]


def test_only_what_a_source_calls_first_in_human_is_listed(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        trial("later", first_in_human=True, dates={"start": "2022"}),
        trial("undated", first_in_human=True),
        trial("early", first_in_human=True, dates={"start": "2014"}),
        trial("no", first_in_human=False),
        trial("unknown"),
    )
    assert [entry.id for entry in trials.first_in_human(trials.current(found))] == ["early", "later", "undated"]


def arm(low: float | None, unit: str | None, per: str | None = None, **more: Any) -> dict[str, Any]:
    made = {"value_min": low, "value_max": low, "unit": unit, "per": {"en": per, "ja": per} if per else None, **more}
    return {key: value for key, value in made.items() if value is not None}


def test_units_and_measures_never_share_a_panel(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        trial("a", arms=[arm(1e9, "particles", "infusion (15 ml)"), arm(2e9, "particles"), arm(5.0, "ug")]),
        trial("b", arms=[arm(1e8, "particles", "mL (1 mL per dose)"), arm(3e9, "particles", "dose")]),
        trial("c", arms=[arm(1e7, "particles", "cm²"), arm(2.0, "ug", "kg body weight")]),
    )
    panels = doses.panels(trials.current(found))
    seen = [(panel.unit, panel.per.en if panel.per else "", [dose.low for dose in panel.doses]) for panel in panels]
    assert seen == [
        ("particles", "", [1e9, 2e9, 3e9]),
        ("particles", "cm²", [1e7]),
        ("particles", "mL", [1e8]),
        ("ug", "", [5.0]),
        ("ug", "kg body weight", [2.0]),
    ]


def test_doses_in_words_stay_words(tmp_path: Path) -> None:
    found = load(tmp_path, trial("a", arms=[arm(None, None, as_registered="a thin layer"), arm(1.0, "ml")]))
    assert [(entry.id, dose.as_registered) for entry, dose in doses.without_number(trials.current(found))] == [
        ("a", "a thin layer")
    ]


def test_every_numbered_dose_of_the_real_trials_is_in_one_panel(real: KnowledgeBase) -> None:
    found = trials.current(real)
    shown = [dose for panel in doses.panels(found) for dose in panel.doses]
    assert len(shown) == sum(
        doses.numbers(dose) is not None and dose.unit is not None for e in found for dose in e.arms
    )
    assert all(dose.arm.unit == panel.unit for panel in doses.panels(found) for dose in panel.doses)
