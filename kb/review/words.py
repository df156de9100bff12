"""What a standing means, in words: for the command line, the pages and validation."""

from __future__ import annotations

from kb.models.core import SignOff
from kb.problems import Message, shorten
from kb.review.policy import STAGES, Need, ReviewPolicy, Stage
from kb.review.register import Register
from kb.review.standing import ReviewStanding, Signature, organisations, signed_for

_STAGES: dict[str, Message] = {"reviewed": Message("reviewed", "査読済み"), "approved": Message("approved", "承認済み")}
_FAULTS: dict[str, Message] = {
    "changed": Message(
        "The content has changed since; the sign-off no longer covers it.",
        "署名後に内容が変更されており、この署名は現在の内容に及ばない。",
    ),
    "repeated": Message(
        "The person has signed twice; this one does not count.", "同一人の重複した署名であり、数えない。"
    ),
    "malformed": Message(
        "Not a well-formed sign-off; it does not count.", "形式が正しくないため、署名として数えない。"
    ),
}


def need_words(stage: Stage, need: Need) -> Message:
    """What a status needs, as one sentence."""
    word = _STAGES[stage]
    people = f"{need.people} people" if need.people > 1 else "one person"
    many = need.organisations > 1
    return Message(
        f"«{word.en}» needs the sign-off of {people}" + (f" of {need.organisations} different organisations." if many else "."),
        f"「{word.ja}」には、" + (f"異なる{need.organisations}組織に属する" if many else "") + f"{need.people}名の署名を要する。",
    )  # fmt: skip


def signature_words(signature: Signature) -> Message:
    """Whether a sign-off covers the content, as one sentence."""
    if signature.fault is None:
        return Message("Covers the content as it is.", "現在の内容に及ぶ。")
    return _FAULTS[signature.fault]


def lacking(stage: Stage, standing: ReviewStanding, policy: ReviewPolicy, register: Register) -> Message:
    """How many sign-offs that cover the content there are for a status, and how many it needs."""
    found = signed_for(stage, standing.counting)
    return _counted(stage, found, policy, register)


def unfounded_words(standing: ReviewStanding, policy: ReviewPolicy, register: Register) -> Message:
    """Why the sign-offs never bore the claimed status out."""
    stage: Stage = "approved" if standing.claimed == STAGES[-1] else "reviewed"
    found = [item.sign_off for item in standing.signatures if item.fault in (None, "changed")]
    return _counted(stage, signed_for(stage, found), policy, register)


def _counted(stage: Stage, found: list[SignOff], policy: ReviewPolicy, register: Register) -> Message:
    need, different = policy.requirements.of(stage), len(organisations(found, register))
    word = _STAGES[stage]
    japanese = f"{need.organisations}組織・{need.people}名" if need.organisations > 1 else f"{need.people}名"
    signed = f"{different}組織・{len(found)}名" if found else "0名"
    return Message(
        f"For «{word.en}» there are sign-offs of {_people(len(found), different)}; "
        f"it needs {_people(need.people, need.organisations)}.",
        f"「{word.ja}」の署名は{signed}であり、必要数は{japanese}である。",
    )


def _people(people: int, organisations: int) -> str:
    counted = "one person" if people == 1 else f"{people} people" if people else "nobody"
    if people < 2:
        return counted
    return f"{counted} of one organisation" if organisations == 1 else f"{counted} of {organisations} organisations"


def who(sign_off: SignOff) -> str:
    """A person's name with the ORCID iD."""
    return f"{shorten(sign_off.name)} ({shorten(sign_off.orcid)})"
