"""The rule id-is-file-name."""

from __future__ import annotations

from kb.checks.id_is_file_name import RULE
from kb.checks.rule import Context, Subject
from kb.models import model_of
from kb.vocabulary import packaged_vocabularies
from tests.entries import minimal
from tests.kb.checks.examining import TODAY, assert_well_said, file_of


def test_another_id_than_the_file_name_is_found() -> None:
    data = minimal("glossary", "exosome")
    subject = Subject(file_of("glossary", "exosom"), model_of("glossary").model_validate(data), data)
    (finding,) = RULE.check(subject, Context(packaged_vocabularies(), (), TODAY))
    assert finding.path == ("id",)
    assert_well_said(finding)
    assert "exosom.yaml" in finding.found.en
    assert RULE.level == "error"
