"""Pairs of texts as an XLIFF 2.0 file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from editing.xliff.units import NAMESPACE, STATE_OF, file_id, unit_id
from kb.change_words import field_words
from kb.knowledge_base import Key, key_of
from kb.models.core import Entry
from kb.problems import Language
from kb.translations.harm import entry_is_about_harm
from kb.translations.pairs import OTHER
from kb.translations.standing import PairState

#: Characters that XML 1.0 cannot hold; XLIFF writes them as ``<cp hex="001B"/>`` (4.2.3.1).
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STATE_NOTES: Final = {
    "examined": "Examined by a named person. / 氏名を示した者が確認済み。",
    "recorded": "Recorded as it stood; nobody has compared both texts. / 収録時のまま。照合した者はいない。",
    "unrecorded": "New, or changed in both languages. / 新規、又は両言語とも変更。",
}
_STALE_NOTES: Final = {
    "en": "The English text was changed after {day}; the Japanese text was not. / 英語の文は{day}より後に変更されたが、日本語の文は変更されていない。",
    "ja": "The Japanese text was changed after {day}; the English text was not. / 日本語の文は{day}より後に変更されたが、英語の文は変更されていない。",
}
_HARM_NOTE: Final = "This text is about harm. / 健康被害に関する記載である。"


class ExportedEntry(NamedTuple):
    """An entry and those of its pairs that go out."""

    entry: Entry
    pairs: Sequence[PairState]


def xliff(entries: Iterable[ExportedEntry], source: Language) -> bytes:
    """The file: one ``<file>`` for each entry, one ``<unit>`` for each pair (UTF-8).

    Args:
        entries: What goes out; entries without pairs are left out.
        source: The language to translate from.
    """
    root = Element(
        "xliff", {"xmlns": NAMESPACE, "version": "2.0", "srcLang": source, "trgLang": OTHER[source]}
    )  # fmt: skip
    root.text = "\n"
    for exported in entries:
        if exported.pairs:
            _add_file(root, exported, source)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _add_file(root: Element, exported: ExportedEntry, source: Language) -> None:
    key = key_of(exported.entry)
    file = SubElement(root, "file", {
        "id": file_id(key), "original": f"entries/{'/'.join(key)}.yaml", "canResegment": "no", "xml:space": "preserve",
    })  # fmt: skip
    file.text = file.tail = "\n"
    for item in exported.pairs:
        _add_unit(file, key, exported.entry, item, source)


def _add_unit(file: Element, key: Key, entry: Entry, item: PairState, source: Language) -> None:
    pair = item.pair
    unit = SubElement(file, "unit", {"id": unit_id(pair, source), "name": pair.field})
    unit.tail = "\n"
    notes = SubElement(unit, "notes")
    words = [field_words(key[0], pair.field, language) for language in ("en", "ja")]
    _add_note(notes, "field", " / ".join(words))
    _add_note(notes, "state", _state_note(item))
    if entry_is_about_harm(entry, pair.field):
        _add_note(notes, "harm", _HARM_NOTE)
    segment = SubElement(unit, "segment", {"state": STATE_OF[item.state], "subState": f"evreg:{item.state}"})
    for name, language in (("source", source), ("target", OTHER[source])):
        _fill(SubElement(segment, name), pair.text(language))


def _add_note(notes: Element, category: str, text: str) -> None:
    SubElement(notes, "note", {"category": category}).text = text


def _state_note(item: PairState) -> str:
    if item.changed and item.record:
        return _STALE_NOTES[item.changed].replace("{day}", item.record.day)
    return _STATE_NOTES[item.state]


def _fill(element: Element, text: str) -> None:
    """Put a text into an element; what XML cannot hold becomes ``<cp>``."""
    start, last = 0, None
    for match in _NOT_IN_XML.finditer(text):
        _append(element, last, text[start : match.start()])
        last = SubElement(element, "cp", {"hex": f"{ord(match[0]):04X}"})
        start = match.end()
    _append(element, last, text[start:])


def _append(element: Element, last: Element | None, text: str) -> None:
    if last is None:
        element.text = text
    else:
        last.tail = text
