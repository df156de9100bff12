"""Products described in public, as models for quality planning."""

from __future__ import annotations

from typing import Annotated, ClassVar

from kb.models.base import CodeOf, Localized, Model, ReferenceTo, SourceKey, described
from kb.models.core import Entry, Event


class SourcedStatement(Localized):
    """A statement with its sources."""

    sources: tuple[SourceKey, ...] = described("Keys of the sources.", "資料のキー。", ())


class TargetProfileItem(Localized):
    """One line of the quality target product profile (ICH Q8)."""

    basis: Annotated[str, CodeOf("profile-bases")] = described("Published or inferred.", "公表・推定の別。")


class ReleaseTest(Model):
    """A published release test."""

    attribute: Annotated[str, ReferenceTo("attributes")] = described("Attribute.", "品質特性。")
    criterion: Localized = described("Criterion.", "判定基準。")
    method: Localized | None = described("Method.", "試験法。", None)
    sources: tuple[SourceKey, ...] = described("Keys of the sources.", "資料のキー。", ())


class ProductProcess(Localized):
    """How the product passes one process step."""

    step: Annotated[str, ReferenceTo("process-steps")] = described("Process step.", "工程。")
    sources: tuple[SourceKey, ...] = described("Keys of the sources.", "資料のキー。", ())


class Product(Entry):
    """A product or development programme described in public."""

    COLLECTION: ClassVar[str] = "products"

    kind: Annotated[str, CodeOf("product-kinds")] = described("Kind of record.", "記録の種別。")
    developer: Localized | None = described("Developer.", "開発者。", None)
    countries: tuple[Annotated[str, CodeOf("jurisdictions")], ...] = described(
        "Where it is developed or made.", "開発・製造が行われている国・地域。", ()
    )
    cell_source: Localized | None = described("Cell source.", "細胞の由来。", None)
    modality: Annotated[str, CodeOf("modalities")] = described("Modality.", "モダリティ。")
    indications: tuple[Localized, ...] = described("Indications.", "適応。", ())
    conditions: tuple[Annotated[str, CodeOf("conditions")], ...] = described("Conditions as codes.", "疾患コード。", ())
    route: Localized | None = described("Route in words.", "投与経路(記述)。", None)
    routes: tuple[Annotated[str, CodeOf("routes")], ...] = described("Routes as codes.", "投与経路コード。", ())
    public_status: Localized | None = described("Stage of development.", "開発段階。", None)
    mechanism: Localized | None = described("Mechanism claimed.", "作用機序。", None)
    doses: tuple[SourcedStatement, ...] = described("Doses published.", "公表された用量。", ())
    target_profile: tuple[TargetProfileItem, ...] = described(
        "Quality target product profile.", "目標製品品質プロファイル(QTPP)。", ()
    )
    critical_attributes: tuple[Annotated[str, ReferenceTo("attributes")], ...] = described(
        "Critical quality attributes.", "重要品質特性(CQA)。", ()
    )
    release_tests: tuple[ReleaseTest, ...] = described("Release tests published.", "公表された出荷試験。", ())
    process: tuple[ProductProcess, ...] = described("Process published.", "公表された製造工程。", ())
    challenges: tuple[Annotated[str, CodeOf("challenges")], ...] = described(
        "Problems of EV regulation that the product exemplifies.", "この製品が例示する規制上の課題。", ()
    )
    events: tuple[Event, ...] = described("What happened.", "経過。", ())
