"""The static interface for programs: JSON files below ``/api/v1/`` that need no server, and their OpenAPI document.

``evreg serve`` answers ``/api/v1/search``, ``/suggest`` and ``/entries/…`` on the same origin; no file has such a name.
"""

from __future__ import annotations

from typing import Any, Final

from kb import KnowledgeBase
from kb.models import COLLECTIONS, model_of
from kb.models.core import Entry
from publish.data import edition
from publish.data.formats import FORMATS, data_files
from publish.data.plain import pretty_json
from publish.labels import LANGUAGES, Labels
from publish.places import localized_path, path_of, twin_path

ROOT: Final = "api/v1"
Schema = dict[str, Any]


def api_files(kb: KnowledgeBase) -> dict[str, bytes]:
    """Path from the root of the site -> content of every file of the interface, except the entries' own JSON files."""
    made = {f"{ROOT}/index.json": _index(kb), f"{ROOT}/openapi.json": openapi(kb)}
    made |= {f"{ROOT}/collections/{name}.json": _collection(kb, name) for name in COLLECTIONS}
    made |= {f"{ROOT}/vocabularies/{name}.json": _vocabulary(kb, name) for name in kb.vocabularies}
    return {path: pretty_json(value) for path, value in made.items()}


def _index(kb: KnowledgeBase) -> dict[str, Any]:
    found = edition.edition_of(kb)
    words = {language: Labels(language) for language in LANGUAGES}
    return {
        "title": {"en": edition.TITLE_EN, "ja": edition.TITLE_JA},
        "version": found.version,
        "fingerprint": found.fingerprint,
        "as_of": found.as_of,
        "licence": edition.LICENCE,
        "openapi": f"{ROOT}/openapi.json",
        "collections": [
            {
                "name": name,
                "title": {language: words[language].collection(name) for language in LANGUAGES},
                "entries": len(kb.collection(name)),
                "path": f"{ROOT}/collections/{name}.json",
            }
            for name in COLLECTIONS
        ],
        "vocabularies": [{"name": name, "path": f"{ROOT}/vocabularies/{name}.json"} for name in kb.vocabularies],
        "data": [f"data/{file.name}" for file in data_files(kb, FORMATS)],
    }


def _collection(kb: KnowledgeBase, name: str) -> dict[str, Any]:
    found = edition.edition_of(kb)
    return {
        "collection": name,
        "as_of": found.as_of,
        "fingerprint": found.fingerprint,
        "licence": edition.LICENCE,
        "whole": f"data/{name}.json",
        "count": len(kb.collection(name)),
        "entries": [_entry(entry) for entry in kb.collection(name).values()],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": {"en": entry.title.en, "ja": entry.title.ja},
        "confidence": entry.confidence,
        "review": entry.review.status,
        "verified": entry.review.verified,
        "withdrawn": entry.withdrawn is not None,
        "json": twin_path(entry),
        "pages": {language: localized_path(language, path_of(entry)) for language in LANGUAGES},
    }


def _vocabulary(kb: KnowledgeBase, name: str) -> dict[str, Any]:
    codes = {str(code): {"en": item["en"], "ja": item["ja"]} for code, item in kb.vocabularies[name].items()}
    return {"vocabulary": name, "licence": edition.LICENCE, "codes": codes}


def openapi(kb: KnowledgeBase) -> dict[str, Any]:
    """The OpenAPI 3.1 document of the files. Its server is the site's root, wherever the site stands."""
    collection = _path("collection", "Collection. コレクション。", COLLECTIONS)
    vocabulary = _path("vocabulary", "Vocabulary. 統制語彙。", tuple(kb.vocabularies))
    id_ = _path("id", "Identifier of the entry. エントリーのID。")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{edition.TITLE_EN} — files / ファイル",
            "version": edition.edition_of(kb).name,
            "description": "Read-only JSON files. All paths are from the root of the site. "
            "読み取り専用のJSONファイル。パスはサイトのルートからのものである。",
            "license": {"name": edition.LICENCE, "url": edition.LICENCE_URL},
        },
        "servers": [{"url": "../../"}],
        "paths": {
            f"/{ROOT}/index.json": _get("index", "What there is. 一覧。", "Index"),
            f"/{ROOT}/openapi.json": _get("openapi", "This description. この説明。", "Document"),
            f"/{ROOT}/collections/{{collection}}.json": _get(
                "collection", "The entries of a collection. コレクションのエントリー一覧。", "Collection", collection
            ),
            f"/{ROOT}/vocabularies/{{vocabulary}}.json": _get(
                "vocabulary", "Codes and their labels. コードとラベル。", "Vocabulary", vocabulary
            ),
            "/{collection}/{id}.json": _get(
                "entry", "One entry with its links. エントリーとそのリンク。", "Twin", collection, id_
            ),
            "/data/{collection}.json": _get(
                "entries", "All entries of a collection, whole. 全エントリーの全内容。", "Entries", collection
            ),
        },
        "components": {"schemas": _schemas()},
    }


def _path(name: str, about: str, values: tuple[str, ...] = ()) -> Schema:
    schema: Schema = {"type": "string", "enum": list(values)} if values else {"type": "string"}
    return {"name": name, "in": "path", "required": True, "description": about, "schema": schema}


def _get(name: str, about: str, schema: str, *parameters: Schema) -> Schema:
    content = {"application/json": {"schema": _ref(schema)}}
    answers: Schema = {"200": {"description": about, "content": content}}
    if parameters:
        answers["404"] = {"description": "There is no such file. 該当するファイルはない。"}
    return {"get": {"operationId": name, "summary": about, "parameters": list(parameters), "responses": answers}}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _schemas() -> dict[str, Schema]:
    text: Schema = {"type": "string"}
    count: Schema = {"type": "integer", "minimum": 0}
    pair = _ref("Pair")
    about = {"as_of": text, "fingerprint": text, "licence": text}
    entry = _object(
        id=text, title=pair, confidence=text, review=text, verified=text, withdrawn={"type": "boolean"}, json=text,
        pages=pair,
    )  # fmt: skip
    end = _object(collection=text, id=text, path=text, field=text, title=pair)
    models = {f"{name}-entry": _model(name) for name in COLLECTIONS}
    whole = {"oneOf": [_ref(name) for name in models]}
    return {
        "Pair": _object(en=text, ja=text),
        "Index": _object(
            title=pair,
            version=text,
            **about,
            openapi=text,
            collections=_list(_object(name=text, title=pair, entries=count, path=text)),
            vocabularies=_list(_object(name=text, path=text)),
            data=_list(text),
        ),
        "Collection": _object(collection=text, **about, whole=text, count=count, entries=_list(entry)),
        "Vocabulary": _object(
            vocabulary=text, licence=text, codes={"type": "object", "additionalProperties": _object(en=text, ja=text)}
        ),
        "Twin": _object(
            format=text,
            collection=text,
            id=text,
            paths=_object(en=text, ja=text, json=text),
            entry=whole,
            links_to=_list(_object(field=text, path=text)),
            linked_from=_list(end),
            licence=text,
        ),
        "Entries": _list(whole),
        "Document": {"type": "object"},
        **models,
    }


def _model(collection: str) -> Schema:
    """The JSON Schema of a collection's entries, with its parts inside it."""
    here = f"#/components/schemas/{collection}-entry/$defs/{{model}}"
    return model_of(collection).model_json_schema(ref_template=here, mode="serialization")
