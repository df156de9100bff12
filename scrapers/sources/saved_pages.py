"""Detail pages of Japanese registries as labelled values, whose labels are «日本語 / English».

Rows of tables (jRCT; UMIN-CTR until about 2020), or headings ``h3`` with paragraphs that begin with «日本語» or «英語»
(UMIN-CTR since, as a reader of 2024 describes it).
"""

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

#: Stands for no value.
_DASH = re.compile(r"[-\u2010-\u2015\u2212\u30fc]")
_LANGUAGE = re.compile(r"(日本語|英語)\s*")


class LabelledPage:
    """The rows of a page by label; of rows with one label the fullest counts, and of those the first.

    A lone dash is no value.

    Args:
        answer: The saved page.
        labels_in_th: Whether labels stand in ``th`` (jRCT) or in the first ``td`` (UMIN-CTR).
    """

    def __init__(self, answer: Answer, *, labels_in_th: bool) -> None:
        self._answer = answer
        self._rows: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._more: dict[str, list[str]] = defaultdict(list)
        soup, labels = BeautifulSoup(answer.text, "html.parser"), list[str]()
        for cells in _rows(soup):
            heads = [cell for cell in cells if cell.name == "th"] if labels_in_th else cells[:1]
            values = tuple(_text(cell) for cell in cells if all(cell is not head for head in heads))
            labels = _labels(_text(heads[-1])) if heads else labels
            for label in labels if values else ():
                if heads:
                    self._rows[label].append(values)
                else:
                    self._more[label].extend(filter(None, values))
        for heading, values in () if labels_in_th else _headings(soup):
            for label in _labels(heading):
                self._rows[label].append(values)

    def pair(self, *labels: str) -> tuple[str, str]:
        """Japanese and English value of the first label that has one; a page in one language has one of them."""
        for label in labels:
            rows = [row for row in self._rows.get(_comparable(label), ()) if any(row)]
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

    def more(self, *labels: str) -> list[str]:
        """The values in the rows below that of each label which have none of their own."""
        return [value for label in labels for value in self._more.get(_comparable(label), ())]

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


def _headings(soup: BeautifulSoup) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Each ``h3`` with what stands below it up to the next heading."""
    found: list[tuple[str, list[str]]] = []
    for element in soup.find_all(("h2", "h3", "p", "td")):
        if element.name in ("h2", "h3"):
            found.append((_text(element, "h2", "h3"), []))
        elif found and (text := _text(element, "p")):
            found[-1][1].append(text)
    return [(heading, _by_language(pieces)) for heading, pieces in found if pieces]


def _by_language(pieces: Iterable[str]) -> tuple[str, ...]:
    """The Japanese and the English text, or all of it when no piece says its language."""
    texts: dict[str, list[str]] = defaultdict(list)
    language = ""
    for piece in pieces:
        if begins := _LANGUAGE.match(piece):
            language = begins[1]
        texts[language].append(piece[begins.end() :] if begins else piece)
    if not language:
        return (" ".join(texts[""]),)
    return " ".join(filter(None, texts["日本語"])), " ".join(filter(None, texts["英語"]))


def _text(cell: Tag, *alike: str) -> str:
    """The text of a cell, or of an element named in ``alike``, without that of those inside it; nothing for a dash."""
    own = []
    for text in cell.find_all(string=True):
        holder = text.find_parent(("th", "td", "script", "style", "template", *alike))
        if holder is cell and type(text) is NavigableString:
            own.append(str(text))
    line = one_line(" ".join(own))
    return "" if _DASH.fullmatch(unicodedata.normalize("NFKC", line)) else line


def _labels(text: str) -> list[str]:
    """A label as a whole and by its languages."""
    parts = [text, *re.split(r"\s*/\s*", text)]
    return list(dict.fromkeys(filter(None, map(_comparable, parts))))


def _comparable(label: str) -> str:
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", label)).lower()
    return text.removesuffix("(acronym)")


def _is_latin(text: str) -> bool:
    return bool(text) and not re.search(r"[\u3040-\u30ff\u3400-\u9fff]", text)
