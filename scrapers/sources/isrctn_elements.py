"""The XML of the ISRCTN API, format «default», namespace ``http://www.67bricks.com/isrctn``: envelope and elements.

``allTrials@totalCount`` holds ``fullTrial`` elements; one trial alone comes as ``fullTrial``. An empty element stands for
no value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from kb.problems import Message, shorten
from scrapers import dates
from scrapers.faults import SourceFault, unexpected
from scrapers.fetching import Answer
from scrapers.reading import value_of, xml_of
from scrapers.texts import html_text, one_line
from scrapers.trial_facts import LONGEST_TEXT

NAMESPACE: Final = "{http://www.67bricks.com/isrctn}"
#: What stands in texts that a registrant left out («Plain English summary of protocol not provided at time …»).
_LEFT_OUT: Final = re.compile(r"(?:.{0,60}\s)?not provided at (?:the )?time of registration\.?", re.IGNORECASE)


class Found(NamedTuple):
    """How many trials the registry has for a query, and those in the answer."""

    total: int
    trials: list[Element]


def found_in(answer: Answer) -> Found:
    """The envelope of an answer.

    Raises:
        SourceFault: it is none of this registry, or holds another number of trials than it says.
    """
    root = xml_of(answer)
    if root.tag == f"{NAMESPACE}fullTrial":
        return Found(1, [root])
    count = root.get("totalCount", "")
    if root.tag != f"{NAMESPACE}allTrials" or not count.isdecimal():
        raise strange(answer, f"<{root.tag}> totalCount «{shorten(count)}»", '<allTrials totalCount="…">')
    return Found(int(count), root.findall(f"{NAMESPACE}fullTrial"))


class Reader:
    """Elements of one ``fullTrial`` by their path."""

    def __init__(self, answer: Answer, full: Element) -> None:
        self._answer, self._full = answer, full

    def elements(self, path: str, below: Element | None = None) -> list[Element]:
        """Elements at ``path``; without a name space in the path."""
        spelt = "/".join(f"{NAMESPACE}{part}" for part in path.split("/"))
        return (self._full if below is None else below).findall(spelt)

    def texts(self, path: str, below: Element | None = None) -> tuple[str, ...]:
        """Plain texts at ``path``; empty ones and those that say «not provided» are left out."""
        found = (one_line(html_text("".join(item.itertext())))[:LONGEST_TEXT] for item in self.elements(path, below))
        return tuple(text for text in found if text and not _LEFT_OUT.fullmatch(text))

    def text(self, path: str, below: Element | None = None) -> str:
        """The first text at ``path``."""
        return next(iter(self.texts(path, below)), "")

    def day(self, path: str) -> str | None:
        """A date at ``path``."""
        text = self.text(path)
        return value_of(self._answer, dates.iso_moment, text, path) if text else None

    def moment(self, path: str, attribute: str) -> str | None:
        """A date in an attribute of the element at ``path``."""
        text = next((item.get(attribute, "") for item in self.elements(path)), "")
        return value_of(self._answer, dates.iso_moment, text, f"{path}@{attribute}") if text else None

    def count(self, name: str) -> int | None:
        """A number of participants; old records hold sentences in these fields."""
        text = self.text(f"trial/participants/{name}")
        return int(text) if text.isdecimal() and len(text) <= 7 else None

    def one_of(self, path: str, table: Mapping[str, str | None]) -> str | None:
        """Our code for the word at ``path``.

        Raises:
            SourceFault: the word has no mapping.
        """
        return self.code(path, self.text(path), table)

    def code(self, path: str, text: str, table: Mapping[str, str | None]) -> str | None:
        """Our code for ``text``, whose capitals differ between old and new records.

        Raises:
            SourceFault: the word has no mapping.
        """
        codes = {word.casefold(): code for word, code in table.items()}
        if text.casefold() in codes:
            return codes[text.casefold()]
        raise strange(self._answer, f"{path} «{shorten(text)}»", ", ".join(filter(None, table)))


def strange(answer: Answer, found: str, wanted: str) -> SourceFault:
    """The fault for a record that says something the registry is not known to say."""
    return unexpected(
        answer.source,
        answer.url,
        Message(f"The record says {found}.", f"登録情報に{found}とある。"),
        Message(f"Expected: {wanted}.", f"想定: {wanted}。"),
    )
