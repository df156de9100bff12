"""Harm reported after EV and neighbouring products."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import NonNegativeInt

from kb.models.base import CodeOf, Localized, Model, PartialDate, ReferenceTo, Text, described
from kb.models.core import Entry


class Affected(Model):
    """How many people were affected."""

    count: NonNegativeInt | None = described(
        "Number; absent when not published.", "人数。公表されていない場合は記さない。", None
    )
    note: Localized | None = described("Remark.", "補足。", None)


class Causality(Model):
    """How firmly the harm is tied to the product."""

    value: Annotated[str, CodeOf("causality-levels")] = described("Degree.", "程度。")
    reason: Localized = described("Reason.", "理由。")


class SafetyEvent(Entry):
    """A harm, or a sign of one."""

    COLLECTION: ClassVar[str] = "safety-events"

    jurisdiction: Annotated[str, CodeOf("jurisdictions")] = described("Where.", "国・地域。")
    date: PartialDate | None = described("When it happened or was published.", "発生又は公表の日。", None)
    event_type: Annotated[str, CodeOf("safety-event-types")] = described("Type of event.", "事象の種別。")
    product_types: tuple[Annotated[str, CodeOf("product-types")], ...] = described("Products.", "製品の種別。", ())
    routes: tuple[Annotated[str, CodeOf("routes")], ...] = described("Routes.", "投与経路。", ())
    indications: tuple[Annotated[str, CodeOf("conditions")], ...] = described(
        "Conditions for which the product was given, when the source says so.",
        "製品が使用された目的の状態(資料に記載がある場合)。",
        (),
    )
    affected: Affected = described("People affected.", "被害者数。", Affected())
    outcome: Localized = described("Outcome.", "転帰。")
    causality: Causality = described("Causality.", "因果関係。")
    source_type: Annotated[str, CodeOf("safety-source-types")] = described("Who reported it.", "報告元。")
    ev_relevance: Annotated[str, CodeOf("ev-relevance")] = described(
        "How it concerns EVs; context never counts as an EV event.", "EVとの関係。参考事例はEVの事象に数えない。"
    )
    doi: Text | None = described("DOI of the report.", "報告のDOI。", None)
    related: tuple[Annotated[str, ReferenceTo("enforcement", "guidelines", "safety-events", "trials")], ...] = (
        described("Acts and documents that followed.", "関係する措置・文書。", ())
    )
