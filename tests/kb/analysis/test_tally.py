from __future__ import annotations

from pathlib import Path

import pytest

import kb
from kb.analysis import tally
from kb.analysis.tally import Count
from tests.entries import minimal
from tests.samples import write_kb


@pytest.mark.parametrize(("date", "year"), [("2024-05-01", 2024), ("1999", 1999), (None, None), ("", None)])
def test_the_year_of_a_date_or_none(date: str | None, year: int | None) -> None:
    assert tally.year_of(date) == year


def test_entries_of_any_collection_are_counted_by_code_and_year(tmp_path: Path) -> None:
    base = kb.load(
        write_kb(
            tmp_path,
            enforcement=[
                minimal("enforcement", "a", date="2024-05-01", product_types=["exosome", "cosmetic"]),
                minimal("enforcement", "b", date="2024", product_types=["exosome"]),
                minimal("enforcement", "c"),
            ],
        )
    )
    acts = list(base.enforcement.values())
    assert tally.tally(acts, lambda act: act.product_types) == [Count("exosome", 2), Count("cosmetic", 1)]
    counted = tally.by_year(acts, lambda act: tally.year_of(act.date), lambda act: act.action_type)
    assert counted == ({(2024, "warning-letter"): 2}, 1)
