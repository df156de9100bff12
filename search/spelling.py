"""Words that begin like, or are spelled nearly like, what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from search.folding import fold, fold_kana

#: Length from which one, two and three letters of a word may differ from what was typed.
_LETTERS_WITH_A_SLIP: Final = (4, 10, 15)
#: The same in Japanese characters, of which each says more.
_CHARACTERS_WITH_A_SLIP: Final = (4, 8, 12)


class Word(NamedTuple):
    """A word of an index.

    Attributes:
        text: As people write it.
        documents: Number of documents that have it.
        key: Its folded form, in which words are compared.
    """

    text: str
    documents: int
    key: str


def beginning_with(text: str, words: Iterable[Word], limit: int) -> list[str]:
    """The words that begin so, the most frequent first."""
    start = _key(text)
    found = [word for word in words if start and word.key.startswith(start)]
    return [word.text for word in sorted(found, key=lambda word: (-word.documents, word.text))[:limit]]


def near(text: str, words: Iterable[Word], limit: int) -> list[str]:
    """The words spelled nearly so, the nearest and then the most frequent first; the same word is not near itself."""
    typed = _key(text)
    most = slips_allowed(typed)
    measured = ((distance(typed, word.key, most), word) for word in words if most)
    found = [(slips, word) for slips, word in measured if 0 < slips <= most]
    found.sort(key=lambda item: (item[0], item[1].text[:1] != text[:1], -item[1].documents, item[1].text))
    return [word.text for _, word in found[:limit]]


def near_enough(text: str, words: Iterable[str]) -> str | None:
    """The first of the words that are nearest to ``text``, if it is near enough to be meant."""
    typed = _key(text)
    most = slips_allowed(typed)
    measured = [(distance(typed, _key(word), most), word) for word in words] if most else []
    nearest = min(measured, key=lambda item: item[0], default=(0, ""))
    return nearest[1] if 0 < nearest[0] <= most else None


def slips_allowed(typed: str) -> int:
    """How many letters may differ from a word for it to be offered; numbers are never corrected."""
    if any(map(str.isdigit, typed)):
        return 0
    lengths = _LETTERS_WITH_A_SLIP if typed.isascii() else _CHARACTERS_WITH_A_SLIP
    return sum(1 for length in lengths if len(typed) >= length)


def distance(one: str, other: str, most: int) -> int:
    """Optimal string alignment: insertions, deletions, replacements and swaps of neighbours; ``most + 1`` when more.

    >>> distance("therpay", "therapy", 2)
    1
    """
    if abs(len(one) - len(other)) > most or len(set(one) - set(other)) > most:
        return most + 1
    older: list[int] = []
    old = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        new = [row]
        for column, against in enumerate(other, 1):
            cost = min(old[column] + 1, new[-1] + 1, old[column - 1] + (letter != against))
            if row > 1 and column > 1 and (letter, one[row - 2]) == (other[column - 2], against):
                cost = min(cost, older[column - 2] + 1)
            new.append(cost)
        if min(new) > most:
            return most + 1
        older, old = old, new
    return min(old[-1], most + 1)


def _key(text: str) -> str:
    return fold_kana(fold(text))


def sorted_words(counts: Iterable[tuple[str, int]]) -> Sequence[Word]:
    """Words with their keys in a settled order."""
    return tuple(Word(text, documents, _key(text)) for text, documents in sorted(counts))
