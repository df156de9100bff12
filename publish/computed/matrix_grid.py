"""The table of a matrix: headings by jurisdiction, rows by category, cells that lead to their statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from markupsafe import Markup

from kb.analysis.harmonisation import Harmonisation
from kb.analysis.matrix import Cell, Matrix
from kb.analysis.statements import INTERNATIONAL
from publish.computed.matrix_statements import StatementList, anchor
from publish.page import block
from publish.phrases import Phrases
from publish.safe_text import html, trusted
from publish.site import Site
from publish.templating import render
from publish.values import Values


class Column(NamedTuple):
    """One column: its key, its number on the page, its jurisdiction and what its heading says."""

    key: str
    number: int
    where: str
    words: Markup


class Group(NamedTuple):
    """Columns of one jurisdiction."""

    code: str
    words: Markup
    span: int


class Grid:
    """The table of one matrix on one page."""

    def __init__(self, site: Site, values: Values, found: Matrix, lists: StatementList) -> None:
        self._site, self._values, self._found, self._lists = site, values, found, lists
        self._say = Phrases(site, "matrix")
        self._columns = tuple(self._column(*item) for item in enumerate(found.columns))

    def block(self, compared: Harmonisation) -> str:
        """The table as a block; ``compared`` gives the number of jurisdictions that ask for an attribute."""
        by, say = self._found.by, self._say
        sums = self._asking(compared)
        return block(
            render(
                "matrix_grid",
                by=by,
                label=say(f"grid_{by}"),
                hint=say("scroll_hint"),
                corner=say(f"corner_{by}"),
                asking=say("asking"),
                asking_long=say(f"asking_{by}", n=len(compared.panel)),
                groups=list(self._groups()) if by == "attribute" else (),
                columns=self._columns,
                width=len(self._columns) + 2,
                sections=list(self._sections(sums)),
                close=say("close"),
                to_list=say("to_list"),
                several=say("several"),
            )
        )

    def _column(self, number: int, key: str) -> Column:
        if self._found.by == "topic":
            return Column(key, number, key, html(self._site.label("jurisdictions", key)))
        document = self._site.kb.guidelines[key]
        return Column(key, number, document.jurisdiction, self._values.entry(document))

    def _groups(self) -> Iterator[Group]:
        for code, columns in groupby(self._columns, key=lambda column: column.where):
            yield Group(code, html(self._site.label("jurisdictions", code)), len(list(columns)))

    def _asking(self, compared: Harmonisation) -> dict[str, int]:
        """How many jurisdictions ask, for each row; international bodies are none."""
        if self._found.by == "attribute":
            return {agreement.attribute: len(agreement.asking) for _, agreement in compared.ranking}
        asking = [
            cell.row
            for cell in self._found.cells.values()
            if cell.column != INTERNATIONAL and any(item.asks for item in cell.statements)
        ]
        return Counter(asking)

    def _sections(self, sums: dict[str, int]) -> Iterator[dict[str, Any]]:
        for category, rows in groupby(self._found.rows, key=self._category):
            words = self._site.label("attribute-categories", category) if category else None
            yield {"words": words, "rows": [self._row(key, sums.get(key, 0)) for key in rows]}

    def _category(self, row: str) -> str | None:
        return self._site.kb.attributes[row].category if self._found.by == "attribute" else None

    def _row(self, key: str, asking: int) -> dict[str, Any]:
        words = (
            self._values.entry(self._site.kb.attributes[key])
            if self._found.by == "attribute"
            else html(self._site.label("topics", key))
        )
        cells = Markup("").join(self._cell(self._found.cells.get((key, column.key))) for column in self._columns)
        return {"key": key, "words": words, "sum": str(asking) if asking else "–", "cells": cells}

    def _cell(self, cell: Cell | None) -> Markup:
        if cell is None:
            return trusted("<td></td>")
        count = len(cell.statements)
        ids = " ".join(anchor(item) for item in cell.statements)
        several = self._say("several", n=count)
        more = f'<small title="{html(several)}">×{count}</small>' if count > 1 else ""
        return trusted(
            f'<td><a href="#{html(anchor(cell.grade))}" data-says="{html(ids)}">'
            f"{self._lists.mark(cell.grade)}{more}</a></td>"
        )
