"""Which status counts, and that it falls back by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kb
from kb.models import model_of
from kb.models.base import Localized
from kb.review.policy import Need, policy_of
from kb.review.register import Register
from kb.review.standing import ReviewStanding, has_review, standing_of
from tests.entries import minimal
from tests.reviewing import CARBERRY, PSYCHOCERAMIST, orcid, signed
from tests.samples import term, write_kb

POLICY, NOBODY = policy_of(None), Register()
THIRD = {"orcid": orcid(3), "organisation": "third"}


def standing(data: dict[str, Any], register: Register = NOBODY) -> ReviewStanding:
    return standing_of(model_of("glossary").model_validate(data), POLICY, register)


def _changed(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"summary": {"en": "Something else.", "ja": "別の内容である。"}}


def test_two_people_of_different_organisations_bear_an_approval_out() -> None:
    found = standing(signed("glossary", term("a"), CARBERRY, PSYCHOCERAMIST))
    assert (found.status, found.lapsed, found.unfounded) == ("approved", False, False)
    assert [item.name for item in found.counting] == ["Josiah Carberry", "Test Person Two"]


@pytest.mark.parametrize(
    ("people", "status"),
    [
        ([], "draft"),
        ([CARBERRY], "reviewed"),
        ([CARBERRY, PSYCHOCERAMIST | {"organisation": "Brown University"}], "reviewed"),
        ([CARBERRY, CARBERRY | {"organisation": "elsewhere"}], "reviewed"),
        ([CARBERRY, PSYCHOCERAMIST | {"status": "reviewed"}], "reviewed"),
        ([CARBERRY | {"orcid": "0000-0002-1825-0098"}], "draft"),
        ([CARBERRY | {"status": "draft"}], "draft"),
        ([CARBERRY | {"hash": f"unknown:{'0' * 64}"}], "draft"),
        ([CARBERRY | {"hash": "nonsense"}], "draft"),
    ],
)
def test_a_claim_that_was_never_borne_out_does_not_count(people: list[dict[str, Any]], status: str) -> None:
    found = standing(signed("glossary", term("a"), *people))
    assert (found.status, found.claimed, found.unfounded) == (status, "approved", True)


def test_a_change_of_substance_returns_the_entry_to_draft() -> None:
    found = standing(_changed(signed("glossary", term("a"), CARBERRY, PSYCHOCERAMIST)))
    assert (found.status, found.lapsed, found.unfounded) == ("draft", True, False)
    assert [item.fault for item in found.signatures] == ["changed", "changed"]


def test_taking_the_change_back_restores_the_status() -> None:
    entry = signed("glossary", term("a"), CARBERRY, PSYCHOCERAMIST)
    assert standing(_changed(entry) | {"summary": entry["summary"]}).status == "approved"


def test_exempt_fields_leave_the_status_alone() -> None:
    entry = signed("glossary", term("a"), CARBERRY, PSYCHOCERAMIST) | {"aliases": ["b"]}
    assert standing(entry).status == "approved"


def test_one_new_sign_off_beside_a_lapsed_one_counts_for_a_review() -> None:
    old = _changed(signed("glossary", term("a"), CARBERRY, PSYCHOCERAMIST))
    again = signed("glossary", old, PSYCHOCERAMIST)["review"]["by"]
    both = old | {"review": old["review"] | {"by": [old["review"]["by"][0], *again]}}
    found = standing(both)
    assert (found.status, found.lapsed) == ("reviewed", True)
    assert [item.counts for item in found.signatures] == [False, True]


def test_a_status_below_what_is_borne_out_is_respected() -> None:
    found = standing(signed("glossary", term("a"), CARBERRY, PSYCHOCERAMIST, status="reviewed"))
    assert (found.status, found.lapsed, found.unfounded) == ("reviewed", False, False)


def test_two_names_of_a_registered_organisation_are_one() -> None:
    register = Register(organisations={"brown-university": Localized(en="Brown University", ja="ブラウン大学")})
    people = [CARBERRY, PSYCHOCERAMIST | {"organisation": "ブラウン大学"}]
    assert standing(signed("glossary", term("a"), *people), register).status == "reviewed"
    assert standing(signed("glossary", term("a"), *people)).status == "approved"


def test_a_society_may_ask_for_more() -> None:
    requirements = POLICY.requirements.model_copy(update={"approved": Need(people=3, organisations=3)})
    policy = POLICY.model_copy(update={"requirements": requirements})
    two = model_of("glossary").model_validate(signed("glossary", term("a"), CARBERRY, PSYCHOCERAMIST))
    three = model_of("glossary").model_validate(signed("glossary", term("a"), CARBERRY, PSYCHOCERAMIST, THIRD))
    assert standing_of(two, policy, NOBODY).status == "reviewed"
    assert standing_of(three, policy, NOBODY).status == "approved"


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "orcid": st.sampled_from([orcid(1), orcid(2), orcid(3), "0000-0000-0000-0000"]),
                "organisation": st.sampled_from(["a", "b"]),
                "status": st.sampled_from(["draft", "reviewed", "approved"]),
                "hash": st.sampled_from([None, f"1:{'0' * 64}", "x"]),
            }
        ),
        max_size=4,
    ),
    st.sampled_from(["draft", "reviewed", "approved"]),
)
def test_no_list_of_sign_offs_gives_more_than_the_rules_allow(people: list[dict[str, Any]], claimed: str) -> None:
    cleaned = [{key: item for key, item in person.items() if item is not None} for person in people]
    found = standing(signed("glossary", term("a"), *cleaned, status=claimed))
    valid = {item.orcid: item for item in reversed(found.counting)}
    approving = [item for item in valid.values() if item.status == "approved"]
    assert len(valid) == len(found.counting)
    if found.status == "approved":
        assert claimed == "approved"
        assert len(approving) >= 2
        assert len({item.organisation for item in approving}) >= 2
    if found.status == "reviewed":
        assert claimed != "draft"
        assert valid


def test_drafts_without_sign_offs_need_no_looking_at() -> None:
    assert not has_review(model_of("claims").model_validate(minimal("claims")))


def test_loading_gives_the_status_that_counts(tmp_path: Path) -> None:
    good, gone = signed("glossary", term("good"), CARBERRY, PSYCHOCERAMIST), signed("glossary", term("gone"), CARBERRY)
    root = write_kb(tmp_path, glossary=[good, _changed(gone | {"id": "gone"}), term("plain")])
    base = kb.load(root)
    assert {id_: entry.review.status for id_, entry in base.glossary.items()} == {
        "good": "approved",
        "gone": "draft",
        "plain": "draft",
    }
    assert set(base.standings) == {("glossary", "good"), ("glossary", "gone")}
    assert base.standings["glossary", "gone"].claimed == "approved"
    assert base.glossary["gone"].review.by[0].name == "Josiah Carberry"


def test_the_rules_of_the_knowledge_base_itself_are_used(tmp_path: Path) -> None:
    root = write_kb(tmp_path, glossary=[signed("glossary", term("a"), CARBERRY, PSYCHOCERAMIST)])
    before = kb.load(root)
    strict = (Path(kb.__file__).parent / "review.yaml").read_text(encoding="utf-8").replace("people: 2", "people: 3")
    (root / "review.yaml").write_text(strict, encoding="utf-8")
    after = kb.load(root)
    assert (before.glossary["a"].review.status, after.glossary["a"].review.status) == ("approved", "reviewed")
    assert before.fingerprint != after.fingerprint
