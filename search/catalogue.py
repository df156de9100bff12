"""What a search needs to know of all entries at once: facets, dates, labels and the lexicon; one JSON file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from kb.problems import Language, near_miss
from search.document import FACETS
from search.folding import fold
from search.lexicon import Lexicon
from search.query import Field, Note

CATALOGUE: Final = "catalogue.json"
#: The better examined of two equal entries comes first.
_REVIEW_ORDER: Final = {"approved": 2, "reviewed": 1}


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One entry; document numbers are twice its place, and one more for Japanese."""

    collection: str
    id: str
    date: str
    verified: str
    facets: Mapping[str, Sequence[str]]

    @property
    def standing(self) -> tuple[int, str, str]:
        """What breaks ties: review state, day of the last check, date of the thing; greater is better."""
        review = next(iter(self.facets.get("review", ())), "")
        return _REVIEW_ORDER.get(review, 0), self.verified, self.date


class Catalogue:
    """The catalogue of one index."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.entries = [CatalogueEntry(*item) for item in data["entries"]]
        self.labels: Mapping[str, Mapping[str, Sequence[str]]] = data["labels"]
        self._groups: Sequence[Mapping[str, Any]] = data["groups"]

    @cached_property
    def lexicon(self) -> Lexicon:
        """Words that mean the same."""
        return Lexicon(self._groups)

    @cached_property
    def place_of(self) -> Mapping[tuple[str, str], int]:
        """Collection and id -> place."""
        return {(entry.collection, entry.id): place for place, entry in enumerate(self.entries)}

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years that entries have, in order."""
        return tuple(sorted({int(year) for entry in self.entries for year in entry.facets.get("year", ())}))

    @cached_property
    def standings(self) -> list[tuple[int, str, str]]:
        """The standing of each entry, by place."""
        return [entry.standing for entry in self.entries]

    def label(self, facet: str, code: str, language: Language) -> str:
        """The reader's word for a code; the code itself where there is none."""
        words = self.labels.get(facet, {}).get(code)
        return words[0 if language == "en" else 1] if words else code

    def resolve(self, name: str, value: str) -> Field | Note | None:
        """The facet and code that a typed ``name:value`` means; a note when the value or the name is unknown."""
        facet = facet_named(name)
        if facet is None:
            near = near_miss(name.casefold(), FACETS).en
            return Note("field", name) if near and value else None
        if facet == "year":
            return _years(value)
        code = self.code(facet, value)
        return Field(facet, code) if code else Note("value", f"{name}:{value}")

    def code(self, facet: str, value: str) -> str | None:
        """The code that a typed code or label means."""
        return self._codes.get(facet, {}).get(_comparable(value))

    @cached_property
    def _codes(self) -> Mapping[str, Mapping[str, str]]:
        """Facet -> every comparable word for a code -> the code; the first code that has a word keeps it."""
        found: dict[str, dict[str, str]] = {}
        for facet, labels in self.labels.items():
            words = found.setdefault(facet, {})
            for code, named in labels.items():
                for word in (code, *named):
                    words.setdefault(_comparable(word), code)
        return found

    def counts(self, places: Iterable[int]) -> dict[str, dict[str, int]]:
        """Facet -> code -> number of the given entries, the greatest first; years in order."""
        found: dict[str, list[str]] = {facet: [] for facet in FACETS}
        for place in places:
            for facet, codes in self.entries[place].facets.items():
                found[facet] += codes
        counters = {facet: Counter(codes) for facet, codes in found.items()}
        return {facet: dict(sorted(counter.items(), key=_most_first(facet))) for facet, counter in counters.items()}


def _comparable(text: str) -> str:
    """A code or label without case and width, and without the difference of spaces, hyphens and underscores."""
    return fold(text).replace("_", "-").replace(" ", "-")


def _most_first(facet: str) -> Any:
    return (lambda item: item[0]) if facet == "year" else (lambda item: (-item[1], item[0]))


def facet_named(name: str) -> str | None:
    """The facet that a query calls so, in either language."""
    wanted = fold(name).replace("-", "_")
    return next((facet for facet, others in FACETS.items() if wanted in (facet, *map(fold, others))), None)


def _years(value: str) -> Field | Note:
    first, dots, last = value.replace("…", "..").partition("..")
    parts = (first, last) if dots else (first,)
    if all(not part or (part.isdecimal() and len(part) == 4) for part in parts) and any(parts):
        return Field("year", f"{first}..{last}" if dots else first)
    return Note("value", f"year:{value}")


def read_catalogue(folder: Path) -> Catalogue:
    """Read the catalogue of an index.

    Raises:
        OSError, ValueError, KeyError, TypeError: when it cannot be read.
    """
    return Catalogue(json.loads((folder / CATALOGUE).read_text(encoding="utf-8")))
