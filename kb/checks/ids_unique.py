"""An id names one entry of its collection, and an alias belongs to one entry and is nobody's id."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks.rule import FactsIndex, WholeRule
from kb.facts import Facts
from kb.problems import FieldPath, Finding, Message

_REMEDY_ID = Message(
    "Merge the two files or give one of them another id.", "二つのファイルを統合するか、一方のIDを変更する。"
)
_REMEDY_ALIAS = Message(
    "Remove the alias from the entry that it does not lead to.", "転送先でないエントリーから旧IDを削除する。"
)


def _check(index: FactsIndex) -> Iterator[tuple[Facts, Finding]]:
    owners: dict[tuple[str, str], Facts] = {}
    for facts in index.all:
        first = owners.setdefault(facts.key, facts)
        if first is not facts:
            yield facts, _finding(("id",), facts.id, first, _REMEDY_ID)
    for facts in index.all:
        for position, alias in enumerate(facts.aliases):
            owner = owners.setdefault((facts.collection, alias), facts)
            if owner is not facts or alias == facts.id or alias in facts.aliases[:position]:
                yield facts, _finding(("aliases", position), alias, owner, _REMEDY_ALIAS)


def _finding(path: FieldPath, name: str, owner: Facts, remedy: Message) -> Finding:
    return Finding(
        path,
        Message(f"«{name}» already belongs to {owner.file}.", f"「{name}」はすでに{owner.file}で使われている。"),
        Message(
            "Ids and aliases occur once in a collection.",
            "IDと旧IDは、一つのコレクションの中で重複してはならない。",
        ),
        remedy,
    )


RULE = WholeRule(
    name="ids-unique",
    level="error",
    description=Message(
        "Ids and aliases are unique within a collection.", "IDと旧IDがコレクション内で重複しないこと。"
    ),
    check=_check,
)
