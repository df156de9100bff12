"""Which rule applies to which product, and what is said where none does."""

from __future__ import annotations

from collections import Counter
from itertools import product as every_combination
from typing import Any

import pytest

import kb
from kb import KnowledgeBase
from kb.analysis.pathway_matching import DIMENSIONS, Question, applying, question_of, rules_of, space_of
from kb.analysis.pathway_products import Coverage
from kb.analysis.pathway_records import pathway_records
from kb.analysis.pathway_routes import routes
from kb.analysis.pathways import Answer, Outcome, Reader, conditions, met, readers, unsurveyed
from kb.models.jurisdictions import Jurisdiction
from kb.problems import EvregError
from kb.vocabulary import packaged_vocabularies
from tests.entries import PAIR, minimal

SPACE = space_of(packaged_vocabularies())
IV = Question("human-allogeneic", "native", "ev-preparation", "intravenous", "therapeutic")


def rule(legal_class: str, **fields: Any) -> dict[str, Any]:
    return {"product": PAIR, "legal_class": legal_class, "statement": PAIR, **fields}


def profile(*rules: dict[str, Any], **changes: Any) -> Jurisdiction:
    return Jurisdiction.model_validate(minimal("jurisdictions", "jp", classification=list(rules), **changes))


def ask(question: Question, *rules: dict[str, Any], **changes: Any) -> Answer:
    return Reader(profile(*rules, **changes), SPACE).answer(question)


def numbers(answer: Answer) -> list[int]:
    return [case.rule.number for case in answer.cases]


@pytest.fixture(scope="module")
def real() -> KnowledgeBase:
    return kb.load()


def test_plain_codes_overlap_with_no_other() -> None:
    assert "human" in SPACE.asked[0]
    assert "human" not in SPACE.plain[0]
    assert all("any" not in codes for codes in SPACE.asked)
    assert SPACE.meant(Question(source="human"))[0] == {"human-allogeneic", "human-autologous"}
    assert SPACE.meant(Question(route="injected"))[3] == {"injected"}
    assert next(SPACE.questions()) == Question()


def test_sets_of_bits_find_what_matching_each_product_finds(real: KnowledgeBase) -> None:
    questions = list(SPACE.questions())
    for number, profile in enumerate(real.jurisdictions.values()):
        rules = rules_of(profile, SPACE)
        coverage = Coverage(rules, SPACE)
        for question in questions[number::97]:
            meant, found = SPACE.meant(question), coverage.found(question)
            assert coverage.applying(found) == {applying(rules, product) for product in every_combination(*meant)}
            for rule in rules:
                partly = tuple(not asked <= own for asked, own in zip(meant, rule.covers, strict=True))
                assert found.conditions(rule) == partly


@pytest.mark.parametrize("code", [None, "any"])
def test_an_absent_dimension_covers_every_product(code: str | None) -> None:
    fields = {dimension.field: code for dimension in DIMENSIONS} if code else {}
    assert ask(IV, rule("medicinal-product", **fields)).outcome is Outcome.CLASSIFIED


@pytest.mark.parametrize(
    ("fields", "matches"),
    [
        ({"ev_source": "human"}, True),
        ({"ev_source": "human-allogeneic"}, True),
        ({"ev_source": "human-autologous"}, False),
        ({"route": "injected"}, True),  # an infusion is injected
        ({"route": "topical"}, False),
        ({"claim": "therapeutic", "cargo": "native", "form": "ev-preparation"}, True),
        ({"claim": "therapeutic", "cargo": "loaded"}, False),
    ],
)
def test_a_rule_applies_when_every_dimension_agrees(fields: dict[str, str], matches: bool) -> None:
    answer = ask(IV, rule("medicinal-product", **fields))
    assert (answer.outcome is Outcome.CLASSIFIED) is matches


def test_the_narrower_rule_prevails() -> None:
    answer = ask(
        IV, rule("not-settled", claim="therapeutic"), rule("advanced-therapy", claim="therapeutic", cargo="native")
    )
    assert (answer.outcome, answer.classes) == (Outcome.CLASSIFIED, ("advanced-therapy",))
    assert [displaced.number for displaced in answer.displaced] == [0]


def test_rules_of_which_neither_is_narrower_stand_side_by_side() -> None:
    answer = ask(IV, rule("medicinal-product", claim="therapeutic"), rule("medical-device", route="intravenous"))
    assert answer.outcome is Outcome.SEVERAL
    assert answer.classes == ("medicinal-product", "medical-device")
    assert answer.displaced == ()


def test_equally_wide_rules_of_one_class_agree() -> None:
    twice = [rule("medicinal-product", claim="therapeutic")] * 2
    answer = ask(IV, *twice)
    assert (answer.outcome, numbers(answer)) == (Outcome.CLASSIFIED, [0, 1])


def test_outside_an_act_is_no_class_and_displaces_none() -> None:
    wide, outside = (
        rule("medicinal-product", claim="therapeutic"),
        rule("outside", claim="therapeutic", route="injected"),
    )
    answer = ask(IV, wide, outside)
    assert (answer.outcome, answer.classes, numbers(answer)) == (Outcome.CLASSIFIED, ("medicinal-product",), [0, 1])
    alone = ask(IV, outside)
    assert (alone.outcome, alone.classes) == (Outcome.OUTSIDE, ("outside",))


@pytest.mark.parametrize(
    ("legal_class", "outcome"), [("prohibited-cosmetic", Outcome.BARRED), ("not-settled", Outcome.NOT_SETTLED)]
)
def test_classes_that_are_answers_of_their_own(legal_class: str, outcome: Outcome) -> None:
    assert ask(IV, rule(legal_class)).outcome is outcome


_NULL_SEARCH = [{"what": PAIR, "where": PAIR, "on": "2026-06-01"}]


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"coverage": "good", "regulates_ev": "by-name"}, Outcome.NO_RULE),
        ({"coverage": "fair", "regulates_ev": "silent"}, Outcome.NO_RULE),  # nothing says that anyone searched
        ({"coverage": "fair", "regulates_ev": "silent", "searched_not_found": _NULL_SEARCH}, Outcome.SILENT),
        ({"coverage": "thin", "regulates_ev": "silent", "searched_not_found": _NULL_SEARCH}, Outcome.NOT_SURVEYED),
    ],
)
def test_what_is_said_where_no_rule_fits(changes: dict[str, Any], outcome: Outcome) -> None:
    assert ask(IV, rule("cosmetic", claim="cosmetic"), **changes).outcome is outcome


def test_an_open_question_lists_the_cases_and_their_conditions() -> None:
    answer = ask(
        Question(source="human", claim="therapeutic"),
        rule("medicinal-product", claim="therapeutic", form="ev-preparation", ev_source="human"),
        rule("cosmetic", claim="cosmetic"),
    )
    (case,) = answer.cases
    assert (answer.outcome, answer.gaps) == (Outcome.CLASSIFIED, True)
    assert conditions(case, SPACE) == {"form": ("ev-preparation",)}
    assert list(met(case)) == ["source", "claim"]


def test_the_conditions_are_those_of_the_question_asked() -> None:
    reader = Reader(profile(rule("medicinal-product", form="ev-preparation", ev_source="human")), SPACE)
    (first,) = reader.answer(Question(source="human")).cases
    (second,) = reader.answer(Question(form="ev-preparation")).cases
    assert list(conditions(first, SPACE)) == ["form"]
    assert list(conditions(second, SPACE)) == ["source"]


def test_an_open_question_depends_when_the_classes_differ() -> None:
    rules = (
        rule("medicinal-product", claim="therapeutic"),
        rule("cosmetic", claim="cosmetic"),
        rule("reagent", claim="none"),
    )
    answer = ask(Question(source="plant"), *rules)
    assert (answer.outcome, answer.gaps, numbers(answer)) == (Outcome.DEPENDS, False, [0, 1, 2])
    assert ask(Question(claim="none"), *rules).outcome is Outcome.CLASSIFIED


def test_a_general_rule_stays_where_the_special_one_leaves_it_room() -> None:
    answer = ask(
        Question(claim="therapeutic"),
        rule("not-settled", claim="therapeutic"),
        rule("advanced-therapy", claim="therapeutic", cargo="native"),
    )
    assert (answer.outcome, numbers(answer), answer.displaced) == (Outcome.DEPENDS, [0, 1], ())


def test_routes_need_a_shared_document_or_source(real: KnowledgeBase) -> None:
    pathway = {"name": PAIR, "status": "available"}
    given = profile(
        rule("medicinal-product", guidelines=["a"], sources=["s1"]),
        pathways=[pathway | {"guidelines": ["a", "b"]}, pathway | {"guidelines": ["b"]}, pathway | {"sources": ["s1"]}],
    )
    found = [(route.number, route.documents, route.sources) for route in routes(real, given, given.classification[0])]
    assert found == [(0, ("a",), ()), (2, (), ("s1",))]


def test_an_unknown_code_is_told_with_the_near_miss() -> None:
    with pytest.raises(EvregError) as told:
        question_of(packaged_vocabularies(), route="intravenus")
    assert told.value.where == "--route"
    assert "«intravenous»" in told.value.found.en
    assert question_of(packaged_vocabularies(), source=" Human ", claim="any") == Question(source="human")


def test_the_closed_answers_make_up_the_open_ones(real: KnowledgeBase) -> None:
    """By the definition: cases and gaps of a question follow from the rules of its single products."""
    asked = [question for question in SPACE.questions() if question.source in ("human", "milk")]
    for reader in readers(real)[:2]:
        rules = rules_of(reader.profile, SPACE)
        prevailing = {product: applying(rules, product).prevailing for product in SPACE.products()}
        for question in asked:
            answer = reader.answer(question)
            found = [prevailing[product] for product in prevailing if _is_asked(product, question)]
            assert set(numbers(answer)) == {number for each in found for number in each}
            assert answer.gaps == (any(found) and not all(found))


def _is_asked(product: tuple[str, ...], question: Question) -> bool:
    return all(
        code is None or code == own or (code == "human" and own.startswith("human"))
        for code, own in zip(question, product, strict=True)
    )


def test_the_first_edition(real: KnowledgeBase) -> None:
    answers = {reader.profile.code: reader.answer(IV) for reader in readers(real)}
    assert answers["JP"].classes == ("medicinal-product",)
    assert answers["EU"].classes == answers["US"].classes == ("biological-medicinal-product",)
    assert answers["TW"].classes == ("regenerative-product",)
    assert answers["CN"].outcome is Outcome.NOT_SETTLED
    assert answers["KW"].outcome is Outcome.NOT_SURVEYED
    cosmetic = IV._replace(route="topical", claim="cosmetic")
    barred = {r.profile.code for r in readers(real) if r.answer(cosmetic).outcome is Outcome.BARRED}
    assert {"EU", "GB", "CH", "TW"} <= barred


def test_every_jurisdiction_is_answered_for_once(real: KnowledgeBase) -> None:
    places = Counter(answer["jurisdiction"] for answer in pathway_records(real, IV)["answers"])
    assert set(places) == set(real.vocabularies["jurisdictions"]) - {"INTL"}
    assert set(places.values()) == {1}
    within = {place.code: place.within for place in unsurveyed(real)}
    assert (within["FR"], within["US-TX"], within["NZ"]) == ("EU", "US", None)


def test_withdrawn_profiles_do_not_count() -> None:
    gone = {"on": "2026-06-02", "reason": PAIR}
    entries = {"jurisdictions": {"jp": profile(rule("cosmetic"), withdrawn=gone)}}
    base = KnowledgeBase(entries, {}, packaged_vocabularies(), "")
    assert readers(base) == ()
    assert "JP" in {place.code for place in unsurveyed(base)}
