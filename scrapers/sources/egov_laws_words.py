"""Words about states of Japanese laws."""

from __future__ import annotations

from datetime import date

from kb.models.base import Localized
from scrapers.sources.egov_laws_records import Revision


def subordinate(day: date) -> Localized:
    """Why a rule is shown at a law."""
    return Localized(
        en=f"Its title begins with the title of this law; entered into e-Gov on {day}.",
        ja=f"題名がこの法律の題名で始まる。e-Govへの登録日: {day}。",
    )


def from_en(day: str | None) -> str:
    """A start that is fixed."""
    return f", in force from {day}" if day else ""


def from_ja(day: str | None) -> str:
    """A start that is fixed."""
    return f"(施行日: {day})" if day else ""


def start_en(revision: Revision) -> str:
    """A start that may be an upper bound only."""
    if revision.starts and revision.is_provisional:
        return f", to start by {revision.starts} (provisional date of e-Gov)"
    return from_en(revision.starts)


def start_ja(revision: Revision) -> str:
    """A start that may be an upper bound only."""
    return (
        f"(暫定施行日: {revision.starts})" if revision.starts and revision.is_provisional else from_ja(revision.starts)
    )


def by_en(revision: Revision) -> str:
    """The law that amends."""
    return f", by «{revision.amendment_law_title}»" if revision.amendment_law_title else ""


def by_ja(revision: Revision) -> str:
    """The law that amends."""
    number = f"、{revision.amendment_law_num}" if revision.amendment_law_num else ""
    return f"(改正法令: {revision.amendment_law_title}{number})" if revision.amendment_law_title else ""
