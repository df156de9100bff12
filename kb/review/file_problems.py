"""What is wrong in ``review.yaml`` and ``reviewers.yaml``, place by place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from kb.canonical import Shape, shape_of
from kb.models import COLLECTIONS, model_of
from kb.models.base import Model
from kb.orcid import EXAMPLE, is_orcid, orcid_hint
from kb.problems import FieldPath, Message, field_name, near_miss, shorten
from kb.review.policy import ReviewPolicy
from kb.review.register import Register

Fault = tuple[str, FieldPath, Message, Message, Message]
_CORRECT = Message("Correct the value.", "値を訂正する。")


def policy_faults(data: Any) -> Iterator[Fault]:
    """Everything wrong with the rules of sign-off."""
    yield from _misfits("review-file", data, ReviewPolicy)
    try:
        policy = ReviewPolicy.model_validate(data or {})
    except ValidationError:
        return
    yield from _needs(policy)
    yield from _unknown("review-file", ("terms",), policy.terms, (*COLLECTIONS, "default"))
    for name, rules in policy.content.items():
        for place, field in enumerate(rules.exempt):
            if not any(_is_field(rules.paths()[place], shape_of(model_of(collection))) for collection in COLLECTIONS):
                yield (
                    "review-file",
                    ("content", name, "exempt", place),
                    Message(f"«{shorten(field)}» is no field of an entry.", f"「{shorten(field)}」というフィールドはない。"),
                    Message("A field such as «aliases» or «sources[].archived».",
                            "「aliases」「sources[].archived」のようなフィールド名とする。"),
                    _CORRECT,
                )  # fmt: skip


def register_faults(data: Any) -> Iterator[Fault]:
    """Everything wrong with the register of reviewers."""
    yield from _misfits("reviewers-file", data, Register)
    try:
        register = Register.model_validate(data or {})
    except ValidationError:
        return
    for code, group in register.groups.items():
        yield from _unknown(
            "reviewers-file", ("groups", code, "collections"), group.collections, COLLECTIONS, keyed=False
        )
    for orcid, person in register.people.items():
        if not is_orcid(orcid):
            hint = orcid_hint(orcid)
            yield (
                "reviewers-file",
                ("people", orcid),
                Message(f"«{shorten(orcid)}» is no ORCID iD.{hint.en}", f"「{shorten(orcid)}」はORCID iDではない。{hint.ja}"),
                Message(f"An ORCID iD with a correct check character, as {EXAMPLE}.",
                        f"検査文字の正しいORCID iD(例: {EXAMPLE})とする。"),
                Message("Copy it again from the person's record.", "本人の記録から写し直す。"),
            )  # fmt: skip
        path = ("people", orcid)
        organisation = (person.organisation,)
        yield from _unknown(
            "reviewers-file", (*path, "organisation"), organisation, register.organisations, keyed=False
        )
        yield from _unknown("reviewers-file", (*path, "groups"), person.groups, register.groups, keyed=False)


def _misfits(rule: str, data: Any, model: type[Model]) -> Iterator[Fault]:
    try:
        model.model_validate(data or {})
    except ValidationError as errors:
        for error in errors.errors():
            yield (
                rule,
                error["loc"],
                Message(
                    f"«{field_name(error['loc'])}» does not fit: «{shorten(error['input'])}».",
                    f"「{field_name(error['loc'])}」の値「{shorten(error['input'])}」が適合しない。",
                ),
                Message("The form that the comments in the file describe.", "ファイル内の注釈に示した形式とする。"),
                _CORRECT,
            )


def _needs(policy: ReviewPolicy) -> Iterator[Fault]:
    reviewed, approved = policy.requirements.reviewed, policy.requirements.approved
    for name, need in (("reviewed", reviewed), ("approved", approved)):
        if need.organisations > need.people:
            yield (
                "review-file",
                ("requirements", name, "organisations"),
                Message(f"{need.organisations} organisations of {need.people} people.", f"{need.people}名で{need.organisations}組織となっている。"),
                Message("At most as many organisations as people.", "組織の数は人数以下とする。"),
                _CORRECT,
            )  # fmt: skip
    if approved.people < reviewed.people or approved.organisations < reviewed.organisations:
        yield (
            "review-file",
            ("requirements", "approved"),
            Message("«approved» needs less than «reviewed».", "「approved」の要件が「reviewed」より緩い。"),
            Message("At least as much as for «reviewed».", "「reviewed」以上の要件とする。"),
            _CORRECT,
        )


def _unknown(
    rule: str, path: FieldPath, names: Iterable[str], known: Iterable[str], keyed: bool = True
) -> Iterator[Fault]:
    """A fault for every name that is not known; ``keyed`` when the names are the keys at ``path``."""
    listed = list(known)
    for name in names:
        if name not in listed:
            near = near_miss(name, listed)
            choices = ", ".join(listed[:15]) or "–"
            yield (
                rule,
                (*path, name) if keyed else path,
                Message(
                    f"«{shorten(name)}» is not known.{near.en}", f"「{shorten(name)}」は定義されていない。{near.ja}"
                ),
                Message(f"One of: {choices}.", f"次のいずれかとする: {choices}。"),
                Message("Correct the name, or define it.", "名称を訂正するか、定義を加える。"),
            )


def _is_field(path: tuple[str, ...], shape: Shape) -> bool:
    if not path:
        return True
    inner = shape[0] if isinstance(shape, tuple) else shape
    return isinstance(inner, dict) and path[0] in inner and _is_field(path[1:], inner[path[0]])
