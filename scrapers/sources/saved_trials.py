"""Trials from files that a person saved from a registry: reading the file, and what follows from the records in it.

The three registries that are read this way (ICTRP, jRCT, UMIN-CTR) say the same things in other words; each module only
turns its files into :class:`scrapers.trial_facts.TrialFacts`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from kb.models.base import Localized
from kb.observed import Observation, observation
from kb.problems import Message, shorten
from kb.proposals import Proposal
from kb.searches import Excluded
from scrapers import faults, reading
from scrapers.faults import SourceFault
from scrapers.fetching.answer import Answer
from scrapers.reading import Place
from scrapers.source import SourceModule, Visit
from scrapers.trial_discovery import Discovery
from scrapers.trial_facts import TrialFacts
from scrapers.trial_matching import entry_of, known_numbers, same_trials
from scrapers.trial_observed import further_numbers, stated_facts

#: The records of one saved file, and what in it is no trial of a registry that we know.
ReadFile = Callable[[Answer], tuple[list[TrialFacts], list[Excluded]]]

_PHASES = {
    frozenset("0"): "early-1", frozenset("1"): "1", frozenset("12"): "1-2", frozenset("2"): "2",
    frozenset("23"): "2-3", frozenset("3"): "3", frozenset("4"): "4",
}  # fmt: skip
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}


def module(name: str, read: ReadFile) -> SourceModule:
    """A source whose files are given on the command line."""
    return SourceModule(name, discover=lambda visit: discover(visit, read), observe=lambda visit: observe(visit, read))


def discover(visit: Visit, read: ReadFile) -> Iterator[Proposal]:
    """New entries for the trials in the files that no entry stands for.

    Raises:
        SourceFault: no file was given, or one of them is not of the registry's form.
    """
    trials, excluded = _trials(visit, read)
    query = ", ".join(path.name for path in visit.files)
    yield from Discovery(visit).search("saved-files", query, trials, excluded)


def observe(visit: Visit, read: ReadFile) -> Iterator[Observation | Proposal]:
    """What the files state about trials that we have.

    Raises:
        SourceFault: no file was given, or one of them is not of the registry's form.
    """
    known = known_numbers(visit.kb)
    for facts in islice(_trials(visit, read)[0], visit.limit):
        id_ = entry_of(facts.numbers, known, visit.kb)
        if id_ is None:
            continue
        trial = visit.kb.trials[id_]
        stated = stated_facts(trial, facts, visit.today)
        today = visit.today.isoformat()
        yield observation(visit.source.name, f"trials/{trial.id}", facts.url, today, stated, facts.updated)
        yield from further_numbers(visit, trial, facts, known)


def phase_of(text: str) -> str | None:
    """``Phase I/II``, ``第Ⅱ・Ⅲ相``, ``PHASE2``, ``Human pharmacology (Phase I): yes …`` as a code; None when it is none."""
    words = unicodedata.normalize("NFKC", text).upper()
    if ": YES" in words or ": NO" in words:  # EU CTR as ICTRP gives it: every phase with yes or no.
        words = " ".join(re.findall(r"\(?PHASE\s*([IV]+)[^:]*:\s*YES", words))
    if re.search(r"NOT APPLICABLE|^N/?A\b|該当せず|該当なし|NOT SELECTED", words):
        return "na"
    if "EARLY" in words:
        return "early-1"
    found = re.findall(r"(?<![A-Z])(?:PHASE\s*)?(IV|I{1,3}|[0-4])[AB]?(?![A-Z0-9])", words)
    return _PHASES.get(frozenset(_ROMAN.get(part, part) for part in found))


def phase_remark(text: str) -> Localized:
    """Why a phase that is given is not in the entry."""
    shown = shorten(text, 80)
    return Localized(
        en=f"Phase as registered: «{shown}» (no code of ours).", ja=f"登録上の相:「{shown}」(該当する区分なし)。"
    )


def any_day(place: Place, field: str, text: str, *readers: Callable[[Any], str]) -> str | None:
    """The day in one of the forms that a registry uses; nothing for an empty field.

    Raises:
        SourceFault: another form.
    """
    if not text.strip():
        return None
    for read in readers[:-1]:
        try:
            return read(text)
        except ValueError:
            continue
    return reading.value_of(place, readers[-1], text, field)


def code_of(place: Place, field: str, text: str, codes: dict[str, str]) -> str:
    """The code for a registry's own word.

    Raises:
        SourceFault: a word that the registry is not known to use.
    """
    word = " ".join(text.split())
    if word in codes:
        return codes[word]
    raise faults.unexpected(
        place.source,
        place.url,
        Message(f"«{field}» is «{shorten(word)}».", f"「{field}」が「{shorten(word)}」である。"),
        Message(f"One of: {', '.join(codes)}.", f"次のいずれかを想定している: {'、'.join(codes)}。"),
    )


def _files(visit: Visit) -> tuple[Path, ...]:
    if visit.files:
        return visit.files
    by_hand = visit.source.by_hand or Localized(en="Give the saved file.", ja="保存したファイルを指定する。")
    raise SourceFault(
        "by-hand",
        visit.source.name,
        "",
        Message("No file was given.", "ファイルが指定されていない。"),
        Message("A file saved by a person.", "人が保存したファイルを想定している。"),
        Message(by_hand.en, by_hand.ja),
    )


def _trials(visit: Visit, read: ReadFile) -> tuple[list[TrialFacts], list[Excluded]]:
    """The trials of all files together, each once."""
    trials: list[TrialFacts] = []
    excluded: list[Excluded] = []
    for path in _files(visit):
        answer = _saved(visit, path)
        records, others = read(answer)
        reading.within(answer, len(records) + len(others), visit.source.expected.get("records"), "records")
        trials += records
        excluded += others
    return _merged(trials), excluded


def _saved(visit: Visit, path: Path) -> Answer:
    """A file as if it had been answered; messages name it without its folder."""
    try:
        if path.stat().st_size > visit.source.max_megabytes * 1_000_000:
            raise faults.too_large(visit.source.name, path.name, round(visit.source.max_megabytes * 1_000_000))
        body = path.read_bytes()
    except OSError as error:
        raise faults.unexpected(
            visit.source.name,
            path.name,
            Message(f"Not readable: {error.strerror}.", f"読み取れない({error.strerror})。"),
            Message("A file saved by a person.", "人が保存したファイルを想定している。"),
            Message("Give the path of the saved file.", "保存したファイルのパスを指定する。"),
        ) from None
    return Answer(visit.source.name, path.name, path.name, 200, "", body, False, False, datetime.now(UTC), {})


def _merged(records: list[TrialFacts]) -> list[TrialFacts]:
    """One record for each trial: the first one, with the numbers under which the others have it."""
    merged = []
    for first, *more in same_trials(records, lambda facts: facts.numbers):
        numbers = dict.fromkeys((*first.others, *(number for facts in more for number in facts.numbers)))
        merged.append(replace(first, others=tuple(number for number in numbers if number != first.number)))
    return merged
