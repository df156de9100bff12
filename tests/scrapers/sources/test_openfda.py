from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kb.proposals import Proposal
from scrapers.faults import SourceFault
from scrapers.source import Visit
from scrapers.sources import openfda
from tests.entries import minimal
from tests.scrapers.conftest import MakeFetcher
from tests.scrapers.server import Loopback, Reply, Seen
from tests.scrapers.sources.small_kb import knowledge_base, visit

DRUG = "/drug/enforcement.json"
NONE = Reply({"error": {"code": "NOT_FOUND", "message": "No matches found!"}}, 404)


def recall(number: str = "D-0001-2026", **fields: Any) -> dict[str, Any]:
    return {
        "recall_number": number,
        "event_id": "90001",
        "status": "Ongoing",
        "classification": "Class II",
        "product_type": "Drugs",
        "recalling_firm": "Example Labs",
        "product_description": "Exosome solution for injection, 5 mL vial",
        "reason_for_recall": "Lack of sterility assurance.",
        "report_date": "20260311",
        "recall_initiation_date": "20260301",
        "termination_date": "",
        "voluntary_mandated": "Voluntary: Firm initiated",
        "openfda": {},
        **fields,
    }


def answer(*rows: dict[str, Any], total: int | None = None, **fields: Any) -> dict[str, Any]:
    found = {"skip": 0, "limit": 100, "total": len(rows) if total is None else total}
    return {
        "meta": {"disclaimer": "d", "last_updated": "2026-11-20", "results": found},
        "results": list(rows),
        **fields,
    }


@pytest.fixture
def ask(server: Loopback, make_fetcher: MakeFetcher) -> Any:
    for endpoint in (*openfda.RECALLS, *openfda.COUNTED):
        server.say(f"/{endpoint}.json", NONE)

    def make(*enforcement: dict[str, Any], **changes: Any) -> Visit:
        options = {"secrets": {"api_key": "sesame"}}
        return visit(make_fetcher("openfda", **options), knowledge_base({"enforcement": enforcement}), **changes)

    return make


def discovered(asked: Visit) -> list[Proposal]:
    return list(openfda.discover(asked))


def test_404_means_none(ask: Any) -> None:
    asked = ask()
    assert discovered(asked) == []
    assert {search.key: search.hits for search in asked.searches} == {
        "drug-enforcement": 0, "device-enforcement": 0, "food-enforcement": 0,
        "drug-event": 0, "cosmetic-event": 0, "device-event": 0,
    }  # fmt: skip


def test_a_recall(server: Loopback, ask: Any) -> None:
    server.say(DRUG, answer(recall()))
    (proposal,) = discovered(ask())
    assert (proposal.kind, proposal.confidence) == ("notice", "medium")
    assert proposal.entry == "jurisdictions/us"
    for words in (proposal.words.en, proposal.words.ja):
        assert "D-0001-2026" in words
        assert "2026-03-11" in words
        assert "Example Labs" in words


def test_what_is_asked(server: Loopback, ask: Any) -> None:
    server.say(DRUG, answer(recall()))
    discovered(ask(since=date(2026, 3, 1)))
    query = next(seen.query for seen in server.seen if seen.path == DRUG)
    assert query["search"].endswith(" AND report_date:[20260301 TO 20261123]")
    assert '"extracellular vesicle" OR ' in query["search"]
    assert "+" not in query["search"]
    assert (query["sort"], query["api_key"]) == ("report_date:desc", "sesame")


def test_reports_are_only_counted(server: Loopback, ask: Any) -> None:
    server.say("/drug/event.json", answer({"patient": {"anything": 1}}, total=321))
    asked = ask()
    assert discovered(asked) == []
    assert next(search.hits for search in asked.searches if search.key == "drug-event") == 321


def test_known_excluded_and_doubled(server: Loopback, ask: Any) -> None:
    rows = (
        recall("D-1"),
        recall("D-2", product_description="Stapler", reason_for_recall="A word like exosomal is not here."),
        recall("D-3", product_description="Yeast RNA exosome complex kit"),
        recall("D-4"),
        recall("D-4"),
    )
    server.say(DRUG, answer(*rows))
    asked = ask(minimal("enforcement", "e", reference="Recall d-1"))
    found = discovered(asked)
    assert len(found) == 2
    assert asked.searches[0].known == ("D-1",)
    assert asked.searches[0].proposed == ("D-2", "D-4")
    assert [item.id for item in asked.searches[0].excluded] == ["D-3"]


def test_two_products_of_one_recall_are_two(server: Loopback, ask: Any) -> None:
    server.say(DRUG, answer(recall(), recall(product_description="Exosome gel")))
    assert len({proposal.key for proposal in discovered(ask())}) == 2


def test_old_records_and_other_spellings(server: Loopback, ask: Any) -> None:
    row = recall(
        report_date="2013-06-12",
        termination_date="20140101",
        reason_for_recall="<b>Exosomes</b> &amp; <script>x</script>",
    )
    del row["recall_number"]
    server.say(DRUG, answer(row))
    (proposal,) = discovered(ask())
    assert "event 90001" in proposal.words.en
    assert "Exosomes &”" in proposal.words.en
    assert "script" not in proposal.words.en


def test_a_recall_that_has_no_class_and_no_number_yet(server: Loopback, ask: Any) -> None:
    server.say(DRUG, answer(recall(" ", classification="Not Yet Classified", status="On-Going")))
    (proposal,) = discovered(ask())
    assert "event 90001 2026-03-11 (Not Yet Classified, Ongoing)" in proposal.words.en


def test_pages_by_link(server: Loopback, ask: Any) -> None:
    def handle(seen: Seen) -> Reply:
        if "search_after" in seen.query:
            assert seen.query["search_after"] == "0=1;1=x"
            return Reply(answer(recall("D-2"), total=2))
        away = "https://elsewhere.example/drug/enforcement.json?search=q&search_after=0%3D1%3B1%3Dx&api_key=stolen"
        return Reply(answer(recall("D-1"), total=2), headers={"Link": f'<{away}>; rel="next"'})

    server.on(DRUG, handle)
    assert len(discovered(ask())) == 2
    assert {seen.query.get("api_key") for seen in server.seen if seen.path == DRUG} == {"sesame"}


def test_pages_by_skip(server: Loopback, ask: Any) -> None:
    server.on(DRUG, lambda seen: Reply(answer(recall(f"D-{seen.query.get('skip', 0)}"), total=3)))
    assert len(discovered(ask())) == 3


def test_limit(server: Loopback, ask: Any) -> None:
    server.say(DRUG, answer(*(recall(f"D-{number}") for number in range(5))))
    assert len(discovered(ask(limit=2))) == 2


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply({"error": {"code": "BAD_REQUEST"}}, 400), "400"),
        (Reply({"error": {"code": "API_KEY_INVALID"}}, 403), "403"),
        (Reply({"error": {"code": "OVER_RATE_LIMIT"}}, 404), "OVER_RATE_LIMIT"),
        (Reply("<html>gone</html>", 404), "JSON"),
        (Reply("<html>down</html>"), "HTML"),
        (Reply(answer(recall(), total=3)), "none that is new"),
        (Reply(answer(total=3)), "none that is new"),
        (Reply(answer(recall(), total=30_000)), "30,000"),
        (Reply(answer(recall(status="Imagined"))), "status"),
        (Reply(answer(recall(classification="Class IV"))), "classification"),
        (Reply(answer(recall(report_date="03/11/2026"))), "report_date"),
        (Reply(answer(recall(report_date="00010101"))), "report_date"),
        (Reply({"results": []}), "meta"),
    ],
)
def test_answers_that_are_none(server: Loopback, ask: Any, reply: Reply, says: str) -> None:
    server.say(DRUG, reply)
    with pytest.raises(SourceFault) as caught:
        discovered(ask())
    assert says in str(caught.value)
    assert "sesame" not in str(caught.value)
