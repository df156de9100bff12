"""Which translations of an entry are out of date, as the colours of a workbook show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from editing.sheet.exporting import Stale
from kb.translations.pairs import OTHER, pairs_of_data
from kb.translations.records import read_records
from kb.translations.standing import pair_states


def stale_texts(root: Path) -> Stale:
    """A function of an entry's name (collection/id) and plain data: the texts whose other language changed alone."""

    def stale(name: str, data: Mapping[str, Any]) -> Iterator[str]:
        collection, _, id_ = name.partition("/")
        for found in pair_states(pairs_of_data(data), read_records(root, (collection, id_))):
            if found.state == "stale" and found.changed is not None:
                yield f"{found.pair.field}.{OTHER[found.changed]}"

    return stale
