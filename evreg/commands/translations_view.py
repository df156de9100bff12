"""What ``evreg translations`` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from evreg.tables import print_table
from kb.change_words import change_lines, field_words
from kb.knowledge_base import Key, KnowledgeBase
from kb.models.core import Entry
from kb.problems import Language
from kb.proposals import Change
from kb.translations.change_days import all_change_days
from kb.translations.harm import entry_is_about_harm
from kb.translations.overview import Parity
from kb.translations.standing import STATES, PairState, State
from kb.vocabulary import Vocabularies

if TYPE_CHECKING:
    from editing.xliff.importing import Outcome, Plan

_STATE_WORDS: dict[State, dict[Language, str]] = {
    "examined": {"en": "examined", "ja": "照合済み"},
    "recorded": {"en": "as recorded", "ja": "収録時のまま"},
    "stale": {"en": "out of step", "ja": "一方のみ変更"},
    "unrecorded": {"en": "not recorded", "ja": "未記録"},
}
_LANGUAGE_WORDS: dict[Language, dict[Language, str]] = {
    "en": {"en": "English", "ja": "英語"},
    "ja": {"en": "Japanese", "ja": "日本語"},
}
_OUTCOME_WORDS: dict[Outcome, dict[Language, str]] = {
    "change": {"en": "changed", "ja": "変更"},
    "same": {"en": "as they are", "ja": "変更なし"},
    "conflict": {"en": "conflict: the entry's translation was changed since the export", "ja": "競合: 書き出し後にエントリーの訳文が変更されている"},
    "source-changed": {"en": "the source text was changed since the export", "ja": "書き出し後に原文が変更されている"},
    "gone": {"en": "no longer in the entry", "ja": "エントリーから削除されている"},
    "untranslated": {"en": "without a translation", "ja": "訳文がない"},
    "coded": {"en": "inline codes or control characters, which plain text cannot keep", "ja": "インラインコード又は制御文字を含み、文章として取り込めない"},
}  # fmt: skip


def print_status(counted: Sequence[Parity], lang: Language) -> None:
    """One line for each collection and the sum."""
    rows = [_row(item) for item in counted]
    sums = [sum(row[at] for row in rows) for at in range(len(STATES) + 1)] if rows else []
    names = [item.collection for item in counted]
    headings = ["collection", "pairs"] if lang == "en" else ["コレクション", "組"]
    total = "all" if lang == "en" else "計"
    shown = [(name, *row) for name, row in zip(names, rows, strict=True)]
    print_table([*headings, *(_STATE_WORDS[state][lang] for state in STATES)], [*shown, (total, *sums)])
    harm, harm_stale = sum(item.harm for item in counted), sum(item.harm_stale for item in counted)
    click.echo(
        f"About harm: {harm} pairs, {harm_stale} of them out of step."
        if lang == "en"
        else f"健康被害に関する記載: {harm}組、うち一方のみ変更{harm_stale}組"
    )


def _row(item: Parity) -> list[int]:
    return [item.pairs, *(item.states[state] for state in STATES)]


def status_records(counted: Iterable[Parity]) -> list[dict[str, Any]]:
    """The counts for programs."""
    return [
        {
            "collection": item.collection,
            "entries": item.entries,
            "pairs": item.pairs,
            **{state: item.states[state] for state in STATES},
            "harm": item.harm,
            "harm_stale": item.harm_stale,
        }
        for item in counted
    ]


def print_stale(kb: KnowledgeBase, found: Mapping[Key, Sequence[PairState]], lang: Language) -> None:
    """Both texts of every pair out of step, with what changed and when."""
    days = all_change_days(kb)
    for key, items in found.items():
        entry = kb.entry(key)
        for item in items:
            click.echo(_head(entry, item, lang) + _changed(item, days.get((key, item.pair.field)), lang))
            _print_texts(item)
    number = sum(map(len, found.values()))
    click.echo(f"{number} pairs out of step" if lang == "en" else f"一方のみ変更: {number}組")


def stale_records(kb: KnowledgeBase, found: Mapping[Key, Sequence[PairState]]) -> list[dict[str, Any]]:
    """The pairs out of step for programs."""
    days = all_change_days(kb)
    return [
        {
            "entry": "/".join(key),
            "field": item.pair.field,
            "changed": item.changed,
            "changed_on": days.get((key, item.pair.field)),
            "recorded_on": item.record.day if item.record else None,
            "about_harm": entry_is_about_harm(kb.entry(key), item.pair.field),
            "en": item.pair.en,
            "ja": item.pair.ja,
        }
        for key, items in found.items()
        for item in items
    ]


def print_pairs(entry: Entry, states: Sequence[PairState], lang: Language) -> None:
    """Both texts of each pair, to be compared."""
    for item in states:
        click.echo(f"{_head(entry, item, lang)} [{_STATE_WORDS[item.state][lang]}]")
        _print_texts(item)
    if not states:
        click.echo("Everything named is examined already." if lang == "en" else "指定の文はすべて照合済みである。")


def _head(entry: Entry, item: PairState, lang: Language) -> str:
    words = field_words(entry.COLLECTION, item.pair.field, lang)
    mark = ""
    if entry_is_about_harm(entry, item.pair.field):
        mark = " (about harm)" if lang == "en" else "(健康被害に関する記載)"
    return f"{entry.COLLECTION}/{entry.id} {item.pair.field} · {words}{mark}"


def _changed(item: PairState, day: str | None, lang: Language) -> str:
    if not item.changed or not item.record:
        return ""
    words = _LANGUAGE_WORDS[item.changed][lang]
    if lang == "en":
        return f": {words} changed {f'on {day}' if day else f'after {item.record.day}'}"
    return f": {words}を{day}に変更" if day else f": {words}を{item.record.day}より後に変更"


def _print_texts(item: PairState) -> None:
    for language in ("en", "ja"):
        click.echo(f"    {language}  {' '.join(item.pair.text(language).split())}")


def print_recorded(found: Mapping[Key, int], lang: Language) -> None:
    """What was written."""
    number = sum(found.values())
    click.echo(
        f"{number} pairs of {len(found)} entries recorded"
        if lang == "en"
        else f"{len(found)}件のエントリーの{number}組を記録"
    )


def print_import(plan: Plan, vocabularies: Vocabularies, approvals: int, lang: Language) -> None:
    """Every change in words, then what is left alone and why, then the counts."""
    from editing.xliff.importing import LEFT_ALONE

    for item in plan.items:
        name = "/".join(item.unit.key)
        if item.outcome == "change" and item.pair and item.after:
            target = plan.document.target
            field = f"{item.pair.field}.{target}"
            change = Change(field=field, old=item.pair.text(target), new=item.after.text(target))
            click.echo(f"{name} {change_lines(item.unit.key[0], [change], vocabularies, lang)[0]}")
        elif item.outcome in LEFT_ALONE:
            click.echo(f"{name} {item.unit.field}: {_OUTCOME_WORDS[item.outcome][lang]}", err=True)
    counted: Counter[Outcome] = plan.counted()
    parts = [f"{counted[outcome]} {words[lang]}" for outcome, words in _OUTCOME_WORDS.items() if counted[outcome]]
    click.echo(("; " if lang == "en" else "、").join(parts))
    if approvals:
        click.echo(f"{approvals} to be approved" if lang == "en" else f"承認: {approvals}組")
