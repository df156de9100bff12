from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kb.accepting import accept
from kb.validation import validate
from scrapers.faults import SourceFault
from scrapers.register import Bounds
from scrapers.sources import eu_ctis
from tests.entries import minimal
from tests.samples import write_kb
from tests.scrapers.conftest import MakeFetcher
from tests.scrapers.server import Loopback, Reply, Seen
from tests.scrapers.sources.small_kb import TODAY, Ask, knowledge_base, visit

SEARCH = "/ctis-public-api/search"
NUMBER = "2025-510001-11-00"


def row(number: str = NUMBER, **fields: Any) -> dict[str, Any]:
    """A trial in which exosomes are given; a keyword replaces a field, ``...`` takes it away."""
    made = {
        "ctNumber": number,
        "ctStatus": 4,
        "ctTitle": f"Inhaled MSC exosomes in ARDS, {number}",
        "shortTitle": "EXO-ARDS (NCT09000001)",
        "startDateEU": "01/03/2026",
        "conditions": "Acute respiratory distress syndrome",
        "trialCountries": ["Spain:4", "Denmark:1", "Italy:2"],
        "decisionDateOverall": "24/02/2026",
        "sponsor": "Example Biotech S.L.",
        "sponsorType": "Pharmaceutical company, Pharmaceutical company",
        "trialPhase": "Phase I and Phase II (Integrated)- Other",
        "product": "Allogeneic adipose MSC exosomes for inhalation",
        "totalNumberEnrolled": "54",
        "primaryEndPoint": "Days <b>without</b> ventilator",
        "resultsFirstReceived": "No",
        "lastUpdated": "09/07/2026",
    } | fields
    return {name: value for name, value in made.items() if value is not ...}


def list_of(value: Any) -> Any:
    """A value of a draft, which may be anything as far as types say."""
    return value


def page(*rows: Any, total: int | None = None, current: int = 1, more: bool = False) -> dict[str, Any]:
    count = len(rows) if total is None else total
    pagination = {"totalRecords": count, "currentPage": current, "totalPages": 1, "nextPage": more, "prevPage": False}
    return {"showWarning": False, "pagination": pagination, "data": list(rows)}


def answer(server: Loopback, by: Callable[[dict[str, Any], int], Any]) -> None:
    """Answer a search by its criteria and page."""

    def handler(seen: Seen) -> Reply:
        body = seen.json
        said = by(body["searchCriteria"], body["pagination"]["page"])
        return said if isinstance(said, Reply) else Reply(said)

    server.on(SEARCH, handler)


def entry(registry: str = "CTIS", number: str = NUMBER, **changes: Any) -> dict[str, Any]:
    return minimal("trials", "e1", registrations=[{"registry": registry, "number": number}], **changes)


@pytest.fixture
def ask(make_fetcher: MakeFetcher) -> Ask:
    return Ask(make_fetcher, eu_ctis.MODULE)


def test_every_fact_of_an_entry(ask: Ask, server: Loopback) -> None:
    answer(server, lambda criteria, _: page(row()) if criteria == {"number": NUMBER} else page())
    (seen,), (numbers,) = ask(entry())
    assert seen.url.endswith(f"EUCT={NUMBER}")
    assert seen.source_version == "2026-07-09"
    assert seen.facts == {
        "countries": ["ES", "IT"],
        "dates.start": "2026-03-01",
        "enrolment.count": 54,
        "enrolment.type": "planned",
        "kind": "interventional",
        "phase": "1-2",
        "primary_outcomes": [{"en": "Days without ventilator", "ja": "登録上の記載「Days without ventilator」"}],
        "sponsor.name": {"en": "Example Biotech S.L.", "ja": "Example Biotech S.L."},
        "status": "recruiting",
        "status_as_of": "2026-07-09",
    }
    assert [item["number"] for item in numbers.changes[0].new] == [NUMBER, "NCT09000001"]  # type: ignore[union-attr,index,call-overload]


def test_every_status(ask: Ask, server: Loopback) -> None:
    codes = [
        (1, "not-yet-recruiting"), (2, "not-yet-recruiting"), (3, "recruiting"), (4, "recruiting"),
        (5, "active-not-recruiting"), (6, "suspended"), (7, "suspended"), (8, "completed"), (9, "withdrawn"),
        (10, "terminated"), (11, "withdrawn"), (12, "withdrawn"),
    ]  # fmt: skip
    numbers = {f"2025-51{code:04}-11-00": code for code, _ in codes}
    answer(
        server, lambda criteria, _: page(row(criteria["number"], ctStatus=numbers[criteria["number"]], shortTitle=""))
    )
    observations, _ = ask(*(entry(number=number) | {"id": f"e{code}"} for number, code in numbers.items()))
    assert [item.facts["status"] for item in observations] == [status for _, status in codes]


@pytest.mark.parametrize(
    ("words", "phase"),
    [
        ("Human Pharmacology (Phase I)- First administration to humans", "1"),
        ("Therapeutic exploratory (Phase II)", "2"),
        ("Phase II and Phase III (Integrated)", "2-3"),
        ("Therapeutic confirmatory  (Phase III)", "3"),
        ("Therapeutic use (Phase IV)", "4"),
        ("Phase III and phase IV (Integrated)", None),
        ("", None),
        (None, None),
    ],
)
def test_phases(ask: Ask, server: Loopback, words: str | None, phase: str | None) -> None:
    answer(server, lambda *_: page(row(trialPhase=words)))
    assert ask(entry())[0][0].facts.get("phase") == phase


@pytest.mark.parametrize("current", [0, 1])
def test_a_list_of_nothing(ask: Ask, server: Loopback, current: int) -> None:
    answer(server, lambda *_: page(current=current))
    observations, (notice,) = ask(entry())
    assert observations == []
    assert notice.kind == "notice"


def test_a_row_of_which_nearly_everything_is_missing(ask: Ask, server: Loopback) -> None:
    answer(server, lambda *_: page({"ctNumber": NUMBER, "ctStatus": 8, "endDate": "", "trialCountries": None}))
    # A status without a day is not stated.
    assert ask(entry())[0][0].facts == {"kind": "interventional"}


def test_another_submission_of_the_same_trial_is_the_same(ask: Ask, server: Loopback) -> None:
    answer(server, lambda *_: page(row("2025-510001-11-02")))
    (seen,), _ = ask(entry())
    assert seen.entry == "trials/e1"


@pytest.mark.parametrize("rows", [[], [row("2025-510002-22-00")], [row(f"2025-5100{n}-11-00") for n in range(10, 60)]])
def test_a_number_without_answer(ask: Ask, server: Loopback, rows: list[dict[str, Any]]) -> None:
    answer(server, lambda *_: page(*rows))
    observations, (missing,) = ask(entry())
    assert observations == []
    assert missing.key == f"{NUMBER}-not-answered"


def test_a_trial_that_moved_here_from_eudract(ask: Ask, server: Loopback) -> None:
    old = "2018-001653-27"
    answer(server, lambda criteria, _: page(row()) if criteria == {"eudraCtCode": old} else page())
    (seen,), (numbers,) = ask(entry("EudraCT", old))
    assert seen.facts["status"] == "recruiting"
    assert {"registry": "CTIS", "number": NUMBER} in numbers.changes[0].new  # type: ignore[operator]


def record(server: Loopback, number: str = NUMBER, **numbers: Any) -> None:
    """The record of one trial, with its numbers in other registries."""
    identifiers = {"publicTitle": "Inhaled exosomes", "secondaryIdentifyingNumbers": numbers}
    application = {"authorizedPartI": {"trialDetails": {"clinicalTrialIdentifiers": identifiers}, "products": []}}
    made = {"ctNumber": number, "ctStatus": "Authorised", "ctPublicStatusCode": 4, "authorizedApplication": application}
    server.say(
        f"/ctis-public-api/retrieve/{NUMBER}",
        made | {"eudraCt": {"isTransitioned": True, "eudraCtCode": "2018-001653-27"}},
    )


def test_the_record_names_the_numbers_elsewhere(ask: Ask, server: Loopback) -> None:
    answer(server, lambda *_: page(row(shortTitle="")))
    record(
        server,
        whoUniversalTrialNumber={"id": 1, "number": "U1111-1234-5678"},
        nctNumber={"number": "NCT09000001"},
        isrctnNumber={"id": None, "number": None},
        additionalRegistries=[{"number": "jRCTs031190136", "otherRegistryName": "jRCT", "ctRegistryCode": "9"}],
    )
    _, (numbers,) = ask(entry())
    assert {item["number"] for item in list_of(numbers.changes[0].new)} == {
        NUMBER, "2018-001653-27", "NCT09000001", "U1111-1234-5678", "jRCTs031190136",
    }  # fmt: skip
    # A candidate that an entry has under one of them is known, and is asked for once however many words find it.
    before = server.count(f"/ctis-public-api/retrieve/{NUMBER}")
    _, found = ask(entry("ClinicalTrials.gov", "NCT09000001"), discover=True)
    assert found == []
    assert server.count(f"/ctis-public-api/retrieve/{NUMBER}") == before + 1
    assert {search.known for search in ask.searches} == {(NUMBER,)}
    _, (found_one,) = ask(discover=True)
    assert found_one.draft is not None
    assert len(list_of(found_one.draft["registrations"])) == 5
    assert server.count(f"/ctis-public-api/retrieve/{NUMBER}") == before + 2


@pytest.mark.parametrize("said", [{}, {"ctNumber": NUMBER}, {"ctNumber": NUMBER, "authorizedApplication": None}])
def test_a_record_that_says_nothing_of_numbers(ask: Ask, server: Loopback, said: Any) -> None:
    answer(server, lambda *_: page(row(shortTitle="")))
    server.say(f"/ctis-public-api/retrieve/{NUMBER}", said)
    assert ask(entry())[1] == []


@pytest.mark.parametrize(
    "said",
    [
        Reply("<!doctype html><title>CTIS</title>"),
        [],
        {"ctStatus": "Authorised"},
        {"ctNumber": "2025-510002-22-00"},
        {"ctNumber": NUMBER, "authorizedApplication": []},
        Reply("wait", 403, "text/plain"),
    ],
)
def test_another_record_is_a_fault(ask: Ask, server: Loopback, said: Any) -> None:
    answer(server, lambda *_: page(row()))
    server.say(f"/ctis-public-api/retrieve/{NUMBER}", said)
    with pytest.raises(SourceFault):
        ask(entry())


@pytest.mark.parametrize("rows", [[], [row("2025-510001-11-00"), row("2025-510002-22-00")]])
def test_a_trial_that_did_not_move_is_nothing_to_report(ask: Ask, server: Loopback, rows: list[dict[str, Any]]) -> None:
    answer(server, lambda *_: page(*rows))
    assert ask(entry("EudraCT", "2018-001653-27")) == ([], [])


def test_each_word_is_searched_to_its_last_page(ask: Ask, server: Loopback, tmp_path: Path) -> None:
    known = row("2025-510003-33-00")
    biomarker = row("2025-510004-44-00", ctTitle="Plasma exosomes as biomarkers", product="Aspirin", shortTitle="")

    def by(criteria: dict[str, Any], number: int) -> Any:
        if criteria["containAny"] != "exosome":
            return page(row())
        return page(row(), known, total=3, more=True) if number == 1 else page(biomarker, total=3, current=2)

    answer(server, by)
    _, (found,) = ask(entry(number="2025-510003-33-00"), discover=True)
    body = server.seen[-1].json
    assert body["pagination"]["size"] == 100
    assert body["sort"]["property"] == "decisionDate"
    searches = {search.key: search for search in ask.searches}
    assert len(searches) == len(ask.searches) > 10
    exosome = next(search for search in searches.values() if search.query == "containAny: exosome")
    assert (exosome.hits, exosome.known, exosome.proposed) == (3, ("2025-510003-33-00",), (NUMBER,))
    assert [item.id for item in exosome.excluded] == ["2025-510004-44-00"]
    assert (found.key, found.entry) == (f"ctis-{NUMBER}", f"trials/ctis-{NUMBER}")
    assert found.draft is not None
    assert [item["number"] for item in list_of(found.draft["registrations"])] == [NUMBER, "NCT09000001"]
    assert "Denmark" in str(found.draft["notes"])
    root = write_kb(tmp_path, trials=[])
    accept(root, found, TODAY)
    assert not validate(root, today=TODAY).problems


@pytest.mark.parametrize(
    "said",
    [
        lambda number: page(row(), total=300, current=1, more=True),
        lambda number: page(row(), total=300, current=number, more=True),
        lambda number: page(total=300, current=number, more=True),
    ],
    ids=["number", "rows", "nothing"],
)
def test_going_round_in_circles_is_a_fault(ask: Ask, server: Loopback, said: Any) -> None:
    answer(server, lambda _, number: said(number))
    with pytest.raises(SourceFault):
        ask(discover=True)
    assert server.count(SEARCH) < 5


STRANGE: list[Any] = [
    Reply("<!doctype html><title>CTIS</title>"),
    {},
    {"data": []},
    page(row(ctStatus=13)),
    page(row(ctStatus="Authorised")),
    page(row(ctStatus=...)),
    page(row(ctNumber="2018-001653-27")),
    page(row(startDateEU="2026-03-01")),
    page(row(lastUpdated="31/02/2026")),
    page(row(lastUpdated="01/01/0001")),
    page(row(totalNumberEnrolled="fifty")),
    page(row(trialPhase="Phase V")),
    page(row(trialPhase="Therapeutic")),
    page(row(trialCountries="Spain:4")),
    page("row"),
    Reply("forbidden", 403, "text/plain"),
]


def test_what_the_format_does_not_know_is_a_fault(make_fetcher: MakeFetcher, server: Loopback) -> None:
    there = visit(make_fetcher("eu-ctis"), knowledge_base({}))
    for said in STRANGE:
        answer(server, lambda *_, said=said: said)
        with pytest.raises(SourceFault):
            list(eu_ctis.discover(there))


def test_a_count_outside_its_bounds_is_a_fault(ask: Ask, server: Loopback) -> None:
    answer(server, lambda *_: page(row(), total=12_000))
    with pytest.raises(SourceFault, match="12,000 hits"):
        ask(discover=True, expected={"hits": Bounds(min=0, max=1000)})


def test_persons_and_scripts_stay_out(ask: Ask, server: Loopback) -> None:
    hostile = "<script>alert(1)</script>Exosomes for ARDS"
    answer(server, lambda *_: page(row(sponsor="Jane Roe, MD", ctTitle=hostile)))
    _, (found,) = ask(discover=True)
    assert found.draft is not None
    assert found.draft["title"]["en"] == "Exosomes for ARDS"  # type: ignore[index,call-overload]
    assert "Roe" not in found.model_dump_json()
