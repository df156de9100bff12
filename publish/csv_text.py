"""Tables of texts as CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from publish.data.cells import neutralised
from publish.data.csv_file import table


def safe_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Rows under headings (RFC 4180, UTF-8 with a byte order mark); no cell is taken for a formula."""
    return table(headings, ([neutralised(text) for text in row] for row in rows))
