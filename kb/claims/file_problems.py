"""What is wrong with ``disclosures.yaml``: records that do not fit, and names of things that do not exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from pydantic import ValidationError

from kb.checks.rule import FactsIndex
from kb.claims.disclosures import DUTIES, DisclosureDuty
from kb.problems import FieldPath, Message, field_name, near_miss

#: Rule, place, what is there, what was expected, what to do.
_Fault = tuple[str, FieldPath, Message, Message, Message]
_RULE = "disclosures-file"
_REMEDY = Message("Correct the name.", "名称を訂正する。")


def disclosure_faults(data: Any, index: FactsIndex, concepts: Collection[str]) -> Iterator[_Fault]:
    """Everything wrong with the duties.

    Args:
        data: The file.
        index: The facts of all entries.
        concepts: Names that the lexicons define.
    """
    try:
        duties = DUTIES.validate_python(data)
    except ValidationError as errors:
        for error in errors.errors():
            name = field_name(error["loc"])
            yield (
                _RULE,
                error["loc"],
                Message(f"«{name}» does not fit: {error['msg']}.", f"「{name}」がモデルに合わない({error['msg']})。"),
                Message(
                    "A jurisdiction with «about», «guideline», «requirement» and «statements».",
                    "国・地域ごとに「about」「guideline」「requirement」「statements」を記す。",
                ),
                Message("Compare with the other jurisdictions.", "他の国・地域の書き方に合わせる。"),
            )
        return
    for code, duty in duties.items():
        yield from _duty_faults(code, duty, index, concepts)


def _duty_faults(code: str, duty: DisclosureDuty, index: FactsIndex, concepts: Collection[str]) -> Iterator[_Fault]:
    document = index.find(duty.guideline, "guidelines", "enforcement")
    if document is None:
        known = [name for collection in ("guidelines", "enforcement") for name in index.names.get(collection, ())]
        yield _unknown((code, "guideline"), duty.guideline, Message("The id of a document.", "文書のIDとする。"), known)
    keys = document.requirement_keys if document else ()
    places: list[tuple[FieldPath, str | None]] = [((code, "requirement"), duty.requirement)]
    for number, statement in enumerate(duty.statements):
        places.append(((code, "statements", number, "requirement"), statement.requirement))
        if statement.concept not in concepts:
            expected = Message("A concept of kb/lexicons.", "kb/lexiconsにある概念とする。")
            yield _unknown((code, "statements", number, "concept"), statement.concept, expected, concepts)
    for place, key in places:
        if document and key and key not in keys:
            expected = Message(
                f"The key of a requirement of {duty.guideline}.", f"{duty.guideline}の要求事項のキーとする。"
            )
            yield _unknown(place, key, expected, keys)


def _unknown(place: FieldPath, value: str, expected: Message, known: Collection[str]) -> _Fault:
    near = near_miss(value, known)
    found = Message(f"«{value}» does not exist.", f"「{value}」は存在しない。")
    return _RULE, place, found, Message(expected.en + near.en, expected.ja + near.ja), _REMEDY
