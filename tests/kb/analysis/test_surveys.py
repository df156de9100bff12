from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kb
from kb import KnowledgeBase
from kb.analysis import surveys
from kb.models.surveys import Survey
from tests.entries import PAIR, minimal
from tests.samples import write_kb


def figure(value: float | None, unit: str = "institutions", label: str = "Figure") -> dict[str, Any]:
    given = {"label": {"en": label, "ja": label}, "value": value, "unit": unit}
    return {key: item for key, item in given.items() if item is not None}


def load(folder: Path, *entries: dict[str, Any]) -> KnowledgeBase:
    return kb.load(write_kb(folder, surveys=list(entries)))


def one(folder: Path, *figures: dict[str, Any]) -> Survey:
    return load(folder, minimal("surveys", "a", key_figures=list(figures))).surveys["a"]


@pytest.fixture(scope="module")
def real() -> KnowledgeBase:
    return kb.load()


def test_surveys_of_evs_alone_come_first_then_the_latest(tmp_path: Path) -> None:
    base = load(
        tmp_path,
        minimal("surveys", "wide", ev_specific=False, year=2025),
        minimal("surveys", "old", year=2020),
        minimal("surveys", "undated"),
        minimal("surveys", "new", year=2024),
        minimal("surveys", "gone", year=2026, withdrawn={"on": "2026-01-02", "reason": PAIR}),
    )
    assert [survey.id for survey in surveys.current(base)] == ["new", "old", "undated", "wide"]


def test_units_never_share_a_panel_and_unseen_figures_are_left_out(tmp_path: Path) -> None:
    survey = one(tmp_path, figure(669), figure(72.9, "percent"), figure(None), figure(0), figure(99, "USD"))
    found = [(panel.unit, [item.value for item in panel.figures]) for panel in surveys.panels(survey)]
    assert found == [("institutions", [669, 0]), ("percent", [72.9]), ("USD", [99])]


@pytest.mark.parametrize(
    ("percentage", "counts", "share"),
    [
        (72.9, (669, 532, 488), (488, 669)),
        (73, (669, 488), (488, 669)),
        (72.8, (669, 488), None),
        (76, (427, 324), (324, 427)),
        (50, (4, 8, 16), None),
        (0, (48, 0), (0, 48)),
        (100, (48, 48), None),
        (18, (), None),
    ],
)
def test_a_percentage_is_a_share_of_what_only_two_counts_give(
    tmp_path: Path, percentage: float, counts: tuple[float, ...], share: tuple[float, float] | None
) -> None:
    survey = one(tmp_path, *map(figure, counts), figure(percentage, "percent"))
    found = surveys.share(survey, survey.key_figures[-1])
    assert (found and (found.part.value, found.whole.value)) == share


def test_counts_in_different_units_make_no_share(tmp_path: Path) -> None:
    survey = one(tmp_path, figure(488), figure(669, "clinics"), figure(72.9, "percent"))
    assert surveys.share(survey, survey.key_figures[2]) is None
    assert surveys.share(survey, survey.key_figures[0]) is None


def test_a_percentage_that_was_not_seen_is_a_share_of_nothing(tmp_path: Path) -> None:
    survey = one(tmp_path, figure(48), figure(0), figure(None, "percent"))
    assert surveys.share(survey, survey.key_figures[2]) is None


def test_every_real_figure_with_a_value_is_in_one_panel(real: KnowledgeBase) -> None:
    found = surveys.current(real)
    assert len(found) == sum(not survey.withdrawn for survey in real.surveys.values())
    for survey in found:
        panels = surveys.panels(survey)
        shown = [item for panel in panels for item in panel.figures]
        assert len(shown) == sum(item.value is not None for item in survey.key_figures), survey.id
        assert all(item.unit == panel.unit for panel in panels for item in panel.figures), survey.id
