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


class DetectionRule(Model):
    """One way in which the claim is made, read by the claim checker.

    A part is a concept of ``kb/lexicons`` (``@knee``) or a term, or several of them parted by ``|``.
    """

    all: tuple[Text, ...] = described(
        "Parts that one sentence must all hold: «@concept», words, or alternatives parted by «|».",
        "一文に全て含まれるべき要素。「@概念」又は語句とし、選択肢は「|」で区切る。",
        min_length=1,
    )
    unless: tuple[Text, ...] = described(
        "Parts that the sentence must not hold.", "その文に含まれてはならない要素。", ()
    )
    needs: tuple[Text, ...] = described(
        "Parts of which the text must hold one, anywhere.", "文章のどこかに一つは含まれるべき要素。", ()
    )
    window: int | None = described(
        "Most characters from the first to the last word.", "最初の語から最後の語までの最大文字数。", None, gt=0, le=400
    )
    across: bool = described(
        "Whether a part may stand in the heading or in the sentence before.",
        "見出し又は直前の文にある要素も数えるか。",
        False,
    )
    denies: bool = described(
        "Whether the claim itself denies something («no side effects»), so that a plain «not» does not count against it.",
        "主張自体が否定(「副作用がない」等)であり、単純な否定語で打ち消されないものか。",
        False,
    )


class Claim(Entry):
    """A statement found in advertising; the summary says what is asserted."""

    COLLECTION: ClassVar[str] = "claims"

    category: Annotated[str, CodeOf("claim-categories")] = described("Category.", "分類。")
    indications: tuple[Annotated[str, CodeOf("conditions")], ...] = described(
        "Conditions that are said to be treated or prevented; empty when the claim is not about one use.",
        "治療又は予防できるとされる状態。特定の用途に関する主張でない場合は記さない。",
        (),
    )
    wording: Wording = described("Phrases seen or likely.", "用いられる表現。")
    detection: tuple[DetectionRule, ...] = described(
        "How the claim checker recognises it.", "主張チェッカーが認識する規則。", ()
    )
    seen_in: tuple[Sighting, ...] = described("Where it was seen.", "確認された国・地域。", ())
    routes: tuple[Annotated[str, CodeOf("routes")], ...] = described("Routes offered.", "提供される投与経路。", ())
    why_it_matters: Localized = described("Why a reader should care.", "なぜ問題か。")
    what_is_known: Localized = described("What is known.", "分かっていること。")
    rules: tuple[RuleTouched, ...] = described("Rules touched.", "関係する規則。", ())
    frequency: tuple[Frequency, ...] = described("How common.", "頻度。", ())
    assessment: Assessment = described("Assessment.", "評価。")
    questions: tuple[Localized, ...] = described("Questions to ask before paying.", "支払う前に尋ねること。", ())
