"""review.yaml and reviewers.yaml: read strictly, explained place by place."""

from __future__ import annotations

from pathlib import Path

import pytest

import kb
from kb.problems import EvregError, Problem
from kb.review.policy import Need, policy_of
from kb.review.register import register_of
from kb.validation import validate
from tests.samples import term, write_kb

PACKAGED = Path(kb.__file__).parent
RULES = (PACKAGED / "review.yaml").read_text(encoding="utf-8")


def problems(tmp_path: Path, name: str, text: str) -> list[Problem]:
    root = write_kb(tmp_path, glossary=[term("a")])
    (root / name).write_text(text, encoding="utf-8")
    return validate(root).problems


def test_the_packaged_rules() -> None:
    policy = policy_of(None)
    assert policy.requirements.approved == Need(people=2, organisations=2)
    assert [policy.months(name) for name in ("claims", "trials", "glossary")] == [12, 6, 24]
    assert policy.content[policy.signed_with].exempt[0] == "review"


def test_nobody_is_registered_in_the_first_edition() -> None:
    register = register_of(PACKAGED)
    assert not register.people
    assert not register.groups
    assert not register.organisations


def test_both_packaged_files_are_right(tmp_path: Path) -> None:
    assert problems(tmp_path, "review.yaml", RULES) == []
    assert problems(tmp_path, "reviewers.yaml", (PACKAGED / "reviewers.yaml").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("  trials: 6", "  trails: 6", "terms.trails"),
        ("    - aliases", "    - alias", "content.1.exempt[1]"),
        ("sources[].archived", "sources[].archive", "content.1.exempt[2]"),
        ("    organisations: 2", "    organisations: 3", "requirements.approved.organisations"),
        ("    people: 1\n    organisations: 1", "    people: 3\n    organisations: 3", "requirements.approved"),
    ],
)
def test_what_makes_no_sense_is_found_at_its_place(tmp_path: Path, old: str, new: str, field: str) -> None:
    assert old in RULES
    (found,) = problems(tmp_path, "review.yaml", RULES.replace(old, new))
    assert (found.rule, found.level, found.field) == ("review-file", "error", field)
    assert found.line > 1
    assert found.found.ja.endswith("。")


def test_the_near_miss_of_a_collection_is_offered(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, "review.yaml", RULES.replace("  trials: 6", "  trails: 6"))
    assert "Did you mean «trials»?" in found.found.en


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("people: 2", "people: 0"),
        ("people: 2", "people: some"),
        ("unicode: NFC", "unicode: NFKC"),
        ("signed_with: '1'", "signed_with: '2'"),
        ("  default: 12\n", ""),
        ("    - review\n", ""),
        ("requirements:", "requirement:"),
        ("requirements:", "requirements: ["),
    ],
)
def test_what_cannot_be_used_stops_with_four_parts(tmp_path: Path, old: str, new: str) -> None:
    assert old in RULES
    root = write_kb(tmp_path, glossary=[term("a", review={"status": "reviewed", "verified": "2026-06-01"})])
    (root / "review.yaml").write_text(RULES.replace(old, new), encoding="utf-8")
    for act in (kb.load, validate):
        with pytest.raises(EvregError) as error:
            act(root)
        assert "review.yaml" in error.value.where
        assert error.value.remedy.ja


REGISTER = """
organisations:
  brown-university: {en: Brown University, ja: ブラウン大学}
groups:
  quality: {en: Quality, ja: 品質, collections: [attributes], jurisdictions: [JP]}
people:
  0000-0002-1825-0097:
    name: Josiah Carberry
    affiliation: {en: Brown University, ja: ブラウン大学}
    organisation: brown-university
    groups: [quality]
    since: '2026-01'
"""


def test_a_register(tmp_path: Path) -> None:
    assert problems(tmp_path, "reviewers.yaml", REGISTER) == []
    register = register_of(tmp_path / "kb")
    assert register.people["0000-0002-1825-0097"].groups == ("quality",)
    assert register.organisation_key("BROWN UNIVERSITY") == register.organisation_key("brown-university")
    assert register.organisation_key("Brown") != register.organisation_key("brown-university")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0098", "people.0000-0002-1825-0098"),
        ("organisation: brown-university", "organisation: brown", "people.0000-0002-1825-0097.organisation"),
        ("groups: [quality]", "groups: [qualty]", "people.0000-0002-1825-0097.groups"),
        ("collections: [attributes]", "collections: [attribute]", "groups.quality.collections"),
        ("jurisdictions: [JP]", "jurisdictions: [JPN]", "groups.quality.jurisdictions[0]"),
        ("    name: Josiah Carberry\n", "", "people.0000-0002-1825-0097.name"),
        ("since: '2026-01'", "since: '2026-13'", "people.0000-0002-1825-0097.since"),
    ],
)
def test_mistakes_in_the_register_are_found_at_their_place(tmp_path: Path, old: str, new: str, field: str) -> None:
    assert old in REGISTER
    (found,) = problems(tmp_path, "reviewers.yaml", REGISTER.replace(old, new))
    assert (found.rule, found.field) == ("reviewers-file", field)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    root = write_kb(tmp_path)
    path = root / "review.yaml"
    path.write_text(RULES, encoding="utf-8")
    assert policy_of(root).months("trials") == 6
    path.write_text(RULES.replace("  trials: 6", "  trials: 30"), encoding="utf-8")
    assert policy_of(root).months("trials") == 30
