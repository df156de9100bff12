"""Every entry with what the page about data quality counts, as CSV."""

from __future__ import annotations

from collections.abc import Sequence

from kb.analysis.data_quality import deepest_reading
from kb.analysis.entry_needs import Need
from kb.analysis.stated import fields_in_dispute, statements
from kb.statistics import primary_source_read
from publish.csv_text import Cell, safe_csv
from publish.phrases import Phrases
from publish.safe_text import visible
from publish.site import Site


def quality_csv(site: Site, found: Sequence[Need]) -> bytes:
    """One row for each entry, in the order of the need for work; headings in the site's language."""
    say = Phrases(site, "quality")
    names = ("collection", "id", "title_column", "status", "verified", "confidence", "depth", "primary", "open",
             "conflicts", "disagreements_short", "relied_on", "points", "reasons")  # fmt: skip
    return safe_csv([say(name) for name in names], (_row(site, need) for need in found))


def _row(site: Site, need: Need) -> tuple[Cell, ...]:
    say, entry = Phrases(site, "quality"), site.kb.entry(need.key)
    stated = statements(site.kb, entry)
    return (
        *need.key,
        visible(site.title(entry)),
        site.label("review-states", entry.review.status),
        entry.review.verified,
        site.label("confidence-levels", entry.confidence),
        site.label("reading-depths", deepest_reading(entry)),
        site.labels.say("yes" if primary_source_read(entry) else "no"),
        len(entry.open_questions),
        len(entry.conflicts),
        # Empty, not 0, where no live source has stated anything of the entry.
        fields_in_dispute(stated) if stated else "",
        need.relied_on,
        need.points,
        "; ".join(say(f"reason_{reason.code}", n=reason.times) for reason in need.reasons),
    )
