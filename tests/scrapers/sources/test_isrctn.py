from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from kb.accepting import accept
from kb.validation import validate
from scrapers.faults import SourceFault
from scrapers.fetching import Answer
from scrapers.register import Bounds
from scrapers.sources import isrctn
from scrapers.sources.isrctn_elements import found_in
from scrapers.sources.isrctn_records import facts_of
from tests.entries import minimal
from tests.samples import write_kb
from tests.scrapers.conftest import MakeFetcher
from tests.scrapers.server import Loopback, Reply, Seen
from tests.scrapers.sources.small_kb import TODAY, Ask, knowledge_base, visit

QUERY = "/api/query/format/default"
ONE = "/api/trial/ISRCTN10000001/format/default"
MOMENT = "T00:00:00.000Z"


def trial(digits: str = "10000001", **changes: str) -> str:
    """A ``fullTrial`` in which vesicles are given; a keyword replaces the text of one element, empty or raw XML."""
    said = {
        "title": "Vesicles for scars",
        "scientific": "A randomised study of MSC-derived extracellular vesicles for keloid",
        "acronym": "EVSCAR",
        "outcome": "<primaryOutcomes><outcomeMeasure><variable>Scar score</variable><method>POSAS</method>"
        "<timepoints>12 weeks</timepoints></outcomeMeasure></primaryOutcomes>",
        "eudract": "<eudraCTNumber/>",
        "nct": "<clinicalTrialsGovNumber>Nil known</clinicalTrialsGovNumber>",
        "design": "Interventional",
        "override": "",
        "anticipated": "",
        "designs": "<secondaryStudyDesign>Randomised controlled trial</secondaryStudyDesign>",
        "summary": "",
        "secondary": "",
        "start": f"2026-01-10{MOMENT}",
        "over": f"2027-12-31{MOMENT}",
        "closed": f"2027-06-30{MOMENT}",
        "countries": "<country>England</country><country>Scotland</country><country>Ireland</country>",
        "target": "60",
        "final": "0",
        "phase": "Phase II",
        "drug": "UC-MSC extracellular vesicles",
        "sponsor": "University of Example",
    } | changes
    return f"""<fullTrial xmlns="http://www.67bricks.com/isrctn">
  <trial lastUpdated="2026-09-30T08:15:30.123Z" version="4">
    <isrctn dateAssigned="2025-12-01{MOMENT}">{digits}</isrctn>
    <trialDescription><title>{said["title"]}</title><scientificTitle>{said["scientific"]}</scientificTitle>
      <acronym>{said["acronym"]}</acronym><plainEnglishSummary>{said["summary"]}</plainEnglishSummary>
      <studyHypothesis>Vesicles soften scars.</studyHypothesis>{said["outcome"]}</trialDescription>
    <externalRefs><doi>10.1186/ISRCTN{digits}</doi>{said["eudract"]}<irasNumber>284162</irasNumber>{said["nct"]}
      {said["secondary"]}</externalRefs>
    <trialDesign><primaryStudyDesign>{said["design"]}</primaryStudyDesign>
      {said["designs"]}
      <overallStatusOverride>{said["override"]}</overallStatusOverride>
      <overallEndDate>{said["over"]}</overallEndDate></trialDesign>
    <participants><recruitmentCountries>{said["countries"]}</recruitmentCountries>
      <targetEnrolment>{said["target"]}</targetEnrolment><totalFinalEnrolment>{said["final"]}</totalFinalEnrolment>
      <recruitmentStart>{said["start"]}</recruitmentStart><recruitmentEnd>{said["closed"]}</recruitmentEnd>
      <recruitmentStartStatusOverride>{said["anticipated"]}</recruitmentStartStatusOverride></participants>
    <conditions><condition><description>Keloid</description></condition></conditions>
    <interventions><intervention><interventionType>Biological</interventionType><phase>{said["phase"]}</phase>
      <drugNames>{said["drug"]}</drugNames><description>&lt;p&gt;Injected&lt;br&gt;intralesionally&lt;/p&gt;</description>
    </intervention></interventions>
  </trial>
  <contact><forename>Jane</forename><surname>Roe</surname></contact>
  <sponsor><organisation>{said["sponsor"]}</organisation></sponsor>
</fullTrial>"""


def listed(*trials: str, total: int | None = None) -> str:
    count = len(trials) if total is None else total
    return f'<allTrials xmlns="http://www.67bricks.com/isrctn" totalCount="{count}">{"".join(trials)}</allTrials>'


def entry(**changes: Any) -> dict[str, Any]:
    return minimal(
        "trials", "isrctn10000001", registrations=[{"registry": "ISRCTN", "number": "ISRCTN10000001"}], **changes
    )


@pytest.fixture
def ask(make_fetcher: MakeFetcher) -> Ask:
    return Ask(make_fetcher, isrctn.MODULE)


def test_every_fact_of_an_entry(ask: Ask, server: Loopback) -> None:
    server.say(ONE, trial())
    (seen,), (numbers,) = ask(entry())
    assert (seen.entry, seen.source_version) == ("trials/isrctn10000001", "2026-09-30")
    assert seen.url == "https://www.isrctn.com/ISRCTN10000001"
    assert seen.facts == {
        "acronym": "EVSCAR",
        "countries": ["GB"],
        "dates.completion": "2027-12-31",
        "dates.registered": "2025-12-01",
        "dates.start": "2026-01-10",
        "enrolment.count": 60,
        "enrolment.type": "planned",
        "kind": "interventional",
        "phase": "2",
        "primary_outcomes": [{"en": "Scar score [12 weeks]", "ja": "登録上の記載「Scar score [12 weeks]」"}],
        "sponsor.name": {"en": "University of Example", "ja": "University of Example"},
        "status": "recruiting",
        "status_as_of": "2026-09-30",
        "study_design": {"en": "Randomised controlled trial", "ja": "登録上の記載「Randomised controlled trial」"},
    }
    assert "Roe" not in str(seen)
    assert [item["number"] for item in numbers.changes[0].new] == ["ISRCTN10000001", "284162"]  # type: ignore[union-attr,index,call-overload]


@pytest.mark.parametrize(
    ("changes", "status", "as_of"),
    [
        ({"start": f"2027-01-01{MOMENT}"}, "not-yet-recruiting", "2026-09-30"),
        ({"closed": f"2026-10-31{MOMENT}"}, "active-not-recruiting", "2026-10-31"),
        ({"over": f"2026-11-23{MOMENT}"}, "completed", "2026-11-23"),
        ({"override": "Stopped"}, "terminated", "2026-09-30"),
        ({"override": "Suspended"}, "suspended", "2026-09-30"),
        ({"anticipated": "Anticipated"}, "not-yet-recruiting", "2026-09-30"),
        ({"start": "", "closed": "", "over": ""}, None, None),
    ],
)
def test_the_status_follows_from_override_and_dates(
    ask: Ask, server: Loopback, changes: dict[str, str], status: str | None, as_of: str | None
) -> None:
    server.say(ONE, trial(**changes))
    (seen,), _ = ask(entry())
    assert (seen.facts.get("status"), seen.facts.get("status_as_of")) == (status, as_of)


def test_the_design_of_records_since_2025(ask: Ask, server: Loopback) -> None:
    designs = (
        "<studyDesign/><interventionalTrialDesign><allocation>Randomized controlled trial</allocation>"
        "<masking>Open (masking not used)</masking><control>Placebo</control><assignment>Parallel</assignment>"
        "<purposes><purpose>Treatment</purpose><purpose>Basic science</purpose></purposes></interventionalTrialDesign>"
        "<secondaryStudyDesign>Not applicable</secondaryStudyDesign>"
    )
    sentence = "<studyDesign>Single-centre study</studyDesign><secondaryStudyDesign>Other</secondaryStudyDesign>"
    server.say(ONE, trial(designs=designs), trial(designs=sentence))
    assert ask(entry())[0][0].facts["study_design"]["en"] == (  # type: ignore[call-overload,index]
        "Randomized controlled trial, Open (masking not used), control: Placebo, assignment: Parallel, "
        "purpose: Treatment / Basic science"
    )
    assert ask(entry())[0][0].facts["study_design"]["en"] == "Single-centre study"  # type: ignore[call-overload,index]


def test_numbers_elsewhere_stand_in_a_list(ask: Ask, server: Loopback) -> None:
    secondary = (
        '<secondaryNumbers><secondaryNumber id="a" numberType="nct" canonicalSecondaryNumber="NCT09000077">NCT 09000077'
        '</secondaryNumber><secondaryNumber id="b" numberType="Protocol serial number">EV-7</secondaryNumber>'
        '<secondaryNumber id="c" numberType="ctis">2024-519999-11-00</secondaryNumber></secondaryNumbers>'
    )
    server.say(ONE, trial(secondary=secondary))
    _, (numbers,) = ask(entry())
    assert {item["number"] for item in numbers.changes[0].new} == {  # type: ignore[union-attr,call-overload,index]
        "ISRCTN10000001", "NCT09000077", "2024-519999-11-00", "284162"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("summary", "read"),
    [
        ("Vesicles are injected.", "Vesicles are injected."),
        ("", "Vesicles soften scars."),
        ("Not provided at time of registration", "Vesicles soften scars."),
        ("Plain English summary of protocol not provided at time of registration", "Vesicles soften scars."),
    ],
)
def test_the_hypothesis_stands_in_for_a_summary_that_was_left_out(summary: str, read: str) -> None:
    answer = Answer("isrctn", ONE, ONE, 200, "", trial(summary=summary).encode(), False, False, datetime.now(UTC), {})
    (full,) = found_in(answer).trials
    assert facts_of(answer, full, TODAY).summary == read


def test_phases(ask: Ask, server: Loopback) -> None:
    phases = [
        ("Phase I", "1"), ("Phase I/II", "1-2"), ("Phase II/III", "2-3"), ("Phase III", "3"), ("Phase IV", "4"),
        ("Not Applicable", "na"), ("Not Specified", None), ("", None),
    ]  # fmt: skip
    server.say(ONE, *(trial(phase=phase) for phase, _ in phases))
    assert [ask(entry())[0][0].facts.get("phase") for _ in phases] == [ours for _, ours in phases]


@pytest.mark.parametrize(
    ("final", "target", "count", "type_"),
    [("58", "60", 58, "actual"), ("", "60", 60, "planned"), ("", "", None, None), ("", "about 200", None, None)],
)
def test_enrolment(ask: Ask, server: Loopback, final: str, target: str, count: int | None, type_: str | None) -> None:
    server.say(ONE, trial(final=final, target=target))
    facts = ask(entry())[0][0].facts
    assert (facts.get("enrolment.count"), facts.get("enrolment.type")) == (count, type_)


def test_an_outcome_of_the_old_form(ask: Ask, server: Loopback) -> None:
    server.say(ONE, listed(trial(outcome="<primaryOutcome>Pain at rest</primaryOutcome>")))
    assert ask(entry())[0][0].facts["primary_outcomes"][0]["en"] == "Pain at rest"  # type: ignore[index,call-overload]


@pytest.mark.parametrize(
    "reply", [Reply("no such trial", 404, "text/plain"), Reply(listed()), Reply(trial("10000002"))]
)
def test_a_number_without_answer(ask: Ask, server: Loopback, reply: Reply) -> None:
    server.say(ONE, reply)
    observations, (missing,) = ask(entry())
    assert observations == []
    assert (missing.kind, missing.key) == ("notice", "isrctn10000001-not-answered")


def answering(*trials: str) -> Callable[[Seen], Reply]:
    return lambda seen: Reply(listed(*(trials if seen.query["limit"] != "0" else ()), total=len(trials)))


def test_they_are_counted_and_then_read_at_once(ask: Ask, server: Loopback, tmp_path: Path) -> None:
    known = trial("10000001")
    twin = trial("10000003", nct="<clinicalTrialsGovNumber>NCT09000001</clinicalTrialsGovNumber>")
    measured = trial(
        "10000004", title="Exosomes as biomarkers", scientific="", drug="Blood test", design="Observational"
    )
    server.on(QUERY, answering(known, trial("10000002"), twin, measured))
    other = minimal("trials", "t", registrations=[{"registry": "ClinicalTrials.gov", "number": "NCT09000001"}])
    _, (found,) = ask(entry(), other, discover=True)
    assert [seen.query["limit"] for seen in server.seen if seen.path == QUERY] == ["0", "4"]
    assert '"extracellular vesicle"' in server.seen[-1].query["q"]
    (search,) = ask.searches
    assert (search.hits, search.known, search.proposed) == (
        4,
        ("ISRCTN10000001", "ISRCTN10000003"),
        ("ISRCTN10000002",),
    )
    assert [item.id for item in search.excluded] == ["ISRCTN10000004"]
    assert found.draft is not None
    assert found.draft["routes"] == ["intralesional"]
    assert (found.draft["conditions"], found.draft["indication_area"]) == (["keloid"], "dermatological")
    assert found.draft["ev_source"] == {"cell": "msc", "tissue": "umbilical-cord", "donor": "unspecified"}
    root = write_kb(tmp_path, trials=[])
    accept(root, found, TODAY)
    assert not validate(root, today=TODAY).problems


def test_nothing_found_is_one_request(ask: Ask, server: Loopback) -> None:
    server.say(QUERY, listed())
    assert ask(discover=True) == ([], [])
    assert server.count(QUERY) == 1


def test_since_asks_for_what_was_edited(ask: Ask, server: Loopback) -> None:
    server.say(QUERY, listed())
    ask(discover=True, since=date(2026, 11, 1))
    assert server.seen[-1].query["q"].endswith(") AND lastEdited GE 2026-11-01T00:00:00.000Z")


STRANGE = [
    Reply("<html><body>Maintenance</body></html>"),
    Reply('<allTrials totalCount="1"/>'),
    Reply('<allTrials xmlns="http://www.67bricks.com/isrctn"/>'),
    Reply(listed(total=3)),
    Reply(listed(trial()) + "<"),
    Reply('<!DOCTYPE a [<!ENTITY x "y">]>' + listed(trial())),
    Reply(listed(trial(phase="Phase 2"))),
    Reply(listed(trial(design="Survey"))),
    Reply(listed(trial(override="Paused"))),
    Reply(listed(trial(start="0001-01-01T00:00:00.000Z"))),
    Reply(listed(trial(over="31/12/2027"))),
    Reply(listed(trial("1234567"))),
]


def test_what_the_format_does_not_know_is_a_fault(make_fetcher: MakeFetcher, server: Loopback) -> None:
    there = visit(make_fetcher("isrctn"), knowledge_base({}))
    for reply in STRANGE:
        server.say(QUERY, reply)
        with pytest.raises(SourceFault):
            list(isrctn.discover(there))


def test_a_count_outside_its_bounds_is_a_fault(ask: Ask, server: Loopback) -> None:
    server.say(QUERY, listed(total=501))
    with pytest.raises(SourceFault, match="501 hits"):
        ask(discover=True, expected={"hits": Bounds(min=0, max=500)})


@pytest.mark.parametrize("sponsor", ["Jane Roe, MD", "Dr. A. Roe PhD"])
def test_persons_are_never_named(ask: Ask, server: Loopback, sponsor: str) -> None:
    server.on(QUERY, answering(trial(sponsor=sponsor)))
    _, (found,) = ask(discover=True)
    assert "Roe" not in found.model_dump_json()


def test_markup_in_texts_is_taken_out(ask: Ask, server: Loopback, tmp_path: Path) -> None:
    text = escape("<script>alert(1)</script>Exosomes <i>for</i> scars &amp; wounds")
    server.on(QUERY, answering(trial(title=text, scientific=text, drug=text, acronym=text, sponsor=text)))
    _, (found,) = ask(discover=True)
    assert found.draft is not None
    assert found.draft["title"]["en"] == "Exosomes for scars & wounds"  # type: ignore[index,call-overload]
    assert "alert" not in found.model_dump_json()
    root = write_kb(tmp_path, trials=[])
    accept(root, found, TODAY)
