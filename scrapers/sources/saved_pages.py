"""Detail pages of Japanese registries as labelled values: tables whose labels are «日本語 / English»."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from kb.problems import Message
from scrapers import faults
from scrapers.fetching.answer import Answer
from scrapers.texts import one_line


class LabelledPage:
    """The rows of a page by label; of rows with one label the fullest counts, and of those the first.

    Args:
        answer: The saved page.
        labels_in_th: Whether labels stand in ``th`` (jRCT) or in the first ``td`` (UMIN-CTR).
    """

    def __init__(self, answer: Answer, *, labels_in_th: bool) -> None:
        self._answer = answer
        self._rows: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for cells in _rows(BeautifulSoup(answer.text, "html.parser")):
            heads = [cell for cell in cells if cell.name == "th"] if labels_in_th else cells[:1]
            values = tuple(_text(cell) for cell in cells if all(cell is not head for head in heads))
            if heads and values:
                for label in _labels(_text(heads[-1])):
                    self._rows[label].append(values)

    def pair(self, *labels: str) -> tuple[str, str]:
        """Japanese and English value of the first label that is there; a page in one language has one of them."""
        for label in labels:
            rows = self._rows.get(_comparable(label), [])
            if rows:
                best = max(rows, key=lambda values: sum(bool(value) for value in values[:2]))
                ja, en = (*best, "", "")[:2]
                return (ja, en) if en or not _is_latin(ja) else ("", ja)
        return "", ""

    def one(self, *labels: str) -> str:
        """The first value of the first label that is there."""
        return next((value for value in self.pair(*labels) if value), "")

    def all(self, pattern: str) -> Iterable[str]:
        """Every value of every label that matches."""
        for label, rows in self._rows.items():
            if re.search(pattern, label):
                yield from (value for values in rows for value in values if value)

    def required(self, *labels: str) -> str:
        """As :meth:`one`.

        Raises:
            SourceFault: the page has no such row.
        """
        found = self.one(*labels)
        if found:
            return found
        raise faults.unexpected(
            self._answer.source,
            self._answer.url,
            Message(f"There is no row «{labels[0]}».", f"「{labels[0]}」の行がない。"),
            Message(
                "A detail page of one trial, saved as HTML.", "HTMLとして保存した試験1件の詳細画面を想定している。"
            ),
            Message(
                "Save the detail page as «HTML only» and import it again.", "詳細画面をHTML形式で保存し、再度取り込む。"
            ),
        )


def _rows(soup: BeautifulSoup) -> Iterable[list[Tag]]:
    """The cells of each row, also where cells and rows are never closed and so stand inside one another (UMIN-CTR)."""
    rows: dict[int, list[Tag]] = defaultdict(list)
    for cell in soup.find_all(("th", "td")):
        row = cell.find_parent("tr")
        if row is not None:
            rows[id(row)].append(cell)
    return rows.values()


def _text(cell: Tag) -> str:
    """The text of a cell without that of the cells inside it."""
    own = []
    for text in cell.find_all(string=True):
        holder = text.find_parent(("th", "td", "script", "style", "template"))
        if holder is cell and type(text) is NavigableString:
            own.append(str(text))
    return one_line(" ".join(own))


def _labels(text: str) -> list[str]:
    """A label as a whole and by its languages."""
    parts = [text, *re.split(r"\s*/\s*", text)]
    return list(dict.fromkeys(filter(None, map(_comparable, parts))))


def _comparable(label: str) -> str:
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", label)).lower()
    return text.removesuffix("(acronym)")


def _is_latin(text: str) -> bool:
    return bool(text) and not re.search(r"[\u3040-\u30ff\u3400-\u9fff]", text)
