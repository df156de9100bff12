"""The same index on SQLite's FTS5, to show that the engine can be changed, and to measure Whoosh beside it.

FTS5 weighs columns instead of single postings, so its scores differ a little; the answers to the contract tests do not.
Terms are written in hexadecimal digits, because FTS5's tokenizers have opinions of their own about signs and scripts.
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Final

from kb.problems import Language
from search.engine import IndexDamaged, TermIndex
from search.pooling import FIELDS, MARKS, AnalysedDocument
from search.scoring import Scores
from search.spelling import Word, sorted_words

_FILE: Final = "terms.sqlite3"
_COLUMNS: Final = ("marks", *FIELDS)
_WEIGHTS: Final = ", ".join(map(str, (max(MARKS.values()), *(boost.weight for boost in FIELDS.values()))))
_SCHEMA: Final = f"""
    CREATE VIRTUAL TABLE terms USING fts5({", ".join(_COLUMNS)}, content='', tokenize='ascii');
    CREATE TABLE kept(number INTEGER PRIMARY KEY, text TEXT NOT NULL);
    CREATE TABLE words(language TEXT, word TEXT, documents INTEGER, PRIMARY KEY (language, word)) WITHOUT ROWID;
"""
_TERM: Final = f"SELECT rowid, -bm25(terms, {_WEIGHTS}) FROM terms WHERE terms MATCH ?"  # noqa: S608 - no input in it


class Fts5Engine:
    """Builds and opens indexes."""

    name = "fts5"

    def build(self, folder: Path, documents: Sequence[AnalysedDocument]) -> None:
        """Write an index of ``documents`` into an empty folder."""
        words: Counter[tuple[str, str]] = Counter()
        marks = ", ".join("?" * (len(_COLUMNS) + 1))
        with sqlite3.connect(folder / _FILE) as database:
            database.executescript(_SCHEMA)
            for document in documents:
                columns = (_written(terms) for terms in (document.marks, *_in_order(document)))
                insert = f"INSERT INTO terms(rowid, {', '.join(_COLUMNS)}) VALUES ({marks})"  # noqa: S608
                database.execute(insert, (document.number + 1, *columns))
                database.execute("INSERT INTO kept VALUES (?, ?)", (document.number, document.stored))
                words.update((document.language, word) for word in set(document.words))
            database.executemany("INSERT INTO words VALUES (?, ?, ?)", ((*key, count) for key, count in words.items()))
            database.execute("INSERT INTO terms(terms) VALUES ('optimize')")
        database.close()

    def open(self, folder: Path) -> Fts5Index:
        """Open an index for reading."""
        try:
            address = f"{(folder / _FILE).resolve().as_uri()}?mode=ro&immutable=1"
            return Fts5Index(sqlite3.connect(address, uri=True, check_same_thread=False))
        except sqlite3.Error as problem:
            raise IndexDamaged(str(problem)) from problem


class Fts5Index(TermIndex):
    """An index that is open for reading."""

    def __init__(self, database: sqlite3.Connection) -> None:
        super().__init__(database.execute("SELECT count(*) FROM kept").fetchone()[0])
        self._database = database
        self._one_at_a_time = Lock()

    def _frequencies(self, term: str) -> Scores:
        rows = self._rows(_TERM, _written((term,)))
        idf = max(math.log((self.size - len(rows) + 0.5) / (len(rows) + 0.5)), 1e-6)  # As FTS5 computes it.
        return {int(row) - 1: float(score) / idf for row, score in rows}

    def _words(self, language: Language) -> Sequence[Word]:
        return sorted_words(self._rows("SELECT word, documents FROM words WHERE language = ?", language))

    def stored(self, number: int) -> str:
        """What the index keeps of a document."""
        return str(self._rows("SELECT text, 0 FROM kept WHERE number = ?", number)[0][0])

    def close(self) -> None:
        """Release the file."""
        self._database.close()

    def _rows(self, statement: str, value: str | int) -> list[tuple[str, int]]:
        with self._one_at_a_time:
            return self._database.execute(statement, (value,)).fetchall()


def _in_order(document: AnalysedDocument) -> Iterator[Iterable[str]]:
    return (document.fields[name].elements() for name in FIELDS)


def _written(terms: Iterable[str]) -> str:
    return " ".join(f"x{term.encode().hex()}" for term in terms)
