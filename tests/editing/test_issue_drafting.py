"""What issues become: drafts, proposals, explained refusals."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from editing.issues.drafting import Outcome, draft_issues
from editing.issues.issue import read_issues
from editing.issues.replies import comment
from kb import load
from kb.accepting import accept
from kb.models.trials import Trial
from kb.proposals import read_proposals
from kb.validation import validate
from kb.yaml12 import read_yaml
from tests.editing.issue_texts import CORRECTION, GUIDELINE, TRIAL, issue
from tests.entries import minimal
from tests.samples import small_kb, write_kb

_TODAY = date(2026, 6, 2)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    small_kb(tmp_path)
    return write_kb(tmp_path, claims=[minimal("claims") | {"id": "claim-cure-all"}])


def _draft(root: Path, *records: Any, **options: Any) -> list[Outcome]:
    return draft_issues(root, read_issues(json.dumps(records).encode()), _TODAY, **options)


def _one(root: Path, form: str, answers: dict[str, str]) -> Outcome:
    (outcome,) = _draft(root, issue(12, form, answers))
    return outcome


def _is_valid(root: Path) -> bool:
    return not [problem for problem in validate(root, today=_TODAY).problems if problem.level == "error"]


def test_a_document_becomes_a_valid_draft(root: Path) -> None:
    outcome = _one(root, "new-guideline", GUIDELINE)
    assert outcome.error is None
    assert outcome.entry == "guidelines/jp-2026-guidance-on-extracellular-vesicle-products"
    entry = load(root).guidelines["jp-2026-guidance-on-extracellular-vesicle-products"]
    assert (entry.review.status, entry.confidence, entry.review.verified) == ("draft", "low", "2026-06-01")
    assert entry.sources[0].read == "excerpt"
    assert entry.dates.issued == "2026-03"
    assert entry.summary.ja == "英語の要約のみが寄せられており、和訳はまだない。"
    assert "Title in Japanese" in entry.open_questions[1].en
    assert "施行日" in entry.open_questions[1].ja
    assert _is_valid(root)


def test_what_was_not_said_to_be_read_was_not_read(root: Path) -> None:
    outcome = _one(root, "new-guideline", {name: text for name, text in GUIDELINE.items() if name != "read"})
    assert outcome.path
    assert read_yaml(outcome.path)["sources"][0]["read"] == "not-read"


@pytest.mark.parametrize(
    ("title", "origin", "id_"),
    [
        ("エクソソーム等の取扱いに関する指針", "ja", "jp-issue-12"),
        ("세포외소포 치료제 품질 가이드라인", "ko", "jp-issue-12"),
        ("外泌體製劑指引", "zh-Hant", "jp-issue-12"),
        ("Décision sur les vésicules", "fr", "jp-2026-decision-sur-les-vesicules"),
    ],
)
def test_titles_in_other_languages(root: Path, title: str, origin: str, id_: str) -> None:
    outcome = _one(root, "new-guideline", {**GUIDELINE, "title": title, "origin": origin})
    assert outcome.error is None
    assert outcome.entry == f"guidelines/{id_}"
    entry = load(root).guidelines[id_]
    assert (entry.title.original or entry.title.ja) == title
    assert _is_valid(root)


def test_a_trial_becomes_a_valid_draft_without_sponsor(root: Path) -> None:
    outcome = _one(root, "new-trial", TRIAL)
    assert outcome.entry == "trials/nct09999999"
    entry = load(root).trials["nct09999999"]
    assert isinstance(entry, Trial)
    assert entry.sponsor is None
    assert entry.indication.ja == "変形性膝関節症"
    assert "sponsor" in entry.open_questions[-1].en
    assert _is_valid(root)


def test_a_number_that_its_registry_does_not_issue_is_refused(root: Path) -> None:
    outcome = _one(root, "new-trial", {**TRIAL, "number": "NCT1"})
    assert outcome.error
    assert "registrations" in outcome.error.where
    assert not (root / "entries" / "trials").exists()


def test_an_entry_that_exists_is_not_written_over(root: Path) -> None:
    first = _one(root, "new-trial", TRIAL)
    assert first.path
    before = first.path.read_bytes()
    again = _one(root, "new-trial", {**TRIAL, "title": "Another title"})
    assert again.error
    assert "already" in again.error.found.en
    assert first.path.read_bytes() == before


def test_one_that_is_malformed_does_not_stop_the_others(root: Path) -> None:
    outcomes = _draft(
        root,
        {"number": 1, "body": "Hello"},
        "no issue",
        issue(3, "new-trial", TRIAL),
        issue(4, "new-guideline", {**GUIDELINE, "issued": "2026-13"}),
        issue(5, "correction", CORRECTION),
    )
    assert [bool(outcome.error) for outcome in outcomes] == [True, True, False, True, False]
    assert outcomes[3].error
    assert "2026-13" in outcomes[3].error.found.ja
    assert _is_valid(root)


def test_nothing_is_written_in_a_dry_run(root: Path) -> None:
    before = sorted(root.rglob("*"))
    outcomes = _draft(root, issue(3, "new-trial", TRIAL), issue(5, "correction", CORRECTION), dry_run=True)
    assert not [outcome for outcome in outcomes if outcome.error]
    assert sorted(root.rglob("*")) == before


def test_a_correction_is_a_proposal_that_can_be_accepted(root: Path) -> None:
    outcome = _one(root, "correction", CORRECTION)
    assert outcome.proposal == "issues/issue-12"
    proposal = read_proposals(root)["issues/issue-12"]
    assert proposal.url == "https://github.com/society/atlas/issues/12"
    assert "後継文書あり" in proposal.words.ja
    assert load(root).guidelines["g"].status == "in-force"
    assert _is_valid(root)
    accept(root, proposal, _TODAY)
    assert load(root).guidelines["g"].status == "superseded"


@pytest.mark.parametrize(
    "changes",
    [
        {"field": "_No response_"},
        {"field": "colour"},
        {"correct": "out of force"},
        {"field": "requirements", "correct": "It asks for two counts."},
    ],
)
def test_a_correction_that_does_not_fit_a_field_is_a_notice(root: Path, changes: dict[str, str]) -> None:
    answers = {**CORRECTION, **changes}
    assert _one(root, "correction", answers).error is None
    proposal = read_proposals(root)["issues/issue-12"]
    assert (proposal.kind, proposal.changes) == ("notice", ())
    assert answers["correct"] in proposal.words.en
    assert _is_valid(root)


@pytest.mark.parametrize("name", ["g", "guidelines/g", "https://atlas.example.org/ja/guidelines/g/?x#y"])
def test_an_entry_is_found_by_id_and_by_address(root: Path, name: str) -> None:
    assert _one(root, "correction", {**CORRECTION, "entry": name}).entry == "guidelines/g"


@pytest.mark.parametrize("name", ["claims/g", "../../etc/passwd", "https://[", "guidelines/", "exosom"])
def test_an_entry_that_does_not_exist_is_refused(root: Path, name: str) -> None:
    outcome = _one(root, "correction", {**CORRECTION, "entry": name})
    assert outcome.error
    assert not (root / "inbox").exists()


def test_a_translation_changes_one_side(root: Path) -> None:
    given = {"entry": "g", "field": "requirements[0].statement", "language": "ja", "wording": "粒子数を測定する。"}
    assert _one(root, "translation", given).error is None
    (change,) = read_proposals(root)["issues/issue-12"].changes
    assert (change.field, change.old, change.new) == (
        "requirements.0.statement.ja",
        "粒子を数える。",
        "粒子数を測定する。",
    )


def test_a_translation_of_what_is_no_text_is_refused(root: Path) -> None:
    outcome = _one(root, "translation", {"entry": "g", "field": "status", "language": "ja", "wording": "有効"})
    assert outcome.error
    assert "both languages" in outcome.error.found.en


def test_a_wording_goes_to_its_claim(root: Path) -> None:
    given = {"wording": "どんな病気にも効く", "language": "ja", "claim": "claim-cure-all", "jurisdiction": "JP"}
    outcome = _one(root, "advertisement", given)
    assert outcome.entry == "claims/claim-cure-all"
    proposal = read_proposals(root)["issues/issue-12"]
    assert proposal.changes[0].field == "wording.ja"
    assert isinstance(proposal.changes[0].new, list)
    assert proposal.changes[0].new[-1] == "どんな病気にも効く"
    assert _is_valid(root)
    accept(root, proposal, _TODAY)
    assert _one(root, "advertisement", given).error is None
    assert read_proposals(root)["issues/issue-12"].kind == "notice"


@pytest.mark.parametrize(
    "wording",
    [
        "さくら美容クリニックなら治ります",
        "治ります https://clinic.example.com",
        "治ります info@clinic.example.com",
        "治ります 03-1234-5678",
        "治" * 201,
    ],
)
def test_no_clinic_comes_into_the_knowledge_base(root: Path, wording: str) -> None:
    outcome = _one(root, "advertisement", {"wording": wording, "language": "ja", "claim": "claim-cure-all"})
    assert outcome.error
    assert not (root / "inbox").exists()
    said = comment(outcome)
    assert "さくら" not in said
    assert "clinic.example" not in said
    assert "1234" not in said


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "x: {y: !!python/object/apply:os.system [ls]}",
        "- '\"\n# comment\n---\n&a [*a]",
        "${{ github.token }} $(touch /tmp/x) `id`",
        "{{ 7*7 }} {% raw %}",
    ],
)
def test_hostile_text_is_only_text(root: Path, hostile: str) -> None:
    outcome = _one(root, "new-guideline", {**GUIDELINE, "title": hostile, "title_en": "A title", "summary_en": hostile})
    if outcome.error is None:
        assert outcome.path
        data = read_yaml(outcome.path)
        assert data["title"]["en"] == "A title"
        assert data["summary"]["en"] == " ".join(hostile.split())
    assert _is_valid(root)


def test_answers_call_nobody_and_hold_no_markup(root: Path) -> None:
    outcome = _one(root, "correction", {**CORRECTION, "entry": "@octocat <b>#1</b> https://evil.example/[x](y)"})
    said = comment(outcome)
    assert "@octocat" not in said
    assert "#1<" not in said
    assert "https://evil" not in said
    assert "<b>" not in said.replace("\\<b", "")
    assert "**English**" in said
    assert "**日本語**" in said
    assert "対処" in said


def test_the_answer_names_the_draft_and_its_warnings(root: Path) -> None:
    _draft(root, issue(11, "new-guideline", GUIDELINE))
    outcome = _one(root, "new-guideline", {**GUIDELINE, "title": "Guidance on the extracellular vesicle products"})
    said = comment(outcome)
    assert "`guidelines/jp-2026-guidance-on-the-extracellular-vesicle-products`" in said
    assert "near-duplicate-titles" in said
