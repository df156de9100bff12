"""Words that mean the same, in both languages: looked up while a query is read.

A *group* (:mod:`search.groups`) is a set of names with weights; a name typed in a query also finds the other names of
its groups, below literal matches. Groups may carry facets: who types «Japan» also means entries whose jurisdiction is JP.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from search.analysis import Atom, is_kanji

Name = tuple[str, ...]

#: What a group's name is worth when it is only a neighbouring term that the glossary keeps for search, and what a facet
#: is worth that a name means, against 1 for a word as typed.
RELATED: Final = 0.25
CUE: Final = 0.8
_HIRAGANA = re.compile("[\u3041-\u3096]+")


class Other(NamedTuple):
    """Another name of what was typed, or a facet term, with its weight below 1."""

    name: Name
    weight: float


class Lexicon:
    """All groups, found by the names in them."""

    def __init__(self, groups: Sequence[Mapping[str, Any]]) -> None:
        self._groups = groups
        self._of_name: dict[Name, list[int]] = {}
        self._longest: dict[str, int] = {}
        for number, group in enumerate(groups):
            for name, _ in group["names"]:
                key = tuple(name)
                self._of_name.setdefault(key, []).append(number)
                self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def __contains__(self, name: object) -> bool:
        return name in self._of_name

    def is_term(self, name: Name) -> bool:
        """True when the glossary has the name."""
        return any(self._groups[number]["term"] for number in self._of_name.get(name, ()))

    def others(self, name: Name) -> list[Other]:
        """What else to look for when ``name`` is typed, each once with its greatest weight."""
        found: dict[Name, float] = {}
        for number in self._of_name.get(name, ()):
            group = self._groups[number]
            own = max(weight for other, weight in group["names"] if tuple(other) == name)
            for other, weight in group["names"]:
                _keep(found, tuple(other), weight if own > RELATED else min(weight, RELATED))
            for facet in group["facets"]:
                _keep(found, (facet,), CUE if own > RELATED else RELATED)
        found.pop(name, None)
        return [Other(other, weight) for other, weight in found.items()]

    def longest_at(self, atoms: Sequence[Atom], start: int, stop: int) -> int:
        """How many atoms from ``start`` the longest known name takes; 0 when none begins there."""
        length = min(self._longest.get(atoms[start].text, 0), stop - start)
        while length and not self._fits(atoms, start, start + length):
            length -= 1
        return length

    def _fits(self, atoms: Sequence[Atom], start: int, stop: int) -> bool:
        if tuple(atom.text for atom in atoms[start:stop]) not in self._of_name:
            return False
        raw = "".join(atom.raw for atom in atoms[start:stop])
        before = atoms[start - 1].raw if start and _touch(atoms, start) else ""
        after = atoms[stop].raw if stop < len(atoms) and _touch(atoms, stop) else ""
        if len(raw) == 1 and is_kanji(raw):  # 法 is a law, but not in 測定法.
            return not (before and is_kanji(before)) and not (after and is_kanji(after))
        if _HIRAGANA.fullmatch(raw):  # しみ is a spot on the skin, but not in 楽しみ; lone kana are grammar.
            return len(raw) > 1 and not (before and is_kanji(before))
        return True


def _touch(atoms: Sequence[Atom], place: int) -> bool:
    return atoms[place].japanese and atoms[place - 1].japanese and atoms[place - 1].end == atoms[place].start


def _keep(found: dict[Name, float], name: Name, weight: float) -> None:
    found[name] = max(found.get(name, 0.0), weight)
