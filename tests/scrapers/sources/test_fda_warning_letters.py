from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kb.proposals import Proposal
from scrapers.faults import SourceFault
from scrapers.source import Visit
from scrapers.sources import fda_warning_letters
from scrapers.sources.fda_warning_letters import LIST, TABLE
from tests.entries import minimal, source
from tests.scrapers.conftest import MakeFetcher
from tests.scrapers.server import Loopback, Reply, Seen
from tests.scrapers.sources.small_kb import knowledge_base, visit

FOLDER = "/inspections-compliance-enforcement-and-criminal-investigations/warning-letters"
HEADER = ("Posted Date", "Letter Issue Date", "Company Name", "Issuing Office", "Subject", "Response Letter",
          "Closeout Letter", "Excerpt")  # fmt: skip


def row(slug: str = "example-labs-700001-11022026", **cells: str) -> list[str]:
    made = {
        "posted": '<time datetime="2026-11-10T05:00:00Z">11/10/2026</time>',
        "issued": '<time datetime="2026-11-02T04:00:00Z">11/02/2026</time>',
        "company": f'<a href="{FOLDER}/{slug}">Example &amp; Labs</a>',
        "office": "Center for Biologics Evaluation and Research (CBER)",
        "subject": "Unapproved New Drug",
        "response": "",
        "closed": "",
        "excerpt": "",
    }
    return list((made | cells).values())


def answer(*rows: list[str], filtered: Any = None) -> dict[str, Any]:
    count = len(rows) if filtered is None else filtered
    return {"draw": 1, "recordsTotal": count, "recordsFiltered": count, "data": list(rows)}


def page(
    text: str = "Your firm sells exosomes for injection.", heading: str = "Example Labs MARCS-CMS 700001 — "
) -> str:
    return f"""<!DOCTYPE html><html><head><title>x</title></head><body><header><h1>FDA</h1>exosome menu</header>
<h1 class="content-title text-center">{heading}<time datetime="2026-11-02T04:00:00Z">November 02, 2026</time></h1>
<article id="main-content" class="main-content"><p>{text}</p><script>exosome()</script></article></body></html>"""


def listing(*names: str) -> str:
    cells = "".join(f"<th>{name}</th>" for name in names)
    return f"<html><body><table><thead><tr>{cells}</tr></thead><tbody></tbody></table></body></html>"


@pytest.fixture
def ask(server: Loopback, make_fetcher: MakeFetcher) -> Any:
    server.say(LIST, listing(*HEADER))
    server.say(TABLE, answer())
    server.say(f"{FOLDER}/example-labs-700001-11022026", page())

    def make(*enforcement: dict[str, Any], **changes: Any) -> Visit:
        made = make_fetcher("fda-warning-letters")
        return visit(made, knowledge_base({"enforcement": enforcement}), **changes)

    return make


def discovered(asked: Visit) -> list[Proposal]:
    return list(fda_warning_letters.discover(asked))


def found_by(server: Loopback, *rows: list[str], word: str = "exosome") -> None:
    server.on(TABLE, lambda seen: Reply(answer(*rows) if seen.query["search_api_fulltext"] == word else answer()))


def test_a_new_letter(server: Loopback, ask: Any) -> None:
    found_by(server, row(closed='<a href="/x">Close</a>'))
    asked = ask()
    (proposal,) = discovered(asked)
    assert (proposal.kind, proposal.confidence) == ("notice", "high")
    assert proposal.key.startswith("letter-700001-")
    assert proposal.entry == "jurisdictions/us"
    for words in (proposal.words.en, proposal.words.ja):
        for part in ("2026-11-02", "Example & Labs", "MARCS-CMS 700001", "Unapproved New Drug", "CBER"):
            assert part in words
    assert proposal.words.en.endswith("Closed out.")
    assert [search.hits for search in asked.searches] == [1, 0, 0]
    assert asked.searches[0].proposed == (proposal.url,)


def test_what_is_asked(server: Loopback, ask: Any) -> None:
    discovered(ask())
    asked = [seen for seen in server.seen if seen.path == TABLE]
    assert [seen.query["search_api_fulltext"] for seen in asked] == ["exosome", "exosomes", "extracellular vesicles"]
    assert asked[0].query["order[0][dir]"] == "desc"
    assert asked[0].headers["X-Requested-With"] == "XMLHttpRequest"


@pytest.mark.parametrize(
    "known",
    [
        {"url": f"https://www.fda.gov{FOLDER}/example-labs-700001-11022026"},
        {"url": "https://fda.gov/letters/ICECI/warning-letters/Example-Labs-700001-11022026/"},
        {"reference": "OBPO 26-1; MARCS-CMS 700001"},
        {"sources": [source(url=f"https://web.fda.gov{FOLDER}/example-labs-700001-11022026")]},
    ],
)
def test_known_letters(server: Loopback, ask: Any, known: dict[str, Any]) -> None:
    found_by(server, row())
    asked = ask(minimal("enforcement", "e", **known))
    assert discovered(asked) == []
    assert len(asked.searches[0].known) == 1
    assert server.count(f"{FOLDER}/example-labs-700001-11022026") == 0


def test_a_letter_that_does_not_speak_of_vesicles(server: Loopback, ask: Any) -> None:
    found_by(server, row("a-700002-11022026"))
    server.say(f"{FOLDER}/a-700002-11022026", page("The RNA exosome complex of yeast.", "A"))
    asked = ask()
    assert discovered(asked) == []
    assert "RNA exosome" in asked.searches[0].excluded[0].reason.en


def test_a_letter_whose_page_is_not_there(server: Loopback, ask: Any) -> None:
    found_by(server, row("missing-letter-000000-11022026"))
    (proposal,) = discovered(ask())
    assert proposal.confidence == "low"
    assert "MARCS" not in proposal.words.en


def test_a_stamp_on_the_page_is_no_change(server: Loopback, ask: Any) -> None:
    found_by(server, row())
    before = discovered(ask())
    server.say(
        f"{FOLDER}/example-labs-700001-11022026", page("Your firm sells exosomes for injection. <em>11/20/2026</em>")
    )
    assert discovered(ask()) == before


def test_dates_and_missing_cells(server: Loopback, ask: Any) -> None:
    found_by(server, row(posted='<time datetime="2026-11-10T05:00:00Z"></time>', issued="", subject="", office=""))
    (proposal,) = discovered(ask())
    assert "letter of 2026-11-10 to" in proposal.words.en
    assert "not given" in proposal.words.en


def test_only_what_was_posted_since(server: Loopback, ask: Any) -> None:
    found_by(server, row())
    assert discovered(ask(since=date(2026, 11, 11))) == []
    assert len(discovered(ask(since=date(2026, 11, 10)))) == 1


def test_pages_and_doubles(server: Loopback, ask: Any) -> None:
    rows = [row(f"firm-{number}-11022026") for number in range(700001, 700006)]
    server._scripts.clear()
    server.say(LIST, Reply("gone", 404, "text/html"))
    for number in range(700001, 700006):
        server.say(f"{FOLDER}/firm-{number}-11022026", page(heading=f"Firm {number}"))

    def table(seen: Seen) -> Reply:
        start = int(seen.query["start"])
        return Reply(answer(*rows[start : start + 2], filtered="5"))

    server.on(TABLE, table)
    assert len(discovered(ask())) == 5
    assert len(discovered(ask(limit=2))) == 2


def test_hostile_text(server: Loopback, ask: Any) -> None:
    link = f'<a href="{FOLDER}/example-labs-700001-11022026"><script>alert(1)</script>Ex<b>o</b> Labs</a>'
    found_by(server, row(company=link, subject="<img src=x onerror=alert(1)>Subject"))
    (proposal,) = discovered(ask())
    assert "Exo Labs" in proposal.words.en
    assert "alert" not in proposal.model_dump_json()


@pytest.mark.parametrize(
    "names",
    [
        HEADER[:6],
        (*HEADER[:7], "Region"),
        (*HEADER, "Extra"),
        (HEADER[1], HEADER[0], *HEADER[2:]),
        (*HEADER[:3], "Subject", "Issuing Office", *HEADER[5:]),
    ],
)
def test_another_header_stops_the_source(server: Loopback, ask: Any, names: tuple[str, ...]) -> None:
    server.say(LIST, listing(*names))
    with pytest.raises(SourceFault, match="another one"):
        discovered(ask())
    server.say(LIST, "<html><body><p>The table comes by script.</p></body></html>")
    assert discovered(ask()) == []


@pytest.mark.parametrize("names", [HEADER, HEADER[:7], (*HEADER[:7], "")])
def test_the_excerpt_may_be_hidden(server: Loopback, ask: Any, names: tuple[str, ...]) -> None:
    server.say(LIST, listing(*names))
    assert discovered(ask()) == []


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (answer(row()[:7]), "data[0]"),
        (answer([*row(), ""]), "data[0]"),
        (answer(row(posted="Example", company="11/10/2026")), "[2]"),
        (answer(row(company='<a href="/other/page">x</a>')), "[2]"),
        (answer(row(company='<a href="javascript:alert(1)//warning-letters/">x</a>')), "[2]"),
        (answer(row(posted="")), "[0]"),
        (answer(row(posted="10/11/26")), "[0]"),
        (answer(row(issued="13/11/2026")), "[1]"),
        (answer(row(issued="01/01/0001")), "[1]"),
        (answer(row(), filtered=3), "none that is new"),
        (answer(filtered=3), "none that is new"),
        (answer(row(), filtered=3_400), "3,400"),
        ({"draw": 1, "recordsTotal": 0, "recordsFiltered": 0, "data": [], "error": "out of order"}, "error"),
        (Reply("<html>apology_objects</html>", 404), "404"),
        (Reply("<html>apology_objects</html>"), "HTML"),
        (Reply("denied", 403), "403"),
    ],
)
def test_answers_that_are_none(server: Loopback, ask: Any, reply: Any, says: str) -> None:
    server.say(TABLE, reply)
    with pytest.raises(SourceFault) as caught:
        discovered(ask())
    assert says in str(caught.value)


def test_a_page_that_is_no_letter(server: Loopback, ask: Any) -> None:
    found_by(server, row())
    server.say(f"{FOLDER}/example-labs-700001-11022026", "<html><body>Please wait</body></html>")
    with pytest.raises(SourceFault, match="heading"):
        discovered(ask())
