"""What a translated file would change, and doing it: three-way, so that nobody's edit is lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from editing.xliff import refusals
from editing.xliff.units import EXAMINED, Document, Unit
from kb.field_values import set_value
from kb.files import EntryFile, entry_files
from kb.knowledge_base import Key
from kb.problems import EvregError, Message, near_miss
from kb.rewriting import rewritten
from kb.saving import save
from kb.translations.approving import approve
from kb.translations.pairs import TextPair, pairs_of_data, pattern_of, text_hash
from kb.translations.records import read_records
from kb.translations.standing import pair_states
from kb.yaml12 import parse

#: ``change``: will be written. ``same``: as exported, or as it stands already. The others are told and left alone.
Outcome = Literal["change", "same", "conflict", "source-changed", "gone", "untranslated", "coded"]
LEFT_ALONE: Final[tuple[Outcome, ...]] = ("conflict", "source-changed", "gone", "untranslated", "coded")
#: Control characters: C0 but tab and line end, C1, bidirectional and lone surrogates. They come in through ``<cp>``, reorder or
#: hide text, and could command a terminal that shows the preview.
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class UnitPlan(NamedTuple):
    """A unit, the pair that it belongs to now, and what becomes of it."""

    unit: Unit
    outcome: Outcome
    pair: TextPair | None
    #: The pair as it will be when it holds the unit's translation; None for a unit that is left alone.
    after: TextPair | None = None
    #: True when a person has examined the pair already.
    examined: bool = False


class Plan(NamedTuple):
    """Everything an import would do; nothing is written yet."""

    document: Document
    items: tuple[UnitPlan, ...]
    drafts: Mapping[EntryFile, str]
    expected: Mapping[EntryFile, bytes | None]

    def counted(self) -> Counter[Outcome]:
        """Units by what becomes of them."""
        return Counter(item.outcome for item in self.items)

    def approvable(self) -> dict[Key, list[TextPair]]:
        """The pairs whose units come back as reviewed or final, as they will be, unless they are examined already."""
        found: dict[Key, list[TextPair]] = {}
        for item in self.items:
            if item.after and item.unit.state in EXAMINED and not item.examined:
                found.setdefault(item.unit.key, []).append(item.after)
        return found


def plan_import(root: Path, document: Document, path: Path) -> Plan:
    """Compare a file with the entries.

    Args:
        root: The knowledge base.
        document: What was read.
        path: Its file, for messages.

    Raises:
        EvregError: for an entry that does not exist, or a source text that was tampered with.
        YamlProblem: when an entry cannot be read.
    """
    files = {(file.collection, file.stem): file for file in entry_files(root)}
    _refuse_tampered(path, document)
    units: dict[Key, list[Unit]] = {}
    for unit in document.units:
        units.setdefault(unit.key, []).append(unit)
    items: list[UnitPlan] = []
    drafts: dict[EntryFile, str] = {}
    expected: dict[EntryFile, bytes | None] = {}
    for key, own in units.items():
        if key not in files:
            raise _no_entry(path, key, files)
        content = files[key].path.read_bytes()
        data, _ = parse(content)
        pairs = pairs_of_data(data)
        states = pair_states(pairs, read_records(root, key))
        examined = {item.pair for item in states if item.state == "examined"}
        planned = [
            _with_outcome(unit, pair, pairs, document, pair in examined)
            for unit, pair in _matched(own, pairs, document)
        ]
        items += planned
        if _changed(data, planned, document):
            drafts[files[key]], expected[files[key]] = rewritten(content, files[key], data), content
    return Plan(document, tuple(items), drafts, expected)


def carry_out(root: Path, plan: Plan, today: date, by: str | None = None, wait: float = 0.0) -> list[Path]:
    """Write the changes, all of them or none, then record the approvals.

    Args:
        root: The knowledge base.
        plan: What :func:`plan_import` found.
        today: The day that counts as present.
        by: Who examined the units that are reviewed or final; None to approve nothing.
        wait: Seconds to wait for another writer.

    Raises:
        EvregError: a changed entry would be wrong, was changed meanwhile, or another program is writing.
    """
    written = save(root, plan.drafts, plan.expected, today, wait) if plan.drafts else []
    if by is not None:
        approve(root, plan.approvable(), by, today, wait)
    return written


def _refuse_tampered(path: Path, document: Document) -> None:
    for unit in document.units:
        if not unit.coded and text_hash(unit.source) != unit.source_hash:
            raise refusals.changed_source(path, f"{'/'.join(unit.key)} {unit.field}")


def _matched(
    units: Iterable[Unit], pairs: Iterable[TextPair], document: Document
) -> Iterator[tuple[Unit, TextPair | None]]:
    free = list(pairs)
    for unit in units:
        pair = _pair_of(unit, free, document)
        if pair is not None:
            free.remove(pair)
        yield unit, pair


def _with_outcome(
    unit: Unit, pair: TextPair | None, pairs: Iterable[TextPair], document: Document, examined: bool
) -> UnitPlan:
    outcome = _outcome(unit, pair, pairs, document)
    after = None
    if pair is not None and outcome == "change":
        after, examined = pair._replace(**{document.target: unit.target.strip()}), False
    elif pair is not None and outcome == "same" and text_hash(unit.target) == text_hash(pair.text(document.target)):
        after = pair
    return UnitPlan(unit, outcome, pair, after, examined)


def _pair_of(unit: Unit, pairs: list[TextPair], document: Document) -> TextPair | None:
    """The pair whose text to translate is still that of the unit: at its place, else wherever it moved to."""
    same = [pair for pair in pairs if text_hash(pair.text(document.source)) == unit.source_hash]

    def likeness(pair: TextPair) -> tuple[bool, bool, bool]:
        target = text_hash(pair.text(document.target))
        return pair.field == unit.field, target == unit.target_hash, pattern_of(pair.field) == pattern_of(unit.field)

    return max(same, key=likeness, default=None)


def _outcome(unit: Unit, pair: TextPair | None, pairs: Iterable[TextPair], document: Document) -> Outcome:
    if unit.coded:
        return "coded"
    if pair is None:
        return "source-changed" if any(other.field == unit.field for other in pairs) else "gone"
    if not unit.target.strip():
        return "untranslated"
    present, given = text_hash(pair.text(document.target)), text_hash(unit.target)
    if given in (unit.target_hash, present):
        # An untouched translation whose text has been changed in the entry since: the entry counts.
        return "same"
    if _UNSEEN.search(unit.target):
        return "coded"
    return "change" if present == unit.target_hash else "conflict"


def _changed(data: dict[str, Any], planned: Iterable[UnitPlan], document: Document) -> bool:
    """Put the changes of one entry into its data; True when there are any."""
    changes = [item.after for item in planned if item.outcome == "change" and item.after]
    for pair in changes:
        set_value(data, f"{pair.field}.{document.target}", pair.text(document.target))
    return bool(changes)


def _no_entry(path: Path, key: Key, files: Iterable[Key]) -> EvregError:
    name = "/".join(key)
    near = near_miss(name, ("/".join(known) for known in files))
    return EvregError(
        f"{path} (<file>)",
        Message(f"There is no entry «{name}».{near.en}", f"エントリー「{name}」がない。{near.ja}"),
        Message("Entries of this knowledge base.", "このナレッジベースのエントリーとする。"),
        Message(
            "Import into the knowledge base from which the file was exported, or export again.",
            "書き出し元のナレッジベースに取り込むか、書き出し直す。",
        ),
    )
