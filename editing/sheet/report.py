"""What an import would do, in words for a terminal or a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from editing.sheet.applying import Conflict
from editing.sheet.importing import Plan
from editing.sheet.problems import Remark
from kb.change_words import change_lines, field_words
from kb.problems import Language, shorten
from kb.vocabulary import Vocabularies

#: Remarks of one kind that are named one by one; more are counted.
_MOST_REMARKS = 5
_LONGEST_VALUE = 160
_SIDES = {
    "en": ("exported", "workbook", "entry now"),
    "ja": ("出力時", "ブック", "現在のエントリー"),
}
_NOTHING = {"en": "nothing", "ja": "記載なし"}
_HEADS = {
    "conflicts": {
        "en": "Somebody else changed the same cells. Nothing is written before you choose, for all of them, --conflicts mine or --conflicts theirs, or edit the cells.",
        "ja": "同じセルが他の人にも変更されている。「--conflicts mine」か「--conflicts theirs」で全てについて選ぶか、セルを直すまで、何も書き込まない。",
    },
    "problems": {
        "en": "To be mended first; nothing is written meanwhile.",
        "ja": "先に直す必要がある。それまで何も書き込まない。",
    },
    "warnings": {"en": "Warnings", "ja": "警告"},
    "remarks": {"en": "Notes", "ja": "補足"},
}


def report(plan: Plan, vocabularies: Vocabularies, language: Language) -> Iterator[str]:
    """The changes of each entry in words, then conflicts, problems, warnings and remarks, each with its cell."""
    yield _summary(plan, language)
    for change in plan.changes:
        yield ""
        yield f"{change.name}  {change.title.get(language, '')}".rstrip()
        lines = change_lines(change.name.partition("/")[0], change.changes, vocabularies, language)
        yield from (f"  {line}" for line in lines)
    if plan.conflicts:
        yield from _section("conflicts", language)
        for conflict in plan.conflicts:
            yield from _conflict(conflict, language)
    for name, found in (("problems", plan.problems), ("warnings", plan.warnings)):
        if found:
            yield from _section(name, language)
            yield from (f"  {item.text(language)}" for item in found)
    if plan.remarks:
        yield from _section("remarks", language)
        yield from _remarks(plan.remarks, language)


def _summary(plan: Plan, language: Language) -> str:
    changes = sum(len(change.changes) for change in plan.changes)
    if not changes and not plan.problems and not plan.conflicts:
        return (
            f"No change in {plan.entries:,} entries."
            if language == "en"
            else f"エントリー{plan.entries:,}件に変更はない。"
        )
    if language == "ja":
        return f"ブックのエントリー{plan.entries:,}件中{len(plan.changes):,}件に変更{changes:,}件"
    some = "1 change" if changes == 1 else f"{changes:,} changes"
    return f"{some} in {len(plan.changes):,} of the {plan.entries:,} entries of the workbook"


def _section(name: str, language: Language) -> Iterator[str]:
    yield ""
    yield _HEADS[name][language]


def _conflict(conflict: Conflict, language: Language) -> Iterator[str]:
    collection = conflict.entry.partition("/")[0]
    yield f"  {conflict.place}  {conflict.entry}  {field_words(collection, conflict.field, language)}"
    width = max(map(len, _SIDES[language]))
    for side, value in zip(_SIDES[language], (conflict.base, conflict.mine, conflict.theirs), strict=True):
        yield f"    {side:<{width}}  {_shown(value, language)}"


def _shown(value: Any, language: Language) -> str:
    if value is None or value == []:
        return _NOTHING[language]
    if isinstance(value, list):
        return shorten(", ".join(map(str, value)), _LONGEST_VALUE)
    if isinstance(value, dict):
        return shorten(", ".join(f"{name}: {_shown(item, language)}" for name, item in value.items()), _LONGEST_VALUE)
    return shorten(value, _LONGEST_VALUE)


def _remarks(remarks: tuple[Remark, ...], language: Language) -> Iterator[str]:
    at = 0 if language == "en" else 1
    counts = Counter(remark.message for remark in remarks)
    named: Counter[object] = Counter()
    for remark in remarks:
        named[remark.message] += 1
        if named[remark.message] <= _MOST_REMARKS:
            yield f"  {remark.place}: {remark.message[at]}"
    for message, count in counts.items():
        if count > _MOST_REMARKS:
            more = count - _MOST_REMARKS
            yield f"  {message[at]} ({more:,} more)" if language == "en" else f"  {message[at]}(ほか{more:,}件)"
