"""What every part of a digest is made of: a heading, a note and a table of plain text."""

from __future__ import annotations

from typing import Final, NamedTuple

from editing.digest.matter import Matter
from editing.digest.words import Words
from kb.knowledge_base import Key

#: Rows of a section: the mail stays readable, and the commands list all.
SHOWN: Final = 30
#: Characters of one text in a table.
LONGEST: Final = 240


class Row(NamedTuple):
    """One line of a table: what it is about, then the other columns, each a list of short texts."""

    title: str
    key: Key | None
    cells: tuple[tuple[str, ...], ...]
    #: False when the entry has no page any more.
    has_page: bool = True


class Section(NamedTuple):
    """One part."""

    id: str
    heading: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    #: All there are; more than ``rows`` when some are not shown.
    total: int
    #: Where all of them are listed: a command or a page.
    where: str

    @property
    def hidden(self) -> int:
        """How many are not shown."""
        return self.total - len(self.rows)


def section(
    name: str,
    say: Words,
    columns: tuple[str, ...],
    rows: list[Row],
    where: str,
    note: str = "",
    total: int | None = None,
) -> Section:
    """A section of at most :data:`SHOWN` rows; ``total`` when ``rows`` are not all."""
    headings = tuple(say(column) for column in columns)
    shown = tuple(rows[:SHOWN])
    return Section(name, say(name), note, headings, shown, len(rows) if total is None else total, where)


def title_of(matter: Matter, key: Key, say: Words) -> str:
    """The title of an entry; nothing when there is none of that name."""
    entry = matter.kb.resolve(key[1], key[0])
    return (entry.title.ja if say.language == "ja" else entry.title.en) if entry else ""
