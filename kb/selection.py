"""Finding entries by field values, as ``evreg list --where field=value`` does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kb.canonical import Shape, shape_of
from kb.knowledge_base import KnowledgeBase
from kb.models import COLLECTIONS, model_of
from kb.models.base import Model
from kb.models.core import Entry
from kb.problems import EvregError, Message, near_miss, shorten


def known_collection(name: str) -> str:
    """``name`` when it is a collection.

    Raises:
        EvregError: otherwise, with the near miss.
    """
    if name in COLLECTIONS:
        return name
    near = near_miss(name, COLLECTIONS)
    raise EvregError(
        "COLLECTION",
        Message(
            f"«{shorten(name)}» is not a collection.{near.en}",
            f"「{shorten(name)}」というコレクションはない。{near.ja}",
        ),
        Message(f"One of: {', '.join(COLLECTIONS)}.", f"次のいずれかとする: {'、'.join(COLLECTIONS)}。"),
        Message("Correct the name.", "名称を訂正する。"),
    )


def find_entry(kb: KnowledgeBase, name: str) -> list[Entry]:
    """The entries that ``name`` (an id, an alias or ``collection/id``) may mean; more than one when ids coincide.

    Raises:
        EvregError: when there is none, with the near miss.
    """
    collection, _, id_ = name.rpartition("/")
    places = (known_collection(collection),) if collection else COLLECTIONS
    found = [entry for place in places if (entry := kb.resolve(id_.strip().lower(), place)) is not None]
    if found:
        return found
    near = near_miss(id_.lower(), (known for place in places for known in kb.collection(place)))
    raise EvregError(
        "ID",
        Message(
            f"No entry has the id «{shorten(name)}».{near.en}",
            f"「{shorten(name)}」というIDのエントリーはない。{near.ja}",
        ),
        Message("An id or former id of an entry.", "現在又は以前のエントリーIDを指定する。"),
        Message("Find it with «evreg list COLLECTION».", "「evreg list COLLECTION」で調べる。"),
    )


def select(kb: KnowledgeBase, collection: str, conditions: Sequence[str] = ()) -> list[Entry]:
    """Entries of a collection that meet every ``field=value`` (dots go inside: ``review.status=draft``).

    A value matches when it equals the field's text without regard to case, or one item of its list.

    Raises:
        EvregError: unknown collection or field, or a condition without ``=``.
    """
    wanted = [_condition(collection, text) for text in conditions]
    return [
        entry
        for entry in kb.collection(known_collection(collection)).values()
        if all(any(_text(value) == text for value in field_values(entry, path)) for path, text in wanted)
    ]


def field_values(value: Any, path: Iterable[str]) -> Iterator[Any]:
    """The values at a dotted path; lists are walked through."""
    if isinstance(value, tuple):
        for item in value:
            yield from field_values(item, path)
        return
    head, *rest = (*path, "")
    if head == "":
        if value is not None:
            yield value
    elif isinstance(value, Model):
        yield from field_values(getattr(value, head, None), [part for part in rest if part])


def _text(value: Any) -> str:
    return str(value).casefold()


def _condition(collection: str, text: str) -> tuple[list[str], str]:
    field, equals, value = text.partition("=")
    path = field.strip().split(".")
    if not equals:
        raise EvregError(
            "--where",
            Message(f"«{shorten(text)}» has no «=».", f"「{shorten(text)}」に「=」がない。"),
            Message("field=value, e.g. jurisdiction=JP.", "「フィールド=値」の形とする(例: jurisdiction=JP)。"),
            Message("Write the condition again.", "条件を書き直す。"),
        )
    _require_field(collection, path)
    return path, value.strip().casefold()


def _require_field(collection: str, path: list[str]) -> None:
    shape: Shape = shape_of(model_of(collection))
    for part in path:
        while isinstance(shape, tuple):
            shape = shape[0]
        known = list(shape) if isinstance(shape, dict) else []
        if not isinstance(shape, dict) or part not in shape:
            near = near_miss(part, known)
            raise EvregError(
                "--where",
                Message(
                    f"«{shorten('.'.join(path))}» is not a field of {collection}.{near.en}",
                    f"「{shorten('.'.join(path))}」は{collection}のフィールドではない。{near.ja}",
                ),
                Message(
                    f"One of: {', '.join(known) or '(no fields inside)'}.",
                    f"次のいずれかとする: {'、'.join(known) or '(内側のフィールドなし)'}。",
                ),
                Message("Correct the name.", "名称を訂正する。"),
            )
        shape = shape[part]
