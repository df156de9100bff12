"""The cells and names of the comparison in one language."""

from __future__ import annotations

from markupsafe import Markup

from kb.analysis.comparison import Row
from kb.analysis.comparison_cells import Cell, Item
from kb.knowledge_base import Key
from publish.phrases import Phrases
from publish.places import path_of
from publish.safe_text import html, trusted
from publish.site import Site
from publish.templating import render
from publish.values import NOTHING, Values

#: Rows whose items name their entry in full, because it is the thing itself and not only its source.
_NAMED = frozenset({"latest", "rules-advertising", "rules-clinical"})
#: Items shown before the rest is folded away.
_SHOWN = 4


class Cells:
    """Writes names and cells on one page of one language."""

    def __init__(self, site: Site, root: str) -> None:
        self._site, self._values = site, Values(site, root)
        self._say = Phrases(site, "compare")

    def name(self, row: Row) -> str:
        """What a row is about."""
        separator = "・" if self._site.language == "ja" else ", "
        if row.name:
            return separator.join(self._part(vocabulary, code) for vocabulary, code in row.name)
        return self._say(f"row_{row.key}")

    def _part(self, vocabulary: str, code: str) -> str:
        return self._say(f"any_{vocabulary}") if code == "any" else self._site.label(vocabulary, code)

    def cell(self, row: Row, cell: Cell) -> Markup:
        """What one jurisdiction has in a row; long lists are folded after the first items."""
        items = [self._item(item, row.key in _NAMED) for item in cell.items]
        # Folding a single item would take as much room as showing it.
        shown = len(items) if len(items) <= _SHOWN + 1 else _SHOWN
        more = self._say("more", more=len(items) - shown) if len(items) > shown else ""
        return render("compare_cell", items=items[:shown], rest=items[shown:], more=more)

    def _item(self, item: Item, named: bool) -> Markup:
        values = self._values
        parts = [
            values.date(item.date) if item.date else NOTHING,
            values.number(item.number) if item.number is not None else NOTHING,
            *(values.code(vocabulary, code) for vocabulary, code in item.codes),
            values.name(item.text) if item.text else NOTHING,
        ]
        told = Markup(" ").join(part for part in parts if part)
        if named and item.entries:
            entry = self._site.kb.entry(item.entries[0])
            return told + trusted(f' <small class="ev-cmp-source">{values.entry(entry)}</small>')
        return told + self._numbered(item.entries)

    def _numbered(self, entries: tuple[Key, ...]) -> Markup:
        """Small numbered links to the entries on which an item rests; their names are told on request."""
        if not entries:
            return NOTHING
        found = (self._site.kb.entry(key) for key in entries)
        titles = [(self._values.root + path_of(entry), self._site.title(entry)) for entry in found]
        links = "".join(
            f'<a href="{html(address)}" title="{html(title)}" aria-label="{html(title)}">{number}</a>'
            for number, (address, title) in enumerate(titles, 1)
        )
        return trusted(f'<sup class="ev-refs">{links}</sup>')
