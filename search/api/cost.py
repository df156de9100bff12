"""Queries that are refused before they are read, because reading them would take more than a reader can mean."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate
from typing import Final

from kb.problems import Message
from search.api.limits import WILDCARDS
from search.api.problems import ApiProblem
from search.query import MAX_CLAUSES, MAX_DEPTH

_PART = re.compile(r"[^\s\"“”「」『』()]+|[()]")
_STEP: Final = {"(": 1, ")": -1}


def refuse_costly(text: str) -> None:
    """Do nothing for a query within the limits.

    Raises:
        ApiProblem: 400 for too many parts, brackets or wildcards.
    """
    # One sign may stand for four words («ﷺ»); a query has at most a thousand, so this is quick.
    text = unicodedata.normalize("NFKC", text)
    parts = len(_PART.findall(text))
    if parts > MAX_CLAUSES:
        raise _costly(parts, MAX_CLAUSES, Message("words and brackets", "語と括弧"))
    depth = max(accumulate(_STEP.get(character, 0) for character in text), default=0)
    if depth > MAX_DEPTH:
        raise _costly(depth, MAX_DEPTH, Message("brackets inside each other", "括弧の入れ子"))
    wildcards = len(re.findall(r"\*+", text))
    if wildcards > WILDCARDS:
        raise _costly(wildcards, WILDCARDS, Message("asterisks", "「*」"))


def _costly(number: int, most: int, what: Message) -> ApiProblem:
    return ApiProblem(
        400,
        "q",
        Message(f"The query has {number} {what.en}.", f"{what.ja}が{number}個ある。"),
        Message(f"At most {most}.", f"{most}個以下とする。"),
        Message("Ask for less at once.", "検索式を短くする。"),
    )
