"""The part of a digest that tells what entries say differently than before."""

from __future__ import annotations

from collections import Counter
from typing import Final

from editing.digest.matter import Matter
from editing.digest.table import LONGEST, SHOWN, Row, Section, section, title_of
from editing.digest.words import Words
from kb.analysis.changes import EntryChange, Kind
from kb.change_words import change_lines
from kb.problems import shorten

#: Fields of an entry that are told; those that say least to a meeting come last.
_FIELDS: Final = 6
_LAST: Final = ("sources", "detection")
#: What a meeting asks about first: what no longer stands, then what is new, then what was edited.
_KINDS: Final[tuple[Kind, ...]] = (
    "withdrawn", "removed", "merged", "renamed", "restored", "unreadable", "added", "changed", "touched",
)  # fmt: skip


def changes(matter: Matter, say: Words) -> Section:
    """Entries added, changed and withdrawn in the period, with the fields that differ."""
    told = [change for change in matter.found.entries if matter.concerns(*change.key)]
    told.sort(key=lambda change: (_KINDS.index(change.kind), change.key))
    rows = [_change(matter, change, say) for change in _most_telling(told)]
    counted = Counter(change.kind for change in told)
    comma, space = ("、", "") if say.language == "ja" else ("; ", " ")
    numbers = comma.join(
        say("kind_count", kind=say(f"kind_{kind}"), n=counted[kind]) for kind in _KINDS if counted[kind]
    )
    begins = say("history_short", day=matter.found.before.day) if matter.begins_within else ""
    note = space.join(text for text in (f"{numbers}{say('stop')}" if numbers else "", begins) if text)
    where = f"evreg changes --since {matter.found.before.name or matter.since.isoformat()}"
    return section("changes", say, ("entry", "change"), rows, where, note, len(told))


def _most_telling(changes: list[EntryChange]) -> list[EntryChange]:
    """As many as are shown; none of the kinds takes more than half of the room while others wait."""
    rank: Counter[str] = Counter()
    later: list[EntryChange] = []
    first: list[EntryChange] = []
    for change in changes:
        rank[change.kind] += 1
        (first if rank[change.kind] <= SHOWN // 2 else later).append(change)
    chosen = {change.key for change in [*first, *later][:SHOWN]}
    return [change for change in changes if change.key in chosen]


def _change(matter: Matter, change: EntryChange, say: Words) -> Row:
    title = title_of(matter, change.key, say) or change.title.get(say.language) or "/".join(change.key)
    stands = change.key[1] in matter.kb.collection(change.key[0])
    return Row(title, change.key, (_change_words(matter, change, say),), stands)


def _change_words(matter: Matter, change: EntryChange, say: Words) -> tuple[str, ...]:
    fields = sorted(change.fields, key=lambda field: field.name.startswith(_LAST))
    lines = change_lines(change.key[0], fields[:_FIELDS], matter.kb.vocabularies, say.language)
    more = len(change.fields) - len(lines)
    rest = (say("more_fields", n=more),) if more > 0 else ()
    kind = say(f"kind_{change.kind}") + (f" ({'/'.join(change.other)})" if change.other else "")
    return (kind, *(shorten(line, LONGEST) for line in lines), *rest)
