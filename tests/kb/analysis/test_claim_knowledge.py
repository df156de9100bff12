from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kb
from kb import KnowledgeBase
from kb.analysis.claim_knowledge import claim_knowledge, touched_rules
from kb.analysis.claim_trial_words import trials_in_words
from kb.analysis.claim_trials import trials_of_use
from tests.entries import PAIR, minimal
from tests.samples import guideline, write_kb

WITHDRAWN = {"on": "2026-01-02", "reason": PAIR}
RULE = {"guideline": "g", "requirement": "asked", "basis": "summary"}


def trial(id_: str, *conditions: str, number: str | None = "NCT00000001", **changes: Any) -> dict[str, Any]:
    registrations = [{"registry": "ClinicalTrials.gov", "number": number}] if number else None
    return minimal("trials", id_, conditions=list(conditions), registrations=registrations, **changes)


def result(outcome: str) -> dict[str, Any]:
    return {"kind": "publication", "outcome": outcome, "summary": PAIR, "sources": ["s1"]}


def claim(*indications: str, **changes: Any) -> dict[str, Any]:
    return minimal("claims", "c", indications=list(indications), **changes)


def load(folder: Path, **collections: Any) -> KnowledgeBase:
    return kb.load(write_kb(folder, **collections))


@pytest.fixture(scope="module")
def real() -> KnowledgeBase:
    return kb.load()


# --- Trials for the use


def test_a_trial_counts_when_one_of_its_conditions_is_an_indication(tmp_path: Path) -> None:
    trials = [
        trial("a", "copd", "asthma"),
        trial("b", "asthma", number="NCT00000002", phase="2", status="terminated", ev_type="secretome"),
        trial("c", "psoriasis", number="NCT00000003"),
    ]
    base = load(tmp_path, trials=trials, claims=[claim("asthma", "copd", "pulmonary-fibrosis")])
    found = trials_of_use(base, base.claims["c"])
    assert [entry.id for entry in found.trials] == ["a", "b"]
    assert list(found.by_indication) == [("asthma", 2), ("copd", 1), ("pulmonary-fibrosis", 0)]
    assert dict(found.by_phase) == {"1": 1, "2": 1}
    assert dict(found.by_status) == {"completed": 1, "terminated": 1}
    assert dict(found.by_ev_type) == {"native": 1, "secretome": 1}
    assert (found.as_of, found.newest_status) == ("2026-06-01", "2026-05")


def test_withdrawn_trials_never_count(tmp_path: Path) -> None:
    base = load(tmp_path, trials=[trial("a", "copd", withdrawn=WITHDRAWN)], claims=[claim("copd")])
    found = trials_of_use(base, base.claims["c"])
    assert (found.trials, found.registries, found.as_of) == ((), (), "")


def test_a_study_without_a_number_is_no_registered_trial(tmp_path: Path) -> None:
    trials = [trial("a", "copd", number=None, results=[result("not-met")]), trial("other", "psoriasis")]
    base = load(tmp_path, trials=trials, claims=[claim("copd")])
    found = trials_of_use(base, base.claims["c"])
    assert (found.trials, found.reports) == ((), ())
    assert [entry.id for entry in found.without_number] == ["a"]
    assert [report.trial.id for report in found.negative] == ["a"]
    said = trials_in_words(base, found)
    assert said.en.startswith("No registered trial was found for this use, as of 2026-06-01, in these registries: ")
    assert "1 further study in people is on record here without a registry number." in said.en
    assert "Reports of their results: Primary outcome not met (1)." in said.en
    assert "登録番号のない、ヒトでの研究1件" in said.ja


def test_numbers_that_no_registry_gives_are_no_registry(tmp_path: Path) -> None:
    own = trial("a", "copd")
    own["registrations"].append({"registry": "UTN", "number": "U1111-1111-1111"})
    base = load(tmp_path, trials=[own], claims=[claim("copd")])
    assert trials_of_use(base, base.claims["c"]).registries == ("ClinicalTrials.gov",)


def test_negative_and_stopped_results_come_first(tmp_path: Path) -> None:
    trials = [
        trial("good", "copd", results=[result("met")]),
        trial("bad", "copd", number="NCT00000002", results=[result("not-met")]),
        trial("stopped", "copd", number="NCT00000003", results=[result("stopped")]),
    ]
    base = load(tmp_path, trials=trials, claims=[claim("copd")])
    found = trials_of_use(base, base.claims["c"])
    assert [report.trial.id for report in found.reports] == ["bad", "stopped", "good"]
    assert [report.trial.id for report in found.negative] == ["bad", "stopped"]


# --- Words


def test_a_claim_about_no_use_has_no_trials_and_says_so(tmp_path: Path) -> None:
    base = load(tmp_path, trials=[trial("a", "copd")], claims=[claim()])
    said = trials_in_words(base, trials_of_use(base, base.claims["c"]))
    assert said.en == "The statement is not about one use, so no trials are counted for it."
    assert said.ja == "特定の用途に関する主張ではないため、試験は数えていない。"


def test_no_trial_is_said_of_these_registries_on_that_day_only(tmp_path: Path) -> None:
    base = load(tmp_path, trials=[trial("a", "psoriasis")], claims=[claim("copd")])
    said = trials_in_words(base, trials_of_use(base, base.claims["c"]))
    assert said.en == (
        "No registered trial was found for this use, as of 2026-06-01, in these registries: ClinicalTrials.gov. "
        "There may be trials elsewhere."
    )
    assert said.ja == (
        "この用途の登録試験は、2026-06-01時点で、次の登録機関には見いだせなかった:ClinicalTrials.gov。"
        "他に試験が存在する可能性はある。"
    )


def test_without_any_registry_nothing_is_said_of_trials(tmp_path: Path) -> None:
    base = load(tmp_path, claims=[claim("copd")])
    said = trials_in_words(base, trials_of_use(base, base.claims["c"]))
    assert "nothing can be said of trials" in said.en
    assert "No registered trial" not in said.en


def test_trials_are_told_with_what_they_do_not_show(tmp_path: Path) -> None:
    base = load(tmp_path, trials=[trial("a", "copd", results=[result("stopped")])], claims=[claim("copd", "asthma")])
    said = trials_in_words(base, trials_of_use(base, base.claims["c"]))
    for part in (
        "1 registered trial was found for this use, as of 2026-06-01",
        "None was found for: Asthma.",
        "Phase: Phase 1 (1). Status: Completed (1). Product tested: Native EVs (1).",
        "The newest status on record is of 2026-05.",
        "Reports of results on record: Stopped early (1).",
    ):
        assert part in said.en
    assert said.en.endswith("A registration shows neither that a treatment works nor that it may be sold.")
    assert said.ja.endswith("登録は、治療の有効性を示すものでも、提供が認められたことを示すものでもない。")


def test_a_report_without_an_outcome_is_not_called_unreported(tmp_path: Path) -> None:
    base = load(tmp_path, trials=[trial("a", "copd", results=[result("not-reported")])], claims=[claim("copd")])
    said = trials_in_words(base, trials_of_use(base, base.claims["c"]))
    assert "Reports of results on record: primary outcome not stated (1)." in said.en


# --- Rules, acts, harm, surveys


def document(id_: str = "g", **changes: Any) -> dict[str, Any]:
    asked = {"key": "asked", "topic": "advertising", "level": "required", "statement": PAIR, "basis": "text"}
    return guideline(id_, requirements=[asked | {"sources": ["s1"]}], **changes)


def act(id_: str, **changes: Any) -> dict[str, Any]:
    return minimal("enforcement", id_, **changes)


def event(id_: str, **changes: Any) -> dict[str, Any]:
    return minimal("safety-events", id_, **changes)


def test_rules_are_resolved_and_kept_to_a_jurisdiction(tmp_path: Path) -> None:
    rules = [RULE, {"guideline": "u", "basis": "summary"}, {"guideline": "gone", "basis": "summary"}]
    base = load(
        tmp_path,
        guidelines=[document(), document("u", jurisdiction="US"), document("gone", withdrawn=WITHDRAWN)],
        claims=[claim(rules=rules)],
    )
    found = touched_rules(base, base.claims["c"])
    assert [item.document.id for item in found] == ["g", "u"]
    assert found[0].requirement is not None
    assert found[1].requirement is None
    assert [item.document.id for item in touched_rules(base, base.claims["c"], "US")] == ["u"]
    assert touched_rules(base, base.claims["c"], "KR") == ()


def test_acts_named_by_the_claim_come_before_acts_under_the_same_rule(tmp_path: Path) -> None:
    base = load(
        tmp_path,
        guidelines=[document()],
        enforcement=[
            act("newer", date="2025-05-01", related=["g"]),
            act("named", date="2020-01-01"),
            act("older", date="2024-05-01", related=["g"]),
            act("unrelated"),
            act("gone", related=["g"], withdrawn=WITHDRAWN),
        ],
        claims=[claim(rules=[RULE, {"guideline": "named", "basis": "summary"}])],
    )
    found = claim_knowledge(base, base.claims["c"]).acts
    assert [(linked.act.id, linked.bases) for linked in found] == [
        ("named", ("named",)), ("newer", ("rule",)), ("older", ("rule",))
    ]  # fmt: skip


def test_harm_is_linked_by_use_act_and_route_and_context_comes_last(tmp_path: Path) -> None:
    base = load(
        tmp_path,
        enforcement=[act("named")],
        **{
            "safety-events": [
                event("by-use", indications=["copd"], routes=["unspecified"], date="2020"),
                event("by-act", related=["named"], date="2021"),
                event("by-route", routes=["intravenous"], date="2025"),
                event("cells", routes=["intravenous"], ev_relevance="cell-product-context"),
                event("cells-same-use", indications=["copd"], ev_relevance="cell-product-context"),
                event("gone", indications=["copd"], withdrawn=WITHDRAWN),
                event("elsewhere", routes=["topical"]),
            ]
        },
        claims=[
            claim("copd", routes=["intravenous", "unspecified"], rules=[{"guideline": "named", "basis": "summary"}])
        ],
    )
    found = claim_knowledge(base, base.claims["c"]).events
    assert [(linked.event.id, linked.bases, linked.is_context) for linked in found] == [
        ("by-use", ("use",), False),
        ("by-act", ("act",), False),
        ("by-route", ("route",), False),
        ("cells-same-use", ("use",), True),
    ]


def test_surveys_are_those_that_count_the_claim(tmp_path: Path) -> None:
    frequency = [{"value": PAIR, "population": PAIR, "survey": name} for name in ("one", "gone")]
    surveys = [minimal("surveys", "one"), minimal("surveys", "gone", withdrawn=WITHDRAWN), minimal("surveys", "two")]
    base = load(tmp_path, surveys=surveys, claims=[claim(frequency=frequency)])
    assert [item.survey.id for item in claim_knowledge(base, base.claims["c"]).surveys] == ["one"]


# --- The real entries

#: Categories of claims that speak of a treatment's use, so that an editor has to say which one.
ABOUT_A_USE = (
    "skin", "hair", "fatigue", "sexual-function", "musculoskeletal", "neurological", "developmental", "psychiatric",
    "respiratory", "infectious", "metabolic", "cardiovascular", "hepatic-renal", "oncology", "immunological",
    "reproductive", "ophthalmological", "dental",
)  # fmt: skip


def test_every_claim_about_a_use_says_which(real: KnowledgeBase) -> None:
    without = {entry.id for entry in real.claims.values() if entry.category in ABOUT_A_USE and not entry.indications}
    assert without == set()
    about_others = ("regulatory-claim", "safety-claim", "quality-claim", "evidence-claim", "general-wellness")
    assert not [entry.id for entry in real.claims.values() if entry.category in about_others and entry.indications]


def test_the_wording_holds_for_every_claim(real: KnowledgeBase) -> None:
    for entry in real.claims.values():
        found = claim_knowledge(real, entry)
        said = trials_in_words(real, found.trials)
        assert (not entry.indications) == said.en.startswith("The statement is not about one use")
        assert ("No registered trial" in said.en) == (bool(entry.indications) and not found.trials.trials)
        if entry.indications:
            assert found.trials.as_of in said.en
            assert found.trials.as_of in said.ja
        assert len(found.rules) == len(entry.rules)
