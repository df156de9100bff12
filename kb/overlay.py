"""Observed facts laid over curated entries: a curated value wins, an empty field is filled, a disagreement is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from kb.field_values import is_empty, same_fact, set_value, value_at
from kb.models.core import Entry
from kb.observed import Observation
from kb.vocabulary import Vocabularies

EntryT = TypeVar("EntryT", bound=Entry)


class Filled(NamedTuple):
    """A field that the entry leaves empty and a source states."""

    field: str
    value: Any
    observation: Observation


class Disagreement(NamedTuple):
    """A field of which the entry and a source say different things; the entry's value counts."""

    field: str
    curated: Any
    observed: Any
    observation: Observation


class Overlaid(NamedTuple):
    """An entry with what sources add to it."""

    entry: Entry
    filled: tuple[Filled, ...]
    disagreements: tuple[Disagreement, ...]


def overlaid(entry: Entry, observations: Iterable[Observation], vocabularies: Vocabularies) -> Overlaid:
    """Lay observations over an entry; the first source that states an empty field fills it.

    Values that do not fit the model are left out: what a source says must never break an entry.
    """
    data = entry.model_dump(mode="json", exclude_none=True)
    filled: list[Filled] = []
    disagreements: list[Disagreement] = []
    for observation, field, value in _stated(observations):
        curated = value_at(data, field)
        if is_empty(curated):
            if _could_set(data, field, value):
                filled.append(Filled(field, value, observation))
        elif not same_fact(curated, value):
            disagreements.append(Disagreement(field, curated, value, observation))
    if not filled:
        return Overlaid(entry, (), tuple(disagreements))
    try:
        whole = type(entry).model_validate(data, context={"vocabularies": vocabularies})
    except ValidationError:
        return Overlaid(entry, (), tuple(disagreements))
    return Overlaid(whole, tuple(filled), tuple(disagreements))


def _stated(observations: Iterable[Observation]) -> Iterator[tuple[Observation, str, Any]]:
    for observation in observations:
        for field, value in observation.facts.items():
            if not is_empty(value):
                yield observation, field, value


def _could_set(data: dict[str, Any], field: str, value: Any) -> bool:
    """False for what a source's module keeps for itself, at a place that no entry has."""
    try:
        set_value(data, field, value)
    except KeyError:
        return False
    return True
