"""What every collection's module defines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from publish.listing import Group, Listing
from publish.tables import Columns
from publish.values import NOTHING
from publish.view import Section, View

#: Sections of an entry's page between its facts and the common ones; None stands for «nothing to show».
Sections = Callable[[View], Iterable[Section | None]]


@dataclass(frozen=True)
class Renderer:
    """How one collection is shown.

    Fields that neither ``badges``, ``facts`` nor ``sections`` shows are added to the facts, so that a new field of a
    model appears on the page at once.
    """

    #: Fields with a code that stand as badges under the title.
    badges: tuple[str, ...]
    #: Fields of the panel of facts, in order.
    facts: tuple[str, ...]
    sections: Sections
    #: Groups of the list page.
    groups: Callable[[Listing], Sequence[Group]]
    #: Columns of the list page's tables.
    columns: Callable[[Listing], Columns]
    #: Interface words before the summary and before the confidence, where the summary is not the atlas's own statement.
    lead_words: str = ""
    confidence_words: str = "confidence"
    #: Badges that need more than one field's code.
    more_badges: Callable[[View], Sequence[Markup]] = lambda view: ()
    #: What the reader must know before reading on, below the summary.
    notice: Callable[[View], Markup] = lambda view: NOTHING
    #: What stands on the list page before its groups.
    before_list: Callable[[Listing], Markup] = lambda listing: NOTHING
    #: Style sheets of the entries' pages and of the list page, from the root of the whole site.
    styles: tuple[str, ...] = ()
    list_styles: tuple[str, ...] = ()
