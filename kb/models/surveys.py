"""Counts of what is offered and claimed."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import NonNegativeInt

from kb.models.base import CodeOf, Localized, Model, SourceKey, Text, described
from kb.models.core import Entry


class Sample(Model):
    """What was counted."""

    count: NonNegativeInt | None = described("Number counted.", "対象数。", None)
    unit: Localized = described("Of what.", "単位。")


class KeyFigure(Model):
    """One figure."""

    label: Localized = described("What it counts.", "項目。")
    value: float | None = described(
        "Value; absent when the exact figure was not seen.", "値。正確な値を確認していない場合は記さない。", None
    )
    unit: Annotated[str, CodeOf("figure-units")] = described("Unit.", "単位。")
    note: Localized | None = described("Remark.", "補足。", None)
    sources: tuple[SourceKey, ...] = described("Keys of the sources.", "資料のキー。", ())


class Survey(Entry):
    """A survey of the market."""

    COLLECTION: ClassVar[str] = "surveys"

    jurisdiction: Annotated[str, CodeOf("jurisdictions")] = described("Where.", "国・地域。")
    year: int | None = described("Year of the data.", "調査年。", None, ge=1980, le=2100)
    data_period: Text | None = described("Period, as start/end.", "調査期間(開始/終了)。", None)
    sample: Sample = described("What was counted.", "対象。")
    method: Localized = described("How.", "方法。")
    ev_specific: bool = described("True when EV products are counted alone.", "EV製品のみを数えた場合はtrue。")
    key_figures: tuple[KeyFigure, ...] = described("Figures.", "主な数値。", ())
    doi: Text | None = described("DOI.", "DOI。", None)
    limits: Localized = described("Limits.", "限界。")
