"""The files that say which texts were recorded as translations of each other: ``translation-state/<collection>/<id>.txt``.

One line for each pair, so that two people's approvals of different texts merge in git:

    field english japanese day by
    what_is_known 0f3a1b2c4d5e 9a8b7c6d5e4f 2026-11-23 -
    questions.0 77aa01bc9d20 1c2d3e4f5a6b 2026-12-01 Full Name

``english`` and ``japanese`` are hashes of the texts (:func:`kb.translations.pairs.text_hash`). ``by`` is the person who
examined the pair, or ``-`` for a pair that was only recorded as it stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from kb.decoding import decode
from kb.knowledge_base import Key
from kb.problems import EvregError, Message, YamlProblem, shorten

FOLDER: Final = "translation-state"
NOBODY: Final = "-"
#: Longest name of a person that a line holds.
MAX_NAME: Final = 120
_HEADING: Final = "field english japanese day by"
_LINE = re.compile(r"([a-z0-9_.]+) ([0-9a-f]{12}) ([0-9a-f]{12}) (\d{4}-\d{2}-\d{2}) (\S(?:.*\S)?)")


class PairRecord(NamedTuple):
    """Two texts that were recorded as saying the same."""

    field: str
    en: str
    ja: str
    #: ``YYYY-MM-DD``.
    day: str
    #: Who examined them; ``-`` when nobody did.
    by: str = NOBODY

    @property
    def hashes(self) -> tuple[str, str]:
        """Short hashes of the English and the Japanese text."""
        return self.en, self.ja

    @property
    def examined(self) -> bool:
        """True when a person stands behind it."""
        return self.by != NOBODY


def state_file(root: Path, key: Key) -> Path:
    """Where the pairs of an entry are recorded."""
    return root / FOLDER / key[0] / f"{key[1]}.txt"


def parse_records(content: bytes) -> tuple[PairRecord, ...]:
    """The records of a file.

    Raises:
        YamlProblem: when it is no UTF-8 text or a line does not fit; carries the line.
    """
    lines = decode(content).splitlines()
    if not lines or lines[0] != _HEADING:
        raise _misfit(1, lines[0] if lines else "")
    found: dict[tuple[str, str, str], PairRecord] = {}
    for number, line in enumerate(lines[1:], 2):
        match = _LINE.fullmatch(line)
        if match is None or not _is_day(match[4]):
            raise _misfit(number, line)
        record = PairRecord(*match.groups())
        known = found.get(record[:3])
        # After a merge the same pair may stand twice: a person's name counts more than its absence.
        if known is None or not known.examined:
            found[record[:3]] = record
    return tuple(found.values())


def read_records(root: Path, key: Key) -> tuple[PairRecord, ...]:
    """The records of an entry; none when it has no file.

    Raises:
        EvregError: when the file cannot be read.
    """
    path = state_file(root, key)
    try:
        return parse_records(path.read_bytes())
    except FileNotFoundError:
        return ()
    except YamlProblem as problem:
        where = f"{path.as_posix()}:{problem.line}:{problem.column}"
        raise EvregError(where, problem.found, problem.expected, problem.remedy) from None


def written_records(records: Iterable[PairRecord]) -> str:
    """The one way in which records are written: lines in the order of their characters, each once."""
    return "\n".join((_HEADING, *sorted({" ".join(record) for record in records}))) + "\n"


@lru_cache(maxsize=64)
def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def known_name(name: str) -> str:
    """``name`` when it can stand for a person in a line, without white space around it.

    Raises:
        EvregError: empty, too long, only a mark, or with control characters.
    """
    words = " ".join(name.split())
    if words and len(words) <= MAX_NAME and words.isprintable() and any(map(str.isalpha, words)):
        return words
    raise EvregError(
        "--by",
        Message(f"«{shorten(name)}» is no name.", f"「{shorten(name)}」は氏名ではない。"),
        Message(
            f"The full name of the person who compared both texts, at most {MAX_NAME} characters.",
            f"両言語の文を照合した人の氏名とする({MAX_NAME}字以内)。",
        ),
        Message("Write the name.", "氏名を記す。"),
    )


def _misfit(number: int, line: str) -> YamlProblem:
    return YamlProblem(
        Message(f"The line «{shorten(line)}» does not fit.", f"行「{shorten(line)}」が書式に合わない。"),
        Message(
            f"First «{_HEADING}», then a line for each pair with two hashes of 12 digits, a day and a name or «-».",
            f"先頭行は「{_HEADING}」、以下は1行に1組とし、12桁のハッシュ2個、日付、氏名又は「-」を記す。",
        ),
        Message(
            "After a merge in git keep the lines of both sides and remove the marks between them; else restore the file.",
            "gitの統合で競合した場合は両側の行を残して区切りの行を消す。それ以外は履歴から復元する。",
        ),
        number,
        1,
        "translation-state",
    )
