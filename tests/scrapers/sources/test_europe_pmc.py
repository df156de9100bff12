from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from scrapers.faults import SourceFault
from scrapers.register import Bounds
from scrapers.source import Visit
from scrapers.sources import europe_pmc
from tests.entries import minimal, source
from tests.scrapers.conftest import MakeFetcher
from tests.scrapers.server import Loopback, Reply, Seen
from tests.scrapers.sources.small_kb import knowledge_base, visit

SEARCH = "/europepmc/webservices/rest/search"


def row(number: int = 1, title: str = "Inhaled exosomes in patients with ARDS.", **fields: Any) -> dict[str, Any]:
    made = {
        "id": f"PPR{number}",
        "source": "PPR",
        "doi": f"10.1101/2026.01.{number:02}",
        "title": title,
        "authorString": "Roe J, Doe J.",
        "pubYear": "2026",
        "pubType": "preprint",
        "isOpenAccess": "N",
        "citedByCount": 0,
        "firstIndexDate": "2026-09-02",
        "firstPublicationDate": "2026-09-01",
    } | fields
    return {name: value for name, value in made.items() if value is not ...}


def page(*rows: Any, hits: int | None = None, cursor: str | None = None) -> dict[str, Any]:
    made: dict[str, Any] = {
        "version": "6.9",
        "hitCount": len(rows) if hits is None else hits,
        "request": {"queryString": "x", "cursorMark": "*", "pageSize": 200, "sort": "", "synonym": False},
        "resultList": {"result": list(rows)},
    }
    return made | ({"nextCursorMark": cursor} if cursor else {})


@pytest.fixture
def ask(make_fetcher: MakeFetcher) -> Any:
    def make(*guidelines: dict[str, Any], **changes: Any) -> Visit:
        fetcher = make_fetcher("europe-pmc", source={"expected": changes.pop("expected", {})})
        return visit(fetcher, knowledge_base({"guidelines": guidelines}), **changes)

    return make


def test_preprints_are_paged_and_sorted(server: Loopback, ask: Any) -> None:
    pages = {
        "*": page(row(), row(2, "Plasma <i>exosomes</i> as a biomarker in patients"), hits=4, cursor="b"),
        "b": page(row(3, "The exosome: <b>safety</b> &lt;script&gt;", doi=...), row(4), hits=4, cursor="c"),
        "c": page(hits=4, cursor="c"),
    }
    server.on(SEARCH, lambda seen: Reply(pages[seen.query["cursorMark"]]))
    asked = ask(minimal("guidelines", "g", sources=[source(doi="10.1101/2026.01.04")]))
    found = list(europe_pmc.discover(asked))
    assert [item.url.rpartition("/")[2] for item in found] == ["PPR1", "PPR3"]
    assert (
        "not peer-reviewed: “Inhaled exosomes in patients with ARDS” (2026-09-01, 10.1101/2026.01.01)"
        in found[0].words.en
    )
    assert "Roe" not in found[0].model_dump_json()
    assert "<b>" not in found[1].words.ja
    (search,) = asked.searches
    assert (search.hits, search.known, search.proposed) == (4, ("PPR4",), ("PPR1", "PPR3"))
    assert [item.id for item in search.excluded] == ["PPR2"]
    assert search.query in {seen.query["query"] for seen in server.seen if seen.path == SEARCH}
    assert len(list(europe_pmc.discover(ask(limit=1)))) == 1


def test_the_question_is_the_same_all_year(ask: Any) -> None:
    assert europe_pmc.query(ask()) == europe_pmc.query(ask(today=date(2026, 12, 31)))
    assert "FIRST_PDATE:[2025-01-01 TO 2027-12-31]" in europe_pmc.query(ask())
    assert "FIRST_PDATE:[2026-11-01 TO" in europe_pmc.query(ask(since=date(2026, 11, 1)))


def test_what_is_no_preprint_is_left_to_pubmed(server: Loopback, ask: Any) -> None:
    server.say(SEARCH, page(row(), row(2, source="MED", id="31433521", pmid="31433521", pubYear="2020")))
    asked = ask()
    assert len(list(europe_pmc.discover(asked))) == 1
    assert [item.id for item in asked.searches[0].excluded] == ["31433521"]


def test_nothing_found(server: Loopback, ask: Any) -> None:
    server.say(SEARCH, page())
    assert list(europe_pmc.discover(ask())) == []


@pytest.mark.parametrize("said", [
    Reply("<errorBean><errCode>0</errCode><errMsg>bad query</errMsg></errorBean>", content_type="application/xml"),
    Reply("<html>Maintenance</html>"), {}, [], {"hitCount": 1, "resultList": {}}, page(row(source="")),
    page(row(id="")), page(row(title="")), page(row(firstPublicationDate="01/09/2026")), page(row(), hits=9),
    page(row(), hits="1"), Reply(page(row()), 500),
])  # fmt: skip
def test_what_the_format_does_not_know_is_a_fault(server: Loopback, ask: Any, said: Any) -> None:
    server.say(SEARCH, said)
    with pytest.raises(SourceFault):
        list(europe_pmc.discover(ask()))


def test_a_few_rows_fewer_than_announced(server: Loopback, ask: Any) -> None:
    """The service miscounts by some in a hundred; more than that is an answer cut short."""
    server.say(SEARCH, page(*(row(number) for number in range(1, 100)), hits=101))
    assert len(list(europe_pmc.discover(ask()))) == 99
    server.say(SEARCH, page(*(row(number) for number in range(1, 98)), hits=101))
    with pytest.raises(SourceFault, match="97 of 101"):
        list(europe_pmc.discover(ask()))


def test_marks_that_go_round_end(server: Loopback, ask: Any) -> None:
    def around(seen: Seen) -> Reply:
        return Reply(page(row(1), hits=1, cursor="b" if seen.query["cursorMark"] == "*" else "*"))

    server.on(SEARCH, around)
    assert len(list(europe_pmc.discover(ask()))) == 1
    assert server.count(SEARCH) == 2
    with pytest.raises(SourceFault, match="1 hits"):
        list(europe_pmc.discover(ask(expected={"hits": Bounds(min=5, max=500)})))
