"""The parts of a digest as plain text in one language; whoever writes them down escapes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from editing.digest.changed import changes
from editing.digest.doubts import conflicts, translations
from editing.digest.matter import Matter
from editing.digest.table import Section
from editing.digest.waiting import decisions, inbox, reviews
from editing.digest.words import Words
from kb.problems import Language

#: In the order in which a meeting goes through them.
_PARTS: Final[tuple[Callable[[Matter, Words], Section], ...]] = (
    changes,
    reviews,
    inbox,
    decisions,
    conflicts,
    translations,
)


def sections(matter: Matter, language: Language) -> tuple[Section, ...]:
    """All parts.

    Raises:
        EvregError: when the inbox, the decisions or the records beside the entries cannot be read.
    """
    return tuple(make(matter, Words(language)) for make in _PARTS)
