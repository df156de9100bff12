"""Terms in both languages."""

from __future__ import annotations

from typing import Annotated, ClassVar

from kb.models.base import CodeOf, Localized, Model, Text, described
from kb.models.core import Entry


class Synonyms(Model):
    """Other words for the term, by language."""

    en: tuple[Text, ...] = described("English.", "英語。", ())
    ja: tuple[Text, ...] = described("Japanese.", "日本語。", ())
    ko: tuple[Text, ...] = described("Korean.", "韓国語。", ())
    zh: tuple[Text, ...] = described("Chinese.", "中国語。", ())


class AvoidedVariants(Model):
    """Renderings that the glossary check names in other entries."""

    en: tuple[Text, ...] = described("English.", "英語。", ())
    ja: tuple[Text, ...] = described("Japanese.", "日本語。", ())


class Term(Entry):
    """A term; the title is the preferred wording, the summary its definition."""

    COLLECTION: ClassVar[str] = "glossary"

    reading: Text = described("Reading of the Japanese term in hiragana.", "日本語の読み(ひらがな)。")
    abbreviations: tuple[Text, ...] = described("Abbreviations.", "略語。", ())
    synonyms: Synonyms = described("Synonyms and variant spellings.", "同義語・表記ゆれ。", Synonyms())
    avoid: AvoidedVariants = described(
        "Variants that texts of this atlas should not use.", "本アトラスの文章で用いない表記。", AvoidedVariants()
    )
    related: Synonyms = described(
        "Neighbouring words that are not synonyms: broader, narrower or often confused terms, kept for search.",
        "同義語ではない関連語(上位語・下位語・混同されやすい語)。検索のために記録する。",
        Synonyms(),
    )
    domain: Annotated[str, CodeOf("domains")] = described("Domain.", "分野。")
    preferred: bool = described("True when the term should be used.", "使用が望ましい用語はtrue。", True)
    usage: Localized | None = described("Advice on use.", "使用上の助言。", None)
    usage_basis: Annotated[str, CodeOf("usage-bases")] | None = described("Whose advice.", "助言の根拠。", None)
