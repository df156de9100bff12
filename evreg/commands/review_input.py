"""What people type after ``evreg review``, checked and explained."""

from __future__ import annotations

import re
from datetime import date

from kb import KnowledgeBase
from kb.models.base import Localized
from kb.models.core import Entry
from kb.problems import EvregError, Message, near_miss, shorten
from kb.selection import find_entry

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def one_entry(kb: KnowledgeBase, name: str) -> Entry:
    """The one entry that ``name`` means.

    Raises:
        EvregError: when there is none, or more than one.
    """
    found = find_entry(kb, name)
    if len(found) == 1:
        return found[0]
    places = [f"{entry.COLLECTION}/{entry.id}" for entry in found]
    raise EvregError(
        "ID",
        Message(f"«{shorten(name)}» names {len(found)} entries.", f"「{shorten(name)}」に当たるエントリーが{len(found)}件ある。"),
        Message(f"One of: {', '.join(places)}.", f"次のいずれかとする: {'、'.join(places)}。"),
        Message("Put the collection in front.", "コレクションを前に付ける。"),
    )  # fmt: skip


def in_both_languages(option: str, en: str, ja: str) -> Localized:
    """A statement given by ``option``-en and ``option``-ja.

    Raises:
        EvregError: when one of them is empty.
    """
    if en.strip() and ja.strip():
        return Localized(en=en.strip(), ja=ja.strip())
    raise EvregError(
        f"{option}-en, {option}-ja",
        Message("A statement is empty.", "記載が空である。"),
        Message("A statement in both languages, also when there is nothing to declare.", "申告事項がない場合も含め、両言語の記載が必要である。"),
        Message("Write «None declared.» and 「申告事項なし。」, if so.", "なければ「None declared.」「申告事項なし。」と記す。"),
    )  # fmt: skip


def optional_pair(en: str | None, ja: str | None) -> Localized | None:
    """An affiliation; None when neither language is given.

    Raises:
        EvregError: when only one is.
    """
    if en is None and ja is None:
        return None
    return in_both_languages("--affiliation", en or "", ja or "")


def month_named(text: str) -> date:
    """The first day of the month ``YYYY-MM``.

    Raises:
        EvregError: when it is no month.
    """
    if not _MONTH.fullmatch(text):
        raise EvregError(
            "--due",
            Message(f"«{shorten(text)}» is no month.", f"「{shorten(text)}」は月ではない。"),
            Message("YYYY-MM, e.g. 2027-01.", "YYYY-MMの形とする(例: 2027-01)。"),
            Message("Write the month again.", "月を書き直す。"),
        )
    return date.fromisoformat(f"{text}-01")


def known_group(kb: KnowledgeBase, code: str) -> str:
    """``code`` when it is a registered working group.

    Raises:
        EvregError: otherwise, with the near miss.
    """
    groups = kb.reviewers.groups
    if code in groups:
        return code
    near = near_miss(code, groups)
    listed = ", ".join(groups)
    raise EvregError(
        "--group",
        Message(f"«{shorten(code)}» is no registered working group.{near.en}", f"「{shorten(code)}」という作業部会は登録されていない。{near.ja}"),
        Message(f"One of: {listed}." if groups else "A code in reviewers.yaml, where none is registered yet.",
                f"次のいずれかとする: {listed}。" if groups else "reviewers.yamlのコードとする(現在は登録なし)。"),
        Message("Correct the code, or register the group.", "コードを訂正するか、作業部会を登録する。"),
    )  # fmt: skip
