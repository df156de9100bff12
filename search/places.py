"""Entries of an index by what people call them: id or ``collection/id``."""

from __future__ import annotations

from kb.problems import EvregError, Message, near_miss, shorten
from search.catalogue import Catalogue


def find_places(catalogue: Catalogue, name: str) -> list[tuple[str, str]]:
    """Collection and id of the entries that ``name`` may mean; more than one when ids coincide.

    Raises:
        EvregError: when there is none, with the near miss.
    """
    collection, _, id_ = name.strip().lower().rpartition("/")
    found = [key for key in catalogue.place_of if key[1] == id_ and collection in ("", key[0])]
    if found:
        return found
    near = near_miss(id_, (known for _, known in catalogue.place_of))
    raise EvregError(
        "ID",
        Message(
            f"No entry has the id «{shorten(name)}».{near.en}",
            f"「{shorten(name)}」というIDのエントリーはない。{near.ja}",
        ),
        Message("An id of an entry, or COLLECTION/ID.", "エントリーのID又はCOLLECTION/IDを指定する。"),
        Message("Find it with «evreg search».", "「evreg search」で調べる。"),
    )
