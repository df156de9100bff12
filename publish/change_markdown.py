"""Changes as Markdown, for a release note or a newsletter."""

from __future__ import annotations

import re
from itertools import groupby

from kb.analysis.changes import Changes, EntryChange
from publish.change_words import entry_title, heading_words, kind_words, line
from publish.phrases import Phrases
from publish.safe_text import visible
from publish.site import Site

#: No text begins a line, so what means something only there needs no escape.
_SIGNIFICANT = re.compile(r"[\\`*_\[\]<>|&~]")


def change_markdown(site: Site, found: Changes) -> str:
    """Headings by collection, one item for each entry, one line for each field; texts are shown literally."""
    say = Phrases(site, "changes")
    parts = [f"# {_literal(heading_words(site, found))}", ""]
    if not found.entries:
        parts += [_literal(say("command_none", **{"from": found.before.name})), ""]
    for name, changes in groupby(found.entries, key=lambda change: change.key[0]):
        parts += [f"## {_literal(site.labels.collection(name))}", ""]
        parts += [row for change in changes for row in _entry(site, change)]
        parts.append("")
    return "\n".join(parts)


def _entry(site: Site, change: EntryChange) -> list[str]:
    say = Phrases(site, "changes")
    title, id_ = _literal(entry_title(site, change)), _literal(change.key[1])
    rows = [f"- **{_literal(kind_words(site, change))}**: {title} ({id_})"]
    if change.plain:
        rows.append(f"  - {_literal(say('plain_note'))}")
    for field in change.fields:
        item = line(site, change.key[0], field)
        before, after = (_literal(text or say("absent")) for text in (item.before, item.after))
        only = f" [{say(f'only_{item.only}')}]" if item.only else ""
        rows.append(f"  - {_literal(item.field)}{_literal(only)}: {before} → {after}")
    return rows


def _literal(text: str) -> str:
    return _SIGNIFICANT.sub(lambda match: f"\\{match[0]}", visible(text))
