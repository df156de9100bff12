"""When words are in no entry: other spellings, and the courage to find nothing.

A query that finds entries by some of its words while others are unknown is still answered, with a note. But when at
least half of the words are unknown and no term of the glossary is among the others («bitcoin price»), what would be
found is not what was asked, and the answer is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from kb.problems import Language, Message
from search.asking import Concept
from search.folding import JAPANESE
from search.messages import corrected_message, suggested_message, unknown_message
from search.query import Parsed, Part
from search.scoring import Match
from search.spelling import near_enough

#: Suggestions asked of the index for one word; those that only begin like it come first.
_SUGGESTIONS: Final = 60
#: Words that are respelt: each is compared with all words of the index, 10 to 20 ms for some 10,000 of them.
_MOST_RESPELT: Final = 4
_JAPANESE = re.compile(f"[{JAPANESE}]")

#: Text and language of a word, and how many suggestions are wanted.
Suggest = Callable[[str, Language, int], list[str]]


class Outcome(NamedTuple):
    """What a query found, perhaps in another spelling.

    Attributes:
        match: The documents.
        corrected: The query in another spelling, when one is offered or was used.
        messages: What the reader should know about it.
    """

    match: Match
    corrected: str | None = None
    messages: tuple[Message, ...] = ()


def outcome(
    parsed: Parsed, run: Callable[[Part | None], Match], again: Callable[[str], Parsed], suggest: Suggest, exact: bool
) -> Outcome:
    """Run a query, and once more in another spelling when words of it are in no entry.

    Args:
        parsed: The query.
        run: Finds the documents of a query.
        again: Reads a corrected query.
        suggest: Suggests words.
        exact: True when the words must stand as typed; another spelling is then only offered.
    """
    match = run(parsed.part)
    unknown = _unknown(match)
    if not unknown or any(concept.identifier for concept, _ in match.concepts):
        return Outcome(match)
    corrected = _respelt(parsed.text, unknown, suggest)
    if corrected and not exact:
        other = _unless_beside_the_point(run(again(corrected).part))
        if other.scores:
            return Outcome(other, corrected, (corrected_message(parsed.text, corrected),))
    kept = _unless_beside_the_point(match)
    messages = (unknown_message(unknown, bool(kept.scores)),)
    return Outcome(kept, corrected, (*messages, suggested_message(corrected)) if corrected else messages)


def _needed(match: Match) -> list[tuple[Concept, bool]]:
    return [(concept, bool(scores)) for concept, scores in match.concepts if not concept.bonus]


def _unknown(match: Match) -> tuple[str, ...]:
    return tuple(concept.text for concept, found in _needed(match) if not found)


def _unless_beside_the_point(match: Match) -> Match:
    needed = _needed(match)
    unknown = sum(1 for _, found in needed if not found)
    if 2 * unknown >= len(needed) and unknown and not any(concept.term for concept, found in needed if found):
        return Match({}, match.concepts)
    return match


def _respelt(text: str, unknown: Sequence[str], suggest: Suggest) -> str | None:
    """``text`` with the nearest known word for each unknown one; None when there is none for any."""
    respelt = text
    for word in unknown[:_MOST_RESPELT]:
        language: Language = "ja" if _JAPANESE.search(word) else "en"
        better = near_enough(word, suggest(word, language, _SUGGESTIONS))
        if better:
            respelt = _with(respelt, word, better)
    return respelt if respelt != text else None


def _with(text: str, word: str, other: str) -> str:
    """``text`` with ``other`` in place of the first ``word``."""
    return re.sub(re.escape(word), lambda _: other, text, count=1, flags=re.IGNORECASE)
