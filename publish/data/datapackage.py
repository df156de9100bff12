"""``datapackage.json`` (Frictionless Data Package): what the CSV files hold, generated from the models."""

from __future__ import annotations

from typing import Any, Final

from kb import KnowledgeBase
from kb.models import model_of
from kb.vocabulary import Vocabularies
from publish.data import edition
from publish.data.cells import SEPARATOR
from publish.data.columns import Column, columns_of
from publish.data.plain import pretty_json

_TYPES: Final = {"integer": "integer", "number": "number", "boolean": "boolean"}
_NEUTRALISED_EN: Final = (
    "A text that begins with = + - @, a tab, a line break or an apostrophe has one apostrophe put before it, so that no"
    " spreadsheet takes it for a formula; take one leading apostrophe away to restore it."
)
_NEUTRALISED_JA: Final = (
    "=、+、-、@、タブ、改行又はアポストロフィで始まる文字列には、表計算ソフトで数式と解釈されないよう先頭に"
    "アポストロフィを一つ付している。元の値に戻すには先頭のアポストロフィを一つ除く。"
)


def datapackage(kb: KnowledgeBase, collections: tuple[str, ...]) -> bytes:
    """The description of the collections' CSV files, which lie beside it."""
    found = edition.edition_of(kb)
    return pretty_json(
        {
            "profile": "tabular-data-package",
            "name": "evreg",
            "title": f"{edition.TITLE_EN} / {edition.TITLE_JA}",
            "description": f"{_NEUTRALISED_EN}\n\n{_NEUTRALISED_JA}",
            "version": found.name,
            "licenses": [{"name": edition.LICENCE_ID, "title": edition.LICENCE, "path": edition.LICENCE_URL}],
            "contributors": [{"title": edition.AUTHOR_EN, "role": "author"}],
            "resources": [_resource(kb, collection) for collection in collections],
        }
    )


def _resource(kb: KnowledgeBase, collection: str) -> dict[str, Any]:
    columns = columns_of(model_of(collection))
    return {
        "name": collection,
        "path": f"{collection}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(kb.vocabularies, column) for column in columns],
            "primaryKey": "id",
            "missingValues": [""],
        },
    }


def _field(vocabularies: Vocabularies, column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.type, "string"),
        "description": f"{column.en} / {column.ja}{_form(column)}",
    }
    if column.type == "boolean":
        told |= {"trueValues": ["true"], "falseValues": ["false"]}
    constraints: dict[str, Any] = {}
    # An empty list is an empty cell.
    if column.required and column.type not in ("list", "records"):
        constraints["required"] = True
    if column.vocabulary:
        codes = vocabularies[column.vocabulary]
        told["vocabulary"] = column.vocabulary
        if column.type != "list":
            constraints["enum"] = [str(code) for code in codes]
            told["categories"] = [
                {"value": str(code), "label": f"{item['en']} / {item['ja']}"} for code, item in codes.items()
            ]
    if column.collections:
        told["refersTo"] = list(column.collections)
    return told | ({"constraints": constraints} if constraints else {})


def _form(column: Column) -> str:
    if column.type == "list":
        return f" (list, items separated by «{SEPARATOR}» / 「{SEPARATOR}」区切りの一覧)"
    if column.type == "records":
        return " (records as JSON / JSON形式のレコード)"
    if column.type == "date":
        return " (YYYY, YYYY-MM or YYYY-MM-DD / YYYY、YYYY-MM又はYYYY-MM-DD)"
    return ""
