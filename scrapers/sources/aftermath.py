"""What was published about a cited work afterwards: retractions, concerns and corrections, as one warning per entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from kb.models.base import Localized
from kb.problems import Message, shorten
from kb.proposals import Proposal
from scrapers.source import Visit
from scrapers.sources.notices import notice, slug

Weight = Literal["retraction", "concern", "correction", "other"]
_ORDER: tuple[Weight, ...] = ("retraction", "concern", "correction", "other")
_WORDS: dict[Weight, Message] = {
    "retraction": Message("A work cited here has been retracted", "引用している文献が撤回された"),
    "concern": Message("An expression of concern about a work cited here", "引用している文献に懸念の表明が出された"),
    "correction": Message(
        "A work cited here has been corrected (it is not retracted)", "引用している文献が訂正された(撤回ではない)"
    ),
    "other": Message("A later notice belongs to a work cited here", "引用している文献に後続の告知がある"),
}
_TO_DO: dict[Weight, Message] = {
    "retraction": Message(
        "Statements that rest on it need another source.", "この文献に基づく記載は別の根拠を必要とする。"
    ),
    "concern": Message("Read it and reconsider what rests on the work.", "内容を確かめ、依拠する記載を再検討する。"),
    "correction": Message(
        "See whether the figures used here were corrected.", "使用している数値の訂正の有無を確かめる。"
    ),
    "other": Message("See whether it matters here.", "本エントリーへの影響を確かめる。"),
}


class Notice(NamedTuple):
    """One later publication about a work.

    Attributes:
        weight: How much it matters.
        name: What the source calls it.
        where: DOI or citation of the notice; may be empty.
        on: Day of the notice, where the source tells.
    """

    weight: Weight
    name: str
    where: str = ""
    on: str | None = None


def warning(visit: Visit, entry: str, work: str, title: str, url: str, notices: Sequence[Notice]) -> Proposal:
    """The one warning about a work at one entry; the gravest notice leads.

    Args:
        visit: The visit that found it.
        entry: Collection and id of the entry that cites the work.
        work: ``DOI 10.1000/x`` or ``PMID 1``.
        title: Title of the work.
        url: Where the source states it.
        notices: At least one.
    """
    ordered = sorted(notices, key=lambda item: (_ORDER.index(item.weight), item.on or "", item.where))
    gravest = ordered[0].weight
    lead, to_do = _WORDS[gravest], _TO_DO[gravest]
    name = shorten(title, 200)
    listed = "; ".join(_listed(item) for item in ordered)
    return notice(
        visit,
        slug("retraction", work, entry),
        entry,
        Localized(
            en=f"{lead.en}: “{name}” ({work}). Notices: {listed}. {to_do.en}",
            ja=f"{lead.ja}:「{name}」({work})。告知: {listed}。{to_do.ja}",
        ),
        url,
        repr(ordered),
        kind="notice" if gravest == "other" else "retraction",
        confidence="low" if gravest == "other" else "high",
        reasons=(
            Localized(
                en="The record of the cited work itself names the notice; notices that name other works are not counted.",
                ja="引用文献自体の記録に告知が示されている。他の文献についての告知は数えない。",
            ),
        ),
    )


def _listed(item: Notice) -> str:
    parts = [part for part in (shorten(item.where, 120), item.on) if part]
    return f"{shorten(item.name, 60)} ({', '.join(parts)})" if parts else shorten(item.name, 60)
