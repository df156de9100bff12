"""The rule ids-unique."""

from __future__ import annotations

from kb.checks.ids_unique import RULE
from tests.entries import minimal
from tests.kb.checks.examining import examine_whole


def test_one_id_in_two_folders_of_a_collection_is_found() -> None:
    ((id_, finding),) = examine_whole(RULE, ("trials", minimal("trials", "a")), ("trials", minimal("trials", "a")))
    assert (id_, finding.path) == ("a", ("id",))
    assert RULE.level == "error"


def test_collections_have_ids_of_their_own() -> None:
    assert examine_whole(RULE, ("glossary", minimal("glossary", "a")), ("attributes", minimal("attributes", "a"))) == []


def test_an_alias_that_is_an_id_is_found() -> None:
    entries = ("trials", minimal("trials", "a", aliases=["x", "b"])), ("trials", minimal("trials", "b"))
    ((id_, finding),) = examine_whole(RULE, *entries)
    assert (id_, finding.path) == ("a", ("aliases", 1))
    assert "/b.yaml" in finding.found.en


def test_an_alias_of_two_entries_is_found_once() -> None:
    entries = ("trials", minimal("trials", "a", aliases=["x"])), ("trials", minimal("trials", "b", aliases=["x"]))
    ((id_, finding),) = examine_whole(RULE, *entries)
    assert (id_, finding.path) == ("b", ("aliases", 0))


def test_an_alias_of_oneself_or_said_twice_is_found() -> None:
    found = examine_whole(RULE, ("trials", minimal("trials", "a", aliases=["a", "x", "x"])))
    assert [finding.path for _, finding in found] == [("aliases", 0), ("aliases", 2)]
