"""What is wrong, said in four parts and two languages: where, what is there, what was expected, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal, NamedTuple

Level = Literal["error", "warning", "info"]
Language = Literal["en", "ja"]
#: A position inside an entry: mapping keys and list indexes from the top.
FieldPath = tuple[str | int, ...]


class Message(NamedTuple):
    """One sentence in English and in Japanese."""

    en: str
    ja: str


class Finding(NamedTuple):
    """What a rule saw at a path of an entry; the loader adds file and line."""

    path: FieldPath
    found: Message
    expected: Message
    remedy: Message


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding with its place: the unit that ``evreg validate`` prints."""

    file: str
    line: int
    column: int
    field: str
    rule: str
    level: Level
    found: Message
    expected: Message
    remedy: Message

    def as_json(self) -> dict[str, Any]:
        """The record of ``evreg validate --format json``."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "field": self.field,
            "rule": self.rule,
            "level": self.level,
            "message": {
                "en": f"{self.found.en} {self.expected.en} {self.remedy.en}",
                "ja": f"{self.found.ja}{self.expected.ja}{self.remedy.ja}",
            },
            "fix": {"en": self.remedy.en, "ja": self.remedy.ja},
        }


class YamlProblem(Exception):
    """A file that cannot be read at all; carries the three parts of the message and the place.

    Lines and columns count from 1.
    """

    def __init__(
        self, found: Message, expected: Message, remedy: Message, line: int = 1, column: int = 1, rule: str = "yaml"
    ) -> None:
        super().__init__(found.en)
        self.found, self.expected, self.remedy = found, expected, remedy
        self.line, self.column, self.rule = line, column, rule


class EvregError(Exception):
    """An operation that cannot go on, explained in four parts; the command line prints it and exits with 1."""

    def __init__(self, where: str, found: Message, expected: Message, remedy: Message) -> None:
        super().__init__(f"{where}: {found.en}")
        self.where, self.found, self.expected, self.remedy = where, found, expected, remedy


def field_name(path: FieldPath) -> str:
    """``("sources", 0, "url")`` as ``sources[0].url``."""
    name = ""
    for part in path:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else part
    return name


def shorten(value: object, length: int = 60) -> str:
    """``value`` on one line and at most ``length`` characters, for quoting in a message."""
    text = " ".join(str(value).split())
    return text if len(text) <= length else text[: length - 1] + "…"


def near_miss(value: str, known: Iterable[str]) -> Message:
    """``Did you mean …?`` with the closest known word, or nothing when none is close."""
    names = list(known)
    if len(names) > _MANY_NAMES:
        # Comparing with thousands of ids costs 50 ms each; a mistyped one still shares a longer word with the right one.
        words = _long_words(value)
        names = [name for name in names if not words.isdisjoint(_long_words(name))]
    match = get_close_matches(value, names, n=1, cutoff=0.6)
    return Message(f" Did you mean «{match[0]}»?", f"「{match[0]}」ではないか。") if match else Message("", "")


def _long_words(name: str) -> set[str]:
    # Shorter words are countries, agencies and years, which thousands of ids share.
    return {word for word in name.split("-") if len(word) > 4}


#: Above this number of names only those that share a word are compared.
_MANY_NAMES = 1_000
