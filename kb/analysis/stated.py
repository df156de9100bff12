"""What live sources state of entries, beside what the entries say; nothing here changes an entry.

An observation may hold more than facts of the entry: what a source's module keeps for itself stands at places that no
entry has, and is left out here, as is what would not fit the model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from kb.field_values import is_empty, same_fact, set_value, value_at
from kb.knowledge_base import Key, KnowledgeBase, key_of, standing
from kb.models.core import Entry
from kb.observed import Observation
from kb.vocabulary import Vocabularies

#: agrees: both say the same · differs: the entry's value counts · adds: the entry is silent · dated: the source speaks
#: for another day than the entry, which is no disagreement (registries touch records without saying anything new).
Relation = Literal["agrees", "differs", "adds", "dated"]
_AS_OF = "_as_of"


class StatedFact(NamedTuple):
    """One field of an entry as a source states it."""

    #: Dotted, e.g. ``enrolment.count``.
    field: str
    relation: Relation


class Statement(NamedTuple):
    """What one source states of one entry."""

    observation: Observation
    #: The entry as it would be if every fact of the source held: typed values to be shown, never to be counted.
    as_stated: Entry
    facts: tuple[StatedFact, ...]

    def related(self, *relations: Relation) -> tuple[StatedFact, ...]:
        """The facts of these relations, in the order of the file."""
        return tuple(fact for fact in self.facts if fact.relation in relations)


def statements(kb: KnowledgeBase, entry: Entry) -> tuple[Statement, ...]:
    """What each source states of ``entry``; sources that state no field of it are left out.

    Raises:
        EvregError: when a file below ``observed`` cannot be read.
    """
    observed = kb.observations.get("/".join(key_of(entry)), ())
    return tuple(_statements(entry, observed, kb.vocabularies))


def all_statements(kb: KnowledgeBase) -> dict[Key, tuple[Statement, ...]]:
    """Collection and id -> what each source states, of entries that are not withdrawn; entries without are left out.

    Raises:
        EvregError: when a file below ``observed`` cannot be read.
    """
    observed = (entry for entry in standing(kb) if "/".join(key_of(entry)) in kb.observations)
    return {key_of(entry): found for entry in observed if (found := statements(kb, entry))}


def fields_in_dispute(found: Iterable[Statement]) -> int:
    """Fields of one entry of which at least one source states something else."""
    return len({fact.field for statement in found for fact in statement.related("differs")})


def _statements(entry: Entry, observed: Iterable[Observation], vocabularies: Vocabularies) -> Iterator[Statement]:
    said = entry.model_dump(mode="json", exclude_none=True) if observed else {}
    for observation in observed:
        as_stated, fields = _fitting(entry, observation.facts, vocabularies)
        facts = tuple(StatedFact(field, _relation(said, field, observation.facts[field])) for field in fields)
        if facts:
            yield Statement(observation, as_stated, facts)


def _relation(said: Mapping[str, Any], field: str, stated: Any) -> Relation:
    ours = value_at(said, field)
    if is_empty(ours):
        return "adds"
    if same_fact(ours, stated):
        return "agrees"
    return "dated" if field.endswith(_AS_OF) else "differs"


def _fitting(entry: Entry, facts: Mapping[str, Any], vocabularies: Vocabularies) -> tuple[Entry, tuple[str, ...]]:
    """The entry with the facts that fit it, and their fields: all together, else those that fit one after another."""
    placed = _placed(entry, facts)
    whole = _typed(entry, placed, vocabularies)
    if whole is not None:
        return whole, tuple(placed)
    kept: dict[str, Any] = {}
    made = entry
    for field, value in placed.items():
        more = _typed(entry, {**kept, field: value}, vocabularies)
        if more is not None:
            kept[field], made = value, more
    return made, tuple(kept)


def _placed(entry: Entry, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that say something at a place that an entry can have, in the order of the entry's fields."""
    data, placed = entry.model_dump(mode="json", exclude_none=True), dict[str, Any]()
    order = list(type(entry).model_fields)
    known = (item for item in facts.items() if item[0].partition(".")[0] in order)
    for field, value in sorted(known, key=lambda item: order.index(item[0].partition(".")[0])):
        with suppress(KeyError):
            if not is_empty(value):
                set_value(data, field, value)
                placed[field] = value
    return placed


def _typed(entry: Entry, facts: Mapping[str, Any], vocabularies: Vocabularies) -> Entry | None:
    data = entry.model_dump(mode="json", exclude_none=True)
    for field, value in facts.items():
        set_value(data, field, value)
    try:
        return type(entry).model_validate(data, context={"vocabularies": vocabularies})
    except ValidationError:
        return None
