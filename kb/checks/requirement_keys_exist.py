"""A claim that points to a requirement of a document names a key that stands in that document."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks.rule import FactsIndex, WholeRule
from kb.facts import Facts
from kb.problems import FieldPath, Finding, Message, near_miss, shorten


def _check(index: FactsIndex) -> Iterator[tuple[Facts, Finding]]:
    for facts in index.all:
        for path, guideline, key in facts.requirement_references:
            document = index.find(guideline, "guidelines", "enforcement")
            # A document that does not exist is the business of references-exist.
            if document is not None and key not in document.requirement_keys:
                yield facts, _finding(path, key, document)


def _finding(path: FieldPath, key: str, document: Facts) -> Finding:
    near = near_miss(key, document.requirement_keys)
    keys = document.requirement_keys[:8]
    return Finding(
        path,
        Message(
            f"«{document.id}» has no requirement «{shorten(key)}».{near.en}",
            f"「{document.id}」に要求事項「{shorten(key)}」はない。{near.ja}",
        ),
        Message(
            f"One of its keys: {', '.join(keys) or '(none has a key)'}.",
            f"次のいずれかのキーとする: {'、'.join(keys) or '(キーをもつ要求事項がない)'}。",
        ),
        Message("Correct the key, or give the requirement this key.", "キーを訂正するか、要求事項にこのキーを付ける。"),
    )


RULE = WholeRule(
    name="requirement-keys-exist",
    level="error",
    description=Message("Claims point to requirements that exist.", "主張が実在する要求事項を指していること。"),
    check=_check,
)
