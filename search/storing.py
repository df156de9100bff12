"""What an index keeps of each document, so that results are shown without the entries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from search.analysis import is_kanji, pieces, terms
from search.document import SearchDocument
from search.folding import fold
from search.names import CITED, IDENTIFIER, identifier_key
from search.words import noise

#: Terms kept for finding similar entries; more of them made no difference to the first ten.
_KEY_TERMS: Final = 30
#: Fields whose terms say what an entry is about, and how strongly.
_TELLING: Final = {"title": 3.0, "aliases": 1.0, "summary": 1.0, "labels": 1.0}
#: What a link between two entries weighs beside them: as much as a rare word in both titles.
_LINK: Final = 5.0
#: Shorter words are not offered as suggestions: a slip in them leads anywhere.
_SHORTEST_WORD: Final = 4
_SHORTEST_KATAKANA: Final = 3
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]+")
_LETTERS = re.compile("[a-z]+")
#: How a Japanese term is read: found, but not worth showing.
_READING = re.compile("[\u3041-\u3096\u30fc・]+")


class Stored(NamedTuple):
    """What is kept of a document.

    Attributes:
        title: Its title.
        texts: Its texts, in the order in which a snippet is looked for.
        asides: Remarks and other names, looked at when no text matched.
        key_terms: The terms that say what it is about, with their weights.
    """

    title: str
    texts: Sequence[str]
    asides: Sequence[str]
    key_terms: Mapping[str, float]


def stored_text(document: SearchDocument) -> str:
    """A document as the text that an engine keeps."""
    texts = (document.summary, *document.requirements, *document.body)
    asides = (*document.notes, *(name for name in document.aliases if not _READING.fullmatch(name)))
    return json.dumps((document.title, texts, asides, _key_terms(document)), ensure_ascii=False, separators=(",", ":"))


def read_stored(text: str) -> Stored:
    """The reverse of :func:`stored_text`."""
    return Stored(*json.loads(text))


def _key_terms(document: SearchDocument) -> dict[str, float]:
    weights: dict[str, float] = {}
    for name, weight in _TELLING.items():
        value: Any = getattr(document, name)
        for text in (value,) if isinstance(value, str) else value:
            for term in terms(text):
                if "_" not in term and not (len(term) == 1 and is_kanji(term)):
                    weights[term] = weights.get(term, 0.0) + weight
    heaviest = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:_KEY_TERMS]
    named = {f"{IDENTIFIER}{identifier_key(name)}": _LINK for name in document.citations}
    named[f"{CITED}{identifier_key(document.id)}"] = _LINK
    return {term: round(weight, 1) for term, weight in heaviest} | named


def words_of(document: SearchDocument) -> list[str]:
    """The words of a document as people write them, for suggestions in its language."""
    texts = (document.title, *document.aliases, document.summary, *document.requirements, *document.body)
    return sorted({word for text in texts for word in _words_in(fold(text), document.language)})


def _words_in(folded: str, language: str) -> Iterator[str]:
    if language == "ja":
        yield from (word for word in _KATAKANA.findall(folded) if len(word) >= _SHORTEST_KATAKANA)
        return
    for piece in pieces(folded):
        if len(piece.text) >= _SHORTEST_WORD and _LETTERS.fullmatch(piece.text) and piece.text not in noise("en"):
            yield piece.text
