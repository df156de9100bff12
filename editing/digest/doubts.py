"""The parts of a digest about what does not agree: sources with each other, a source with an entry, two languages."""

from __future__ import annotations

from collections.abc import Iterator

from editing.digest.matter import Matter
from editing.digest.table import LONGEST, Row, Section, section, title_of
from editing.digest.words import Words
from kb.analysis.data_quality import data_quality
from kb.change_words import field_words, value_words
from kb.field_values import value_at
from kb.problems import shorten
from kb.register_summary import register_summary
from kb.translations.harm import entry_is_about_harm
from kb.translations.overview import all_states


def conflicts(matter: Matter, say: Words) -> Section:
    """Values side by side, and fields of which a live source states something else."""
    rows = [
        row for row in (*_side_by_side(matter, say), *_stated(matter, say)) if row.key and matter.concerns(*row.key)
    ]
    return section(
        "conflicts",
        say,
        ("entry", "field", "values"),
        rows,
        say("where_quality"),
        say("conflicts_note") if rows else "",
    )


def _side_by_side(matter: Matter, say: Words) -> Iterator[Row]:
    """Values that several sources give for the same fact."""
    for questioned in data_quality(matter.kb).conflicts:
        for conflict in questioned.conflicts:
            values = tuple(
                shorten(item.value.ja if say.language == "ja" else item.value.en, LONGEST) for item in conflict.values
            )
            field = field_words(questioned.key[0], conflict.field, say.language)
            yield Row(title_of(matter, questioned.key, say), questioned.key, ((field,), values))


def _stated(matter: Matter, say: Words) -> Iterator[Row]:
    """Fields of which a live source states something else than the entry."""
    register = register_summary()
    for key, found in data_quality(matter.kb).statements.items():
        said = matter.kb.entry(key).model_dump(mode="json", exclude_none=True)
        for statement in found:
            seen = statement.observation
            known = register.get(seen.source)
            name = (known.title.ja if say.language == "ja" else known.title.en) if known else seen.source
            for fact in statement.related("differs"):
                ours, theirs = (
                    value_words(key[0], fact.field, value, matter.kb.vocabularies, say.language)
                    for value in (value_at(said, fact.field), seen.facts[fact.field])
                )
                values = (say("ours", value=ours), say("theirs", source=name, day=seen.retrieved, value=theirs))
                yield Row(title_of(matter, key, say), key, ((field_words(key[0], fact.field, say.language),), values))


def translations(matter: Matter, say: Words) -> Section:
    """Texts of which one language was changed alone."""
    found: list[tuple[bool, Row]] = []
    for key, states in all_states(matter.kb).items():
        entry = matter.kb.entry(key)
        stale = [item for item in states if item.state == "stale"] if not entry.withdrawn else []
        for item in stale if matter.concerns(*key) else ():
            words = field_words(key[0], item.pair.field, say.language)
            changed = say(f"changed_{item.changed}") if item.changed else ""
            row = Row(title_of(matter, key, say), key, ((words,), (changed,)))
            found.append((not entry_is_about_harm(entry, item.pair.field), row))
    rows = [row for _, row in sorted(found, key=lambda pair: (pair[0], pair[1].key))]
    note = say("translations_note") if rows else ""
    return section("translations", say, ("entry", "field", "change"), rows, "evreg translations status --stale", note)
