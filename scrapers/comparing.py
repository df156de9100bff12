"""What a source states beside what the entry says: every disagreement becomes a proposal, in words.

Fields that are judged together make one proposal: those below the same top field, and a ``…_as_of`` date with the field
that it dates. A date alone is no disagreement: a registry touches its records without saying anything new.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from kb.change_words import words_of
from kb.field_values import same_fact, set_value, value_at
from kb.models.base import MAX_ID_LENGTH, PARTIAL_DATE, Localized
from kb.models.core import Entry
from kb.observed import Observation, facts_hash
from kb.overlay import overlaid
from kb.problems import Message, field_name, shorten
from kb.proposals import Change, Proposal
from kb.vocabulary import Vocabularies
from scrapers.faults import unexpected
from scrapers.register import Source

_AS_OF = "_as_of"


def disagreements(
    entry: Entry, found: Observation, source: Source, vocabularies: Vocabularies, today: date
) -> Iterator[Proposal]:
    """One proposal for each group of fields in which the source says something else than the entry.

    Raises:
        SourceFault: ``unexpected``; what the source states does not fit the model of the entry.
    """
    groups: dict[str, list[str]] = {}
    for item in overlaid(entry, [found], vocabularies).disagreements:
        if not item.field.endswith(_AS_OF):
            groups.setdefault(item.field.partition(".")[0], []).append(item.field)
    if not groups:
        return
    # Only what somebody wrote: a model's default is not in the file that accepting changes.
    written = entry.model_dump(mode="json", exclude_none=True, exclude_unset=True)
    for group, fields in groups.items():
        changes = [Change(field=name, old=value_at(written, name), new=found.facts[name]) for name in fields]
        dated = _dating(group, written, found)
        _refuse_misfit(entry, [*changes, *dated], found, vocabularies)
        as_of = _as_of(group, found)
        stale = _is_older(group, written, as_of)
        yield Proposal(
            source=found.source,
            key=comparison_key(entry.id, group),
            kind="change",
            entry=found.entry,
            words=words_of(entry.COLLECTION, changes, vocabularies, source.title, as_of),
            url=found.url,
            confidence="low" if stale else "high" if all(_is_plain(change.new) for change in changes) else "medium",
            reasons=(_why(source), *((stale,) if stale else ())),
            changes=(*changes, *dated),
            source_hash=facts_hash({name: found.facts[name] for name in fields}),
            found=today.isoformat(),
        )


def comparison_key(entry_id: str, group: str) -> str:
    """``nct04276987-status``: how the proposal about one group of fields of an entry is called."""
    name = f"{entry_id}-{group.replace('_', '-')}"
    if len(name) <= MAX_ID_LENGTH:
        return name
    digest = sha256(name.encode()).hexdigest()[:8]
    return f"{name[: MAX_ID_LENGTH - 9].rstrip('.-')}-{digest}"


def is_comparison(proposal: Proposal) -> bool:
    """Whether a proposal was made here, so that it ends when the source agrees again."""
    if proposal.kind != "change" or not proposal.changes:
        return False
    group = proposal.changes[0].field.partition(".")[0]
    return proposal.key == comparison_key(proposal.entry.partition("/")[2], group)


def _dating(group: str, written: dict[str, Any], found: Observation) -> list[Change]:
    """The date that goes with a group, when the source gives another one."""
    field = f"{group}{_AS_OF}"
    old, new = value_at(written, field), found.facts.get(field)
    return [Change(field=field, old=old, new=new)] if new is not None and new != old else []


def _refuse_misfit(entry: Entry, changes: list[Change], found: Observation, vocabularies: Vocabularies) -> None:
    data = entry.model_dump(mode="json", exclude_none=True)
    try:
        for change in changes:
            set_value(data, change.field, change.new)
        type(entry).model_validate(data, context={"vocabularies": vocabularies})
    except KeyError as error:
        field, value = str(error.args[0]), ""
    except ValidationError as errors:
        first = errors.errors()[0]
        field, value = field_name(first["loc"]) or "-", shorten(first["input"])
    else:
        return
    raise unexpected(
        found.source,
        found.url,
        Message(f"«{field}» of {found.entry} would be «{value}».", f"{found.entry}の「{field}」が「{value}」となる。"),
        Message("A value that fits the model of the entry.", "エントリーのモデルに適合する値を想定している。"),
    )


def _as_of(group: str, found: Observation) -> str | None:
    """The day of the statement; a version that is no day may be that of all data, which moves every night."""
    stated = str(found.facts.get(f"{group}{_AS_OF}") or found.source_version or "")
    return stated if PARTIAL_DATE.match(stated) else None


def _is_older(group: str, written: dict[str, Any], as_of: str | None) -> Localized | None:
    """Why the source may be behind the entry: its statement is from before the day for which the entry speaks."""
    ours = str(value_at(written, f"{group}{_AS_OF}") or "")
    if as_of is None or not PARTIAL_DATE.match(ours) or same_fact(ours, as_of):
        return None
    if as_of > ours:
        return None
    return Localized(
        en=f"The source's statement is of {as_of}; the entry speaks for {ours} and may know more.",
        ja=f"情報源の記載は{as_of}時点のものである。エントリーは{ours}時点であり、より新しい可能性がある。",
    )


def _is_plain(value: Any) -> bool:
    return isinstance(value, bool | int | float) or (isinstance(value, str) and len(value) <= 40)


def _why(source: Source) -> Localized:
    return Localized(
        en=f"The source states a value that differs from the entry. {source.attribution.en}",
        ja=f"情報源の記載がエントリーの値と異なる。{source.attribution.ja}",
    )
