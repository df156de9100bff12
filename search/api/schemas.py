"""JSON Schemas of the answers, as the OpenAPI document gives them."""

from __future__ import annotations

from typing import Any, Final

from kb.models import COLLECTIONS

Schema = dict[str, Any]


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(**properties: Schema) -> Schema:
    """An object that has all of these."""
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_TEXT: Final[Schema] = {"type": "string"}
_WHOLE: Final[Schema] = {"type": "integer", "minimum": 0}
_LANGUAGE: Final[Schema] = {"type": "string", "enum": ["en", "ja"]}
_COLLECTION: Final[Schema] = {"type": "string", "enum": list(COLLECTIONS)}
_PAIR: Final[Schema] = _ref("Pair")
_END: Final = {"collection": _COLLECTION, "id": _TEXT, "title": _PAIR, "url": _PAIR, "api": _TEXT}

SCHEMAS: Final[dict[str, Schema]] = {
    "Pair": {"description": "The same in both languages. 両言語の値。", **_object(en=_TEXT, ja=_TEXT)},
    "Result": _object(
        id=_TEXT,
        collection=_COLLECTION,
        title=_TEXT,
        url=_TEXT,
        score={"type": "number"},
        snippet={"type": "string", "description": "HTML; matched words are in <mark>. 一致語は<mark>で囲む。"},
        language=_LANGUAGE,
    ),
    "SearchAnswer": _object(
        query=_TEXT,
        corrected={"type": ["string", "null"]},
        total=_WHOLE,
        took_ms={"type": "number"},
        facets={"type": "object", "additionalProperties": {"type": "object", "additionalProperties": _WHOLE}},
        results=_list(_ref("Result")),
    ),
    "SuggestAnswer": _object(query=_TEXT, suggestions=_list(_TEXT)),
    "Link": _object(field=_TEXT, **_END),
    "Choice": _object(**_END),
    "Choices": _object(choices=_list(_ref("Choice"))),
    "Moved": _object(moved=_ref("Choice")),
    "Entry": _object(
        collection=_COLLECTION,
        id=_TEXT,
        url=_PAIR,
        entry={"type": "object", "description": "As in kb/schema/<collection>.json. 構造は左記スキーマのとおり。"},
        links=_list(_ref("Link")),
        linked_from=_list(_ref("Link")),
        licence=_TEXT,
    ),
    "Error": _object(error=_object(where=_TEXT, found=_PAIR, expected=_PAIR, remedy=_PAIR)),
    "Document": {"type": "object"},
}
#: In an answer only when there is something to tell.
SCHEMAS["SearchAnswer"]["properties"]["notice"] = _TEXT
