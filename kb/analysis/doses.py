"""Doses as registered, kept apart by unit: nothing is converted, and what is per volume never stands with what is per dose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from kb.models.base import Localized
from kb.models.trials import Arm, Trial

#: A basis that changes the unit (per kg, per mL, per cm²), at the beginning of ``arms[].per``; «infusion (15 ml)» does not.
_MEASURE: Final = re.compile(
    r"^(?:[\d.,]+\s*)?(?:kg|g|mg|ml|l|µl|cm²|cm³|cm2|cm3)\b|^(?:[\d.,]+\s*)?cm[²³]", re.IGNORECASE
)
_BRACKETS: Final = re.compile(r"\s*[(（].*$")


class DoseOf(NamedTuple):
    """An arm's dose; ``low`` and ``high`` are in the arm's own unit."""

    trial: Trial
    arm: Arm
    low: float
    high: float


class Panel(NamedTuple):
    """Doses that may stand on one axis."""

    unit: str
    #: The measure to which the dose relates (per kg, per mL), where there is one.
    per: Localized | None
    doses: tuple[DoseOf, ...]

    @property
    def trials(self) -> int:
        """Number of trials."""
        return len({dose.trial.id for dose in self.doses})


def panels(trials: Iterable[Trial]) -> list[Panel]:
    """Doses with a number and a unit, one panel for each unit and measure, the fullest first; by value within."""
    found: dict[tuple[str, str], list[DoseOf]] = {}
    for trial in trials:
        for arm in trial.arms:
            ends = numbers(arm)
            if ends and arm.unit:
                found.setdefault((arm.unit, measure(arm)), []).append(DoseOf(trial, arm, *ends))
    made = [
        Panel(unit, _named(doses[0].arm) if basis else None, tuple(sorted(doses, key=_by_value)))
        for (unit, basis), doses in found.items()
    ]
    return sorted(made, key=lambda panel: (-len(panel.doses), panel.unit, panel.per.en if panel.per else ""))


def numbers(arm: Arm) -> tuple[float, float] | None:
    """Lowest and highest value of an arm; None when it has no number."""
    ends = [end for end in (arm.value_min, arm.value_max) if end is not None]
    return (min(ends), max(ends)) if ends else None


def measure(arm: Arm) -> str:
    """The measure to which a dose relates, in lower case: ``kg``, ``ml``, ``5 ml``; empty for a dose as such."""
    match = _MEASURE.match(arm.per.en) if arm.per else None
    return match[0].lower() if match else ""


def without_number(trials: Iterable[Trial]) -> list[tuple[Trial, Arm]]:
    """Arms whose dose is only words."""
    return [(trial, arm) for trial in trials for arm in trial.arms if arm.as_registered and not numbers(arm)]


def _named(arm: Arm) -> Localized | None:
    """What a dose relates to, without what stands in brackets."""
    if arm.per is None:
        return None
    return Localized(en=_BRACKETS.sub("", arm.per.en), ja=_BRACKETS.sub("", arm.per.ja))


def _by_value(dose: DoseOf) -> tuple[float, float, str]:
    return dose.low, dose.high, dose.trial.id
