"""The machine-readable twin of an entry's page: ``/<collection>/<id>.json``."""

from __future__ import annotations

import json
from typing import Any

from kb import KnowledgeBase
from kb.models.core import Entry

from publish.labels import LANGUAGES
from publish.places import entry_path, localized_path, path_of, twin_path

#: Raised when a consumer could no longer read the files; the meaning of entries has the schema of their models.
FORMAT = "evreg-entry/1"


def twin(kb: KnowledgeBase, entry: Entry) -> str:
    """The JSON text of an entry.

    Paths are given from the root of the site. Fields without a value are left out; defaults that say something
    (``"registration_timing": "unknown"``) stay.
    """
    record = {
        "format": FORMAT,
        "collection": entry.COLLECTION,
        "id": entry.id,
        "paths": {language: localized_path(language, path_of(entry)) for language in LANGUAGES} | {"json": twin_path(entry)},
        "entry": _filled(entry.model_dump(mode="json")),
        "linked_from": [_end(kb.entry(link.origin)) | {"field": link.field} for link in kb.links_to(entry)],
        "links_to": [{"field": link.field, "path": entry_path(link.target)} for link in kb.links_from(entry)],
        "licence": "CC BY 4.0",
    }
    # One line for each part: json's own indentation is written in Python and took as long as a whole page.
    parts = (f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in record.items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _end(entry: Entry) -> dict[str, Any]:
    return {
        "collection": entry.COLLECTION,
        "id": entry.id,
        "path": path_of(entry),
        "title": {"en": entry.title.en, "ja": entry.title.ja},
    }


def _filled(value: Any) -> Any:
    """``value`` without empty members."""
    if isinstance(value, dict):
        kept = ((key, _filled(item)) for key, item in value.items())
        return {key: item for key, item in kept if item not in (None, [], {})}
    return [_filled(item) for item in value] if isinstance(value, list) else value
