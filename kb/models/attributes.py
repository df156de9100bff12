"""Quality attributes of EV medicines."""

from __future__ import annotations

from typing import Annotated, ClassVar

from kb.models.base import CodeOf, Localized, Model, ReferenceTo, SourceKey, Text, described
from kb.models.core import Entry


class Assay(Model):
    """A method applied to the attribute; what the method is stands in the vocabulary."""

    method: Annotated[str, CodeOf("assay-methods")] = described("Method.", "試験法。")
    measures: tuple[Localized, ...] = described("What it measures here.", "測定対象。", ())
    units: tuple[Text, ...] = described("Units.", "単位。", ())
    result: Localized | None = described(
        "How the result is expressed when a unit does not say it.", "単位だけでは表せない結果の表し方。", None
    )
    standards: tuple[Text, ...] = described("Standards for it.", "関連する規格。", ())


class ReportedValue(Model):
    """A number from a source: measured value, release criterion and legal limit are different things."""

    kind: Annotated[str, CodeOf("value-kinds")] = described("Kind of number.", "値の種別。")
    value: Localized = described("The value with its unit.", "値と単位。")
    context: Localized = described("Of what, by which method.", "対象と測定法。")
    derived: bool = described("True when calculated by us.", "本データベースによる計算値はtrue。", False)
    product: Annotated[str, ReferenceTo("products")] | None = described("Product.", "製品。", None)
    guideline: Annotated[str, ReferenceTo("guidelines")] | None = described("Document.", "文書。", None)
    sources: tuple[SourceKey, ...] = described("Keys of the sources.", "資料のキー。", ())


class QualityAttribute(Entry):
    """A property that decides quality; the summary defines it."""

    COLLECTION: ClassVar[str] = "attributes"

    category: Annotated[str, CodeOf("attribute-categories")] = described("Category.", "分類。")
    criticality: Annotated[str, CodeOf("criticalities")] = described("How critical.", "重要度。")
    rationale: Localized = described("Why it matters.", "重要である理由。")
    lifecycle: tuple[Annotated[str, CodeOf("lifecycle-stages")], ...] = described(
        "When it is tested.", "試験の段階。", ()
    )
    assays: tuple[Assay, ...] = described("Methods.", "試験法。", ())
    reported_values: tuple[ReportedValue, ...] = described("Reported values.", "報告値。", ())
    process_steps: tuple[Annotated[str, ReferenceTo("process-steps")], ...] = described(
        "Process steps that affect it.", "影響する工程。", ()
    )
