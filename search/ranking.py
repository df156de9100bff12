"""From documents with scores to entries in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from kb.problems import Language
from search.catalogue import Catalogue
from search.document import LANGUAGES
from search.scoring import Match

#: Scores are compared with this many decimals: below that, the better examined entry comes first.
_DECIMALS: Final = 3


class Tier(NamedTuple):
    """Entries that a query names outright come before all others, whatever their scores."""

    #: The query is one of the entry's identifiers.
    identifier: int = 2
    #: The query is the entry's title.
    title: int = 1


TIERS: Final = Tier()


class Ranked(NamedTuple):
    """An entry that was found.

    Attributes:
        place: Its place in the catalogue.
        score: The sum of the scores of its documents: what both languages say weighs more than what one says alone.
        language: The reader's, when the document in it matched, else the other.
        tier: Greater than 0 when the query names the entry outright.
    """

    place: int
    score: float
    language: Language
    tier: int

    @property
    def document(self) -> int:
        """The number of the document that is shown."""
        return 2 * self.place + LANGUAGES.index(self.language)


def ranked(match: Match, catalogue: Catalogue, reader: Language, tiers: Mapping[int, int]) -> list[Ranked]:
    """The entries of a match, the best first.

    Args:
        match: Scores by document.
        catalogue: The entries.
        reader: The reader's language.
        tiers: Place of an entry -> its tier, for the entries that the query names.
    """
    scores: dict[int, float] = {}
    for number, score in match.scores.items():
        scores[number // 2] = scores.get(number // 2, 0.0) + score
    standings = catalogue.standings

    def worth(place: int) -> tuple[int, float, tuple[int, str, str]]:
        return tiers.get(place, 0), round(scores[place], _DECIMALS), standings[place]

    # Entries that are alike in everything keep the catalogue's order: sorting is stable, also in reverse.
    order = sorted(sorted(scores), key=worth, reverse=True)
    return [Ranked(place, scores[place], _shown(match, place, reader), tiers.get(place, 0)) for place in order]


def _shown(match: Match, place: int, reader: Language) -> Language:
    other: Language = "en" if reader == "ja" else "ja"
    return reader if 2 * place + LANGUAGES.index(reader) in match.scores else other


def contributions(match: Match, found: Ranked) -> list[tuple[str, float]]:
    """What each concept of the query gave to an entry, for explanations."""
    numbers: Sequence[int] = (2 * found.place, 2 * found.place + 1)
    return [
        (concept.text, round(sum(scores.get(number, 0.0) for number in numbers), 3))
        for concept, scores in match.concepts
    ]
