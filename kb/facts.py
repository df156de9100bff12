"""What the rest of the knowledge base must know of one entry: small, so that 10,000 of them stay small."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from kb.files import EntryFile
from kb.problems import FieldPath
from kb.references import Reference, references_of


class Facts(NamedTuple):
    """Identity and links of one entry, read from plain data without validating the rest."""

    file: str
    collection: str
    stem: str
    id: str
    aliases: tuple[str, ...]
    titles: tuple[str, ...]
    references: tuple[Reference, ...]
    registrations: tuple[tuple[FieldPath, str], ...]
    requirement_keys: tuple[str, ...]
    requirement_references: tuple[tuple[FieldPath, str, str], ...]
    avoided: tuple[tuple[str, str, str], ...]
    renderings: tuple[tuple[str, str, str], ...]

    @property
    def key(self) -> tuple[str, str]:
        """Collection and id: unique in the knowledge base."""
        return self.collection, self.id


def facts_of(file: EntryFile, data: Any) -> Facts:
    """The facts of an entry; parts of the wrong type are passed over, the models complain about them."""
    entry = data if isinstance(data, dict) else {}
    title = _mapping(entry.get("title"))
    return Facts(
        file=file.name,
        collection=file.collection,
        stem=file.stem,
        id=str(entry.get("id") or file.stem),
        aliases=tuple(item for item in _items(entry.get("aliases")) if isinstance(item, str)),
        titles=tuple(comparable(title[lang]) for lang in ("en", "ja") if isinstance(title.get(lang), str)),
        references=tuple(references_of(file.collection, entry)),
        registrations=tuple(_registrations(entry)),
        requirement_keys=tuple(
            item["key"]
            for item in _items(entry.get("requirements"))
            if isinstance(item, dict) and isinstance(item.get("key"), str)
        ),
        requirement_references=tuple(_requirement_references(entry)),
        avoided=tuple(_avoided(entry)) if file.collection == "glossary" else (),
        renderings=tuple(_renderings(entry)) if file.collection == "glossary" else (),
    )


def comparable(text: str) -> str:
    """``text`` without case, width and punctuation, for finding titles that say the same."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _registrations(entry: dict[str, Any]) -> Iterator[tuple[FieldPath, str]]:
    for index, item in enumerate(_items(entry.get("registrations"))):
        if isinstance(item, dict) and item.get("number"):
            yield ("registrations", index, "number"), comparable(str(item["number"]))


def _requirement_references(entry: dict[str, Any]) -> Iterator[tuple[FieldPath, str, str]]:
    for index, rule in enumerate(_items(entry.get("rules"))):
        if isinstance(rule, dict) and rule.get("requirement"):
            yield ("rules", index, "requirement"), str(rule.get("guideline")), str(rule["requirement"])


def _avoided(entry: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    title = _mapping(entry.get("title"))
    for language in ("en", "ja"):
        for variant in _items(_mapping(entry.get("avoid")).get(language)):
            yield language, str(variant), str(title.get(language))


def _renderings(entry: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """English term, preferred Japanese term and another Japanese word for it.

    A title with brackets names the entry and is not a word to be written in a text.
    """
    title = _mapping(entry.get("title"))
    if "(" in str(title.get("ja")):
        return
    for synonym in _items(_mapping(entry.get("synonyms")).get("ja")):
        yield str(title.get("en")), str(title.get("ja")), str(synonym)
