"""Recording pairs: that a person compared both texts, or only that they stood together on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from kb.atomic import remove_left_overs, write_text
from kb.files import EntryFile, entry_files
from kb.knowledge_base import Key
from kb.problems import EvregError, Message
from kb.translations.pairs import TextPair, pairs_of_data
from kb.translations.records import NOBODY, PairRecord, known_name, read_records, state_file, written_records
from kb.translations.standing import PairState, pair_states
from kb.writing_lock import writing
from kb.yaml12 import read_yaml


def file_states(root: Path, file: EntryFile) -> tuple[PairState, ...]:
    """The pairs of an entry as its file holds them now, with their states.

    Raises:
        YamlProblem: when the entry cannot be read.
        OSError: when it cannot be opened.
        EvregError: when its records cannot be read.
    """
    return pair_states(pairs_of_data(read_yaml(file.path)), read_records(root, _key(file)))


def approve(
    root: Path, seen: Mapping[Key, Sequence[TextPair]], by: str, today: date, wait: float = 0.0
) -> dict[Key, int]:
    """Record that ``by`` compared both texts of each pair.

    Args:
        root: The knowledge base.
        seen: The pairs of each entry as the person saw them.
        by: Full name of that person.
        today: The day of it.
        wait: Seconds to wait for another writer.

    Returns:
        The entries whose files of records changed and the number of pairs recorded in each.

    Raises:
        EvregError: the name is none, a pair is no longer as it was seen, or another program is writing.
    """
    name = known_name(by)
    with writing(root, wait):
        files = {file: seen[_key(file)] for file in entry_files(root) if _key(file) in seen}
        return _record(root, files, name, today)


def record_new(root: Path, keys: Collection[Key], today: date, wait: float = 0.0) -> dict[Key, int]:
    """Record the pairs that no record explains as they stand, examined by nobody; stale pairs stay stale.

    Returns:
        The entries whose files of records changed and the number of pairs recorded in each; 0 when one was only put in
        order.

    Raises:
        EvregError: an entry's records cannot be read, or another program is writing.
    """
    with writing(root, wait):
        return note_new(root, [file for file in entry_files(root) if _key(file) in keys], today)


def note_new(root: Path, files: Iterable[EntryFile], today: date) -> dict[Key, int]:
    """:func:`record_new` for whoever holds the lock for writing already.

    Raises:
        EvregError: an entry's records cannot be read.
        YamlProblem: an entry cannot be read.
    """
    new = {file: [item.pair for item in file_states(root, file) if item.state == "unrecorded"] for file in files}
    return _record(root, new, NOBODY, today)


def _key(file: EntryFile) -> Key:
    return file.collection, file.stem


def _record(root: Path, seen: Mapping[EntryFile, Sequence[TextPair]], by: str, today: date) -> dict[Key, int]:
    texts: dict[Key, tuple[str, int]] = {}
    for file, pairs in seen.items():
        key = _key(file)
        states, before = file_states(root, file), read_records(root, key)
        _refuse_unseen(key, pairs, states)
        records = _recorded(states, before, {pair.hashes for pair in pairs}, by, today)
        text = written_records(records)
        if records and text != _content(state_file(root, key)):
            texts[key] = text, sum(record.by == by for record in set(records) - set(before))
    for key, (text, _) in texts.items():
        path = state_file(root, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        remove_left_overs(path)
        write_text(path, text)
    return {key: number for key, (_, number) in texts.items()}


def _content(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _recorded(
    states: Sequence[PairState],
    before: Sequence[PairRecord],
    wanted: set[tuple[str, str]],
    by: str,
    today: date,
) -> list[PairRecord]:
    """The records afterwards; those of texts that are gone stay until nothing of the entry is left to compare with them."""
    used = {item.record for item in states if item.record}
    kept = [record for record in before if record not in used]
    done: list[PairRecord] = []
    for item in states:
        hashes = item.pair.hashes
        known = item.in_step and item.record and by in (NOBODY, item.record.by)
        if hashes in wanted and not known:
            done.append(PairRecord(item.pair.field, *hashes, today.isoformat(), by))
        elif item.in_step and item.record:
            done.append(item.record._replace(field=item.pair.field))
        elif item.record:
            kept.append(item.record)
    # Once every pair of the entry is in step, the records of former texts explain nothing any more.
    return done if len(done) == len(states) else done + kept


def _refuse_unseen(key: Key, pairs: Sequence[TextPair], states: Sequence[PairState]) -> None:
    present = {item.pair.hashes for item in states}
    for pair in pairs:
        if pair.hashes not in present:
            raise EvregError(
                f"{'/'.join(key)} ({pair.field})",
                Message("The texts were changed after they were shown.", "表示の後に文が変更されている。"),
                Message("The texts that were compared.", "照合した文のままでなければならない。"),
                Message("Look at both texts again.", "両言語の文をもう一度確かめる。"),
            )
