"""Texts of an entry of which one language was changed alone: a note beside each, and all of them at the end of the page."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup

from kb.knowledge_base import key_of
from kb.models.base import Localized
from kb.models.core import Entry
from kb.problems import Language
from kb.translations.change_days import all_change_days
from kb.translations.harm import entry_is_about_harm
from kb.translations.overview import all_states
from kb.translations.pairs import OTHER
from kb.translations.standing import PairState
from publish.phrases import Phrases
from publish.safe_text import html, trusted
from publish.templating import render
from publish.values import NOTHING, Values

SHEET = "translation"
STYLES = ("assets/styles/translation.css",)
#: Collections that are written for the public, in polite Japanese.
_PUBLIC = frozenset({"claims", "safety-events"})


class Side(NamedTuple):
    """One language of a pair out of step, as the end of the page shows it."""

    language: Language
    words: Markup
    text: str


class OutOfStep:
    """The pairs of one entry that are out of step, on one page."""

    def __init__(self, values: Values, entry: Entry) -> None:
        self._values, self._entry = values, entry
        self._say = Phrases(values.site, SHEET)
        states = all_states(values.site.kb).get(key_of(entry), ())
        self.stale = tuple(item for item in states if item.state == "stale")
        self._by_text = {(item.pair.en, item.pair.ja): item for item in self.stale}

    def note(self, value: Localized) -> Markup:
        """What stands beside a statement: nothing when the reader has the original before them."""
        item = self._by_text.get((value.en, value.ja))
        return self._note(item) if item else NOTHING

    def head_notes(self) -> Markup:
        """The notes for the summary and the title, which stand below them both."""
        notes = [self.note(self._entry.summary), self._titled(self.note(self._entry.title))]
        return Markup("").join(notes)

    def section(self) -> tuple[str, Markup] | None:
        """Heading and content of the part of the page that shows both texts of every pair out of step."""
        if not self.stale:
            return None
        shown = [
            {
                "field": self._values.site.labels.field_path(self._entry.COLLECTION, item.pair.field),
                "harm": self._say("about_harm") if self._about_harm(item) else "",
                "sides": [self._side(item, language) for language in ("en", "ja")],
            }
            for item in self.stale
        ]
        content = render("out_of_step", about=self._words("section_about"), pairs=shown)
        return self._words("section"), content

    def _titled(self, note: Markup) -> Markup:
        label = self._values.site.labels.field(type(self._entry), "title")
        return (
            Markup('<p class="ev-step-titled"><span class="ev-key">{}</span> {}</p>').format(label, note)
            if note
            else note
        )

    def _note(self, item: PairState) -> Markup:
        key = self._case(item)
        if key is None:
            return NOTHING
        reader = self._values.site.language
        language = self._say(f"language_{OTHER[reader]}")
        parts = [self._say.html(self._key(key), language=language, when=self._when(item))]
        about_harm = self._about_harm(item)
        if about_harm:
            parts.append(self._say.html(self._key("harm"), language=language))
        text = trusted("" if reader == "ja" else " ").join(parts)
        style = "ev-step ev-step-harm" if about_harm else "ev-step"
        return Markup('<span class="{}" role="note" data-pagefind-ignore>{}</span>').format(style, text)

    def _case(self, item: PairState) -> str | None:
        """Which sentence the reader needs; none for one who reads the original, which counts."""
        reader, origin = self._values.site.language, self._entry.origin
        if reader == origin:
            return None
        if item.changed == reader:
            return "this_changed"
        return "original_changed" if item.changed == origin else "other_changed"

    def _side(self, item: PairState, language: Language) -> Side:
        kind = "original" if self._entry.origin == language else "text"
        key = f"changed_{kind}" if item.changed == language else f"unchanged_{kind}"
        words = self._say.html(key, language=self._say(f"language_{language}"), when=self._when(item))
        return Side(language, words, item.pair.text(language))

    def _when(self, item: PairState) -> Markup:
        day = self._days.get((key_of(self._entry), item.pair.field))
        if day:
            return self._say.html("on", day=self._values.date(day))
        return self._say.html("after", day=self._values.date(item.record.day) if item.record else html("–"))

    @cached_property
    def _days(self) -> dict[tuple[tuple[str, str], str], str]:
        return dict(all_change_days(self._values.site.kb))

    def _about_harm(self, item: PairState) -> bool:
        return entry_is_about_harm(self._entry, item.pair.field)

    def _words(self, key: str) -> str:
        return self._say(self._key(key))

    def _key(self, key: str) -> str:
        return f"public_{key}" if self._entry.COLLECTION in _PUBLIC else key
