"""Every reference names an entry that exists."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks.rule import FactsIndex, WholeRule
from kb.facts import Facts
from kb.problems import Finding, Message, near_miss, shorten


def _check(index: FactsIndex) -> Iterator[tuple[Facts, Finding]]:
    for facts in index.examined:
        for reference in facts.references:
            if index.find(reference.target, *reference.collections) is None:
                yield facts, _finding(index, reference.path, reference.target, reference.collections)


def _finding(index: FactsIndex, path: tuple[str | int, ...], target: str, collections: tuple[str, ...]) -> Finding:
    known = [name for collection in collections for name in index.names.get(collection, ())]
    near = near_miss(target, known)
    where_en, where_ja = " or ".join(collections), "・".join(collections)
    return Finding(
        path,
        Message(
            f"«{shorten(target)}» is not an entry of {where_en}.", f"「{shorten(target)}」は{where_ja}に存在しない。"
        ),
        Message(f"The id of an existing entry.{near.en}", f"存在するエントリーのIDとする。{near.ja}"),
        Message("Correct the id or create the entry first.", "IDを訂正するか、先にエントリーを作成する。"),
    )


RULE = WholeRule(
    name="references-exist",
    level="error",
    description=Message("References name entries that exist.", "参照先のエントリーが存在すること。"),
    check=_check,
)
