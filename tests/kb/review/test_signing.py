"""Signing an entry."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import kb
from kb.models.base import Localized
from kb.problems import EvregError
from kb.review.policy import Stage
from kb.review.signing import Signer, Signing, prepared, write
from kb.yaml12 import read_yaml
from tests.reviewing import PSYCHOCERAMIST
from tests.samples import term, write_kb

TODAY = date(2026, 7, 10)
NONE = Localized(en="None declared.", ja="申告なし。")
ONE = Signer("0000-0002-1825-0097", NONE, "Josiah Carberry", Localized(en="Brown", ja="ブラウン"), "brown")
TWO = Signer(PSYCHOCERAMIST["orcid"], NONE, "Test Person Two", Localized(en="Test", ja="試験"), "test-institute")
SAME_HOUSE = TWO._replace(organisation="BROWN")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    gone = term("gone", withdrawn={"on": "2026-01-01", "reason": {"en": "A duplicate.", "ja": "重複。"}})
    return write_kb(tmp_path, glossary=[term("a"), gone])


def path(root: Path) -> Path:
    return root / "entries" / "glossary" / "a.yaml"


def signing(root: Path, signer: Signer, stage: Stage = "approved", day: date = TODAY) -> Signing:
    return prepared(root, "glossary/a", signer, stage, day, TODAY)


def sign(root: Path, signer: Signer, stage: Stage = "approved", day: date = TODAY) -> dict[str, Any]:
    write(root, signing(root, signer, stage, day), TODAY)
    review: dict[str, Any] = read_yaml(path(root))["review"]
    return review


def test_the_first_of_two_makes_it_reviewed_and_the_second_approved(root: Path) -> None:
    first = sign(root, ONE, day=date(2026, 7, 1))
    assert (first["status"], first["verified"], first["due"]) == ("reviewed", "2026-07-01", "2028-07-01")
    second = sign(root, TWO)
    assert (second["status"], second["verified"], second["due"]) == ("approved", "2026-07-10", "2028-07-10")
    assert [item["name"] for item in second["by"]] == ["Josiah Carberry", "Test Person Two"]
    assert kb.load(root).glossary["a"].review.status == "approved"


def test_two_people_of_one_organisation_do_not_approve(root: Path) -> None:
    sign(root, ONE)
    assert sign(root, SAME_HOUSE)["status"] == "reviewed"


def test_preparing_writes_nothing_and_comments_stay(root: Path) -> None:
    text = path(root).read_text(encoding="utf-8").replace("domain:", "# why this domain\ndomain:")
    path(root).write_text(text, encoding="utf-8")
    assert signing(root, ONE).standing.status == "reviewed"
    assert path(root).read_text(encoding="utf-8") == text
    sign(root, ONE)
    assert "# why this domain\ndomain:" in path(root).read_text(encoding="utf-8")


def test_nobody_signs_the_same_content_twice(root: Path) -> None:
    sign(root, ONE)
    before = path(root).read_bytes()
    for stage in ("approved", "reviewed"):
        with pytest.raises(EvregError, match="signed this content as «approved»"):
            sign(root, ONE, stage)  # type: ignore[arg-type]
    assert path(root).read_bytes() == before


def test_what_one_has_reviewed_one_may_approve(root: Path) -> None:
    sign(root, ONE, "reviewed")
    review = sign(root, ONE)
    assert [(item["orcid"], item["status"]) for item in review["by"]] == [(ONE.orcid, "approved")]


def test_after_the_term_the_same_content_is_signed_again(root: Path) -> None:
    sign(root, ONE, day=date(2025, 7, 1))
    review = sign(root, ONE)
    assert [item["on"] for item in review["by"]] == ["2026-07-10"]


def test_a_new_sign_off_replaces_the_lapsed_one_of_the_person_and_leaves_those_of_others(root: Path) -> None:
    sign(root, ONE)
    sign(root, TWO)
    text = path(root).read_text(encoding="utf-8").replace("A particle released by a cell.", "Another meaning.")
    path(root).write_text(text, encoding="utf-8")
    assert kb.load(root).glossary["a"].review.status == "draft"
    review = sign(root, ONE)
    assert (review["status"], len(review["by"])) == ("reviewed", 2)
    assert kb.load(root).standings["glossary", "a"].counting[0].orcid == ONE.orcid
    assert sign(root, TWO)["status"] == "approved"


def test_an_earlier_day_does_not_set_the_comparison_with_sources_back(root: Path) -> None:
    review = sign(root, ONE, day=date(2026, 5, 1))
    assert (review["verified"], review["due"]) == ("2026-06-01", "2028-05-01")


def test_a_mistyped_orcid_is_refused(root: Path) -> None:
    with pytest.raises(EvregError) as error:
        signing(root, ONE._replace(orcid="0000-0002-1852-0097"))
    assert "a digit is mistyped" in error.value.found.en


def test_what_is_missing_is_named(root: Path) -> None:
    with pytest.raises(EvregError) as error:
        signing(root, Signer(ONE.orcid, NONE, name="Josiah Carberry"))
    assert "--affiliation-en, --affiliation-ja; --organisation" in error.value.found.en
    assert "--name" not in error.value.found.en


def test_the_register_fills_in_what_is_not_given(root: Path) -> None:
    (root / "reviewers.yaml").write_text(
        f"""
organisations: {{brown: {{en: Brown University, ja: ブラウン大学}}}}
groups: {{quality: {{en: Quality, ja: 品質}}}}
people:
  {ONE.orcid}:
    name: Josiah S. Carberry
    affiliation: {{en: Psychoceramics, ja: 心理陶芸学}}
    organisation: brown
    groups: [quality]
    since: '2026'
""",
        encoding="utf-8",
    )
    (item,) = sign(root, Signer(ONE.orcid, NONE))["by"]
    assert (item["name"], item["organisation"], item["group"]) == ("Josiah S. Carberry", "brown", "quality")
    assert item["affiliation"]["en"] == "Psychoceramics"


def test_withdrawn_entries_are_not_signed(root: Path) -> None:
    with pytest.raises(EvregError, match="withdrawn"):
        prepared(root, "glossary/gone", ONE, "approved", TODAY, TODAY)


def test_an_entry_with_errors_is_not_signed(root: Path) -> None:
    text = path(root).read_text(encoding="utf-8").replace("confidence: medium", "confidence: high")
    path(root).write_text(text.replace("read: excerpt", "read: not-read"), encoding="utf-8")
    before = path(root).read_bytes()
    prepared_one = signing(root, ONE)
    assert "confidence-needs-reading" in {problem.rule for problem in prepared_one.problems}
    with pytest.raises(EvregError, match="no source was read"):
        write(root, prepared_one, TODAY)
    path(root).write_bytes(before.replace(b"confidence: high", b"confidence: hihg"))
    with pytest.raises(EvregError, match="do not fit the model"):
        signing(root, ONE)


def test_a_day_in_the_future_is_refused(root: Path) -> None:
    with pytest.raises(EvregError, match="future"):
        sign(root, ONE, day=date(2026, 8, 1))


def test_somebody_elses_edit_in_between_is_not_overwritten(root: Path) -> None:
    waiting = signing(root, ONE)
    changed = path(root).read_bytes().replace(b"confidence: medium", b"confidence: low")
    path(root).write_bytes(changed)
    with pytest.raises(EvregError, match="changed after editing began"):
        write(root, waiting, TODAY)
    assert path(root).read_bytes() == changed
