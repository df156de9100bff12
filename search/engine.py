"""What a search engine must do: a protocol of five methods, and what all engines share.

An engine keeps terms and gives the frequency of a term in each document; what the terms are (:mod:`search.analysis`),
what a query asks (:mod:`search.scoring`) and how results are ordered (:mod:`search.ranking`) is the same for all.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from heapq import nsmallest
from pathlib import Path
from threading import Lock
from typing import Final, Protocol

from kb.problems import Language
from search.asking import Node
from search.pooling import AnalysedDocument
from search.scoring import Evaluation, Match, Scores
from search.spelling import Word, beginning_with, near

#: Postings (document and frequency) that an open index keeps in memory: some 60 MB, more than any query needs. Each
#: term counts as one more, so that words that nobody has written cannot fill the memory either.
_KEPT_POSTINGS: Final = 500_000


class IndexDamaged(Exception):
    """The index cannot be read: it was made by another version, cut off or overwritten."""


class Engine(Protocol):
    """A way to keep an index on disk."""

    #: Short name, part of the index's key.
    name: str

    def build(self, folder: Path, documents: Sequence[AnalysedDocument]) -> None:
        """Write an index of ``documents`` into an empty folder.

        Raises:
            OSError: when the folder cannot be written.
        """

    def open(self, folder: Path) -> OpenIndex:
        """Open an index for reading.

        Raises:
            IndexDamaged: when it cannot be read.
        """


class OpenIndex(Protocol):
    """An index that is open for reading, by any number of threads."""

    def search(self, query: Node) -> Match:
        """The documents that a query asks for, with their scores."""

    def suggest(self, text: str, language: Language, limit: int) -> list[str]:
        """Words of the index that begin like ``text`` or are spelled nearly so, the likeliest first."""

    def similar(self, terms: Mapping[str, float], limit: int) -> list[tuple[int, float]]:
        """The documents nearest to a weighted list of terms, with their scores."""

    def stored(self, number: int) -> str:
        """What the index keeps of a document for showing it."""

    def having(self, term: str) -> Scores:
        """The documents that have a term, with its frequency."""

    def close(self) -> None:
        """Release the files."""


class TermIndex:
    """The part of an open index that rests on the frequencies of single terms."""

    def __init__(self, size: int) -> None:
        """Args: size: number of documents."""
        self.size = size
        self._kept: OrderedDict[str, Scores] = OrderedDict()
        self._postings = 0
        self._lock = Lock()
        self._kept_words: dict[Language, Sequence[Word]] = {}

    @abstractmethod
    def _frequencies(self, term: str) -> Scores:
        """Document -> saturated frequency of a term (BM25 without idf), read from disk."""

    @abstractmethod
    def _words(self, language: Language) -> Sequence[Word]:
        """The words of one language, read from disk."""

    def having(self, term: str) -> Scores:
        """The documents that have a term, with its frequency; what was read lately is kept."""
        with self._lock:
            if term in self._kept:
                self._kept.move_to_end(term)
                return self._kept[term]
            found = self._frequencies(term)
            self._kept[term] = found
            self._postings += len(found) + 1
            while self._postings > _KEPT_POSTINGS:
                self._postings -= len(self._kept.popitem(last=False)[1]) + 1
        return found

    def search(self, query: Node) -> Match:
        """The documents that a query asks for."""
        return Evaluation(self.having, self.size).match(query)

    def suggest(self, text: str, language: Language, limit: int) -> list[str]:
        """Words that begin like ``text``, then words spelled nearly so."""
        with self._lock:
            if language not in self._kept_words:
                self._kept_words[language] = self._words(language)
            words = self._kept_words[language]
        found = (*beginning_with(text, words, limit), *near(text, words, limit))
        return list(dict.fromkeys(found))[:limit]

    def similar(self, terms: Mapping[str, float], limit: int) -> list[tuple[int, float]]:
        """The documents that have most of the terms, weighed by how much each term says."""
        evaluation = Evaluation(self.having, self.size)
        scores: dict[int, float] = {}
        for term, weight in terms.items():
            found = self.having(term)
            value = weight * evaluation.rarity(len(found))
            for number, frequency in found.items():
                scores[number] = scores.get(number, 0.0) + value * frequency
        return nsmallest(limit, scores.items(), key=lambda item: (-item[1], item[0]))
