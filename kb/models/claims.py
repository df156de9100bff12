"""What advertisements assert about EV treatments, and what is known; never a clinic's name."""

from __future__ import annotations

from typing import Annotated, ClassVar

from kb.models.base import CodeOf, Localized, Model, ReferenceTo, SourceKey, Text, described
from kb.models.core import Entry


class Wording(Model):
    """Phrases in which the claim appears."""

    en: tuple[Text, ...] = described("English phrases.", "英語の表現。", ())
    ja: tuple[Text, ...] = described("Japanese phrases.", "日本語の表現。", ())


class Sighting(Model):
    """Where the claim was seen."""

    jurisdiction: Annotated[str, CodeOf("jurisdictions")] = described("Country.", "国・地域。")
    evidence: Annotated[str, CodeOf("sighting-evidence")] | None = described("Kind of evidence.", "根拠の種別。", None)


class RuleTouched(Model):
    """A rule that the claim touches: a requirement of a document."""

    guideline: Annotated[str, ReferenceTo("guidelines", "enforcement")] = described(
        "Document or official act.", "文書又は公的な措置。"
    )
    requirement: SourceKey | None = described("Key of the requirement in it.", "文書内の要求事項のキー。", None)
    basis: Annotated[str, CodeOf("bases")] = described("What was read.", "何を読んだか。")
    note: Localized | None = described("How it touches this claim in particular.", "この主張に特有の関係。", None)


class Frequency(Model):
    """How common the claim was in a survey."""

    value: Localized = described("Figure as reported.", "報告された値。")
    population: Localized = described("Among whom.", "対象集団。")
    survey: Annotated[str, ReferenceTo("surveys")] = described("Survey.", "調査。")


class Assessment(Model):
    """What the evidence says of the claim."""

    value: Annotated[str, CodeOf("claim-assessments")] = described("Assessment.", "評価。")
    reason: Localized = described("Reason.", "理由。")


class Claim(Entry):
    """A statement found in advertising; the summary says what is asserted."""

    COLLECTION: ClassVar[str] = "claims"

    category: Annotated[str, CodeOf("claim-categories")] = described("Category.", "分類。")
    wording: Wording = described("Phrases seen or likely.", "用いられる表現。")
    seen_in: tuple[Sighting, ...] = described("Where it was seen.", "確認された国・地域。", ())
    routes: tuple[Annotated[str, CodeOf("routes")], ...] = described("Routes offered.", "提供される投与経路。", ())
    why_it_matters: Localized = described("Why a reader should care.", "なぜ問題か。")
    what_is_known: Localized = described("What is known.", "分かっていること。")
    rules: tuple[RuleTouched, ...] = described("Rules touched.", "関係する規則。", ())
    frequency: tuple[Frequency, ...] = described("How common.", "頻度。", ())
    assessment: Assessment = described("Assessment.", "評価。")
    questions: tuple[Localized, ...] = described("Questions to ask before paying.", "支払う前に尋ねること。", ())
