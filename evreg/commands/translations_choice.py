"""What a person chose with the options of ``evreg translations``, and the refusals where that is not clear."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kb import KnowledgeBase
from kb.knowledge_base import key_of
from kb.problems import EvregError, Language, Message, near_miss
from kb.selection import find_entry

if TYPE_CHECKING:
    from kb.models.core import Entry
    from kb.translations.standing import PairState


def one_entry(kb: KnowledgeBase, name: str) -> Entry:
    """The entry that a person named.

    Raises:
        EvregError: when there is none, or more than one.
    """
    found = find_entry(kb, name)
    if len(found) == 1:
        return found[0]
    names = ["/".join(key_of(entry)) for entry in found]
    raise EvregError(
        "ID",
        Message(
            f"«{name}» is the id of {len(found)} entries.", f"「{name}」というIDのエントリーは{len(found)}件ある。"
        ),
        Message(f"One of: {', '.join(names)}.", f"次のいずれかとする: {'、'.join(names)}。"),
        Message("Write the collection before the id.", "IDの前にコレクション名を付ける。"),
    )


def chosen_pairs(states: tuple[PairState, ...], fields: tuple[str, ...], all_: bool, entry: str) -> list[PairState]:
    """The pairs that the person named, unless examined already; a field stands for everything inside it.

    Raises:
        EvregError: when a field is unknown, or none is named.
    """
    names = [name.replace("[", ".").replace("]", "") for name in fields]
    known = [item.pair.field for item in states]
    for name in names:
        if not any(_inside(field, name) for field in known):
            near = near_miss(name, known)
            raise EvregError(
                "FIELD",
                Message(f"{entry} has no text «{name}».{near.en}", f"{entry}に「{name}」という文はない。{near.ja}"),
                Message(f"One of: {', '.join(known)}.", f"次のいずれかとする: {'、'.join(known)}。"),
                Message("Correct the name.", "名称を訂正する。"),
            )
    if not names and not all_:
        raise EvregError(
            "FIELD",
            Message("No field is named.", "フィールドの指定がない。"),
            Message(f"One or more of: {', '.join(known)}.", f"次から一つ以上を指定する: {'、'.join(known)}。"),
            Message("Name fields, or use --all.", "フィールドを指定するか、--allを付ける。"),
        )
    return [
        item
        for item in states
        if item.state != "examined" and (all_ or any(_inside(item.pair.field, name) for name in names))
    ]


def _inside(field: str, name: str) -> bool:
    return field == name or field.startswith(f"{name}.")


def agreed(yes: bool, lang: Language, en: str, ja: str) -> bool:
    """True when the person says yes; asked in their language at a terminal.

    Raises:
        EvregError: when nobody can be asked.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise EvregError(
            "--yes",
            Message("Nobody can be asked here.", "確認を求める相手がいない。"),
            Message("A terminal, or the option --yes.", "端末で実行するか、--yesを付ける。"),
            Message("Look at the preview, then run again with --yes.", "上の内容を確かめ、--yesを付けて再実行する。"),
        )
    return click.confirm(en if lang == "en" else ja)


def name_to_approve(approve_: bool, by: str | None) -> str | None:
    """Who approves what is imported; None when nothing is to be approved.

    Raises:
        EvregError: when only one of the two options is given.
    """
    if approve_ == (by is not None):
        return by
    raise EvregError(
        "--approve",
        Message("Only one of --approve and --by is given.", "--approveと--byの一方しか指定されていない。"),
        Message("Both, or none of them.", "両方を指定するか、いずれも指定しない。"),
        Message(
            "Say who examined the translations: --approve --by NAME.",
            "訳を確認した人の氏名を添える(--approve --by 氏名)。",
        ),
    )


def where_needs_collection() -> EvregError:
    """The refusal of conditions without the collection whose fields they name."""
    return EvregError(
        "--where",
        Message("--where is given without --collection.", "--collectionなしに--whereが指定されている。"),
        Message("The collection whose fields are meant.", "対象のコレクションが必要である。"),
        Message("Add --collection, e.g. --collection claims.", "--collectionを加える(例: --collection claims)。"),
    )
