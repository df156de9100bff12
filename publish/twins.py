"""The machine-readable twin of an entry's page: ``/<collection>/<id>.json``."""

from __future__ import annotations

import json
from typing import Any

from kb import KnowledgeBase, Link
from kb.models.core import Entry
from publish.labels import LANGUAGES
from publish.places import entry_path, localized_path, path_of, twin_path

#: Raised when a consumer could no longer read the files; the meaning of entries has the schema of their models.
FORMAT = "evreg-entry/1"


def twin(kb: KnowledgeBase, entry: Entry) -> str:
    """The JSON text of an entry.

    Paths are given from the root of the site. Fields without a value are left out; lists are always there, and so are
    defaults that say something (``"registration_timing": "unknown"``).
    """
    paths = {language: localized_path(language, path_of(entry)) for language in LANGUAGES} | {"json": twin_path(entry)}
    parts = {
        "format": json.dumps(FORMAT),
        "collection": json.dumps(entry.COLLECTION),
        "id": json.dumps(entry.id),
        "paths": json.dumps(paths),
        # Written by pydantic itself: five times as fast as by way of a dictionary.
        "entry": entry.model_dump_json(exclude_none=True),
        "links_to": json.dumps(
            [{"field": link.field, "path": entry_path(link.target)} for link in kb.links_from(entry)]
        ),
        "linked_from": json.dumps([_end(kb, link) for link in kb.links_to(entry)], ensure_ascii=False),
        "licence": json.dumps("CC BY 4.0"),
    }
    return "{\n" + ",\n".join(f'"{name}": {text}' for name, text in parts.items()) + "\n}\n"


def _end(kb: KnowledgeBase, link: Link) -> dict[str, Any]:
    origin = kb.entry(link.origin)
    return {
        "collection": origin.COLLECTION,
        "id": origin.id,
        "path": path_of(origin),
        "field": link.field,
        "title": {"en": origin.title.en, "ja": origin.title.ja},
    }
