"""What stands in a file for one pair of texts, and the names that tie it to an entry."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple, get_args

from kb.knowledge_base import Key
from kb.problems import Language
from kb.translations.pairs import OTHER, TextPair, text_hash
from kb.translations.standing import State as PairStanding

NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:2.0"
#: XLIFF 2.1 keeps the namespace and the core of 2.0.
VERSIONS: Final = ("2.0", "2.1")
#: States of a segment (XLIFF 2.0, 4.3.1.32), from the least to the most finished.
SegmentState = Literal["initial", "translated", "reviewed", "final"]
SEGMENT_STATES: Final[tuple[SegmentState, ...]] = get_args(SegmentState)
#: States by which a tool says that a person has examined the translation.
EXAMINED: Final = frozenset({"reviewed", "final"})
#: How the standing of a pair is told to a tool. A pair that nobody recorded may still be a translation.
STATE_OF: Final[dict[PairStanding, SegmentState]] = {
    "examined": "final",
    "recorded": "translated",
    "unrecorded": "translated",
    "stale": "initial",
}
_FILE_ID = re.compile(r"([a-z0-9-]+)\.([a-z0-9.-]+)")
_UNIT_ID = re.compile(r"([a-z0-9_]+(?:\.[a-z0-9_]+)*)-([0-9a-f]{12})-([0-9a-f]{12})")


class Unit(NamedTuple):
    """One pair as a file brings it back.

    Attributes:
        key: Collection and id of the entry.
        field: Where the pair stood when the file was made.
        source_hash: Of the text to translate when the file was made.
        target_hash: Of its translation when the file was made.
        source: The text to translate as it stands in the file.
        target: The translation; empty when there is none.
        state: As the tool left it.
        coded: True when a text holds codes that plain text cannot keep.
    """

    key: Key
    field: str
    source_hash: str
    target_hash: str
    source: str
    target: str
    state: SegmentState
    coded: bool = False


class Document(NamedTuple):
    """A file that was read.

    Attributes:
        source: Language of the texts to translate; the other one is that of the translations.
        units: In the order of the file.
    """

    source: Language
    units: tuple[Unit, ...]

    @property
    def target(self) -> Language:
        """Language of the translations."""
        return OTHER[self.source]


def file_id(key: Key) -> str:
    """The id of an entry's ``<file>``: an NMTOKEN, so without a slash."""
    return f"{key[0]}.{key[1]}"


def key_of_file(id_: str) -> Key | None:
    """The entry that the id of a ``<file>`` means; None for an id of another make."""
    match = _FILE_ID.fullmatch(id_)
    return (match[1], match[2]) if match else None


def unit_id(pair: TextPair, source: Language) -> str:
    """The id of a pair's ``<unit>``: its field and what both texts were.

    Tools must keep ids but may drop everything else, so the hashes by which changes are told apart stand in it.
    """
    return f"{pair.field}-{text_hash(pair.text(source))}-{text_hash(pair.text(OTHER[source]))}"


def parts_of_unit(id_: str) -> tuple[str, str, str] | None:
    """Field and both hashes of the id of a ``<unit>``; None for an id of another make."""
    match = _UNIT_ID.fullmatch(id_)
    return (match[1], match[2], match[3]) if match else None
