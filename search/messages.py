"""What the search tells its reader besides results, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kb.problems import Message, shorten
from search.query import Note

_MALFORMED: Final = {
    "quote": Message("a quotation mark is not closed", "引用符が閉じていない"),
    "bracket": Message("a bracket is not closed", "括弧が対応していない"),
    "operator": Message("AND, OR or NOT lacks a word beside it", "AND・OR・NOTの隣に語がない"),
    "deep": Message("the brackets are nested too deeply", "括弧の入れ子が深すぎる"),
    "many": Message("there are too many parts", "条件が多すぎる"),
}
REBUILT: Final = Message(
    "The search index was damaged or made by another version; it was built again.",
    "検索索引が破損しているか別の版のものであったため、作り直した。",
)
NOT_KEPT: Final = Message(
    "The search index could not be kept in the cache folder and will be built again next time.",
    "キャッシュフォルダーに検索索引を保存できないため、次回も作り直す。",
)


def note_message(note: Note) -> Message:
    """How a query was read, when not as it was typed."""
    detail = shorten(note.detail)
    if note.kind == "malformed":
        reason = _MALFORMED[note.detail]
        return Message(f"Read as plain words, because {reason.en}.", f"{reason.ja}ため、通常の語として検索した。")
    if note.kind == "cut":
        return Message(f"Only the first {detail} characters were read.", f"先頭の{detail}文字のみを検索した。")
    if note.kind == "field":
        return Message(
            f"«{detail}» is not a field; it was read as words. See «evreg search --help».",
            f"「{detail}」という項目はないため、通常の語として検索した。「evreg search --help」を参照。",
        )
    if note.kind == "empty":
        return Message(f"«{detail}» holds no word to search for.", f"「{detail}」には検索できる語がない。")
    if note.kind == "value":
        return Message(
            f"«{detail}» names no known value; it was read as words.",
            f"「{detail}」に該当する値はないため、通常の語として検索した。",
        )
    return Message(
        f"In «{detail}» the asterisk must end a word of two letters or more; it was left out.",
        f"「{detail}」の「*」は2文字以上の語の末尾でのみ使えるため、無視した。",
    )


def corrected_message(typed: str, corrected: str) -> Message:
    """Other words were searched than were typed."""
    return Message(
        f"Nothing was found for «{shorten(typed)}»; these are the results for «{shorten(corrected)}».",
        f"「{shorten(typed)}」では見つからなかったため、「{shorten(corrected)}」の結果を示す。",
    )


def suggested_message(corrected: str) -> Message:
    """Another spelling is offered."""
    return Message(f"Did you mean «{shorten(corrected)}»?", f"「{shorten(corrected)}」ではないか。")


def unknown_message(words: Sequence[str], found: bool) -> Message:
    """Words that no entry has."""
    en, ja = "», «".join(map(shorten, words)), "」「".join(map(shorten, words))
    if found:
        return Message(
            f"No entry has «{en}»; the other words were searched.",
            f"「{ja}」を含むエントリーはないため、他の語で検索した。",
        )
    return Message(f"No entry has «{en}».", f"「{ja}」を含むエントリーはない。")
