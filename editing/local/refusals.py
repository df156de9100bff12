"""Refusals of a request, as the page and a person at the terminal read them: four parts in two languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from starlette.responses import JSONResponse

from kb.change_words import field_words
from kb.problems import EvregError, Message, Problem

#: ``sources[0].url`` as the form names the field: ``sources.0.url``.
_INDEX: Final = re.compile(r"\[(\d+)\]")


class Refusal(Exception):
    """A request that is not carried out.

    Attributes:
        status: Of the HTTP answer.
        told: What is wrong, in four parts.
        details: Further members of the answer, such as ``problems`` or ``conflicts``.
    """

    def __init__(self, status: int, told: EvregError, **details: Any) -> None:
        super().__init__(str(told))
        self.status, self.told, self.details = status, told, details


def refused(status: int, where: str, found: Message, expected: Message, remedy: Message, **details: Any) -> Refusal:
    """A refusal from the parts of its message."""
    return Refusal(status, EvregError(where, found, expected, remedy), **details)


def refusal_answer(refusal: Refusal) -> JSONResponse:
    """The refusal as JSON: the four parts, and what else the page needs."""
    told = refusal.told
    record = {
        "where": told.where,
        "found": told.found._asdict(),
        "expected": told.expected._asdict(),
        "remedy": told.remedy._asdict(),
    }
    return JSONResponse(record | refusal.details, refusal.status)


def field_label(collection: str, field: str) -> dict[str, str]:
    """A dotted field in words, in both languages."""
    return {"en": field_words(collection, field, "en"), "ja": field_words(collection, field, "ja")}


def problem_records(collection: str, problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Problems of an entry as the page shows them, beside the field named as the form names it."""
    fields = [_INDEX.sub(r".\1", problem.field) for problem in problems]
    return [
        {
            "field": field,
            "label": field_label(collection, field),
            "level": problem.level,
            "rule": problem.rule,
            "found": problem.found._asdict(),
            "expected": problem.expected._asdict(),
            "remedy": problem.remedy._asdict(),
        }
        for field, problem in zip(fields, problems, strict=True)
    ]
