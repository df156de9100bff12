"""The fixed words of ``evreg claims check`` in both languages."""

from __future__ import annotations

from typing import Final

LANGUAGES: Final = {
    "en": {"en": "The text is in English.", "ja": "本文の言語: 英語"},
    "ja": {"en": "The text is in Japanese.", "ja": "本文の言語: 日本語"},
    "none": {"en": "The text holds no words of a language.", "ja": "本文に言語として読める語がない。"},
    "other": {
        "en": "The text seems to be in another language; only English and Japanese are read, so what is not found says nothing.",
        "ja": "本文は英語・日本語以外とみられる。読み取れるのは英語と日本語のみであり、見いだせないことには意味がない。",
    },
}
HTML: Final = {
    "en": "The main text was taken out of HTML.",
    "ja": "HTMLから本文を取り出して調べた。",
}
COUNT: Final = {
    "en": "Statements found: {findings}. Set aside: {set_aside}.",
    "ja": "見いだした記述: {findings}件 判断から除いた記述: {set_aside}件",
}
NOTHING: Final = {
    "en": "No statement of the catalogue was found. This does not show that the text is right or the treatment sound.",
    "ja": "一覧にある主張は見いだせなかった。記載が正しいことや治療が適切であることを示すものではない。",
}
SET_ASIDE: Final = {"en": "Set aside, because not asserted:", "ja": "主張されていないため除いた記述:"}
REASONS: Final = {
    "asked": {"en": "it is asked", "ja": "疑問文である"},
    "reported": {"en": "it is told of others", "ja": "第三者の発言・報告である"},
    "denied": {"en": "it is denied or limited", "ja": "否定又は限定されている"},
    "other-product": {"en": "it is said of another product", "ja": "別の製品に関する記述である"},
    "whole-text": {"en": "the text as a whole reports or explains", "ja": "文章全体が報告・解説である"},
}
MISSING: Final = {"en": "Not stated in these words:", "ja": "本文に見当たらない明示事項:"}
NOTHING_MISSING: Final = {
    "en": "Words for each of these points were found; whether they suffice is not judged here.",
    "ja": "各事項に当たる語句が見いだされた。記載が十分であるかは判断していない。",
}
ONLY_READ: Final = {
    "en": "Only what was given was read; it may be stated elsewhere.",
    "ja": "読み取ったのは与えられた文章のみであり、他の箇所に記載されている可能性がある。",
}
NO_PLACE: Final = {
    "en": "Name your jurisdiction, e.g. --jurisdiction JP, for its rules, required statements and places to report.",
    "ja": "「--jurisdiction JP」のように国・地域を指定すると、規則、明示事項、通報先を示す。",
}
NO_LIST: Final = {
    "en": "What an advertisement must state in {place} is not on record here.",
    "ja": "{place}で広告に求められる明示事項は、本データベースに記録されていない。",
}
REPORTING: Final = {"en": "Where to report or get advice in {place}:", "ja": "{place}の通報・相談先:"}
NO_REPORTING: Final = {
    "en": "No place to report or get advice in {place} is on record here yet; that does not mean that there is none.",
    "ja": "{place}の通報・相談先は、本データベースにまだ記録されていない。存在しないことを意味するものではない。",
}
NO_VERDICT: Final = {
    "en": "This is about wording, not about any provider.",
    "ja": "文言に関する情報であり、特定の提供者を評価するものではない。",
}
MORE_PLACES: Final = {"en": "and {count} more places", "ja": "ほか{count}か所"}
MORE_SOURCES: Final = {
    "en": "{count} more: «evreg claims explain {claim}»",
    "ja": "ほか{count}件は「evreg claims explain {claim}」で表示",
}
