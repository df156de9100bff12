"""Sentences and list items of a folded text: the units in which words are read together."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kb.claims.folding import BULLET, ORNAMENT, Folded

#: Sentences are cut here at the latest, so that no text makes the work of one sentence grow without bound.
LONGEST: Final = 400
#: Longest line without a full stop that reads as a title.
TITLE: Final = 40
#: «Shall we not …?», which offers; «is there not …?» (ありませんか, ございませんか) asks.
INVITATION = re.compile(r"(?<!あり)(?<!ござい)ませんか\?$")
ENDS = "。!?"
CLOSING = "」』)]】〉》\"'"
BULLETS = f"{ORNAMENT}{BULLET}・*-+>|"
#: Parts words only for the eye.
PARTING = f" \n-{ORNAMENT}{BULLET}"
NUMBERED = re.compile(r"[(\[]?[0-9]{1,2}[.):\]、]\s?")
#: After these a full stop does not end an English sentence.
ABBREVIATIONS = frozenset(
    {"dr", "mr", "mrs", "ms", "prof", "st", "vs", "no", "fig", "e.g", "i.e", "approx", "inc", "ltd", "etc"}
)
_LATIN = re.compile(r"[a-z0-9]")


@dataclass
class Segment:
    """One sentence, heading or list item; offsets lead back to the original text, in code points."""

    text: str
    starts: array[int]
    ends: array[int]
    #: The line block it stands in; blank lines part blocks.
    block: int
    is_item: bool
    #: The segment that heads this list item, or goes before this sentence in its block.
    context: Segment | None = field(default=None, repr=False)

    @property
    def is_question(self) -> bool:
        """Whether it asks; an invitation («取り戻しませんか?») does not."""
        text = self.text.rstrip(f"{CLOSING} {ORNAMENT}")
        return text.endswith("?") and not INVITATION.search(text)

    def introduces(self, other: Segment) -> bool:
        """Whether it names what ``other`` speaks of: a question, the heading of an item, or a short line without an end."""
        return self.is_question or (other.is_item and not self.is_item) or self.text[-1] == ":" or self._is_title

    @property
    def _is_title(self) -> bool:
        return len(self.text) <= TITLE and self.text[-1] not in f"{ENDS}.、,"


def segments(folded: Folded) -> list[Segment]:
    """Split a folded text; linear in its length."""
    found: list[Segment] = []
    heading: Segment | None = None
    for block, is_item, first, end in _lines(folded.text):
        for number, (start, stop) in enumerate(_sentences(folded.text, first, end)):
            segment = _segment(folded, start, stop, block, is_item)
            if not segment.text:
                continue
            before = found[-1] if found and found[-1].block >= block - 1 else None
            segment.context = heading if is_item and number == 0 else before
            if not is_item:
                heading = segment
            found.append(segment)
    return found


def _lines(text: str) -> Iterator[tuple[int, bool, int, int]]:
    """Blocks of lines that belong together: (block, whether a list item, start, end)."""
    block, start, is_item, blank = 0, -1, False, True
    place = 0
    for line in text.split("\n"):
        bare = line.strip()
        end = place + len(line)
        begins_item = bool(bare) and (bare[0] in BULLETS or bool(NUMBERED.match(bare)))
        if start >= 0 and (not bare or begins_item or _is_closed(text, start, place - 1)):
            yield block, is_item, start, place - 1
            start = -1
        if not bare:
            block += not blank
        elif start < 0:
            start, is_item = place, begins_item
        blank = not bare
        place = end + 1
    if start >= 0:
        yield block, is_item, start, len(text)


def _is_closed(text: str, start: int, end: int) -> bool:
    """Whether the lines so far end as a sentence or a heading does."""
    bare = text[max(start, end - 40) : end].rstrip(f"{CLOSING} {ORNAMENT}")
    return bool(bare) and (bare[-1] in f"{ENDS}:." or bare.endswith("】"))


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = place = start
    while place < end:
        character = text[place]
        place += 1
        if character in ENDS or (character == "." and _ends_sentence(text, first, place, end)):
            while place < end and text[place] in ENDS + CLOSING:
                place += 1
        elif place - first < LONGEST or (character not in " 、,;\n" and place - first < 2 * LONGEST):
            continue
        yield first, place
        first = place
    if first < end:
        yield first, end


def _ends_sentence(text: str, first: int, place: int, end: int) -> bool:
    if place < end and not text[place].isspace() and text[place] not in CLOSING + ORNAMENT:
        return False
    words = text[max(first, place - 12) : place - 1].replace("\n", " ").split(" ")
    return words[-1] not in ABBREVIATIONS


def _segment(folded: Folded, start: int, stop: int, block: int, is_item: bool) -> Segment:
    """Join lines, drop what parts Japanese words only for the eye, make hyphens of English words spaces."""
    kept: list[int] = []
    characters: list[str] = []
    text = folded.text
    place = start
    while place < stop:
        character = text[place]
        if character == "-" and _is_latin(characters) and (end := _past_break(text, place, stop)):
            place = end
            continue
        if character in PARTING:
            place = _past_space(text, place, stop, characters, kept)
            continue
        characters.append(character)
        kept.append(place)
        place += 1
    while characters and characters[-1] == " ":
        characters.pop()
        kept.pop()
    return Segment(
        "".join(characters),
        array("l", (folded.starts[place] for place in kept)),
        array("l", (folded.ends[place] for place in kept)),
        block,
        is_item,
    )


def _past_break(text: str, place: int, stop: int) -> int:
    """The place after a hyphen that only parts a word at the end of a line, else 0."""
    if place + 1 < stop and text[place + 1] == "\n":
        following = place + 2
        while following < stop and text[following] == " ":
            following += 1
        if following < stop and _LATIN.match(text[following]):
            return following
    return 0


def _past_space(text: str, place: int, stop: int, characters: list[str], kept: list[int]) -> int:
    """Past a run of spaces, breaks, hyphens and ornaments; one space stays where a Latin word begins or ends."""
    first = place
    while place < stop and text[place] in PARTING:
        place += 1
    parts_words = _is_latin(characters) or (place < stop and bool(_LATIN.match(text[place])))
    if characters and parts_words:
        characters.append(" ")
        kept.append(first)
    return place


def _is_latin(characters: list[str]) -> bool:
    return bool(characters) and bool(_LATIN.match(characters[-1]))
