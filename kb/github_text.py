"""Text from outside in Markdown that GitHub shows: no markup, nobody called, no issue touched, no link."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: GitHub refuses a longer comment or body (REST API, «body is too long»).
LONGEST_COMMENT: Final = 65_536
_BREAK: Final = "\u200b"
#: @name, #12, GH-12, owner/name#12, addresses: what GitHub makes links and notices of (docs: «Autolinked references»).
_CALLS = re.compile(r"@(?=[\w-])|#(?=\d)|(?<=[Gg][Hh])-(?=\d)|(?<=[A-Za-z]):(?=//)|(?<=www)\.", re.IGNORECASE)
_SIGNIFICANT = re.compile(r"[\\`*_\[\]<>|&~]")
_TICKS = re.compile(r"`+")


def quiet(markdown: str) -> str:
    """``markdown`` in which names call nobody, numbers name no issue and addresses are no links.

    An invisible break is put in, which means nothing inside a block of code either.
    """
    return _CALLS.sub(lambda match: match[0] + _BREAK, markdown)


def literal(text: str) -> str:
    """``text`` on one line as it was written, for running text that does not begin a line."""
    return quiet(_SIGNIFICANT.sub(lambda match: f"\\{match[0]}", visible(" ".join(text.split()))))


def visible(text: str) -> str:
    """``text`` with a mark for every character that nobody sees (controls, directions, private use)."""
    return "".join(character if _is_seen(character) else "�" for character in text)


def fenced(lines: list[str], language: str = "") -> str:
    """Lines in a block of code that they cannot end."""
    longest = max((len(ticks) for line in lines for ticks in _TICKS.findall(line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}{language}", *(quiet(line) for line in lines), fence])


def fitted(parts: list[str], left_out: str, longest: int = LONGEST_COMMENT, between: str = "\n\n") -> str:
    """As many whole parts as fit, one after another; then ``left_out``, with the number of the others as ``{n}``.

    Raises:
        ValueError: when ``left_out`` alone is too long.
    """
    room = longest - len(left_out) - 20
    if room < 0:
        raise ValueError(left_out)
    kept: list[str] = []
    for part in parts:
        # GitHub counts as JavaScript does: characters beyond the first plane are two.
        room -= len(part.encode("utf-16-le")) // 2 + len(between)
        if room < 0:
            break
        kept.append(part)
    missing = len(parts) - len(kept)
    return between.join([*kept, *([left_out.replace("{n}", f"{missing:,}")] if missing else [])])


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")
