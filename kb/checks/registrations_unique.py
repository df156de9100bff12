"""A registered trial has one entry: no registration number stands in two entries, or twice in one."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks.rule import FactsIndex, WholeRule
from kb.facts import Facts
from kb.problems import FieldPath, Finding, Message


def _check(index: FactsIndex) -> Iterator[tuple[Facts, Finding]]:
    owners: dict[str, Facts] = {}
    for facts in index.all:
        for path, number in facts.registrations:
            owner = owners.setdefault(number, facts)
            if owner is not facts or number in (other for there, other in facts.registrations if there < path):
                yield facts, _finding(path, owner)


def _finding(path: FieldPath, owner: Facts) -> Finding:
    return Finding(
        path,
        Message(f"This number stands in {owner.file} already.", f"この番号はすでに{owner.file}に記載がある。"),
        Message(
            "Each registration number stands in one entry, once.",
            "一つの登録番号は一つのエントリーに一度だけ記載する。",
        ),
        Message(
            "Merge the entries (the other id becomes an alias) or correct the number.",
            "エントリーを統合して一方のIDを旧IDとするか、番号を訂正する。",
        ),
    )


RULE = WholeRule(
    name="registrations-unique",
    level="error",
    description=Message("No two entries share a registration number.", "同じ登録番号が複数のエントリーにないこと。"),
    check=_check,
)
