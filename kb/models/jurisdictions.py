"""How one country, region or body treats EV products."""

from __future__ import annotations

from typing import Annotated, ClassVar

from kb.models.base import CodeOf, Localized, Model, OriginalName, PartialDate, ReferenceTo, SourceKey, Text, described
from kb.models.core import Entry, Event


class Authority(Model):
    """A body with a say over EV products."""

    name: OriginalName = described("Name.", "名称。")
    role: Localized = described("What it decides.", "役割。")


class Classification(Model):
    """The legal class of one form of product."""

    product: Localized = described("The form of product.", "製品の形態。")
    ev_source: Annotated[str, CodeOf("finder-sources")] | None = described("EV source.", "EVの由来。", None)
    cargo: Annotated[str, CodeOf("finder-cargos")] | None = described("Cargo.", "内包物。", None)
    form: Annotated[str, CodeOf("finder-forms")] | None = described("Preparation.", "製剤形態。", None)
    route: Annotated[str, CodeOf("finder-routes")] | None = described("Route.", "投与経路。", None)
    claim: Annotated[str, CodeOf("finder-claims")] | None = described("Claim made.", "標ぼう。", None)
    legal_class: Annotated[str, CodeOf("legal-classes")] = described("Class.", "区分。")
    statement: Localized = described("The class in words, with its reason.", "区分とその理由。")
    guidelines: tuple[Annotated[str, ReferenceTo("guidelines", "enforcement")], ...] = described(
        "Documents on which it rests.", "根拠となる文書。", ()
    )
    confidence: Annotated[str, CodeOf("confidence-levels")] | None = described("How sure.", "確からしさ。", None)
    sources: tuple[SourceKey, ...] = described("Keys of the sources.", "資料のキー。", ())


class Pathway(Model):
    """A way to use or market an EV product."""

    name: Localized = described("Name.", "名称。")
    status: Annotated[str, CodeOf("pathway-statuses")] = described("Open to EV products?", "EV製品に利用できるか。")
    description: Localized | None = described("How it works for EV products.", "EV製品での扱い。", None)
    legal_basis: Localized | None = described("Legal basis.", "法的根拠。", None)
    guidelines: tuple[Annotated[str, ReferenceTo("guidelines", "enforcement")], ...] = described(
        "Documents on which it rests.", "根拠となる文書。", ()
    )
    confidence: Annotated[str, CodeOf("confidence-levels")] | None = described("How sure.", "確からしさ。", None)
    sources: tuple[SourceKey, ...] = described("Keys of the sources.", "資料のキー。", ())


class Coverage(Localized):
    """A matter that is regulated, or is not."""

    guidelines: tuple[Annotated[str, ReferenceTo("guidelines", "enforcement")], ...] = described(
        "Documents on which it rests.", "根拠となる文書。", ()
    )


class MarketFact(Model):
    """A figure or observation about the market."""

    statement: Localized = described("The fact.", "事実。")
    record: Annotated[str, ReferenceTo("surveys", "guidelines", "enforcement")] | None = described(
        "Entry that holds it.", "該当するエントリー。", None
    )
    sources: tuple[SourceKey, ...] = described("Keys of the sources.", "資料のキー。", ())


class ReportingRoute(Model):
    """Where a reader can report something or ask for advice; only what a source states."""

    what: Localized = described("What can be reported or asked there.", "通報・相談できる事項。")
    body: OriginalName = described("Who receives it.", "受け付ける機関。")
    url: Text | None = described(
        "Address of the form or page, as a source gives it.", "資料に記された様式又はページのアドレス。", None
    )
    sources: tuple[SourceKey, ...] = described("Keys of the sources.", "資料のキー。", min_length=1)


class NullSearch(Model):
    """A search that found nothing, so that «silent» and «not surveyed» differ."""

    what: Localized = described("What was looked for.", "探した事項。")
    where: Localized = described("Where.", "探した場所。")
    on: PartialDate = described("When.", "探した日。")


class Jurisdiction(Entry):
    """How one country, region or body treats EV products."""

    COLLECTION: ClassVar[str] = "jurisdictions"

    code: Annotated[str, CodeOf("jurisdictions")] = described("Code of the jurisdiction.", "国・地域のコード。")
    name: OriginalName = described("Name of the jurisdiction.", "国・地域の名称。")
    as_of: PartialDate = described("Day to which the profile refers.", "記載の基準日。")
    coverage: Annotated[str, CodeOf("coverage-levels")] = described("How much was read.", "調査の充実度。")
    regulates_ev: Annotated[str, CodeOf("ev-regulation")] = described(
        "By name, by definition, by analogy or silent.", "名指し・定義・類推・規定なしの別。"
    )
    position: Localized | None = described("How EVs are classified, in words.", "EVの位置づけの説明。", None)
    classification: tuple[Classification, ...] = described("Class by form of product.", "製品形態別の区分。", ())
    authorities: tuple[Authority, ...] = described("Authorities.", "所管当局。", ())
    pathways: tuple[Pathway, ...] = described("Pathways.", "利用・承認の経路。", ())
    regulated: tuple[Coverage, ...] = described("What is regulated.", "規制されている事項。", ())
    not_regulated: tuple[Coverage, ...] = described(
        "What is not regulated or unclear.", "規制されていない、又は不明な事項。", ()
    )
    not_regulated_basis: Localized | None = described("How that was concluded.", "その判断の根拠。", None)
    market_facts: tuple[MarketFact, ...] = described("Market facts.", "市場の状況。", ())
    reporting: tuple[ReportingRoute, ...] = described(
        "Where harm or advertising can be reported, or advice be had.", "健康被害や広告の通報先、相談先。", ()
    )
    events: tuple[Event, ...] = described("Timeline.", "年表。", ())
    regulatory_questions: tuple[Localized, ...] = described(
        "Questions that the regulator has not settled.", "規制上未解決の論点。", ()
    )
    searched_not_found: tuple[NullSearch, ...] = described(
        "Searches that found nothing.", "調べたが確認できなかった事項。", ()
    )
