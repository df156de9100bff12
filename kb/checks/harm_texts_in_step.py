"""A text about harm says the same in both languages: none of the two was changed alone since both were recorded."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks.rule import Context, EntryRule, Subject
from kb.problems import EvregError, FieldPath, Finding, Message
from kb.translations.harm import harm_collections, is_about_harm
from kb.translations.pairs import TextPair
from kb.translations.records import read_records
from kb.translations.standing import PairState, pair_states

_LANGUAGES = {"en": Message("English", "英語"), "ja": Message("Japanese", "日本語")}


def _check(subject: Subject, context: Context) -> Iterator[Finding]:
    collection, paths = subject.file.collection, {".".join(map(str, path)): path for path, _ in subject.pairs}
    if not any(is_about_harm(collection, subject.data.get, field) for field in paths):
        return
    try:
        records = read_records(context.root, (collection, subject.file.stem))
    except EvregError:
        return  # A file of records that cannot be read is reported by itself.
    if not records:
        return
    pairs = [TextPair(field, found["en"], found["ja"]) for field, (_, found) in zip(paths, subject.pairs, strict=True)]
    for item in pair_states(pairs, records):
        if item.state == "stale" and is_about_harm(collection, subject.data.get, item.pair.field):
            yield _finding(paths[item.pair.field], item)


def _finding(path: FieldPath, item: PairState) -> Finding:
    changed = item.changed or "en"
    other = "en" if changed == "ja" else "ja"
    words, behind, day = _LANGUAGES[changed], _LANGUAGES[other], item.record.day if item.record else ""
    return Finding(
        (*path, changed),
        Message(
            f"The {words.en} text was changed after {day} without the {behind.en} one.",
            f"{day}より後に{words.ja}の文のみが変更されている。",
        ),
        Message("A text about harm says the same in both languages.", "健康被害に関する記載は両言語で一致させる。"),
        Message(
            f"Compare both texts, correct the {behind.en} one where needed, then «evreg translations approve».",
            f"両方の文を照合し、必要なら{behind.ja}の文を改め、「evreg translations approve」で記録する。",
        ),
    )


RULE = EntryRule(
    name="harm-texts-in-step",
    level="warning",
    description=Message(
        "Texts about harm are not changed in one language alone.",
        "健康被害に関する記載は、一方の言語のみを変更したままにしないこと。",
    ),
    check=_check,
    collections=harm_collections(),
)
