"""Within a document each requirement has a key of its own."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks.rule import Context, EntryRule, Subject
from kb.models.enforcement import EnforcementAction
from kb.models.guidelines import Guideline
from kb.problems import Finding, Message


def _check(subject: Subject, _context: Context) -> Iterator[Finding]:
    if not isinstance(subject.entry, Guideline | EnforcementAction):
        return
    seen: dict[str, int] = {}
    for index, requirement in enumerate(subject.entry.requirements):
        if requirement.key is not None and seen.setdefault(requirement.key, index) != index:
            yield Finding(
                ("requirements", index, "key"),
                Message(
                    f"«{requirement.key}» is the key of requirements[{seen[requirement.key]}] already.",
                    f"「{requirement.key}」はすでにrequirements[{seen[requirement.key]}]のキーである。",
                ),
                Message("Each key names one requirement.", "一つのキーは一つの要求事項のみを指す。"),
                Message("Choose another key.", "別のキーを付ける。"),
            )


RULE = EntryRule(
    name="requirement-keys-unique",
    level="error",
    description=Message("Keys of requirements are unique.", "要求事項のキーが重複しないこと。"),
    check=_check,
    collections=("guidelines", "enforcement"),
)
