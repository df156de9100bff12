"""What a query asks of each document, and how much a document is worth to it; the same under every engine.

An engine gives the saturated frequency of one term in each document (BM25 without idf). Here terms become names (all
terms of a name together, as if they were one), names become concepts (the best name counts, so that five synonyms are
not worth five words), and concepts become a query (the sum of frequency times rarity, lowered for documents that lack
some of the concepts).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from search.asking import Alternative, Concept, Either, Every, Node, Together, Without

#: Document number -> score.
Scores = Mapping[int, float]
#: The saturated frequencies of one term.
Frequencies = Callable[[str], Scores]

#: A long Japanese word that is no known name, and a name in parts, count where at least this share of the bigrams or
#: parts is found; below, words that share a common ending (〜試験) would be found for each other.
_ENOUGH: Final = 0.7
#: How strongly a document that lacks some of the concepts is lowered: (share of the rarity that it has) ** this.
#: From 0 to 0.5 nDCG@10 stayed within 0.003, at 1 it fell by 0.01.
_COVERAGE: Final = 0.3
#: What a name is worth whose parts are in a document, but not as this name (exosome … drip).
_IN_PARTS: Final = 0.8


@dataclass(slots=True)
class Match:
    """The documents that a query found.

    Attributes:
        scores: Document -> score.
        concepts: What each concept gave to each document.
    """

    scores: dict[int, float]
    concepts: list[tuple[Concept, Scores]] = field(default_factory=list)


class Evaluation:
    """Evaluates queries over one index."""

    def __init__(self, frequencies: Frequencies, size: int) -> None:
        """Args: frequencies: of a term in each document; size: number of documents."""
        self._frequencies, self._size = frequencies, size

    def match(self, node: Node) -> Match:
        """The documents for which ``node`` holds."""
        if isinstance(node, Together):
            return self._together(node)
        if isinstance(node, Every):
            return self._every(node)
        if isinstance(node, Either):
            matches = [self.match(part) for part in node.parts]
            return Match(_sum(match.scores for match in matches), _concepts(matches))
        if isinstance(node, Without):
            out = self.match(node.part).scores
            return Match({number: 0.0 for number in range(self._size) if number not in out})
        found = (number for term in node.terms for number in self._frequencies(term))
        return Match(dict.fromkeys(found, 0.0))

    def _every(self, node: Every) -> Match:
        # Words of which nothing is left after the noise is taken out ask for nothing, and forbid nothing.
        asked = [part for part in node.parts if part != Together(())]
        if not asked:
            return Match({})
        matches = [self.match(part) for part in asked]
        first, *rest = sorted((match.scores for match in matches), key=len)
        scores = {
            number: score + sum(found[number] for found in rest)
            for number, score in first.items()
            if all(number in found for found in rest)
        }
        return Match(scores, _concepts(matches))

    def _together(self, node: Together) -> Match:
        scored = [(concept, self._concept(concept)) for concept in node.concepts]
        total = _sum(scores for _, scores in scored)
        needed = [(self.rarity(len(scores)), scores) for concept, scores in scored if not concept.bonus]
        whole = sum(rarity for rarity, _ in needed)
        held = _sum(dict.fromkeys(scores, rarity) for rarity, scores in needed)
        scores = {
            number: score * (held[number] / whole) ** _COVERAGE for number, score in total.items() if number in held
        }
        return Match(scores, list(scored))

    def rarity(self, found: int) -> float:
        """How much it says of a document that it is one of ``found`` (Robertson and Sparck Jones' idf)."""
        return math.log(1 + (self._size - found + 0.5) / (found + 0.5))

    def _concept(self, concept: Concept) -> dict[int, float]:
        """The best name counts; a name rarer than the one typed, or than its parts together, is worth no more."""
        best: dict[int, float] = {}
        parts = [self._concept(part) for part in concept.parts]
        typed = sum(self.rarity(len(found)) for found in parts) if parts else math.inf
        for number, alternative in enumerate(concept.alternatives):
            frequency, found = self._alternative(alternative)
            rarity = min(self.rarity(found), typed)
            if frequency and number == 0:
                typed = rarity
            for document, value in frequency.items():
                _keep(best, document, value * rarity * alternative.weight)
        for document, score in _in_parts(parts).items():
            _keep(best, document, score * _IN_PARTS)
        return best

    def _alternative(self, alternative: Alternative) -> tuple[Scores, int]:
        """How often a name occurs in each document, as if it were one term; and in how many it does."""
        found = [self._frequencies(term) for term in alternative.terms]
        if len(found) == 1:
            return found[0], len(found[0])
        whole = _all_of(found)
        if alternative.whole:
            return whole, len(whole)
        most = _most_of(found)
        return {**most, **whole}, len(whole) or len(most)


def _in_parts(parts: Sequence[Scores]) -> dict[int, float]:
    """The parts of a name, lowered where some are absent."""
    present = _sum(dict.fromkeys(scores, 1.0 / len(parts)) for scores in parts)
    return {
        document: score / len(parts) ** 0.5 * present[document]
        for document, score in _sum(parts).items()
        if present[document] >= _ENOUGH
    }


def _most_of(found: list[Scores]) -> dict[int, float]:
    count = len(found)
    present = _sum(dict.fromkeys(scores, 1.0 / count) for scores in found)
    return {
        number: score / count * present[number] for number, score in _sum(found).items() if present[number] >= _ENOUGH
    }


def _all_of(found: list[Scores]) -> dict[int, float]:
    first, *rest = sorted(found, key=len)
    return {
        number: (score + sum(scores[number] for scores in rest)) / len(found)
        for number, score in first.items()
        if all(number in scores for scores in rest)
    }


def _sum(scores: Iterable[Scores]) -> dict[int, float]:
    total: dict[int, float] = {}
    for found in scores:
        for number, score in found.items():
            total[number] = total.get(number, 0.0) + score
    return total


def _keep(best: dict[int, float], document: int, score: float) -> None:
    if score > best.get(document, 0.0):
        best[document] = score


def _concepts(matches: Iterable[Match]) -> list[tuple[Concept, Scores]]:
    return [concept for match in matches for concept in match.concepts]
