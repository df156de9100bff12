"""The OpenAPI 3.1 document, made from the table of operations."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from kb.problems import Message
from search.api.operations import OPERATIONS, Answer, Operation
from search.api.parameters import Parameter
from search.api.schemas import SCHEMAS


@cache
def program_version() -> str:
    """The version of this distribution; ``0`` when it runs without being installed."""
    try:
        return version("evreg")
    except PackageNotFoundError:
        return "0"


def document() -> dict[str, Any]:
    """The OpenAPI document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "EVReg — the open atlas of exosome regulation / エクソソーム規制アトラス",
            "version": program_version(),
            "description": "Read-only. Texts are in English and Japanese. 読み取り専用。本文は英語と日本語で提供する。",
            "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": "/"}],
        "paths": {operation.path: {"get": _operation(operation)} for operation in OPERATIONS},
        "components": {"schemas": SCHEMAS},
    }


def both(message: Message) -> str:
    """A message in both languages, one after the other."""
    return f"{message.en}\n\n{message.ja}"


def _operation(operation: Operation) -> dict[str, Any]:
    variables = [_variable(part[1:-1]) for part in operation.path.split("/") if part.startswith("{")]
    return {
        "operationId": operation.name,
        "summary": f"{operation.title.en} / {operation.title.ja}",
        "description": both(operation.about),
        "parameters": [*variables, *map(_parameter, operation.parameters)],
        "responses": {str(answer.status): _answer(answer) for answer in sorted(operation.answers)},
    }


def _variable(name: str) -> dict[str, Any]:
    about = Message("id or collection/id, of today or former.", "現在又は以前の「ID」又は「コレクション/ID」。")
    schema = {"type": "string"}
    return {"name": name, "in": "path", "required": True, "description": both(about), "schema": schema}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    told = {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": both(parameter.about),
        "schema": parameter.schema(),
    }
    if parameter.example:
        told["example"] = [parameter.example] if parameter.many > 1 else parameter.example
    return told


def _answer(answer: Answer) -> dict[str, Any]:
    told: dict[str, Any] = {"description": both(answer.about)}
    if answer.schema:
        told["content"] = {"application/json": {"schema": {"$ref": f"#/components/schemas/{answer.schema}"}}}
    if answer.status == 301:
        told["headers"] = {"Location": {"schema": {"type": "string"}}}
    return told
