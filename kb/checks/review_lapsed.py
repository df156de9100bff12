"""An entry whose content changed after it was signed counts as a draft again; the people concerned should know."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks.rule import Context, EntryRule, Subject
from kb.models.core import SignOff
from kb.problems import Finding, Message
from kb.review.policy import ReviewPolicy, policy_of
from kb.review.register import register_of
from kb.review.standing import has_review, standing_of
from kb.review.words import who

#: Names of changed fields in one message.
_NAMED = 6


def _check(subject: Subject, context: Context) -> Iterator[Finding]:
    if not has_review(subject.entry):
        return
    policy = policy_of(context.root)
    standing = standing_of(subject.entry, policy, register_of(context.root))
    for number, signature in enumerate(standing.signatures):
        if signature.fault == "changed":
            yield _finding(
                number, signature.sign_off, standing.status, _what_changed(subject, context, signature.sign_off, policy)
            )


def _finding(number: int, item: SignOff, status: str, changed: Message) -> Finding:
    return Finding(
        ("review", "by", number, "hash"),
        Message(
            f"The entry changed after {who(item)} signed it on {item.on}{changed.en}; it counts as «{status}».",
            f"「{who(item)}」が{item.on}に署名した後に内容が変更されている{changed.ja}。現在の扱いは「{status}」である。",
        ),
        Message(
            "The content that was signed; only the exempt fields of review.yaml may change.",
            "署名された内容のままとする。変更してよいのはreview.yamlの除外フィールドに限る。",
        ),
        Message(
            "Ask for it to be signed again («evreg review show», «evreg review sign»), or take the change back.",
            "改めて署名を得る(「evreg review show」「evreg review sign」)か、変更を取り消す。",
        ),
    )


def _what_changed(subject: Subject, context: Context, item: SignOff, policy: ReviewPolicy) -> Message:
    """The changed fields when the history of the repository has the signed content; nothing otherwise."""
    from kb.review.lapse import changes_since  # reading the history is rarely needed

    lapse = changes_since(context.root, subject.file, subject.data, item, policy, context.vocabularies)
    names = sorted({change.name for change in lapse.changes}) if lapse else []
    if not names:
        return Message("", "")
    listed, more = ", ".join(names[:_NAMED]), len(names) - _NAMED
    return Message(
        f" («{listed}»{f' and {more} more fields' if more > 0 else ''})",
        f"(「{listed}」{f'ほか{more}項目' if more > 0 else ''})",
    )


RULE = EntryRule(
    name="review-lapsed",
    level="info",
    description=Message("Sign-offs cover the content as it is.", "署名が現在の内容に及んでいること。"),
    check=_check,
)
