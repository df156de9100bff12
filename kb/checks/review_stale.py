"""Facts are compared with their sources again before the review runs out."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks.partial_dates import latest, months_later
from kb.checks.rule import Context, EntryRule, Subject
from kb.problems import Finding, Message
from kb.review.policy import policy_of


def _check(subject: Subject, context: Context) -> Iterator[Finding]:
    entry = subject.entry
    if entry.withdrawn is not None:
        return
    review, months = entry.review, policy_of(context.root).months(entry.COLLECTION)
    if review.due is not None and latest(review.due) < context.today:
        yield _finding(
            "due", Message(f"The review was due on {review.due}.", f"確認の期限({review.due})を過ぎている。"), months
        )
    elif months_later(latest(review.verified), months) < context.today:
        yield _finding(
            "verified",
            Message(f"Last verified on {review.verified}.", f"最後に確認されたのは{review.verified}である。"),
            months,
        )


def _finding(field: str, found: Message, months: int) -> Finding:
    return Finding(
        ("review", field),
        found,
        Message(
            f"Verified within {months} months, and by the day in «due» if one is set.",
            f"{months}か月以内、かつ「due」があればその期限までに確認する。",
        ),
        Message(
            "Compare the entry with its sources, then enter the day under «review.verified».",
            "記載を資料と照合し、その日を「review.verified」に記す。",
        ),
    )


RULE = EntryRule(
    name="review-stale",
    level="warning",
    description=Message("Reviews are repeated in time.", "査読が期限内に繰り返されていること。"),
    check=_check,
)
