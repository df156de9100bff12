"""Where each pair of texts stands: examined, recorded, out of step or new.

A pair is in step when both of its texts were recorded together, wherever in the entry they stand now: reordering a list or
inserting a record makes nothing stale. A text counts as changed only when the pair it was recorded in is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal, NamedTuple

from kb.problems import Language
from kb.translations.pairs import TextPair, pattern_of
from kb.translations.records import PairRecord

State = Literal["examined", "recorded", "stale", "unrecorded"]
#: From the best to the least known; ``stale`` alone asks for work.
STATES: Final[tuple[State, ...]] = ("examined", "recorded", "stale", "unrecorded")


class PairState(NamedTuple):
    """A pair and what is known of it.

    Attributes:
        pair: The texts as they are.
        state: ``examined``: a named person compared both texts; ``recorded``: unchanged since both were recorded, nobody
            has compared them; ``stale``: one of the two was changed alone; ``unrecorded``: new, or both were changed.
        record: What was recorded for it; None for a new pair.
        changed: The language of the text that was changed alone.
    """

    pair: TextPair
    state: State
    record: PairRecord | None = None
    changed: Language | None = None

    @property
    def in_step(self) -> bool:
        """True when both texts are as they were recorded together."""
        return self.state in ("examined", "recorded")


def pair_states(pairs: Sequence[TextPair], records: Sequence[PairRecord]) -> tuple[PairState, ...]:
    """The state of each pair, in the order of ``pairs``; a record explains one pair only."""
    if not records:
        return tuple(PairState(pair, "unrecorded") for pair in pairs)
    hashes = [pair.hashes for pair in pairs]
    left = list(records)
    found: dict[int, PairState] = {}
    for matches in (_same_pair_and_place, _same_pair, _one_side_and_place, _one_side_and_field, _one_side, _same_place):
        for index, pair in enumerate(pairs):
            if index not in found and left:
                record = next((item for item in left if matches(pair, hashes[index], item)), None)
                if record is not None:
                    left.remove(record)
                    found[index] = _state(pair, hashes[index], record)
    return tuple(found.get(index) or PairState(pair, "unrecorded") for index, pair in enumerate(pairs))


_Hashes = tuple[str, str]
_Matches = Callable[[TextPair, _Hashes, PairRecord], bool]


def _same_place(pair: TextPair, _: _Hashes, record: PairRecord) -> bool:
    return record.field == pair.field


def _same_pair(_: TextPair, hashes: _Hashes, record: PairRecord) -> bool:
    return record.hashes == hashes


def _same_pair_and_place(pair: TextPair, hashes: _Hashes, record: PairRecord) -> bool:
    return record.field == pair.field and record.hashes == hashes


def _one_side(_: TextPair, hashes: _Hashes, record: PairRecord) -> bool:
    return record.en == hashes[0] or record.ja == hashes[1]


def _one_side_and_field(pair: TextPair, hashes: _Hashes, record: PairRecord) -> bool:
    return _one_side(pair, hashes, record) and pattern_of(record.field) == pattern_of(pair.field)


def _one_side_and_place(pair: TextPair, hashes: _Hashes, record: PairRecord) -> bool:
    return record.field == pair.field and _one_side(pair, hashes, record)


def _state(pair: TextPair, hashes: _Hashes, record: PairRecord) -> PairState:
    same_en, same_ja = record.en == hashes[0], record.ja == hashes[1]
    if same_en and same_ja:
        return PairState(pair, "examined" if record.examined else "recorded", record)
    if same_en or same_ja:
        return PairState(pair, "stale", record, "ja" if same_en else "en")
    return PairState(pair, "unrecorded", record)
