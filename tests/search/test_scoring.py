"""What a document is worth to a query."""

from __future__ import annotations

import pytest

from search.asking import Alternative, Concept, Either, Every, Filter, Node, Together, Without
from search.catalogue import Catalogue
from search.ranking import contributions, ranked
from search.scoring import Evaluation, Match, Scores

#: Term -> document -> saturated frequency. Ten documents.
TERMS: dict[str, Scores] = {
    "rare": {1: 1.0},
    "common": dict.fromkeys(range(9), 1.0),
    "a": {0: 1.0, 1: 1.0, 2: 0.5},
    "b": {1: 1.0, 2: 1.0, 3: 1.0},
    "c": {2: 1.0},
    "@jp": {1: 1.0, 2: 1.0},
}


def match(node: Node) -> dict[int, float]:
    return Evaluation(lambda term: TERMS.get(term, {}), 10).match(node).scores


def words(*terms: str) -> Together:
    return Together(tuple(Concept(term, (Alternative((term,)),)) for term in terms))


def one(*alternatives: Alternative, **options: bool) -> Together:
    return Together((Concept("x", alternatives, **options),))  # type: ignore[arg-type]


def test_rare_words_say_more() -> None:
    scores = match(words("rare", "common"))
    assert scores[1] > 3 * scores[0]


def test_any_word_finds_and_more_words_raise() -> None:
    scores = match(words("a", "b"))
    assert set(scores) == {0, 1, 2, 3}
    assert scores[1] > scores[2] > scores[0]


def test_a_name_needs_all_its_terms() -> None:
    assert set(match(one(Alternative(("a", "b"))))) == {1, 2}


def test_unknown_japanese_needs_most_of_its_terms() -> None:
    terms = ("a", "b", "common")
    assert set(match(one(Alternative(terms, whole=False)))) == {1, 2}
    assert set(match(one(Alternative(("a", "b", "c"), whole=False)))) == {2}


def test_the_best_name_counts_once() -> None:
    typed = match(one(Alternative(("a",))))
    both = match(one(Alternative(("a",)), Alternative(("b",), 0.5)))
    assert both[1] == typed[1]
    assert both[3] < both[0]


def test_a_rarer_synonym_is_worth_no_more_than_what_was_typed() -> None:
    scores = match(one(Alternative(("common",)), Alternative(("rare",), 0.5)))
    assert scores[1] == scores[0]


def test_a_name_in_parts_is_worth_less_than_whole() -> None:
    parts = (Concept("a", (Alternative(("a",)),)), Concept("b", (Alternative(("b",)),)))
    concept = Concept("a b", (Alternative(("c",)),), parts)
    scores = match(Together((concept,)))
    assert set(scores) == {1, 2}
    assert scores[2] > scores[1] > 0


def test_bonuses_raise_but_do_not_find() -> None:
    bonus = Concept("b", (Alternative(("b",)),), bonus=True)
    scores = match(Together((Concept("a", (Alternative(("a",)),)), bonus)))
    assert set(scores) == {0, 1, 2}
    assert scores[1] > scores[0]


def test_logic_and_filters() -> None:
    assert set(match(Every((words("a"), words("b"))))) == {1, 2}
    assert set(match(Either((words("c"), words("rare"))))) == {1, 2}
    assert set(match(Every((words("a"), Without(words("b")))))) == {0}
    assert set(match(Without(words("common")))) == {9}
    assert set(match(Every((words("a"), Filter(("@jp",)))))) == {1, 2}
    assert match(Filter(("@jp", "@kr"))) == {1: 0.0, 2: 0.0}
    assert match(Filter(())) == {}


def test_and_adds_scores() -> None:
    assert match(Every((words("a"), words("b"))))[1] == pytest.approx(match(words("a"))[1] + match(words("b"))[1])


def test_words_of_which_nothing_is_left_forbid_nothing() -> None:
    assert set(match(Every((Together(()), Filter(("@jp",)))))) == {1, 2}
    assert match(Every((Together(()),))) == {}
    assert match(Together(())) == {}


def test_unknown_terms_find_nothing() -> None:
    assert match(words("nowhere")) == {}
    assert match(one(Alternative(("a", "nowhere")))) == {}


# --- From documents to entries

CATALOGUE = Catalogue(
    {
        "entries": [
            ("terms", "old", "2001", "2026-01-01", {"review": ["draft"]}),
            ("terms", "new", "2024", "2026-01-01", {"review": ["draft"]}),
            ("terms", "checked", "2001", "2026-02-01", {"review": ["draft"]}),
            ("terms", "approved", "1999", "2020-01-01", {"review": ["approved"]}),
            ("terms", "same", "2001", "2026-01-01", {"review": ["draft"]}),
        ],
        "labels": {},
        "groups": [],
    }
)


def order(scores: dict[int, float], tiers: dict[int, int] | None = None) -> list[str]:
    found = ranked(Match(scores), CATALOGUE, "en", tiers or {})
    return [CATALOGUE.entries[item.place].id for item in found]


def test_review_state_then_freshness_break_ties() -> None:
    assert order({0: 1.0, 2: 1.0, 4: 1.0, 6: 1.0, 8: 1.0}) == ["approved", "checked", "new", "old", "same"]


def test_ties_never_outweigh_scores() -> None:
    assert order({0: 1.1, 6: 1.0}) == ["old", "approved"]


def test_what_is_named_outright_comes_first() -> None:
    assert order({0: 100.0, 2: 1.0, 4: 2.0}, {1: 2, 2: 1}) == ["new", "checked", "old"]


def test_both_languages_of_an_entry_count_and_make_one_result() -> None:
    found = ranked(Match({0: 1.0, 1: 1.5, 2: 2.0}), CATALOGUE, "ja", {})
    assert [(item.place, item.score, item.language) for item in found] == [(0, 2.5, "ja"), (1, 2.0, "en")]
    assert found[0].document == 1


def test_contributions_of_each_concept() -> None:
    concept = Concept("x", ())
    found = ranked(Match({0: 3.0}), CATALOGUE, "en", {})[0]
    assert contributions(Match({0: 3.0}, [(concept, {0: 1.0, 1: 1.5, 2: 9.0})]), found) == [("x", 2.5)]
