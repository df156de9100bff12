"""The common core of every entry: identity, summary, sources, confidence, review."""

from __future__ import annotations

from typing import Annotated, ClassVar

from kb.models.base import (
    CodeOf,
    Localized,
    Model,
    OriginalName,
    PartialDate,
    ReferenceTo,
    Slug,
    SourceKey,
    Text,
    described,
)
from kb.orcid import PATTERN as ORCID_PATTERN


class Title(OriginalName):
    """The entry's name in both languages."""

    translated: tuple[Annotated[str, CodeOf("languages")], ...] = described(
        "Languages in which the title is our own translation, not an official one.",
        "公式の題名ではなく、本データベースによる訳である言語。",
        (),
    )


class Source(Model):
    """Where a statement was read."""

    key: SourceKey = described(
        "Short key used by statements of this entry to point here (s1, s2 …).",
        "このエントリー内の記載から参照する短いキー(s1、s2…)。",
    )
    url: Text | None = described(
        "Web address (http or https). May be absent for a bibliographically complete source.",
        "ウェブアドレス(httpまたはhttps)。書誌情報が完全であれば省略できる。",
        None,
    )
    doi: Text | None = described("DOI without prefix, e.g. 10.1002/jev2.12404.", "DOI(接頭辞なし)。", None)
    pmid: Text | None = described("PubMed identifier (digits).", "PubMed ID(数字)。", None)
    title: Text = described("Title as the source gives it, in its own language.", "資料に記された題名(原語のまま)。")
    publisher: Text | None = described("Who published it.", "発行者。", None)
    published: PartialDate | None = described("Date of publication.", "発行日。", None)
    kind: Annotated[str, CodeOf("source-kinds")] = described("Kind of source.", "資料の種別。")
    read: Annotated[str, CodeOf("reading-depths")] = described(
        "How much of it was read: page, excerpt or not-read.", "どこまで読んだか(全文・抜粋・未読)。"
    )
    accessed: PartialDate = described("Day on which it was read.", "閲覧日。")
    archived: Text | None = described("Address of an archived copy.", "アーカイブされた写しのアドレス。", None)
    mirror: bool = described(
        "True when the address is a copy and the official page is still to be found.",
        "公式ページではなく写しのアドレスである場合はtrue。",
        False,
    )
    supports: tuple[Text, ...] = described(
        "Names of the fields of this entry that the source supports.",
        "この資料が裏付けるエントリー内のフィールド名。",
        (),
    )


class ConflictValue(Model):
    """One of several values that sources give for the same fact."""

    value: Localized = described("What this source states.", "この資料が示す内容。")
    sources: tuple[SourceKey, ...] = described("Keys of the sources that state it.", "根拠となる資料のキー。", ())


class Conflict(Model):
    """A disagreement between sources, shown and not smoothed over."""

    field: Text = described("Field concerned.", "該当するフィールド。")
    values: tuple[ConflictValue, ...] = described("The values side by side.", "並記する値。", min_length=2)
    note: Localized | None = described("What would settle it.", "解決に必要な確認事項。", None)


class SignOff(Model):
    """Who stands behind which content of the entry; written by «evreg review sign»."""

    name: Text = described("Full name.", "氏名。")
    orcid: Text = described("ORCID iD.", "ORCID iD。", json_schema_extra={"pattern": ORCID_PATTERN})
    affiliation: Localized = described("Affiliation on that day.", "署名した日の所属。")
    organisation: Text = described(
        "Code of the organisation in reviewers.yaml, or its name: what «different organisations» compares.",
        "reviewers.yamlにおける組織のコード又は組織名。「異なる組織」かどうかはこの値で判断する。",
    )
    group: Text | None = described(
        "Code in reviewers.yaml of the working group for which it was signed.",
        "署名に当たって代表した作業部会のコード(reviewers.yaml)。",
        None,
    )
    conflict_of_interest: Localized = described("Declared conflict of interest.", "利益相反の申告。")
    on: PartialDate = described("Day of the sign-off.", "署名した日。")
    status: Annotated[str, CodeOf("review-states")] = described(
        "What was signed: reviewed or approved.", "署名した段階(査読済み又は承認済み)。"
    )
    hash: Text = described(
        "Hash of the content that was signed; never written by hand.",
        "署名した内容のハッシュ値。手作業では記入しない。",
    )


class Review(Model):
    """How far the entry was examined, by whom and when."""

    status: Annotated[str, CodeOf("review-states")] = described(
        "draft, reviewed or approved.", "下書き・査読済み・承認済み。"
    )
    verified: PartialDate = described(
        "Day on which the facts were last compared with the sources.", "事実を資料と照合した直近の日。"
    )
    by: tuple[SignOff, ...] = described("Sign-offs.", "署名。", ())
    due: PartialDate | None = described("Day by which it is to be verified again.", "次回確認の期限。", None)


class Withdrawal(Model):
    """Why an entry no longer counts; entries are never deleted."""

    on: PartialDate = described("Day of withdrawal.", "取り下げ日。")
    reason: Localized = described("Reason.", "理由。")


class Event(Model):
    """Something that happened on a date; feeds timelines, calendars and feeds."""

    date: PartialDate = described("When.", "日付。")
    kind: Annotated[str, CodeOf("event-kinds")] = described("Kind of event.", "出来事の種別。")
    title: Localized = described("What happened.", "内容。")
    document: (
        Annotated[str, ReferenceTo("guidelines", "enforcement", "surveys", "products", "safety-events", "trials")]
        | None
    ) = described("Entry of the document concerned.", "関係する文書のエントリー。", None)
    sources: tuple[SourceKey, ...] = described("Keys of the sources.", "資料のキー。", ())
    confidence: Annotated[str, CodeOf("confidence-levels")] | None = described(
        "How sure this is.", "確からしさ。", None
    )


class Entry(Model):
    """What all entries share."""

    COLLECTION: ClassVar[str]
    #: Base fields written before a collection's own fields; the others follow them.
    LEADING: ClassVar[tuple[str, ...]] = ("id", "title", "origin", "aliases", "summary")

    id: Slug = described(
        "File name without .yaml; the permalink. Never changes.",
        "拡張子を除いたファイル名。恒久リンクとなり変更しない。",
    )
    title: Title = described("Name of the entry.", "エントリーの名称。")
    origin: Annotated[str, CodeOf("languages")] = described("Language of the original wording.", "原典の言語。")
    aliases: tuple[Slug, ...] = described("Former ids; they redirect here.", "旧ID。このエントリーへ転送される。", ())
    summary: Localized = described("One paragraph in own words.", "自らの言葉による一段落の要約。")
    sources: tuple[Source, ...] = described("Where the statements were read.", "記載の根拠とした資料。", min_length=1)
    confidence: Annotated[str, CodeOf("confidence-levels")] = described(
        "How sure the entry as a whole is.", "エントリー全体の確からしさ。"
    )
    conflicts: tuple[Conflict, ...] = described("Disagreements between sources.", "資料間の不一致。", ())
    notes: tuple[Localized, ...] = described("Editors' remarks for readers.", "編集者から読者への注記。", ())
    open_questions: tuple[Localized, ...] = described("What nobody has seen yet.", "まだ確認できていない事項。", ())
    review: Review = described("Review state.", "査読の状態。")
    withdrawn: Withdrawal | None = described("Set when the entry no longer counts.", "取り下げた場合に記す。", None)

    @classmethod
    def key_order(cls) -> tuple[str, ...]:
        """Field names in the order in which the canonical file writes them."""
        own = tuple(name for name in cls.model_fields if name not in Entry.model_fields)
        trailing = tuple(name for name in Entry.model_fields if name not in cls.LEADING)
        return (*cls.LEADING, *own, *trailing)
