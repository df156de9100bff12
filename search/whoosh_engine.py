"""The index on Whoosh (``whoosh-reloaded`` 2.7.5): the one module that knows it.

Whoosh keeps one field of terms whose posting weights are the pooled weights of :mod:`search.pooling`; its own analysers
and query parsers are not used. Each index is written once, in a folder of its own, and never changed: no writer waits
for a lock, and readers need none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from whoosh import fields, formats, index
from whoosh.codec.whoosh3 import W3Codec
from whoosh.reading import TermNotFound
from whoosh.scoring import bm25

from kb.problems import Language
from search.engine import IndexDamaged, TermIndex
from search.pooling import AnalysedDocument, pooled
from search.scoring import Scores
from search.spelling import Word, sorted_words

#: BM25's saturation. Higher than the usual 1.2, because a pooled weight of 6 is one occurrence in a title: at 1.2 a
#: title was worth 1.8 body texts, at 3 it is worth 2.7. nDCG@10 rose from 0.831 to 0.837 (2 to 8: within 0.002).
K1: Final = 3.0
#: Memory that postings may take while an index is built, in MB by Whoosh's own estimate. At the real size a tenth of it is
#: used; for ten times as many entries, less would mean merging runs on disk (42 s instead of 22 s at 256 MB).
_MEMORY: Final = 1_024


class _Terms(fields.FieldType):  # type: ignore[misc]
    """A field that takes terms with their weights instead of text."""

    def __init__(self) -> None:
        # Nobody reads the lengths that scorable fields keep, but without them Whoosh asks the file system once for each
        # posting whether there are any: 4.3 s instead of 3.2 s for the whole knowledge base.
        super().__init__(formats.Frequency(), None, scorable=True)

    def index(self, value: Mapping[str, float], **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Whoosh's postings: term, count, weight and an empty value."""
        for term in sorted(value):
            yield term.encode(), 1, value[term], b"\0\0\0\1"


class WhooshEngine:
    """Builds and opens indexes.

    Posting blocks are not compressed: 2.4 s instead of 3.2 s, 19 MB instead of 16 MB.
    """

    name = "whoosh"

    def build(self, folder: Path, documents: Sequence[AnalysedDocument]) -> None:
        """Write an index of ``documents`` into an empty folder."""
        schema = fields.Schema(terms=_Terms(), words_en=_Terms(), words_ja=_Terms(), kept=fields.STORED)
        writer = index.create_in(folder, schema).writer(limitmb=_MEMORY, codec=W3Codec(compression=0))
        for document, weights in zip(documents, pooled(documents), strict=True):
            words = dict.fromkeys(document.words, 1.0)
            writer.add_document(
                terms={**weights, **document.marks}, kept=document.stored, **{f"words_{document.language}": words}
            )
        writer.commit()

    def open(self, folder: Path) -> WhooshIndex:
        """Open an index for reading."""
        try:
            return WhooshIndex(index.open_dir(folder, readonly=True).reader())
        except Exception as problem:  # Whoosh raises whatever its unpickling and its assertions raise.
            raise IndexDamaged(str(problem)) from problem


class WhooshIndex(TermIndex):
    """An index that is open for reading."""

    def __init__(self, reader: Any) -> None:
        super().__init__(reader.doc_count_all())
        self._reader = reader

    def _frequencies(self, term: str) -> Scores:
        try:
            matcher = self._reader.postings("terms", term)
        except (TermNotFound, KeyError):
            return {}
        found: dict[int, float] = {}
        while matcher.is_active():
            found[matcher.id()] = bm25(1.0, matcher.weight(), 1, 1, 0.0, K1)
            matcher.next()
        return found

    def _words(self, language: Language) -> Sequence[Word]:
        field = f"words_{language}"
        if field not in self._reader.schema:
            return ()
        found = ((name.decode(), info.doc_frequency()) for name, info in self._reader.iter_field(field))
        return sorted_words(found)

    def stored(self, number: int) -> str:
        """What the index keeps of a document."""
        return str(self._reader.stored_fields(number)["kept"])

    def close(self) -> None:
        """Release the files."""
        self._reader.close()
