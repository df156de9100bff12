"""Which rules of a profile apply to what a question asks about, by sets of bits.

Every question of the finder is put to every profile. With the products as bits, asking costs a few operations on numbers
instead of one look-up for each of up to thousands of products.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, reduce
from itertools import compress
from operator import and_, or_
from typing import NamedTuple

from kb.analysis.pathway_matching import DIMENSIONS, Applying, Question, Rule, Space, applying


class Products:
    """The products of a space as sets of bits, bit *i* for the *i*-th of :meth:`Space.products`; made by :func:`products_of`."""

    def __init__(self, space: Space) -> None:
        self._space = space
        self._having: tuple[dict[str, int], ...] = tuple({} for _ in space.plain)
        for place, product in enumerate(space.products()):
            for having, code in zip(self._having, product, strict=True):
                having[code] = having.get(code, 0) | 1 << place
        self._meant: dict[Question, int] = {}

    def meant(self, question: Question) -> int:
        """The products that a question asks about."""
        found = self._meant.get(question)
        if found is None:
            every = (
                (having[code] for code in codes)
                for having, codes in zip(self._having, self._space.meant(question), strict=True)
            )
            found = self._meant[question] = reduce(and_, (reduce(or_, masks, 0) for masks in every))
        return found


@lru_cache(maxsize=8)
def products_of(space: Space) -> Products:
    """The products of a space; one object for all profiles."""
    return Products(space)


class Found(NamedTuple):
    """What a question meets in a profile; equal for questions with the same answer."""

    #: For each combination of rules that occurs (see :meth:`Coverage.applying`), whether a product asked about falls under it.
    combinations: tuple[bool, ...]
    #: Bits, five for each rule: the dimensions in which the rule covers only a part of what is asked.
    partly: int

    def conditions(self, rule: Rule) -> tuple[bool, ...]:
        """The dimensions in which ``rule`` covers only a part of what is asked."""
        first = rule.number * len(DIMENSIONS)
        return tuple(bool(self.partly >> (first + place) & 1) for place in range(len(DIMENSIONS)))


class Coverage:
    """The rules of one profile over all products.

    Args:
        rules: Of the profile, numbered from 0.
        space: The products.
    """

    def __init__(self, rules: Sequence[Rule], space: Space) -> None:
        self._rules, self._space, self._products = rules, space, products_of(space)
        #: What applies -> the products to which it does.
        self._applying: dict[Applying, int] = {}
        for place, product in enumerate(space.products()):
            found = applying(rules, product)
            self._applying[found] = self._applying.get(found, 0) | 1 << place
        self._partly = tuple(self._open_in(dimension) for dimension in range(len(DIMENSIONS)))

    def _open_in(self, dimension: int) -> dict[str | None, int]:
        """Code asked for in a dimension -> a bit for each rule that covers only a part of it."""
        return {
            code: sum(
                1 << (rule.number * len(DIMENSIONS) + dimension)
                for rule in self._rules
                if not self._space.meant_by(dimension, code) <= rule.covers[dimension]
            )
            for code in (None, *self._space.asked[dimension])
        }

    def found(self, question: Question) -> Found:
        """What ``question`` meets."""
        asked = self._products.meant(question)
        partly = reduce(or_, (codes[code] for codes, code in zip(self._partly, question, strict=True)))
        return Found(tuple(bool(own & asked) for own in self._applying.values()), partly)

    def applying(self, found: Found) -> frozenset[Applying]:
        """The combinations of rules under which the products asked about fall."""
        return frozenset(compress(self._applying, found.combinations))
