"""Documents that set or explain rules: laws, guidelines, notices, standards, position statements."""

from __future__ import annotations

from typing import Annotated, ClassVar

from kb.models.base import CodeOf, Localized, Model, OriginalName, PartialDate, ReferenceTo, SourceKey, Text, described
from kb.models.core import Entry, Event


class DocumentDates(Model):
    """The dates of a document, kept apart because they answer different questions."""

    proposed: PartialDate | None = described("First published as a proposal or draft.", "案として公表された日。", None)
    comment_until: PartialDate | None = described("Last day for comments.", "意見募集の締切日。", None)
    adopted: PartialDate | None = described("Adopted or passed.", "議決・採択の日。", None)
    issued: PartialDate | None = described("Published or promulgated.", "公布・発出・公表の日。", None)
    effective: PartialDate | None = described("In force.", "施行日。", None)
    applies_from: PartialDate | None = described(
        "Applies from, when later than in force.", "適用開始日(施行日より遅い場合)。", None
    )
    revised: tuple[PartialDate, ...] = described("Revisions.", "改正・改訂の日。", ())
    withdrawn: PartialDate | None = described("Repealed or withdrawn.", "廃止・撤回の日。", None)


class Requirement(Model):
    """One thing that a document demands, recommends or mentions: the only home of this fact."""

    key: SourceKey | None = described(
        "Short name by which claims point to this requirement.", "主張(claims)から参照するための短い名称。", None
    )
    topic: Annotated[str, CodeOf("topics")] = described("Topic.", "論点。")
    attribute: Annotated[str, ReferenceTo("attributes")] | None = described(
        "Quality attribute concerned.", "対象となる品質特性。", None
    )
    subject: Localized | None = described(
        "What it concerns, when no quality attribute fits.", "該当する品質特性がない場合の対象。", None
    )
    level: Annotated[str, CodeOf("requirement-levels")] = described(
        "Required, recommended or mentioned; read together with the legal force.",
        "要求・推奨・言及の別。法的拘束力と併せて読む。",
    )
    statement: Localized = described("What the document says, in own words.", "文書の内容(自らの言葉による)。")
    basis: Annotated[str, CodeOf("bases")] = described(
        "What was read: the text, a summary, only a heading, or an inference.",
        "何を読んだか(本文・要約・見出しのみ・推論)。",
    )
    sources: tuple[SourceKey, ...] = described("Keys of the sources.", "資料のキー。", ())


class Relation(Model):
    """How a document relates to another."""

    type: Annotated[str, CodeOf("relation-types")] = described("Kind of relation.", "関係の種別。")
    target: Annotated[str, ReferenceTo("guidelines", "enforcement")] | None = described(
        "Entry of the other document.", "相手の文書のエントリー。", None
    )
    outside: Text | None = described(
        "The other document's name when it has no entry here.", "エントリーのない文書の名称。", None
    )
    inferred: bool = described(
        "True when nobody saw the relation stated.", "明記を確認していない推定の関係はtrue。", False
    )
    prospective: bool = described("True when the relation is announced, not yet real.", "予告段階の関係はtrue。", False)
    note: Localized | None = described("Remark.", "補足。", None)


class Guideline(Entry):
    """A document that sets, explains or prepares rules."""

    COLLECTION: ClassVar[str] = "guidelines"

    jurisdiction: Annotated[str, CodeOf("jurisdictions")] = described("Where it applies.", "適用される国・地域。")
    issuer: OriginalName = described("Who issued it.", "発行機関。")
    document_type: Annotated[str, CodeOf("document-types")] = described("Type of document.", "文書の種別。")
    legal_force: Annotated[str, CodeOf("legal-forces")] = described("How far it binds.", "法的拘束力。")
    status: Annotated[str, CodeOf("document-statuses")] = described("Present status.", "現在の状態。")
    applies_to_ev: Annotated[str, CodeOf("ev-applicability")] = described("Does it speak of EVs?", "EVに適用されるか。")
    applies_reason: Localized | None = described("Why so.", "その理由。", None)
    addressees: tuple[Annotated[str, CodeOf("addressees")], ...] = described("Whom it addresses.", "名宛人。", ())
    dates: DocumentDates = described("Dates.", "日付。", DocumentDates())
    document_numbers: tuple[Text, ...] = described("Official numbers.", "文書番号。", ())
    doi: Text | None = described("DOI of the document itself.", "文書自体のDOI。", None)
    url: Text | None = described("Address of the official text.", "公式本文のアドレス。", None)
    languages: tuple[Annotated[str, CodeOf("languages")], ...] = described(
        "Languages of the document.", "文書の言語。", ()
    )
    scope: tuple[Annotated[str, CodeOf("scopes")], ...] = described("What it covers.", "対象範囲。", ())
    topics: tuple[Annotated[str, CodeOf("topics")], ...] = described("Topics.", "論点。", ())
    requirements: tuple[Requirement, ...] = described("What it asks.", "要求事項。", ())
    relations: tuple[Relation, ...] = described("Relations to other documents.", "他の文書との関係。", ())
    events: tuple[Event, ...] = described("What happened to it.", "経過。", ())
