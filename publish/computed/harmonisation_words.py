"""Sentences about gaps, in the grammar of each language, with links to the statements behind them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from kb.analysis.harmonisation import Agreement, Answer, Harmonisation, Position
from kb.analysis.statements import LEVELS
from publish.computed.matrix_statements import anchor
from publish.phrases import Phrases
from publish.safe_text import html, trusted
from publish.site import Site
from publish.values import NOTHING

SHEET = "harmonisation"
#: Answers between asking and silence, each with a sentence of its own.
_WEAK: tuple[Answer, ...] = ("mentioned", "prepared", "past", "unclear", "outside")


class GapSentences:
    """Writes what one attribute's positions come to.

    Args:
        site: The knowledge base in the page's language.
        root: From the page to the root of its language.
        found: The view; its coverage decides which silence is named first.
    """

    def __init__(self, site: Site, root: str, found: Harmonisation) -> None:
        self._site, self._root, self._say = site, root, Phrases(site, SHEET)
        self._good = {member.code for member in found.panel if member.coverage == "good"}

    def sentence(self, agreement: Agreement) -> Markup:
        """Who asks and who is silent: «Asked by South Korea and China; nothing found in the documents of Japan»."""
        silent = agreement.answering("silent")
        good = [position for position in silent if position.jurisdiction in self._good]
        fair = [position for position in silent if position.jurisdiction not in self._good]
        japanese = self._site.language == "ja"
        parts = [self._with("asked_by", agreement.asking)]
        if good:
            parts.append((NOTHING if japanese else Markup("; ")) + self._with("silent_in", good))
        elif not japanese:
            parts.append(Markup("."))
        further = [self._with(f"{answer}_by", found) for answer in _WEAK if (found := agreement.answering(answer))]
        if fair:
            further.append(self._with("silent_fair", fair))
        if agreement.international.answer in LEVELS:
            level = self._say.html(f"international_{agreement.international.answer}")
            further.append(self._say.html("international_too", level=self._linked(agreement.international, level)))
        between = NOTHING if japanese else Markup(" ")
        return NOTHING.join(parts) + NOTHING.join(between + part for part in further)

    def names(self, codes: Sequence[str]) -> Markup:
        """Jurisdictions as a list in a sentence."""
        return self._list([html(self._name(code)) for code in codes])

    def _with(self, key: str, positions: Sequence[Position]) -> Markup:
        return self._say.html(key, who=self._list([self._who(position) for position in positions]))

    def _who(self, position: Position) -> Markup:
        name = self._linked(position, html(self._name(position.jurisdiction)))
        if not position.statements:
            return name
        first = position.statements[0]
        if first.cosmetics_only:
            return self._say.html("for_cosmetics", who=name)
        return self._say.html("by_analogy", who=name) if first.guideline.applies_to_ev == "by-analogy" else name

    def _linked(self, position: Position, words: Markup) -> Markup:
        if not position.statements:
            return words
        return trusted(f'<a href="{self._root}matrix/#{html(anchor(position.statements[0]))}">{words}</a>')

    def _name(self, code: str) -> str:
        key = f"name_{code}"
        known = self._site.labels.phrases(SHEET)
        return known.get(key) or self._site.label("jurisdictions", code)

    def _list(self, names: Sequence[Markup]) -> Markup:
        """«A», «A and B», «A, B and C»."""
        if len(names) < 2:
            return Markup("").join(names)
        comma, last = self._say.html("comma"), self._say.html("and")
        return comma.join(names[:-1]) + last + names[-1]
