"""The configuration of the form (Sveltia CMS), made from the models, the vocabularies and the entries' titles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from editing.form.annotations import kind_of
from editing.form.fields import Fields
from editing.form.words import Labels, Words
from kb import KnowledgeBase
from kb.models import COLLECTIONS, model_of
from kb.models.base import CodeOf
from kb.models.core import Entry
from kb.problems import Language

#: Names of Material Symbols, which the form brings with it.
_ICONS: Final[Mapping[str, str]] = {
    "jurisdictions": "public",
    "guidelines": "gavel",
    "trials": "clinical_notes",
    "claims": "campaign",
    "enforcement": "balance",
    "safety-events": "health_and_safety",
    "surveys": "poll",
    "attributes": "biotech",
    "process-steps": "conversion_path",
    "products": "medication",
    "glossary": "dictionary",
}
#: Fields by which the list of a collection can be grouped.
_GROUPS: Final = ("jurisdiction", "status", "kind", "category", "event_type", "action_type", "domain", "confidence")


def configuration(kb: KnowledgeBase, labels: Mapping[Language, Labels], language: Language) -> dict[str, Any]:
    """What the form shows, as data: collections with their fields, and how files are written.

    The back end is left out; :mod:`editing.form.backend` adds it.

    Args:
        kb: Its vocabularies become options, its entries the options of references into several collections.
        labels: The site's short names in both languages.
        language: Of hints, and of what stands first in labels.
    """
    words = Words(language, labels, kb.vocabularies)
    fields = Fields(words, _choices(kb, language))
    return {
        "app_title": "EVReg",
        # The form wants a folder for pictures, although no entry holds one.
        "media_folder": "docs/assets/pictures",
        "public_folder": "/assets/pictures",
        "show_preview_links": False,
        "editor": {"preview": False},
        # «evreg fmt» decides what needs quotes; quoting all of them first keeps «no» and «2024» texts.
        "output": {"omit_empty_optional_fields": True, "yaml": {"quote": "double", "indent_sequences": False}},
        "collections": [_collection(name, words, fields) for name in COLLECTIONS],
    }


def _collection(name: str, words: Words, fields: Fields) -> dict[str, Any]:
    model, own = model_of(name), words.labels[words.language]
    title = f"title.{words.language}"
    return {
        "name": name,
        "label": own.collection(name),
        "label_singular": own.one(name),
        "description": own.about(name),
        "icon": _ICONS[name],
        "folder": f"kb/entries/{name}",
        "extension": "yaml",
        "format": "yaml",
        "identifier_field": title,
        "slug": {"template": "{{fields.id}}", "editable": False},
        # The form would enter former file names there by itself; ours are curated.
        "aliases_field": False,
        "create": True,
        # Entries are withdrawn, never deleted; a copy would carry the id of another.
        "delete": False,
        "duplicate": False,
        "thumbnail": False,
        "summary": f"{{{{{title}}}}}",
        "sortable_fields": {"fields": ["title.en", "title.ja", "id", "review.verified"], "default": {"field": title}},
        "view_groups": [{"label": words.field(model, name), "field": name} for name in _groups(model)],
        "fields": fields.of(model),
    }


def _groups(model: type[Entry]) -> list[str]:
    coded = (name for name in _GROUPS if name in model.model_fields)
    return [name for name in coded if kind_of(model.model_fields[name]).mark(CodeOf)]


def _choices(kb: KnowledgeBase, language: Language) -> Callable[[Sequence[str]], list[dict[str, Any]]]:
    @cache
    def choices(collections: tuple[str, ...]) -> list[dict[str, Any]]:
        entries = (entry for name in collections for entry in kb.collection(name).values())
        return [{"label": _title(entry, language), "value": entry.id} for entry in entries]

    return lambda collections: choices(tuple(collections))


def _title(entry: Entry, language: Language) -> str:
    return f"{getattr(entry.title, language)} [{entry.id}]"
