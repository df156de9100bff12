"""A gap report as Markdown (GitHub's tables); texts are shown literally."""

from __future__ import annotations

import re
from collections.abc import Iterable

from publish.gap_report.content import Bullets, Heading, Paragraph, Part, Table
from publish.safe_text import visible

_SIGNIFICANT = re.compile(r"[\\`*_\[\]<>|&~#]")


def as_markdown(parts: Iterable[Part]) -> str:
    """The report, ending with a line break."""
    return "\n\n".join(map(_part, parts)) + "\n"


def _part(part: Part) -> str:
    match part:
        case Heading(level, text):
            return f"{'#' * level} {_literal(text)}"
        case Paragraph(text):
            return _literal(text)
        case Bullets(items):
            return "\n".join(f"- {_literal(item)}" for item in items)
        case Table(headings, rows):
            return "\n".join([_row(headings), "|" + " --- |" * len(headings), *map(_row, rows)])


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join("<br>".join(map(_literal, cell.split("\n"))) for cell in cells) + " |"


def _literal(text: str) -> str:
    return _SIGNIFICANT.sub(lambda match: f"\\{match[0]}", visible(text))
