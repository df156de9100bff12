"""How each source did in its last runs: kept in the user's state folder, never in the repository."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

from platformdirs import user_state_path
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from kb.atomic import write_text
from scrapers.register import Source
from scrapers.report import Report, SourceReport, fault_json

#: Schedule in the register -> days that a source rests after a success. A day less than its name says, so that a run
#: which begins a little earlier than the last one still asks.
REST = {"daily": 0, "weekly": 6, "monthly": 27, "by-hand": 0}
_Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Health(BaseModel):
    """One source.

    Attributes:
        last_run: Day on which it was asked last.
        last_success: Day on which it ended well last.
        last_whole: Day on which all of it was read last, not a part.
        last_change: Day on which it last stated something new.
        counts: Figures of the last success.
        fault: Why the last run left it as it was; None when that ended well.
    """

    model_config = ConfigDict(frozen=True)

    last_run: _Day | None = None
    last_success: _Day | None = None
    last_whole: _Day | None = None
    last_change: _Day | None = None
    counts: dict[str, int] = {}
    fault: dict[str, Any] | None = None


_FILE = TypeAdapter(dict[str, Health])


def health_file() -> Path:
    """Where it is kept (``platformdirs``: ``XDG_STATE_HOME`` on Linux)."""
    return user_state_path("evreg") / "sources.json"


def read_health(path: Path | None = None) -> dict[str, Health]:
    """Name of a source -> how it did; empty when nothing is known.

    A file that cannot be read counts as empty: it holds nothing but memories of runs.
    """
    try:
        return _FILE.validate_json((path or health_file()).read_bytes())
    except (OSError, ValidationError):
        return {}


def remember(report: Report, path: Path | None = None) -> None:
    """Add a run to what is known.

    Raises:
        OSError: when the folder cannot be written.
    """
    file = path or health_file()
    known = read_health(file)
    for item in report.sources:
        known[item.name] = _after(known.get(item.name, Health()), item, report)
    file.parent.mkdir(parents=True, exist_ok=True)
    data = {name: item.model_dump(exclude_none=True) for name, item in known.items()}
    write_text(file, json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def resting_until(source: Source, health: Mapping[str, Health], today: date) -> date | None:
    """The day until which an unnamed run leaves a source alone; None when it is due."""
    known = health.get(source.name, Health())
    if known.last_whole is None:
        return None
    until = date.fromisoformat(known.last_whole) + timedelta(days=REST[source.schedule])
    return until if today < until else None


def _after(before: Health, item: SourceReport, report: Report) -> Health:
    day = report.day
    if item.fault is not None:
        return before.model_copy(update={"last_run": day, "fault": fault_json(item.fault)})
    return Health(
        last_run=day,
        last_success=day,
        last_whole=before.last_whole if report.partial else day,
        last_change=day if item.kept.changed else before.last_change,
        counts={"asked": item.asked, "unchanged": item.unchanged, **item.kept.counts()},
    )
