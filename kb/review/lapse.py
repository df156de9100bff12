"""What changed in an entry since somebody signed it, out of the history of the repository."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from kb.analysis.differences import FieldChange, differences
from kb.analysis.history import History
from kb.files import EntryFile
from kb.models import model_of
from kb.models.core import Entry, SignOff
from kb.partial_dates import first_day
from kb.problems import YamlProblem
from kb.review.content_hash import content_hash, edition_of
from kb.review.policy import ReviewPolicy
from kb.vocabulary import Vocabularies
from kb.yaml12 import parse

#: A sign-off is committed on its day or later; a day is left for the difference of time zones.
_EARLIER = timedelta(days=1)


class Lapse(NamedTuple):
    """How an entry differs from what somebody signed."""

    #: Day of the latest commit that has the signed content, ``YYYY-MM-DD`` in UTC.
    day: str
    #: What is different now, without the exempt fields.
    changes: tuple[FieldChange, ...]


def changes_since(
    root: Path, file: EntryFile, data: dict[str, Any], sign_off: SignOff, policy: ReviewPolicy, words: Vocabularies
) -> Lapse | None:
    """What differs between the signed content and ``data``; None when the stored history does not have that content.

    Args:
        root: The knowledge base.
        file: The entry.
        data: Its content as it is now.
        sign_off: The sign-off that no longer covers it.
        policy: The rules of sign-off.
        words: The vocabularies.
    """
    edition = edition_of(sign_off.hash)
    if edition not in policy.content:
        return None
    exempt = policy.content[edition].paths()
    for day, before in _earlier(root, file, sign_off):
        entry = _entry(file, before, words)
        if entry is not None and content_hash(entry, policy, edition) == sign_off.hash:
            found = (change for change in differences(before, data) if not _is_exempt(change, exempt))
            return Lapse(day, tuple(found))
    return None


def _earlier(root: Path, file: EntryFile, sign_off: SignOff) -> Iterator[tuple[str, dict[str, Any]]]:
    """Day and content of the entry at earlier commits, the latest first, each content once."""
    history = History.around(root)
    if history is None or history.head() is None:
        return
    oldest = _oldest(sign_off)
    seen: set[str] = set()
    for state in history.states():
        stored = state.entries.get((file.collection, file.stem))
        if stored is not None and stored.blob not in seen:
            seen.add(stored.blob)
            data = _plain(stored.read())
            if data is not None:
                yield state.day, data
        if state.day < oldest:
            return


def _oldest(sign_off: SignOff) -> str:
    try:
        return (first_day(sign_off.on) - _EARLIER).isoformat()
    except (ValueError, OverflowError):
        return date.max.isoformat()


def _plain(content: bytes) -> dict[str, Any] | None:
    try:
        data, _ = parse(content)
    except YamlProblem:
        return None
    return data if isinstance(data, dict) else None


def _entry(file: EntryFile, data: dict[str, Any], words: Vocabularies) -> Entry | None:
    try:
        return model_of(file.collection).model_validate(data, context={"vocabularies": words})
    except ValidationError:
        return None  # models of that time may have asked for other fields


def _is_exempt(change: FieldChange, exempt: tuple[tuple[str, ...], ...]) -> bool:
    names = tuple(step.field for step in change.path)
    return any(names[: len(path)] == path for path in exempt)
