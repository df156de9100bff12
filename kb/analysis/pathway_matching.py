"""Which classifications of a jurisdiction apply to a product, and which of them prevails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product as every_combination
from typing import NamedTuple

from kb.models.jurisdictions import Classification, Jurisdiction
from kb.problems import EvregError, Message, near_miss, shorten
from kb.vocabulary import Vocabularies


class Dimension(NamedTuple):
    """One of the five properties by which products are told apart."""

    name: str
    #: The field of a classification that holds it.
    field: str
    vocabulary: str


DIMENSIONS = (
    Dimension("source", "ev_source", "finder-sources"),
    Dimension("cargo", "cargo", "finder-cargos"),
    Dimension("form", "form", "finder-forms"),
    Dimension("route", "route", "finder-routes"),
    Dimension("claim", "claim", "finder-claims"),
)
#: The code that leaves a dimension open, in a classification as in a question.
ANY = "any"
#: What a classification's code covers besides itself: a rule about human material speaks of both donors' kinds, and a rule
#: about injection of infusions into a vein too. A question for «injected» asks for injection other than into a vein.
_COVERED = {
    "human": ("human-allogeneic", "human-autologous"),
    "non-human": ("animal", "plant", "bacterial", "milk"),
    "injected": ("injected", "intravenous"),
}


class Question(NamedTuple):
    """A product described by its codes; None leaves a dimension open."""

    source: str | None = None
    cargo: str | None = None
    form: str | None = None
    route: str | None = None
    claim: str | None = None


class Space(NamedTuple):
    """The codes of each dimension: those that may be asked for, and the plain ones among them, which overlap with no other."""

    asked: tuple[tuple[str, ...], ...]
    plain: tuple[tuple[str, ...], ...]

    def products(self) -> Iterator[tuple[str, ...]]:
        """Every product that can be told apart, as one plain code for each dimension."""
        return every_combination(*self.plain)

    def questions(self) -> Iterator[Question]:
        """Every question, the wholly open one first; the last dimension changes fastest."""
        for codes in every_combination(*((None, *asked) for asked in self.asked)):
            yield Question(*codes)

    def meant(self, question: Question) -> tuple[frozenset[str], ...]:
        """The plain codes that a question asks about, for each dimension."""
        return tuple(self.meant_by(place, code) for place, code in enumerate(question))

    def meant_by(self, dimension: int, code: str | None) -> frozenset[str]:
        """The plain codes that a code of one dimension stands for; None stands for all."""
        plain = self.plain[dimension]
        return frozenset(plain) if code is None else frozenset((code,)) if code in plain else _covered(code, plain)


@dataclass(frozen=True, slots=True)
class Rule:
    """A classification with what it covers."""

    #: Its place in the entry, from 0.
    number: int
    record: Classification
    #: The plain codes that it covers, for each dimension.
    covers: tuple[frozenset[str], ...]
    #: Whether it restricts the dimension at all.
    restricts: tuple[bool, ...]

    @property
    def legal_class(self) -> str:
        """The class it assigns."""
        return self.record.legal_class

    def matches(self, product: Sequence[str]) -> bool:
        """Whether a product falls under it."""
        return all(code in covered for code, covered in zip(product, self.covers, strict=True))

    def narrower_than(self, other: Rule) -> bool:
        """Whether everything it covers the other covers too, and not the reverse."""
        return self.covers != other.covers and all(
            mine <= theirs for mine, theirs in zip(self.covers, other.covers, strict=True)
        )


class Applying(NamedTuple):
    """The rules for one product: numbers of those that apply, and of those that a more specific one displaces."""

    prevailing: tuple[int, ...]
    displaced: tuple[int, ...]


def space_of(vocabularies: Vocabularies) -> Space:
    """The codes of every dimension, in the order of the vocabularies."""
    return _space(tuple(tuple(vocabularies[dimension.vocabulary]) for dimension in DIMENSIONS))


@lru_cache(maxsize=8)
def _space(codes: tuple[tuple[str, ...], ...]) -> Space:
    asked = tuple(tuple(code for code in known if code != ANY) for known in codes)
    plain = tuple(tuple(code for code in known if code in _COVERED.get(code, (code,))) for known in asked)
    return Space(asked, plain)


def _covered(code: str, plain: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_COVERED.get(code, (code,))).intersection(plain)


def rules_of(profile: Jurisdiction, space: Space) -> tuple[Rule, ...]:
    """The classifications of a profile; a dimension that is absent or «any» covers every code."""
    rules = []
    for number, record in enumerate(profile.classification):
        codes = [getattr(record, dimension.field) for dimension in DIMENSIONS]
        covers = tuple(
            frozenset(plain) if code in (None, ANY) else _covered(code, plain)
            for code, plain in zip(codes, space.plain, strict=True)
        )
        rules.append(Rule(number, record, covers, tuple(code not in (None, ANY) for code in codes)))
    return tuple(rules)


def applying(rules: Iterable[Rule], product: Sequence[str]) -> Applying:
    """The rules under which a product falls; of two of a kind, the narrower prevails over the wider.

    «Outside the act named» denies one act and assigns no class, so such a rule neither displaces a class nor is displaced by one.
    """
    found = [rule for rule in rules if rule.matches(product)]
    displaced = {
        rule.number
        for rule in found
        if any(other.narrower_than(rule) and _of_a_kind(other, rule) for other in found)
    }  # fmt: skip
    return Applying(
        tuple(rule.number for rule in found if rule.number not in displaced),
        tuple(sorted(displaced)),
    )


def _of_a_kind(one: Rule, other: Rule) -> bool:
    return (one.legal_class == "outside") == (other.legal_class == "outside")


def question_of(vocabularies: Vocabularies, **codes: str | None) -> Question:
    """A question from codes by dimension; ``any`` leaves a dimension open.

    Raises:
        EvregError: for a code that the dimension's vocabulary lacks, with the near miss.
    """
    asked = space_of(vocabularies).asked
    return Question(
        *(
            _known(dimension.name, codes.get(dimension.name), known)
            for dimension, known in zip(DIMENSIONS, asked, strict=True)
        )
    )


def _known(name: str, code: str | None, known: Sequence[str]) -> str | None:
    wanted = code.strip().casefold() if code else ANY
    if wanted == ANY:
        return None
    if wanted in known:
        return wanted
    near = near_miss(wanted, known)
    raise EvregError(
        f"--{name}",
        Message(
            f"«{shorten(wanted)}» is not a code of this property.{near.en}",
            f"「{shorten(wanted)}」はこの項目のコードではない。{near.ja}",
        ),
        Message(f"One of: {', '.join((*known, ANY))}.", f"次のいずれかとする: {'、'.join((*known, ANY))}。"),
        Message("Correct the code, or leave the option out.", "コードを訂正するか、オプションを省く。"),
    )
