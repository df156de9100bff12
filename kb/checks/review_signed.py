"""A status rests on sign-offs: enough people, of enough organisations, each of them well-formed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kb.checks.rule import Context, EntryRule, Subject
from kb.models.core import SignOff
from kb.problems import FieldPath, Finding, Message, near_miss, shorten
from kb.review.content_hash import edition_of
from kb.review.policy import STAGES, ReviewPolicy, policy_of
from kb.review.register import Register, register_of
from kb.review.standing import has_review, standing_of
from kb.review.words import unfounded_words, who

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_SIGN: Final = Message(
    "Sign with «evreg review sign», which writes all of it.",
    "「evreg review sign」で署名する(必要な値はすべて記入される)。",
)


def _check(subject: Subject, context: Context) -> Iterator[Finding]:
    entry = subject.entry
    if not has_review(entry):
        return
    policy, register = policy_of(context.root), register_of(context.root)
    seen: set[str] = set()
    for number, item in enumerate(entry.review.by):
        path = ("review", "by", number)
        yield from _form(item, path, policy, register)
        if item.orcid in seen:
            yield _twice(item, path)
        seen.add(item.orcid)
    standing = standing_of(entry, policy, register)
    if standing.unfounded:
        yield Finding(
            ("review", "status"),
            unfounded_words(standing, policy, register),
            Message(
                f"A status that sign-offs bear out (here, at most what review.yaml allows; «{standing.claimed}» is claimed).",
                f"署名によって裏付けられた段階でなければならない(要件はreview.yaml、現在の記載は「{standing.claimed}」)。",
            ),
            Message(
                "Write «status: draft», or have it signed with «evreg review sign».",
                "「status: draft」と記すか、「evreg review sign」で署名を得る。",
            ),
        )


def _form(item: SignOff, path: FieldPath, policy: ReviewPolicy, register: Register) -> Iterator[Finding]:
    if item.status not in STAGES:
        yield Finding(
            (*path, "status"),
            Message(
                f"«{shorten(item.status)}» cannot be signed.", f"「{shorten(item.status)}」に署名することはできない。"
            ),
            Message(f"One of: {', '.join(STAGES)}.", f"次のいずれかとする: {'、'.join(STAGES)}。"),
            _SIGN,
        )
    if not _DAY.fullmatch(item.on):
        yield Finding(
            (*path, "on"),
            Message(f"«{item.on}» is no exact day.", f"「{item.on}」は日まで特定されていない。"),
            Message("The day of the sign-off, as YYYY-MM-DD.", "署名した日をYYYY-MM-DDの形で記す。"),
            Message("Write the day.", "日付を記す。"),
        )
    if edition_of(item.hash) not in policy.content:
        known = ", ".join(policy.content)
        yield Finding(
            (*path, "hash"),
            Message(
                f"«{shorten(item.hash, 24)}» is no hash of a known edition.",
                f"「{shorten(item.hash, 24)}」は既知の版のハッシュ値ではない。",
            ),
            Message(
                f"An edition of review.yaml ({known}), a colon, 64 hexadecimal digits.",
                f"review.yamlにある版({known})、コロン、16進数64桁とする。",
            ),
            _SIGN,
        )
    if item.group is not None and item.group not in register.groups:
        near = near_miss(item.group, register.groups)
        yield Finding(
            (*path, "group"),
            Message(
                f"«{shorten(item.group)}» is no registered working group.{near.en}",
                f"「{shorten(item.group)}」という作業部会は登録されていない。{near.ja}",
            ),
            Message("A code under «groups» in reviewers.yaml.", "reviewers.yamlの「groups」にあるコードとする。"),
            Message(
                "Correct the code, register the group, or leave it out.", "コードを訂正するか、登録するか、省略する。"
            ),
        )


def _twice(item: SignOff, path: FieldPath) -> Finding:
    return Finding(
        (*path, "orcid"),
        Message(f"{who(item)} has signed twice.", f"「{who(item)}」の署名が重複している。"),
        Message("One sign-off of each person.", "署名は一人につき一つとする。"),
        Message("Remove the earlier one.", "古い方を取り除く。"),
    )


RULE = EntryRule(
    name="review-signed",
    level="error",
    description=Message("A review status rests on sign-offs.", "査読の段階が署名によって裏付けられていること。"),
    check=_check,
)
