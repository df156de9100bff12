"""JSON Schema of every collection, derived from the models: ``kb/schema/<collection>.json``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kb.atomic import write_text
from kb.models import COLLECTIONS, model_of

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_text(collection: str) -> str:
    """The schema of one collection (draft 2020-12), descriptions in English with ``description_ja`` beside them."""
    model = model_of(collection)
    schema: dict[str, Any] = {"$schema": _DIALECT, **model.model_json_schema(mode="validation")}
    schema["title"] = collection
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def stale_schemas(root: Path) -> Iterator[str]:
    """Collections whose schema file is missing or differs from the models."""
    for collection in COLLECTIONS:
        path = root / "schema" / f"{collection}.json"
        if not path.is_file() or path.read_text(encoding="utf-8") != schema_text(collection):
            yield collection


def write_schemas(root: Path) -> list[str]:
    """Write the schemas that are stale and return their collections.

    Raises:
        OSError: when the folder cannot be written.
    """
    written = list(stale_schemas(root))
    (root / "schema").mkdir(exist_ok=True)
    for collection in written:
        write_text(root / "schema" / f"{collection}.json", schema_text(collection))
    return written
