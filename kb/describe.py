"""An entry as lines of text for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kb.knowledge_base import KnowledgeBase
from kb.models.base import CodeOf, Localized, Model
from kb.models.core import Entry
from kb.problems import Language


def described_lines(kb: KnowledgeBase, entry: Entry, language: Language) -> Iterator[str]:
    """Every filled field of ``entry`` in one language, then what points to it."""
    yield f"{entry.COLLECTION}/{entry.id}"
    yield getattr(entry.title, language)
    yield ""
    for name in entry.key_order():
        if name not in ("id", "title"):
            yield from _lines(kb, entry, name, language, 0)
    incoming = sorted({f"{link.origin[0]}/{link.origin[1]}" for link in kb.links_to(entry)})
    if incoming:
        yield "referred to by:" if language == "en" else "参照元:"
        yield from (f"  {name}" for name in incoming)


def _lines(kb: KnowledgeBase, model: Model, name: str, language: Language, indent: int) -> Iterator[str]:
    value = getattr(model, name)
    if value is None or value == () or value == type(model).model_fields[name].default:
        return
    space = "  " * indent
    items = value if isinstance(value, tuple) else (value,)
    if any(isinstance(item, Model) and not _is_plain_text(item) for item in items):
        yield f"{space}{name}:"
        for item in items:
            yield from _item(kb, item, language, indent + 1, isinstance(value, tuple))
        return
    words = [_word(kb, model, name, item, language) for item in items]
    yield f"{space}{name}: {', '.join(words)}" if len(" ".join(words)) < 100 or len(words) == 1 else f"{space}{name}:"
    if len(words) > 1 and len(" ".join(words)) >= 100:
        yield from (f"{space}  - {word}" for word in words)


def _item(kb: KnowledgeBase, item: Any, language: Language, indent: int, listed: bool) -> Iterator[str]:
    lines = [line for name in type(item).model_fields for line in _lines(kb, item, name, language, indent)]
    if isinstance(item, Localized):
        own = [f"{'  ' * indent}{getattr(item, language)}"]
        lines = own + [line for line in lines if line.lstrip().split(":")[0] not in ("en", "ja")]
    if listed and lines:
        lines[0] = f"{'  ' * (indent - 1)}- {lines[0].lstrip()}"
    yield from lines


def _is_plain_text(item: Model) -> bool:
    return isinstance(item, Localized) and item.model_fields_set <= {"en", "ja", "original", "translated"}


def _word(kb: KnowledgeBase, model: Model, name: str, item: Any, language: Language) -> str:
    if isinstance(item, Localized):
        return str(getattr(item, language))
    marker = next((found for found in type(model).model_fields[name].metadata if isinstance(found, CodeOf)), None)
    return kb.label(marker.vocabulary, str(item), language) if marker else str(item)
