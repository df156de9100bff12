"""Every entry with what the page about data quality counts, as CSV (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from kb.analysis.data_quality import deepest_reading
from kb.analysis.entry_needs import Need
from kb.statistics import primary_source_read
from publish.phrases import Phrases
from publish.safe_text import visible
from publish.site import Site

#: A spreadsheet takes a cell that begins so for a formula (OWASP, «CSV Injection»).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def quality_csv(site: Site, found: Sequence[Need]) -> str:
    """One row for each entry, in the order of the need for work; headings in the site's language.

    The byte-order mark lets spreadsheet programs see that it is UTF-8.
    """
    say = Phrases(site, "quality")
    names = ("collection", "id", "title_column", "status", "verified", "confidence", "depth", "primary", "open",
             "conflicts", "relied_on", "points", "reasons")  # fmt: skip
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([say(name) for name in names])
    writer.writerows([_cell(value) for value in _row(site, need)] for need in found)
    return f"\ufeff{buffer.getvalue()}"


def _row(site: Site, need: Need) -> tuple[object, ...]:
    say, entry = Phrases(site, "quality"), site.kb.entry(need.key)
    return (
        *need.key,
        site.title(entry),
        site.label("review-states", entry.review.status),
        entry.review.verified,
        site.label("confidence-levels", entry.confidence),
        site.label("reading-depths", deepest_reading(entry)),
        site.labels.say("yes" if primary_source_read(entry) else "no"),
        len(entry.open_questions),
        len(entry.conflicts),
        need.relied_on,
        need.points,
        "; ".join(say(f"reason_{reason.code}", n=reason.times) for reason in need.reasons),
    )


def _cell(value: object) -> object:
    text = visible(value) if isinstance(value, str) else value
    return f"'{text}" if isinstance(text, str) and text.startswith(_FORMULA) else text
