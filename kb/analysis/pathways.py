"""The class of an EV product in every jurisdiction, computed from the classifications of the profiles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kb.analysis.pathway_matching import DIMENSIONS, Applying, Question, Rule, Space, rules_of, space_of
from kb.analysis.pathway_products import Coverage, Found
from kb.knowledge_base import KnowledgeBase, standing
from kb.models.jurisdictions import Jurisdiction

#: Member states of the EU that have a code (https://european-union.europa.eu/principles-countries-history/eu-countries_en).
_EU_MEMBERS = frozenset({"FR", "DE", "IT", "ES", "PL", "GR", "SI", "BE", "AT", "SE", "NL"})
#: Not a place with law of its own.
_NO_PLACE = "INTL"


class Outcome(StrEnum):
    """What can be said of a product in a jurisdiction."""

    #: A class is on record.
    CLASSIFIED = "classified"
    #: Prohibited as a cosmetic.
    BARRED = "barred"
    #: Only that an act does not apply is on record, not which class does.
    OUTSIDE = "outside"
    #: The profile says that the class is open.
    NOT_SETTLED = "not-settled"
    #: Rules that name different classes apply to the same product.
    SEVERAL = "several"
    #: The class differs within what the question leaves open.
    DEPENDS = "depends"
    #: The jurisdiction was surveyed, and no classification on record fits.
    NO_RULE = "no-rule"
    #: It was surveyed, searched, and found to have no rule that speaks of EVs.
    SILENT = "silent"
    #: No profile, or one of thin coverage without a classification that fits: its law may well say something.
    NOT_SURVEYED = "not-surveyed"


@dataclass(frozen=True, slots=True)
class Case:
    """A rule that applies to what is asked, or to a part of it."""

    rule: Rule
    #: Dimensions in which the rule covers only a part of what is asked.
    only_if: tuple[bool, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a profile says of a question; one object for all questions with the same answer."""

    outcome: Outcome
    cases: tuple[Case, ...]
    #: Rules that fit but that a more specific one displaces wherever they do.
    displaced: tuple[Rule, ...]
    #: Whether no rule applies to some of what the question leaves open.
    gaps: bool

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes that apply, «outside the act named» only when there is no other."""
        found = tuple(dict.fromkeys(case.rule.legal_class for case in self.cases))
        return tuple(code for code in found if code != "outside") or found


class Reader:
    """Answers questions about one profile."""

    def __init__(self, profile: Jurisdiction, space: Space) -> None:
        self.profile, self.space = profile, space
        self.rules = rules_of(profile, space)
        self._coverage = Coverage(self.rules, space)
        self._known: dict[Found, Answer] = {}

    def answer(self, question: Question) -> Answer:
        """What the profile says of ``question``."""
        # Questions whose products fall under the same rules differ only in which conditions they leave open.
        found = self._coverage.found(question)
        if found not in self._known:
            self._known[found] = self._combined(self._coverage.applying(found), found)
        return self._known[found]

    def _combined(self, applied: frozenset[Applying], found: Found) -> Answer:
        numbers = {number for each in applied for number in each.prevailing}
        displaced = {number for each in applied for number in each.displaced} - numbers
        covered = [each for each in applied if each.prevailing]
        said = {self._said(each) for each in covered or applied}
        outcome = next(iter(said))[0] if len(said) == 1 else Outcome.DEPENDS
        return Answer(
            outcome,
            tuple(Case(rule, found.conditions(rule)) for rule in self.rules if rule.number in numbers),
            tuple(rule for rule in self.rules if rule.number in displaced),
            0 < len(covered) < len(applied),
        )

    def _said(self, found: Applying) -> tuple[Outcome, frozenset[str]]:
        """Outcome and classes for one product."""
        classes = {self.rules[number].legal_class for number in found.prevailing}
        named = classes - {"outside"}
        if not classes:
            return self._nothing_said(), frozenset()
        if not named:
            return Outcome.OUTSIDE, frozenset(classes)
        if len(named) > 1:
            return Outcome.SEVERAL, frozenset(named)
        special = {"not-settled": Outcome.NOT_SETTLED, "prohibited-cosmetic": Outcome.BARRED}
        return special.get(next(iter(named)), Outcome.CLASSIFIED), frozenset(named)

    def _nothing_said(self) -> Outcome:
        if self.profile.coverage == "thin":
            return Outcome.NOT_SURVEYED
        searched = self.profile.regulates_ev == "silent" and self.profile.searched_not_found
        return Outcome.SILENT if searched else Outcome.NO_RULE


@dataclass(frozen=True, slots=True)
class Unsurveyed:
    """A jurisdiction without a profile."""

    code: str
    #: Code of the surveyed jurisdiction whose law applies there too, e.g. the EU for a member state.
    within: str | None
    #: Laws, guidelines and official acts on record all the same.
    documents: int


def readers(kb: KnowledgeBase) -> tuple[Reader, ...]:
    """A reader for every profile, in the order of the vocabulary of jurisdictions."""
    order = {code: place for place, code in enumerate(kb.vocabularies["jurisdictions"])}
    space = space_of(kb.vocabularies)
    profiles = standing(kb.jurisdictions.values())
    return tuple(
        Reader(profile, space)
        for profile in sorted(profiles, key=lambda profile: (order.get(profile.code, len(order)), profile.id))
    )


def unsurveyed(kb: KnowledgeBase) -> tuple[Unsurveyed, ...]:
    """The jurisdictions of the vocabulary that have no profile, those with documents first."""
    surveyed = {profile.code for profile in standing(kb.jurisdictions.values())}
    documents = Counter(
        [
            *(entry.jurisdiction for entry in standing(kb.guidelines.values())),
            *(entry.jurisdiction for entry in standing(kb.enforcement.values())),
        ]
    )
    found = [
        Unsurveyed(code, wider if (wider := _wider(code)) in surveyed else None, documents[code])
        for code in kb.vocabularies["jurisdictions"]
        if code not in surveyed and code != _NO_PLACE
    ]
    return tuple(sorted(found, key=lambda place: place.documents == 0))


def _wider(code: str) -> str | None:
    if code in _EU_MEMBERS:
        return "EU"
    return code.partition("-")[0] if "-" in code else None


def conditions(case: Case, space: Space) -> dict[str, tuple[str, ...]]:
    """What must hold for a case to apply: dimension -> plain codes, for the dimensions that the question leaves open."""
    return {
        dimension.name: tuple(code for code in plain if code in covered)
        for dimension, plain, covered, partial in zip(
            DIMENSIONS, space.plain, case.rule.covers, case.only_if, strict=True
        )
        if partial
    }


def met(case: Case) -> Iterable[str]:
    """The dimensions that the rule restricts and that the question meets: why it matched."""
    return (
        dimension.name
        for dimension, restricted, partial in zip(DIMENSIONS, case.rule.restricts, case.only_if, strict=True)
        if restricted and not partial
    )
