from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb import load
from kb.accepting import accept
from kb.proposals import Proposal
from scrapers.faults import SourceFault
from scrapers.source import Visit
from scrapers.sources import federal_register
from tests.entries import minimal, source
from tests.samples import write_kb
from tests.scrapers.conftest import MakeFetcher
from tests.scrapers.server import Loopback, Reply, Seen
from tests.scrapers.sources.small_kb import TODAY, knowledge_base, visit

PATH = "/api/v1/documents.json"
SITE = "https://www.federalregister.gov/documents"


def document(number: str, **fields: Any) -> dict[str, Any]:
    return {
        "title": f"Exosome products {number}",
        "type": "Notice",
        "abstract": None,
        "document_number": number,
        "html_url": f"{SITE}/2026/11/02/{number}/exosome-products",
        "public_inspection_pdf_url": f"https://public-inspection.example/{number}.pdf?1",
        "publication_date": "2026-11-02",
        "agencies": [{"raw_name": "HEALTH", "name": "Food and Drug Administration", "id": 199, "slug": "fda"}],
        "excerpts": 'The <span class="match">exosome</span> …',
        **fields,
    }


def answer(*rows: dict[str, Any], count: int | None = None, **fields: Any) -> dict[str, Any]:
    return {
        "count": len(rows) if count is None else count,
        "description": "d",
        "total_pages": 1,
        "results": list(rows),
        **fields,
    }


def serve(server: Loopback, *pages: Any, word: str = "exosome") -> None:
    """These pages for one word, nothing for the others."""

    def handle(seen: Seen) -> Reply:
        if seen.query.get("conditions[term]") != word:
            return Reply({"count": 0, "description": "none"})
        made = pages[min(int(seen.query["page"]), len(pages)) - 1]
        return made if isinstance(made, Reply) else Reply(made, etag="auto")

    server.on(PATH, handle)


@pytest.fixture
def ask(make_fetcher: MakeFetcher) -> Any:
    def make(*guidelines: dict[str, Any], **changes: Any) -> Visit:
        return visit(make_fetcher("federal-register"), knowledge_base({"guidelines": guidelines}), **changes)

    return make


def discovered(asked: Visit) -> dict[str, Proposal]:
    return {proposal.url: proposal for proposal in federal_register.discover(asked)}


def the_only(asked: Visit) -> Proposal:
    (proposal,) = federal_register.discover(asked)
    return proposal


def test_nothing_found(server: Loopback, ask: Any) -> None:
    serve(server)
    server._handlers[PATH] = lambda seen: Reply({"count": 0, "description": "none"})
    asked = ask()
    assert discovered(asked) == {}
    assert [search.hits for search in asked.searches] == [0, 0, 0, 0]


def test_what_is_asked(server: Loopback, ask: Any) -> None:
    serve(server, answer(document("2026-1")))
    discovered(ask(since=date(2026, 11, 1)))
    target = server.seen[-1].target
    assert target.count("conditions%5Bagencies%5D%5B%5D=") == 3
    assert target.count("fields%5B%5D=") == 14
    assert "conditions%5Bpublication_date%5D%5Bgte%5D=2026-11-01" in target
    assert "per_page=100" in target


def test_a_document_with_a_deadline(server: Loopback, ask: Any) -> None:
    serve(server, answer(document("2026-1", type="Proposed Rule", comments_close_on="2026-12-31", effective_on=None)))
    proposal = the_only(ask())
    assert (proposal.kind, proposal.confidence) == ("notice", "medium")
    assert "Comments close on 2026-12-31." in proposal.words.en
    assert "2026-12-31" in proposal.words.ja
    assert proposal.entry == "jurisdictions/us"


def test_excerpts_and_address_are_not_what_a_document_says(server: Loopback, ask: Any) -> None:
    moved = document("2026-1", excerpts="other", html_url=f"{SITE}/2026/11/02/2026-1/renamed")
    later = document("2026-1", comments_close_on="2026-12-31")
    hashes = []
    for row in (document("2026-1"), moved, later):
        serve(server, answer(row))
        hashes.append(the_only(ask()).source_hash)
    assert hashes[0] == hashes[1] != hashes[2]


def test_known_documents(server: Loopback, ask: Any) -> None:
    serve(server, answer(document("2026-1"), document("2026-2"), document("2026-3")))
    asked = ask(
        minimal("guidelines", "g1", document_numbers=["2026-1"]),
        minimal("guidelines", "g2", sources=[source(url=f"{SITE}/2026/11/02/2026-2/title")]),
    )
    assert list(discovered(asked)) == [f"{SITE}/2026/11/02/2026-3/exosome-products"]
    assert asked.searches[0].known == ("2026-1", "2026-2")


def test_on_a_docket_it_is_an_event_of_the_entry(server: Loopback, ask: Any, tmp_path: Path) -> None:
    entry = minimal(
        "guidelines",
        "g1",
        document_numbers=["FDA-2023-D-4299"],
        dates={"comment_until": "2026-01-31"},
        requirements=None,
    )
    dockets = ["Docket No. FDA-2023-D-4299"]
    serve(server, answer(document("C1-2026-1", docket_ids=dockets, comments_close_on="2026-12-31", type="Correction")))
    proposal = the_only(ask(entry))
    assert (proposal.kind, proposal.entry) == ("change", "guidelines/g1")
    root = write_kb(tmp_path, guidelines=[entry])
    accept(root, proposal, TODAY)
    kept = load(root).guidelines["g1"]
    assert (kept.events[0].kind, kept.events[0].date) == ("consultation", "2026-11-02")
    assert kept.dates.comment_until == "2026-12-31"
    assert kept.sources[-1].key == kept.events[0].sources[0] == "fr-c1-2026-1"


def test_dockets_of_entries_are_followed(server: Loopback, ask: Any) -> None:
    entry = minimal("guidelines", "g1", document_numbers=["FDA-2023-D-4299", "21 CFR 1271"])
    rows = (
        document("1", title="Potency assurance", excerpts=None, docket_ids=["Docket No. FDA-2023-D-4299"]),
        document("2", title="Other", docket_ids=["FDA-2020-N-0001"]),
    )

    def handle(seen: Seen) -> Reply:
        return Reply(answer(*rows) if seen.query.get("conditions[docket_id]") else {"count": 0})

    server.on(PATH, handle)
    asked = ask(entry)
    proposal = the_only(asked)
    assert (proposal.kind, proposal.entry) == ("change", "guidelines/g1")
    assert [seen.query.get("conditions[docket_id]") for seen in server.seen if seen.path == PATH][4:] == [
        "FDA-2023-D-4299"
    ]
    assert [item.id for item in asked.searches[4].excluded] == ["2"]


@pytest.mark.parametrize("stated", [
    ["Docket Nos. FDA-2014-D-1584, FDA-2023-D-4299 and FDA-2015-D-3581"], ["Docket No. FDA\u20132023\u2013D\u20134299"],
    ["CMS-1234-P", "fda-2023-d-4299"],
])  # fmt: skip
def test_a_docket_among_others(server: Loopback, ask: Any, stated: list[str]) -> None:
    entry = minimal("guidelines", "g1", document_numbers=["FDA-2023-D-4299"])
    serve(server, answer(document("1", docket_ids=stated)))
    assert the_only(ask(entry)).entry == "guidelines/g1"


def test_a_number_given_twice_in_early_years(server: Loopback, ask: Any) -> None:
    serve(
        server,
        answer(document("00-111", publication_date="2000-01-14"), document("00-111", publication_date="2000-01-18")),
    )
    asked = ask()
    assert discovered(asked)
    assert asked.searches[0].hits == 2


def test_an_earlier_deadline_does_not_replace_a_later_one(server: Loopback, ask: Any) -> None:
    entry = minimal("guidelines", "g1", document_numbers=["FDA-2023-D-4299"], dates={"comment_until": "2026-12-31"})
    serve(server, answer(document("1", docket_ids=["FDA-2023-D-4299"], comments_close_on="2026-11-30")))
    assert [change.field for change in the_only(ask(entry)).changes] == ["events", "sources"]


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("Rule", "issued"),
        ("Proposed Rule", "proposed"),
        ("Notice", "issued"),
        ("Presidential Document", "issued"),
        ("Correction", "revised"),
        ("Uncategorized Document", "other"),
        ("Sunshine Act Document", "meeting"),
    ],
)
def test_types(server: Loopback, ask: Any, type_: str, kind: str) -> None:
    entry = minimal("guidelines", "g1", document_numbers=["FDA-2023-D-4299"])
    serve(server, answer(document("1", type=type_, docket_ids=["FDA-2023-D-4299"])))
    event = the_only(ask(entry)).changes[0].new
    assert isinstance(event, list)
    assert isinstance(event[0], dict)
    assert event[0]["kind"] == kind


def test_markup_absence_and_unknown_agencies(server: Loopback, ask: Any) -> None:
    row = document(
        "1",
        title="<script>alert(1)</script>Exosome <em>gel</em>",
        agencies=[{"raw_name": "OFFICE OF EXAMPLES"}],
        docket_ids=None,
    )
    serve(server, answer({key: value for key, value in row.items() if key not in ("abstract", "excerpts")}))
    proposal = the_only(ask())
    assert "“Exosome gel” (OFFICE OF EXAMPLES)" in proposal.words.en
    assert "alert" not in proposal.model_dump_json()


def test_what_the_words_mean(server: Loopback, ask: Any) -> None:
    other = document("1", title="RNA exosome complex", excerpts="RNA exosome")
    unseen = document("2", title="A device", excerpts=None)
    serve(server, answer(other, unseen))
    asked = ask()
    (proposal,) = discovered(asked).values()
    assert (proposal.confidence, proposal.url) == ("low", unseen["html_url"])
    assert [item.id for item in asked.searches[0].excluded] == ["1"]


def test_pages(server: Loopback, ask: Any) -> None:
    more = {"count": 3, "total_pages": 2, "next_page_url": "https://elsewhere.example/documents?page=2"}
    serve(server, answer(document("1"), document("2")) | more, answer(document("3"), count=3))
    assert len(discovered(ask())) == 3


def test_the_same_document_for_two_words(server: Loopback, ask: Any) -> None:
    server.on(PATH, lambda seen: Reply(answer(document("1"))))
    asked = ask()
    assert len(discovered(asked)) == 1
    assert [search.proposed for search in asked.searches] == [("1",)] * 4


LOOP = answer(document("1")) | {"count": 12_000, "total_pages": 50, "next_page_url": "https://x.example/?page=2"}


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (LOOP | {"count": 9_000}, "different documents"),
        (LOOP, "12,000"),
        (answer(document("1"), count=2), "different documents"),
        ({"count": 2, "description": "results are missing"}, "different documents"),
        (answer(document("1", type="Edict")), "results[0].type"),
        (answer(document("1", publication_date="0001-01-01")), "publication_date"),
        (answer(document("1", publication_date="01/02/2026")), "publication_date"),
        (answer(document("1", html_url="javascript:alert(1)")), "html_url"),
        (answer(document("1", title=None)), "title"),
        (answer(document("1", comments_close_on="soon")), "comments_close_on"),
        (Reply({"errors": {"publication_date": "is not a valid date"}}, 400), "400"),
        (Reply({"errors": {"publication_date": "is not a valid date"}}), "count"),
        (Reply("<!DOCTYPE html><html>challenge</html>"), "HTML"),
    ],
)
def test_answers_that_are_none(server: Loopback, ask: Any, reply: Any, says: str) -> None:
    serve(server, reply)
    with pytest.raises(SourceFault) as caught:
        discovered(ask())
    assert says in str(caught.value)
    assert server.count(PATH) <= 3
