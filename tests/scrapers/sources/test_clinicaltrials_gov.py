from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import kb
from kb.accepting import accept
from kb.canonical import canonical_text
from kb.models.trials import Trial
from kb.observed import Observation
from kb.proposals import Proposal, read_proposals
from kb.searches import Search
from kb.validation import validate
from scrapers.errand import Errand, Means
from scrapers.faults import SourceFault
from scrapers.register import Bounds
from scrapers.run import enrich
from scrapers.source import SourceModule, Visit
from scrapers.sources import clinicaltrials_gov as ctgov
from scrapers.sources.clinicaltrials_gov_mapping import facts_of
from scrapers.sources.clinicaltrials_gov_records import Study
from scrapers.trial_facts import TrialFacts
from tests.entries import minimal
from tests.samples import write_kb
from tests.scrapers.conftest import MakeFetcher
from tests.scrapers.server import PATIENT, Loopback, Reply
from tests.scrapers.sources.registry_of_studies import DATA, Registry, study
from tests.scrapers.sources.small_kb import TODAY, knowledge_base, visit


def entry(nct: str = "NCT09000001", **fields: Any) -> dict[str, Any]:
    registered = [{"registry": "ClinicalTrials.gov", "number": nct}]
    return minimal("trials", nct.lower(), registrations=registered, **fields)


class Asking:
    """The module on visits to the registry of the test."""

    def __init__(self, make_fetcher: MakeFetcher) -> None:
        self._make = make_fetcher
        self.searches: list[Search] = []

    def visit(self, *entries: dict[str, Any], seen: Iterable[Any] = (), **changes: Any) -> Visit:
        fetcher = self._make("clinicaltrials-gov", source={"expected": changes.pop("expected", {})})
        return visit(fetcher, knowledge_base({"trials": entries}, seen), **changes)

    def observe(self, *entries: dict[str, Any], **changes: Any) -> tuple[list[Observation], list[Proposal]]:
        items = list(ctgov.observe(self.visit(*entries, **changes)))
        return (
            [item for item in items if isinstance(item, Observation)],
            [item for item in items if isinstance(item, Proposal)],
        )

    def facts(self, *entries: dict[str, Any], **changes: Any) -> dict[str, Any]:
        return self.observe(*(entries or (entry(),)), **changes)[0][0].facts

    def cases(self, server: Loopback, *studies: dict[str, Any]) -> list[dict[str, Any]]:
        """The facts of entries that have nothing but their number, all read in one visit."""
        for number, made in enumerate(studies):
            made["protocolSection"]["identificationModule"]["nctId"] = f"NCT0910{number:04}"
        Registry(server, *studies)
        observations, _ = self.observe(*(entry(f"NCT0910{number:04}") for number in range(len(studies))))
        return [item.facts for item in observations]

    def discover(self, *entries: dict[str, Any], **changes: Any) -> list[Proposal]:
        there = self.visit(*entries, **changes)
        found = list(ctgov.discover(there))
        self.searches = there.searches
        return found


@pytest.fixture
def ask(make_fetcher: MakeFetcher) -> Asking:
    return Asking(make_fetcher)


# --- Facts of known trials


def test_every_fact_of_an_entry(ask: Asking, server: Loopback) -> None:
    Registry(server, study())
    (seen,), proposals = ask.observe(entry())
    assert proposals == []
    assert (seen.source, seen.entry, seen.retrieved) == ("clinicaltrials-gov", "trials/nct09000001", "2026-11-23")
    assert (seen.url, seen.source_version) == ("https://clinicaltrials.gov/study/NCT09000001", DATA)
    assert seen.facts == {
        "kind": "interventional",
        "status": "recruiting",
        "status_as_of": "2026-10-15",
        "phase": "1-2",
        "countries": ["CN"],
        "dates.registered": "2026-02-10",
        "dates.start": "2026-03",
        "dates.completion": "2027-12-31",
        "enrolment.count": 40,
        "enrolment.type": "planned",
        "sponsor.name": {"en": "Example University Hospital", "ja": "Example University Hospital"},
        "study_design": {
            "en": "Randomised, parallel groups, quadruple-masked, purpose: treatment",
            "ja": "無作為化、並行群間、四重盲検、目的: 治療",
        },
        "primary_outcomes": [
            {"en": "PaO2/FiO2 > 200 [28 days]", "ja": "登録上の記載「PaO2/FiO2 > 200 [28 days]」"},
        ],
    }


def test_an_entry_overlaid_with_the_facts_is_whole(ask: Asking, server: Loopback) -> None:
    Registry(server, study())
    (seen,), _ = ask.observe(entry(status="recruiting"))
    base = knowledge_base({"trials": [entry(status="recruiting", phase="1-2")]}, [seen])
    overlaid = base.overlaid(base.trials["nct09000001"])
    assert overlaid.entry.enrolment.count == 40  # type: ignore[attr-defined]
    assert not [item for item in overlaid.disagreements if not item.field.endswith("as_of")]


STATUSES = {
    "ACTIVE_NOT_RECRUITING": "active-not-recruiting", "COMPLETED": "completed", "RECRUITING": "recruiting",
    "ENROLLING_BY_INVITATION": "enrolling-by-invitation", "NOT_YET_RECRUITING": "not-yet-recruiting",
    "SUSPENDED": "suspended", "TERMINATED": "terminated", "WITHDRAWN": "withdrawn", "AVAILABLE": "expanded-access",
    "NO_LONGER_AVAILABLE": "expanded-access", "TEMPORARILY_NOT_AVAILABLE": "expanded-access",
    "APPROVED_FOR_MARKETING": "expanded-access", "WITHHELD": "unknown", "UNKNOWN": "unknown",
}  # fmt: skip


def test_every_status(ask: Asking, server: Loopback) -> None:
    found = ask.cases(server, *(study(statusModule={"overallStatus": theirs}) for theirs in STATUSES))
    assert [facts["status"] for facts in found] == list(STATUSES.values())


def test_every_phase(ask: Asking, server: Loopback) -> None:
    phases = {
        "NA": "na", "EARLY_PHASE1": "early-1", "PHASE1": "1", "PHASE2 PHASE1": "1-2", "PHASE2": "2", "PHASE2 PHASE3": "2-3",
        "PHASE3": "3", "PHASE4": "4", "": None,
    }  # fmt: skip
    found = ask.cases(server, *(study(designModule={"phases": theirs.split()}) for theirs in phases))
    assert [facts.get("phase") for facts in found] == list(phases.values())


def test_an_observational_study_has_no_phase(ask: Asking, server: Loopback) -> None:
    Registry(server, study(designModule={"studyType": "OBSERVATIONAL", "phases": []}))
    assert ask.facts()["phase"] == "na"
    assert ask.facts()["kind"] == "observational"


def test_enrolment(ask: Asking, server: Loopback) -> None:
    cases: list[tuple[dict[str, Any], tuple[int | None, str | None]]] = [
        ({"count": 0, "type": "ACTUAL"}, (0, "actual")),
        ({"count": 12, "type": "ESTIMATED"}, (12, "planned")),
        ({"count": 12}, (12, "unknown")),
        ({"count": 99_999_999, "type": "ESTIMATED"}, (None, None)),
        ({"type": "ESTIMATED"}, (None, None)),
    ]
    found = ask.cases(server, *(study(designModule={"enrollmentInfo": theirs}) for theirs, _ in cases))
    assert [(facts.get("enrolment.count"), facts.get("enrolment.type")) for facts in found] == [
        ours for _, ours in cases
    ]


def test_a_missing_type_of_enrolment_contradicts_nobody(ask: Asking, server: Loopback) -> None:
    Registry(server, study(designModule={"enrollmentInfo": {"count": 12}}))
    facts = ask.facts(entry(enrolment={"count": 12, "type": "actual"}))
    assert facts["enrolment.count"] == 12
    assert "enrolment.type" not in facts


def test_a_study_of_which_nearly_everything_is_missing(ask: Asking, server: Loopback) -> None:
    Registry(server, {"protocolSection": {"identificationModule": {"nctId": "NCT09000001"}}})
    assert ask.facts() == {}


def test_dates_without_type_of_a_year_and_contradicting_each_other(ask: Asking, server: Loopback) -> None:
    status = {
        "overallStatus": "RECRUITING",
        "startDateStruct": {"date": "2027"},
        "completionDateStruct": {"date": "2026-01"},
        "studyFirstPostDateStruct": {},
        "studyFirstSubmitDate": "2026-02-01",
    }
    Registry(server, study(statusModule=status))
    facts = ask.facts()
    assert facts["dates.registered"] == "2026-02-01"
    # A trial that recruits did not start next year, and none ends before it starts.
    assert "dates.start" not in facts
    assert "dates.completion" not in facts


def test_a_start_to_come_of_a_trial_to_come(ask: Asking, server: Loopback) -> None:
    status = {"overallStatus": "NOT_YET_RECRUITING", "startDateStruct": {"date": "2027-01", "type": "ESTIMATED"}}
    Registry(server, study(statusModule=status))
    assert ask.facts()["dates.start"] == "2027-01"


def test_unknown_status_says_what_was_known_last(ask: Asking, server: Loopback) -> None:
    Registry(server, study(statusModule={"overallStatus": "UNKNOWN", "lastKnownStatus": "NOT_YET_RECRUITING"}))
    facts = ask.facts()
    assert facts["status"] == "unknown"
    assert "Not yet recruiting" in facts["programme_status"]["en"]
    assert "募集前" in facts["programme_status"]["ja"]


def test_why_it_was_stopped(ask: Asking, server: Loopback) -> None:
    Registry(server, study(statusModule={"overallStatus": "TERMINATED", "whyStopped": "Slow\nrecruitment \\> 2 years"}))
    fate = ask.facts()["programme_status"]
    assert fate["en"] == "Stopped; reason as registered: “Slow recruitment > 2 years”"
    assert "「Slow recruitment > 2 years」" in fate["ja"]
    # What editors wrote themselves stays undisputed.
    assert "programme_status" not in ask.facts(entry(programme_status={"en": "Ended.", "ja": "終了した。"}))


def test_countries(ask: Asking, server: Loopback) -> None:
    cases = [
        (["Korea, Republic of", "South Korea"], ["KR"]),
        (["Turkey (Türkiye)", "Turkey", "Türkiye"], ["TR"]),
        (
            ["Iran, Islamic Republic of", "Russian Federation", "Viet Nam", "Vietnam", "Hong Kong"],
            ["IR", "RU", "VN", "HK"],
        ),
        (["United States", "Denmark", "Atlantis"], ["US"]),
        (["Denmark"], None),
        ([], None),
    ]
    made = (
        study(
            contactsLocationsModule={"locations": [{"facility": "No country"}, *({"country": name} for name in names)]}
        )
        for names, _ in cases
    )
    assert [facts.get("countries") for facts in ask.cases(server, *made)] == [codes for _, codes in cases]


@pytest.mark.parametrize(
    "sponsors",
    [
        {"leadSponsor": {"name": "Jane Roe", "class": "INDIV"}},
        {"leadSponsor": {"name": "Jane Roe", "class": "OTHER"}, "responsibleParty": {"type": "SPONSOR_INVESTIGATOR"}},
        {"leadSponsor": {"name": "Jane Roe, MD", "class": "OTHER"}},
    ],
)
def test_persons_are_never_named(ask: Asking, server: Loopback, sponsors: dict[str, Any]) -> None:
    contacts = {"centralContacts": [{"name": "Jane Roe", "email": "j@example.org"}], "locations": []}
    Registry(server, study(sponsorCollaboratorsModule=sponsors, contactsLocationsModule=contacts))
    assert "Roe" not in str(ask.facts())
    (found,) = ask.discover()
    assert "Roe" not in found.model_dump_json()
    assert found.draft is not None
    assert found.draft["sponsor"] == {"name_withheld": True}


def test_a_withheld_sponsor_stays_withheld(ask: Asking, server: Loopback) -> None:
    Registry(server, study())
    assert not [name for name in ask.facts(entry(sponsor={"name_withheld": True})) if name.startswith("sponsor")]


def test_a_sponsor_with_a_japanese_name_of_its_own(ask: Asking, server: Loopback) -> None:
    Registry(server, study())
    facts = ask.facts(entry(sponsor={"name": {"en": "Another Hospital", "ja": "別の病院"}}))
    assert {name for name in facts if name.startswith("sponsor")} == {"sponsor.name.en"}


# --- What is no fact


def test_ids_are_asked_in_batches_with_whole_modules_and_without_results(ask: Asking, server: Loopback) -> None:
    ids = [f"NCT090{number:05}" for number in range(250)]
    registry = Registry(server, *(study(nct) for nct in ids))
    observations, _ = ask.observe(*map(entry, ids))
    assert [item.entry for item in observations] == [f"trials/{nct.lower()}" for nct in ids]
    queries = registry.asked()
    assert [len(query["filter.ids"].split("|")) for query in queries] == [100, 100, 50]
    fields = queries[0]["fields"].split("|")
    assert {"IdentificationModule", "StatusModule", "DesignModule", "LocationCountry", "HasResults"} <= set(fields)
    assert not [name for name in fields if "Results" in name and name != "HasResults"]


def test_an_id_without_an_answer_is_noticed(ask: Asking, server: Loopback) -> None:
    Registry(server, study())
    observations, (missing,) = ask.observe(entry(), entry("NCT09000404"))
    assert len(observations) == 1
    assert (missing.kind, missing.key, missing.entry) == ("notice", "nct09000404-not-answered", "trials/nct09000404")
    assert missing.changes == ()
    assert "NCT09000404" in missing.words.ja


def test_an_alias_is_answered_by_the_study_that_took_it_over(ask: Asking, server: Loopback) -> None:
    Registry(server, study("NCT09000009", identificationModule={"nctIdAliases": ["NCT09000001"]}))
    (seen,), proposals = ask.observe(entry())
    assert (seen.entry, seen.url) == ("trials/nct09000001", "https://clinicaltrials.gov/study/NCT09000009")
    assert {item.key for item in proposals} == {"nct09000001-alias", "nct09000001-registrations"}
    assert not [item for item in proposals if "not-answered" in item.key]


def test_posted_results_and_retractions(ask: Asking, server: Loopback) -> None:
    references = [
        {"pmid": "111", "type": "RESULT", "retractions": [{"pmid": "222", "source": "J. 2026"}]},
        {"pmid": "333", "type": "DERIVED", "retractions": [{"pmid": "444"}]},
        {"citation": "No number", "type": "BACKGROUND"},
    ]
    made = study(
        referencesModule={"references": references}, statusModule={"resultsFirstPostDateStruct": {"date": "2026-09-01"}}
    )
    Registry(server, made | {"hasResults": True})
    result = {"kind": "publication", "pmid": "111", "summary": {"en": "Safe.", "ja": "安全であった。"}}
    _, proposals = ask.observe(entry(results=[result]))
    assert {(item.kind, item.key) for item in proposals} == {
        ("notice", "nct09000001-results"),
        ("retraction", "nct09000001-retraction-111"),
    }
    assert "2026-09-01" in next(item for item in proposals if item.kind == "notice").words.en


def test_numbers_in_other_registries_are_proposed(ask: Asking, server: Loopback, tmp_path: Path) -> None:
    ids = [
        {"id": "2020-001978-29", "type": "EUDRACT_NUMBER"},
        {"id": "jRCT2031200136", "type": "REGISTRY", "domain": "jRCT"},
        {"id": "R01-12345", "type": "NIH"},
        {"type": "OTHER"},
    ]
    Registry(server, study(identificationModule={"secondaryIdInfos": ids}))
    _, (more,) = ask.observe(entry())
    assert (more.kind, more.key) == ("change", "nct09000001-registrations")
    root = write_kb(tmp_path, trials=[entry()])
    accept(root, more, TODAY)
    numbers = [item.number for item in kb.load(root).trials["nct09000001"].registrations]
    assert numbers == ["NCT09000001", "jRCT2031200136", "2020-001978-29"]


def test_a_number_of_another_entry_is_not_proposed(ask: Asking, server: Loopback) -> None:
    Registry(server, study(identificationModule={"secondaryIdInfos": [{"id": "2020-001978-29"}]}))
    parent = minimal("trials", "parent", registrations=[{"registry": "EudraCT", "number": "2020-001978-29"}])
    _, proposals = ask.observe(entry(), parent)
    assert proposals == []


# --- Discovery


def test_a_new_trial_becomes_a_valid_draft(ask: Asking, server: Loopback, tmp_path: Path) -> None:
    Registry(server, study())
    (found,) = ask.discover()
    assert (found.kind, found.entry, found.key) == ("new-entry", "trials/nct09000001", "nct09000001")
    assert found.confidence == "high"
    draft = found.draft
    assert draft is not None
    assert draft["ev_source"] == {"cell": "msc", "tissue": "adipose", "donor": "allogeneic"}
    assert (draft["routes"], draft["ev_type"], draft["conditions"]) == (["inhalation"], "native", ["ards"])
    assert (draft["indication_area"], draft["phase"], draft["review"]["status"]) == ("respiratory", "1-2", "draft")  # type: ignore[index,call-overload]
    assert draft["arms"] == [{
        "label": {"en": "Exosomes", "ja": "登録上の記載「Exosomes」"},
        "as_registered": "2 x 10^8 particles by nebuliser, days 1-5",
    }]  # fmt: skip
    assert draft["title"]["translated"] == ["ja"]  # type: ignore[index,call-overload]
    guessed = [reason.en for reason in found.reasons if reason.en.startswith("Guess")]
    assert all(
        any(word in reason for reason in guessed) for word in ("source", "tissue", "donor", "route", "native", "area")
    )
    assert len([reason.ja for reason in found.reasons if reason.ja.startswith("推定")]) == len(guessed)
    root = write_kb(tmp_path, trials=[])
    accept(root, found, TODAY)
    assert kb.load(root).trials["nct09000001"].status == "recruiting"
    assert not validate(root, today=TODAY).problems


def test_both_queries_are_paged_to_their_end_and_kept(ask: Asking, server: Loopback) -> None:
    registry = Registry(server, *(study(f"NCT0900000{number}") for number in range(1, 6)))
    found = ask.discover(entry("NCT09000003"))
    assert [item.key[-1] for item in found] == ["1", "2", "4", "5"]
    queries = registry.asked()
    assert [query.get("pageToken") for query in queries] == [None, "t2", "t4"] * 2
    assert {query["fields"] for query in queries} == {ctgov.DISCOVERY_FIELDS}
    assert all(query["query.intr" if at < 3 else "query.term"] for at, query in enumerate(queries))
    assert queries[0]["countTotal"] == "true"
    intr, term = ask.searches
    assert (intr.hits, intr.known, len(intr.proposed)) == (5, ("NCT09000003",), 4)
    assert term.proposed == intr.proposed
    assert '"extracellular vesicle"' in term.query
    assert '"conditioned medium"' in intr.query
    assert "conditioned" not in term.query


def test_an_empty_page_is_not_the_end(ask: Asking, server: Loopback) -> None:
    Registry(server)
    server.on("/api/v2/studies", lambda seen: Reply(
        {"studies": [study()]} if "pageToken" in seen.query else {"studies": [], "nextPageToken": "x", "totalCount": 1}
    ))  # fmt: skip
    assert len(ask.discover()) == 1


@pytest.mark.parametrize(
    "answer",
    [
        lambda page: {"studies": [study(f"NCT0900{page:04}")], "nextPageToken": "same"},
        lambda page: {"studies": [study()], "nextPageToken": f"t{page}"},
        lambda page: {"studies": [], "nextPageToken": f"t{page}"},
    ],
    ids=["token", "page", "nothing"],
)
def test_going_round_in_circles_is_a_fault(ask: Asking, server: Loopback, answer: Any) -> None:
    Registry(server)
    pages = iter(range(1, 10_000))
    server.on("/api/v2/studies", lambda _: Reply(answer(next(pages))))
    with pytest.raises(SourceFault, match="repeats"):
        ask.discover()
    assert server.count("/api/v2/studies") < 30


def test_a_total_outside_its_bounds_is_a_fault(ask: Asking, server: Loopback) -> None:
    Registry(server, study())
    with pytest.raises(SourceFault, match="1 hits"):
        ask.discover(expected={"hits": Bounds(min=20, max=5000)})
    assert len(ask.discover(expected={"hits": Bounds(min=1, max=5000)})) == 1


def test_data_that_move_between_pages_are_a_fault(ask: Asking, server: Loopback) -> None:
    registry = Registry(server, *(study(f"NCT0900{number:04}") for number in range(1, 110)))
    registry.page, registry.versions = 60, [DATA, "2026-11-23T09:00:05"]
    with pytest.raises(SourceFault, match="during the run"):
        ask.discover()


def test_a_hit_that_is_known_under_another_number(ask: Asking, server: Loopback) -> None:
    Registry(server, study(identificationModule={"secondaryIdInfos": [{"id": "JPRN-jRCT2031200136"}]}))
    twin = minimal("trials", "twin", registrations=[{"registry": "jRCT", "number": "jRCT2031200136"}])
    assert ask.discover(twin) == []
    assert ask.searches[0].known == ("NCT09000001",)


def test_an_extension_under_the_number_of_its_parent_is_another_trial(ask: Asking, server: Loopback) -> None:
    Registry(server, study(identificationModule={"secondaryIdInfos": [{"id": "2020-001978-29"}]}))
    both = [("ClinicalTrials.gov", "NCT09000077"), ("EudraCT", "2020-001978-29")]
    parent = minimal("trials", "parent", registrations=[{"registry": name, "number": number} for name, number in both])
    (found,) = ask.discover(parent)
    assert found.draft is not None
    assert found.draft["registrations"] == [{"registry": "ClinicalTrials.gov", "number": "NCT09000001"}]
    assert "2020-001978-29" in str(found.draft["notes"])


def only_named(
    title: str,
    intervention: str = "Saline",
    description: str = "",
    summary: str = "Exosomes in plasma are counted.",
    **modules: Any,
) -> dict[str, Any]:
    arms = {"armGroups": [], "interventions": [{"type": "OTHER", "name": intervention, "description": description}]}
    return study(
        identificationModule={"briefTitle": title},
        descriptionModule={"briefSummary": summary},
        armsInterventionsModule=arms,
        **modules,
    )


OBSERVATIONAL = {"studyType": "OBSERVATIONAL", "phases": []}


JUDGED = [
    (only_named("Wound healing", intervention="ExoX exosomes"), "high", "intervention"),
    (only_named("Extracellular vesicles in knee pain"), "medium", "title"),
    (only_named("Wound healing", description="A gel with exosomes is applied"), "low", "description"),
    (only_named("Alopecia", intervention="MSC conditioned medium"), "low", "conditioned medium"),
    (only_named("Exosomes as a biomarker of treatment response"), None, "measured"),
    (only_named("Exosomes of patients", designModule=OBSERVATIONAL), None, "Observational"),
    (only_named("Sepsis", intervention="Blood for exosomal RNA biomarker test"), None, "measured"),
    (only_named("Sepsis"), None, "only mentioned"),
    (only_named("RNA exosome complex", summary=""), None, "Another thing"),
]


def test_given_or_measured(ask: Asking, server: Loopback) -> None:
    for number, (made, _, _) in enumerate(JUDGED):
        made["protocolSection"]["identificationModule"]["nctId"] = f"NCT0920{number:04}"
    Registry(server, *(made for made, _, _ in JUDGED))
    found = {item.key: item for item in ask.discover()}
    excluded = {item.id.lower(): item.reason for item in ask.searches[0].excluded}
    assert len(found) + len(excluded) == len(JUDGED)
    for number, (_, confidence, reason) in enumerate(JUDGED):
        key = f"nct0920{number:04}"
        assert (found[key].confidence if key in found else None) == confidence
        assert reason in (found[key].reasons[0] if key in found else excluded[key]).en


# --- Nothing new, a part only


def test_enrich_twice_changes_no_byte_and_asks_once(server: Loopback, tmp_path: Path) -> None:
    registry = Registry(server, study(), study("NCT09000002"), only_named("Sepsis"))
    registry.studies[2]["protocolSection"]["identificationModule"]["nctId"] = "NCT09000003"
    root = write_kb(tmp_path, trials=[entry(status="completed", status_as_of="2026-05")])
    source = server.source(expected={})
    means = Means({source.name: source}, lambda _: ctgov.MODULE, tmp_path / "cache", PATIENT, server.allowance)

    def tree() -> dict[str, bytes]:
        return {path.as_posix(): path.read_bytes() for path in sorted(root.rglob("*.yaml"))}

    report = enrich(root, Errand((source.name,), TODAY), means)
    assert (report.sources[0].fault, len(server.seen)) == (None, 1 + 1 + 1 + 2 * 2)  # robots.txt, version, ids, pages
    proposals = read_proposals(root)
    assert set(proposals) == {
        "clinicaltrials-gov/nct09000001-status",
        "clinicaltrials-gov/nct09000001-phase",
        "clinicaltrials-gov/nct09000002",
    }
    before, asked = tree(), len(server.seen)
    assert sum("/searches/" in path for path in before) == 2
    again = enrich(root, Errand((source.name,), date(2026, 11, 24)), means)
    assert again.sources[0].fault is None
    assert tree() == before
    assert [seen.path for seen in server.seen[asked:]] == ["/api/v2/version"]
    # The data move on and say the same of our trials: everything is asked for, and nothing is written.
    registry.data = "2026-11-24T09:00:05"
    enrich(root, Errand((source.name,), date(2026, 11, 24)), means)
    assert len(server.seen) > asked + 4
    assert tree() == before
    # A new entry is asked for although nothing moved.
    (root / "entries/trials/nct09000002.yaml").write_text(canonical_text(entry("NCT09000002"), Trial), encoding="utf-8")
    (source_report,) = enrich(root, Errand((source.name,), date(2026, 11, 24)), means).sources
    assert source_report.kept.observed == 2


def test_a_page_that_says_the_same_is_not_read_again(
    server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = Registry(server, study())
    root = write_kb(tmp_path, trials=[entry(), entry("NCT09000002")])
    module = SourceModule(ctgov.NAME, observe=ctgov.observe)
    source = server.source(expected={})
    means = Means({source.name: source}, lambda _: module, tmp_path / "cache", PATIENT, server.allowance)
    read: list[str] = []

    def noting(study: Study) -> TrialFacts:
        read.append(study.protocol.identification.nct_id)
        return facts_of(study)

    monkeypatch.setattr(ctgov, "facts_of", noting)
    for data, status, expected in (
        (DATA, "RECRUITING", ["NCT09000001"]),
        ("2026-11-24T09:00:05", "RECRUITING", []),
        ("2026-11-25T09:00:05", "COMPLETED", ["NCT09000001"]),
    ):
        registry.data = data
        registry.studies[0]["protocolSection"]["statusModule"]["overallStatus"] = status
        read.clear()
        assert enrich(root, Errand((source.name,), TODAY), means).failed == ()
        assert read == expected
        # What did not answer the first time stays noticed.
        assert "clinicaltrials-gov/nct09000002-not-answered" in read_proposals(root)


def test_the_same_answers_give_the_same_observations(ask: Asking, server: Loopback) -> None:
    registry = Registry(server, study())
    first, _ = ask.observe(entry())
    registry.data = "2026-11-23T09:00:05"
    second, _ = ask.observe(entry())
    assert [item.hash for item in first] == [item.hash for item in second]


def test_a_part_is_asked_for(ask: Asking, server: Loopback) -> None:
    registry = Registry(server, study(), study("NCT09000002"))
    assert len(ask.observe(entry(), entry("NCT09000002"), limit=1)[0]) == 1
    observations, proposals = ask.observe(entry(), since=date(2026, 11, 1))
    assert (len(observations), proposals) == (1, [])
    assert registry.asked()[-1]["filter.advanced"] == "AREA[LastUpdatePostDate]RANGE[2026-11-01,MAX]"
    registry.studies.clear()
    # What did not change since then is not answered, and not missing.
    assert ask.observe(entry(), since=date(2026, 11, 1)) == ([], [])


# --- Faults and hostile content


def broken(path: str, value: Any) -> dict[str, Any]:
    made = study()
    *way, last = path.split(".")
    holder: Any = made
    for part in way:
        holder = holder[int(part) if part.isdecimal() else part]
    holder[last] = value
    return made


STRANGE: list[tuple[str, Any]] = [
    ("protocolSection.statusModule.overallStatus", "PAUSED"),
    ("protocolSection.statusModule.overallStatus", "Recruiting"),
    ("protocolSection.statusModule.startDateStruct", {"date": "0001-01-01"}),
    ("protocolSection.statusModule.startDateStruct", {"date": "March 2026"}),
    ("protocolSection.statusModule.startDateStruct", {"date": "2026-02-30"}),
    ("protocolSection.statusModule.startDateStruct", {"date": "2026-02", "type": "ANTICIPATED"}),
    ("protocolSection.designModule.phases", ["PHASE5"]),
    ("protocolSection.designModule.phases", ["PHASE1", "PHASE4"]),
    ("protocolSection.designModule.studyType", "interventional"),
    ("protocolSection.designModule.enrollmentInfo", {"count": "40"}),
    ("protocolSection.designModule.enrollmentInfo", {"count": -1}),
    ("protocolSection.designModule.designInfo", {"maskingInfo": {"masking": "QUINTUPLE"}}),
    ("protocolSection.sponsorCollaboratorsModule.leadSponsor", {"name": "X", "class": "PRIVATE"}),
    ("protocolSection.identificationModule.nctId", "NCT1"),
    ("protocolSection.identificationModule", {}),
    ("protocolSection.armsInterventionsModule.interventions", [{"type": "EXOSOME", "name": "X"}]),
]


def test_what_the_format_does_not_know_is_a_fault(ask: Asking, server: Loopback) -> None:
    registry = Registry(server)
    there = ask.visit()
    for path, value in STRANGE:
        registry.studies = [study("NCT09000002"), broken(path, value)]
        with pytest.raises(SourceFault) as caught:
            list(ctgov.discover(there))
        assert "studies[1]." + path in caught.value.found.en
        assert caught.value.kind == "unexpected"


NO_ANSWERS = [
    Reply("<!doctype html><p>Maintenance</p>"),
    Reply('{"studies": [', content_type="application/json"),
    Reply({"total": 1}),
    Reply({"studies": {}}),
    Reply([]),
    Reply("Invalid value in parameter `overallStatus`: `X`", 400, "text/plain"),
]


def test_answers_that_are_none(ask: Asking, server: Loopback) -> None:
    Registry(server)
    there = ask.visit(entry())
    for reply in NO_ANSWERS:
        server.on("/api/v2/studies", lambda _, reply=reply: reply)  # type: ignore[misc]
        for read in (ctgov.discover, ctgov.observe):
            with pytest.raises(SourceFault):
                list(read(there))


@pytest.mark.parametrize("answer", [{"dataTimestamp": DATA}, {"apiVersion": "2", "dataTimestamp": "today"}, {}])
def test_a_version_that_is_none(ask: Asking, server: Loopback, answer: dict[str, Any]) -> None:
    Registry(server)
    server.on("/api/v2/version", lambda _: Reply(answer))
    with pytest.raises(SourceFault):
        ask.observe(entry())


def test_without_a_time_of_the_data_everything_is_read(ask: Asking, server: Loopback) -> None:
    registry = Registry(server, study())
    server.on("/api/v2/version", lambda _: Reply({"apiVersion": "2.0.5"}))
    (first,), _ = ask.observe(entry())
    (second,), _ = ask.observe(entry(), seen=[first])
    assert second.facts == first.facts
    assert len(registry.asked()) == 2


HOSTILE = [
    "<script>alert(1)</script> exosomes",
    "Exosomes «“「『quotes』」”»",
    "外泌体治疗 exosomes 세포외소포 везикулы",
    "エクソソーム ｴｸｿｿｰﾑ　ＡＢＣ exosomes",
    "exosomes \u202e\u200b\ufeff\x00\x1b[31m \ue000 \ufffd ???",
    "exosomes " + "word " * 2_000,
    "- exosomes: [yaml, {x: !!python/object:os.system}] # ${jndi:ldap://x}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_become_plain_valid_drafts(ask: Asking, server: Loopback, tmp_path: Path, text: str) -> None:
    made = study(
        identificationModule={"briefTitle": text, "officialTitle": text, "acronym": text},
        sponsorCollaboratorsModule={"leadSponsor": {"name": text, "class": "OTHER"}, "collaborators": [{"name": text}]},
        statusModule={"overallStatus": "TERMINATED", "whyStopped": text},
        conditionsModule={"conditions": [text, "N/A"], "keywords": [text]},
        outcomesModule={"primaryOutcomes": [{"measure": text, "timeFrame": text}, {"measure": "TBD"}]},
        armsInterventionsModule={
            "armGroups": [
                {"label": text, "description": text, "interventionNames": [f"Drug: {text}"]},
                {"label": text, "type": "NO_INTERVENTION"},
            ],
            "interventions": [{"name": text, "description": text, "otherNames": [text]}],
        },
        contactsLocationsModule={"locations": [{"country": text}]},
    )
    Registry(server, made)
    found = ask.discover()
    if not found:  # Nothing of the vocabulary is left of it.
        return
    assert found[0].draft is not None
    Trial.model_validate(found[0].draft)
    root = write_kb(tmp_path, trials=[])
    accept(root, found[0], TODAY)
    problems = [item for item in validate(root, today=TODAY).problems if item.level == "error"]
    assert problems == []


def test_a_rejected_candidate_stays_rejected_until_the_study_changes(ask: Asking, server: Loopback) -> None:
    registry = Registry(server, study())
    (first,) = ask.discover()
    registry.studies = [study(statusModule={"lastUpdatePostDateStruct": {"date": "2026-11-20"}})]
    (touched,) = ask.discover()
    registry.studies = [study(statusModule={"overallStatus": "COMPLETED"})]
    (changed,) = ask.discover()
    assert first.source_hash == touched.source_hash != changed.source_hash
