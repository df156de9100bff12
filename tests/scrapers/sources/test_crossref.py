from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from kb.proposals import Proposal
from scrapers.faults import SourceFault
from scrapers.sources import crossref
from tests.entries import minimal, source
from tests.scrapers.conftest import MakeFetcher
from tests.scrapers.server import Loopback, Reply
from tests.scrapers.sources.small_kb import knowledge_base, visit

DOI = "10.1000/ev(1)2-3;x"


def work(doi: str = DOI, **fields: Any) -> dict[str, Any]:
    message = {"DOI": doi, "type": "journal-article", "title": ["A paper"], "indexed": {}, **fields}
    return {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": message}


def update(type_: str = "retraction", **fields: Any) -> dict[str, Any]:
    on = {"date-parts": [[2026, 3, 5]], "date-time": "2026-03-05T00:00:00Z", "timestamp": 1}
    label = type_.replace("_", " ").capitalize()
    return {"DOI": "10.1000/notice", "type": type_, "label": label, "source": "publisher", "updated": on, **fields}


def address(doi: str = DOI) -> str:
    return f"/works/{quote(doi, safe='')}"


@pytest.fixture
def ask(make_fetcher: MakeFetcher) -> Any:
    def make(*entries: dict[str, Any], **changes: Any) -> list[Proposal]:
        base = knowledge_base({"guidelines": entries or [citing("g")]})
        assert crossref.MODULE.observe is not None
        return list(crossref.MODULE.observe(visit(make_fetcher("crossref"), base, **changes)))  # type: ignore[arg-type]

    return make


def citing(id_: str, doi: str = DOI, **fields: Any) -> dict[str, Any]:
    return minimal("guidelines", id_, sources=[source(doi=doi, **fields)])


def test_a_work_that_is_as_cited(server: Loopback, ask: Any) -> None:
    server.say(address(), work())
    assert ask() == []
    assert server.seen[-1].headers["Accept"] == "application/json"


@pytest.mark.parametrize(
    ("type_", "kind", "says", "ja"),
    [
        ("retraction", "retraction", "has been retracted", "撤回"),
        ("withdrawal", "retraction", "has been retracted", "撤回"),
        ("removal", "retraction", "has been retracted", "撤回"),
        ("partial_retraction", "retraction", "has been retracted", "撤回"),
        ("expression_of_concern", "retraction", "concern", "懸念"),
        ("correction", "retraction", "not retracted", "訂正"),
        ("corrigendum", "retraction", "not retracted", "訂正"),
        ("erratum", "retraction", "not retracted", "訂正"),
        ("new_version", "notice", "later notice", "告知"),
        ("something_new", "notice", "later notice", "告知"),
    ],
)
def test_updated_by(server: Loopback, ask: Any, type_: str, kind: str, says: str, ja: str) -> None:
    server.say(address(), work(**{"updated-by": [update(type_)]}))
    (proposal,) = ask()
    assert (proposal.kind, proposal.entry) == (kind, "guidelines/g")
    assert says in proposal.words.en
    assert ja in proposal.words.ja
    assert "10.1000/notice" in proposal.words.en
    assert "2026-03-05" in proposal.words.en


def test_update_to_stands_on_the_notice(server: Loopback, ask: Any) -> None:
    server.say(address(), work(**{"update-to": [update()]}, relation={"is-comment-on": []}))
    assert ask() == []


def test_one_warning_for_each_entry(server: Loopback, ask: Any) -> None:
    both = [update("correction", DOI="10.1000/c"), update(), update(source="retraction-watch")]
    server.say(address(), work(**{"updated-by": both}))
    found = ask(citing("g1"), citing("g2", f"https://doi.org/{quote(DOI, safe='/')}"), citing("g3", DOI.upper()))
    assert sorted(proposal.entry for proposal in found) == ["guidelines/g1", "guidelines/g2", "guidelines/g3"]
    assert len({proposal.key for proposal in found}) == 3
    assert all("has been retracted" in proposal.words.en for proposal in found)
    assert all("Retraction Watch" in proposal.words.en for proposal in found)
    assert server.count(address()) == 1


def test_the_order_of_notices_changes_nothing(server: Loopback, ask: Any) -> None:
    one, other = update("correction", DOI="10.1000/c"), update()
    server.say(address(), work(**{"updated-by": [one, other]}), work(**{"updated-by": [other, one]}))
    assert ask() == ask()


def test_dates_in_part(server: Loopback, ask: Any) -> None:
    for parts, shown in (([[2026]], "2026"), ([[2026, 3]], "2026-03"), ([[None]], "10.1000/notice)")):
        server.say(address(), work(**{"updated-by": [update(updated={"date-parts": parts})]}))
        (proposal,) = ask()
        assert shown in proposal.words.en


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("A Paper: on <i>EVs</i>", "A paper – on EVs", True),
        ("A paper", "A paper: with a long subtitle", True),
        ("Safety of exosomes in twelve patients", "A history of lighthouses in Brittany", False),
        ("Skin necrosis after a lyophilised exosome product", "Necrosis of the skin: exosomal filler case", True),
        ("Table 2, J Vesicles 2026;1:1", "A history of lighthouses in Brittany", True),
        ("エクソソームの安全性", "Safety of exosomes", True),
        ("エクソソームの安全性", "灯台の歴史と構造について", False),
    ],
)
def test_titles(server: Loopback, ask: Any, ours: str, theirs: str, same: bool) -> None:
    server.say(address(), work(title=[theirs]))
    found = ask(citing("g", title=ours))
    assert (found == []) is same
    assert all(proposal.kind == "notice" for proposal in found)


def test_title_of_the_source_is_text(server: Loopback, ask: Any) -> None:
    hostile = "<script>alert(1)</script>A history of <b>lighthouses</b> in Brittany"
    server.say(address(), work(title=[hostile], **{"updated-by": [update()]}))
    retraction, title = ask(citing("g", title="Safety of exosomes in twelve patients"))
    for proposal in (retraction, title):
        assert "“A history of lighthouses in Brittany”" in proposal.words.en
        assert "alert" not in proposal.model_dump_json()


def test_work_without_title(server: Loopback, ask: Any) -> None:
    server.say(address(), work(title=[]))
    assert ask() == []


def test_other_titles_of_the_work(server: Loopback, ask: Any) -> None:
    server.say(address(), work(title=["Translated words"], **{"original-title": ["Die Sicherheit der Exosomen"]}))
    assert ask(citing("g", title="Die Sicherheit der Exosomen")) == []


def test_unknown_doi(server: Loopback, ask: Any) -> None:
    server.say(address(), Reply("Resource not found.", 404, "text/plain"))
    server.say(f"{address()}/agency", Reply("Resource not found.", 404, "text/plain"))
    found = ask(citing("g1"), citing("g2"))
    assert [proposal.kind for proposal in found] == ["notice", "notice"]
    assert DOI in found[0].words.ja


def test_doi_of_another_agency(server: Loopback, ask: Any) -> None:
    server.say(address(), Reply("Resource not found.", 404, "text/plain"))
    agency = {"DOI": DOI, "agency": {"id": "jalc", "label": "JaLC"}}
    server.say(f"{address()}/agency", {"status": "ok", "message-type": "work-agency", "message": agency})
    assert ask() == []


def test_doi_that_leads_to_another(server: Loopback, ask: Any) -> None:
    server.say(address(), work("10.1000/primary"))
    (proposal,) = ask()
    assert "10.1000/primary" in proposal.words.en


@pytest.mark.parametrize(
    "reply",
    [
        Reply({"status": "failed", "message-type": "validation-failure", "message": [{"type": "x", "value": 1}]}, 400),
        Reply({"status": "failed", "message-type": "validation-failure", "message": [{"type": "x", "value": 1}]}),
        Reply({"status": "ok", "message-type": "work-list", "message": {"items": []}}),
        Reply({"status": "ok", "message-type": "work", "message": {"title": ["no DOI"]}}),
        Reply(work(title="a text")),
        Reply(work(**{"updated-by": [{"type": "retraction"}]})),
        Reply(work(**{"updated-by": [update(updated={"date-parts": [[1, 1, 1]]})]})),
        Reply(work(**{"updated-by": [update(updated={"date-parts": [[2026, 2, 31]]})]})),
        Reply("<html>down</html>"),
        Reply(b'{"status": "ok", "message-type": "wo', content_type="application/json"),
        Reply({}, 500),
    ],
)
def test_answers_that_are_none(server: Loopback, ask: Any, reply: Reply) -> None:
    server.say(address(), reply)
    with pytest.raises(SourceFault):
        ask()


def test_limit_and_withdrawn(server: Loopback, ask: Any) -> None:
    for doi in ("10.1000/a", "10.1000/b", "10.1000/c"):
        server.say(address(doi), work(doi))
    gone = {"on": "2026-01-01", "reason": {"en": "Twice.", "ja": "重複。"}}
    entries = [citing("g1", "10.1000/a"), citing("g2", "10.1000/b") | {"withdrawn": gone}, citing("g3", "10.1000/c")]
    assert ask(*entries) == []
    assert server.count(address("10.1000/b")) == 0
    ask(*entries, limit=1)
    assert server.count(address("10.1000/c")) == 1
