"""The rule review-lapsed: an edit after signing is told, with the fields when the history knows them."""

from __future__ import annotations

from pathlib import Path

from kb.checks.review_lapsed import RULE
from kb.validation import validate
from tests.entries import minimal
from tests.kb.checks.examining import TODAY, examine, paths
from tests.repository import Repository
from tests.reviewing import CARBERRY, PSYCHOCERAMIST, signed
from tests.samples import term, write_kb

OTHER = {"en": "Something else.", "ja": "別の内容である。"}


def test_each_sign_off_that_no_longer_covers_the_content_is_named(tmp_path: Path) -> None:
    review = signed("claims", minimal("claims"), CARBERRY, PSYCHOCERAMIST)["review"]
    assert examine(RULE, "claims", review=review) == []
    found = examine(RULE, "claims", review=review, summary=OTHER)
    assert paths(found) == [("review", "by", 0, "hash"), ("review", "by", 1, "hash")]
    assert "Josiah Carberry (0000-0002-1825-0097) signed it on 2026-06-10; it counts as «draft»" in found[0].found.en
    assert "2026-06-10に署名した後に" in found[0].found.ja


def test_it_is_no_error_to_edit_a_signed_entry(tmp_path: Path) -> None:
    data = signed("glossary", term("a"), CARBERRY, PSYCHOCERAMIST) | {"summary": OTHER}
    report = validate(write_kb(tmp_path, glossary=[data]), today=TODAY)
    assert not report.failed(strict=True)
    assert [problem.rule for problem in report.problems] == ["review-lapsed", "review-lapsed"]


def test_the_history_names_the_changed_fields(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    data = signed("glossary", term("a"), CARBERRY, PSYCHOCERAMIST)
    repository.commit("2026-06-01", glossary=[term("a", reading="むかし")])
    repository.commit("2026-06-10", glossary=[data])
    repository.commit("2026-06-12", glossary=[data | {"summary": OTHER}])
    write_kb(tmp_path, glossary=[data | {"summary": OTHER, "confidence": "low", "aliases": ["b"]}])
    found = [item for item in validate(repository.root, today=TODAY).problems if item.rule == "review-lapsed"]
    assert len(found) == 2
    assert "(«confidence, summary»)" in found[0].found.en
    assert "(「confidence, summary」)" in found[0].found.ja
