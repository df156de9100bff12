"""No text merely holds a place for one that is still to be written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kb.checks.rule import Context, EntryRule, Subject
from kb.checks.texts import FoundText
from kb.problems import Finding, Message, shorten

#: Marks inside a text. «xxx» in capitals may be the number thirty.
_MARK = re.compile(
    r"\b(?:TODO|TBD|TBC|TBA|FIXME)\b|\b(?:todo|tbd|fixme)\b(?=:)|\bx{3,}\b|\b[Ll]orem ipsum\b|\?{3,}|？{3,}|要翻訳|要和訳|訳文未定"
)
#: What every mark contains; looking for these first is ten times as fast as the pattern.
_HINTS: Final = (
    "TODO",
    "TBD",
    "TBC",
    "TBA",
    "FIXME",
    "todo:",
    "tbd:",
    "fixme:",
    "xxx",
    "orem ipsum",
    "???",
    "？？？",
    "要翻訳",
    "要和訳",
    "訳文未定",
)
#: Texts that consist of nothing but a place holder; NA is Namibia too, so only the forms with a stroke or dots.
_ALL = re.compile(
    r"\s*|n/a|n\.a\.|tbd|tbc|todo|x{2,}|[-–—―…?？.。*・_]+|placeholder(?: text)?|dummy(?: text)?|未記入|未入力|仮",
    re.IGNORECASE,
)
#: Characters of the longest text that can be a placeholder as a whole.
_LONGEST: Final = 20
_ADDRESSES: Final = frozenset(("url", "archived"))


def _check(subject: Subject, _context: Context) -> Iterator[Finding]:
    marked = any(hint in subject.whole for hint in _HINTS)
    for found in subject.texts:
        if _holds_a_place(found.text, marked) and found.field not in _ADDRESSES:
            yield _finding(found)


def _holds_a_place(text: str, marked: bool) -> bool:
    """True for a placeholder; ``marked`` says whether the entry may hold a mark at all."""
    return (len(text) <= _LONGEST and _ALL.fullmatch(text) is not None) or (marked and _MARK.search(text) is not None)


def _finding(found: FoundText) -> Finding:
    return Finding(
        found.path,
        Message(f"«{shorten(found.text)}» is a placeholder.", f"「{shorten(found.text)}」は仮の文字列である。"),
        Message(
            "A text for readers; a field without value is left out.",
            "読者のための本文とする。値のないフィールドは記さない。",
        ),
        Message(
            "Write the text, remove the field, or ask under «open_questions».",
            "本文を書くか、フィールドを削除するか、未確認事項(open_questions)に記す。",
        ),
    )


RULE = EntryRule(
    name="placeholder-text",
    level="error",
    description=Message("No placeholders are left.", "仮の文字列が残っていないこと。"),
    check=_check,
)
