"""Cutting plain words into the ideas they consist of.

English is cut at spaces, Japanese where a known name ends, where grammar stands between, and where kanji, katakana and
hiragana meet. Known names win over single words, longer ones over shorter ones. Grammar and the words of a question
are left out. A morphological analyser in this place made no difference (figures in :mod:`search.analysis`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from search.analysis import Atom, atoms, is_kanji
from search.folding import fold
from search.lexicon import Lexicon, Name
from search.query import MAX_CLAUSES
from search.words import noise, noise_pattern

_HIRAGANA = re.compile("[\u3041-\u3096]")
#: Okurigana shorter than this say how a word is inflected, not what it means.
_SHORTEST_KANA: Final = 3


class Unit(NamedTuple):
    """One idea of a query.

    Attributes:
        name: Its atoms.
        text: As typed, after folding.
        known: True when the lexicon has it.
    """

    name: Name
    text: str
    known: bool


def units(text: str, lexicon: Lexicon, shorter: bool = False) -> list[Unit]:
    """The ideas of a text in its order, each once; with ``shorter`` the names inside a text that is itself a name."""
    folded = fold(text)
    found: dict[Name, Unit] = {}
    for unit in _Cutter(folded, atoms(folded), lexicon, shorter).units():
        found.setdefault(unit.name, unit)
    return list(found.values())[:MAX_CLAUSES]


class _Cutter:
    """Walks through the atoms of a text from left to right."""

    def __init__(self, folded: str, found: Sequence[Atom], lexicon: Lexicon, shorter: bool) -> None:
        self._folded, self._atoms, self._lexicon, self._shorter = folded, found, lexicon, shorter

    def units(self) -> Iterator[Unit]:
        at = name_end = 0
        while at < len(self._atoms):
            length = self._known(at)
            if length:
                yield self._unit(at, at + length, known=True)
                at = name_end = at + length
            elif not self._atoms[at].japanese:
                if self._atoms[at].raw not in noise("en"):
                    yield self._unit(at, at + 1)
                at += 1
            else:
                end = self._japanese(at)
                if end > at and not self._meaningless(at, end) and not self._suffix(at, end, name_end):
                    yield self._unit(at, end)
                at = max(end, at + 1) if end > at else at + self._grammar(at)

    def _known(self, at: int) -> int:
        whole = self._shorter and at == 0
        return self._lexicon.longest_at(self._atoms, at, len(self._atoms) - 1 if whole else len(self._atoms))

    def _japanese(self, start: int) -> int:
        """Where the run of unknown characters of one script ends that begins at ``start``; ``start`` for grammar."""
        at = start
        while at < len(self._atoms) and self._continues(start, at):
            at += 1
        return at

    def _continues(self, start: int, at: int) -> bool:
        atom = self._atoms[at]
        if not atom.japanese or self._grammar(at):
            return False
        if at == start:
            return True
        before = self._atoms[at - 1]
        if before.end != atom.start or self._known(at):
            return False
        # Kana that follow a kanji inflect it (効き, 届け出): they stay together.
        scripts = {_script(before.raw), _script(atom.raw)}
        return len(scripts) == 1 or scripts == {"kanji", "hiragana"}

    def _grammar(self, at: int) -> int:
        """How many atoms the grammar takes that begins here; 0 when none does."""
        if not self._atoms[at].japanese:
            return 0
        match = noise_pattern().match(self._folded, self._atoms[at].start)
        if match is None:
            return 0
        return sum(1 for atom in self._atoms[at : at + len(match.group())] if atom.start < match.end())

    def _meaningless(self, start: int, end: int) -> bool:
        """True for a kana or two between known words."""
        raw = "".join(atom.raw for atom in self._atoms[start:end])
        return all(map(_HIRAGANA.match, raw)) and len(raw) < _SHORTEST_KANA

    def _suffix(self, start: int, end: int, name_end: int) -> bool:
        """True for the last kanji of a longer word that begins with a known name: 液 in 幹細胞培養上清液."""
        attached = start == name_end > 0 and self._atoms[start - 1].end == self._atoms[start].start
        return attached and end - start == 1 and self._atoms[start - 1].japanese and is_kanji(self._atoms[start].raw)

    def _unit(self, start: int, end: int, known: bool = False) -> Unit:
        found = self._atoms[start:end]
        text = self._folded[found[0].start : found[-1].end]
        return Unit(tuple(atom.text for atom in found), text, known)


def _script(character: str) -> str:
    if is_kanji(character):
        return "kanji"
    return "hiragana" if _HIRAGANA.match(character) else "katakana"
