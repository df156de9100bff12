"""Official acts: letters, orders, judgments, warnings."""

from __future__ import annotations

from typing import Annotated, ClassVar

from kb.models.base import CodeOf, Localized, OriginalName, PartialDate, ReferenceTo, Text, described
from kb.models.core import Entry, Event
from kb.models.guidelines import Requirement


class EnforcementAction(Entry):
    """An official act concerning EV or neighbouring products."""

    COLLECTION: ClassVar[str] = "enforcement"

    jurisdiction: Annotated[str, CodeOf("jurisdictions")] = described("Where.", "国・地域。")
    authority: OriginalName = described("Who acted.", "当局。")
    action_type: Annotated[str, CodeOf("action-types")] = described("Type of act.", "措置の種別。")
    date: PartialDate | None = described("Date of the act.", "措置の日。", None)
    addressee: Text | None = described(
        "Addressee as the authority published it; absent when none or withheld.",
        "当局が公表したとおりの名宛人。ない場合又は掲載しない場合は記さない。",
        None,
    )
    addressees: tuple[Annotated[str, CodeOf("addressees")], ...] = described(
        "Kinds of people the act speaks to.", "措置が対象とする者の種別。", ()
    )
    subject: Localized = described("What the act is about.", "措置の内容。")
    legal_basis: tuple[Text, ...] = described("Provisions cited.", "根拠条文。", ())
    product_types: tuple[Annotated[str, CodeOf("product-types")], ...] = described("Products.", "製品の種別。", ())
    ev_relevance: Annotated[str, CodeOf("ev-relevance")] = described("How it concerns EVs.", "EVとの関係。")
    names_exosomes: bool | None = described(
        "Does the act name exosomes? Absent when the full text was not read.",
        "エクソソームを名指ししているか。全文未読の場合は記さない。",
        None,
    )
    reference: Text | None = described("Reference number.", "文書番号。", None)
    url: Text | None = described("Address of the official copy.", "公式文書のアドレス。", None)
    official_copy_to_find: bool = described(
        "True when only copies were seen.", "公式文書を確認していない場合はtrue。", False
    )
    outcome: Localized | None = described("What followed.", "その後の経過。", None)
    requirements: tuple[Requirement, ...] = described(
        "What the act says about the rules.", "規則について示された内容。", ()
    )
    related: tuple[Annotated[str, ReferenceTo("guidelines", "enforcement")], ...] = described(
        "Documents and acts concerned.", "関係する文書・措置。", ()
    )
    events: tuple[Event, ...] = described("What happened.", "経過。", ())
