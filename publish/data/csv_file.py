"""A collection as CSV: a row for each entry, a column for each field, lists and records within their cells."""

from __future__ import annotations

from kb import KnowledgeBase
from kb.models import model_of
from publish.csv_text import safe_csv
from publish.data.cells import cell
from publish.data.columns import columns_of, flat
from publish.data.plain import plain


def csv_file(kb: KnowledgeBase, collection: str) -> bytes:
    """A collection as CSV with a header row."""
    columns = columns_of(model_of(collection))
    rows = (map(cell, columns, flat(record, columns)) for record in plain(kb, collection))
    return safe_csv([column.name for column in columns], rows)
