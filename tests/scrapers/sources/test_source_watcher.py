from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kb.observed import Observation, read_observed, write_observed
from kb.overlay import overlaid
from kb.proposals import Proposal, write_proposal
from kb.vocabulary import packaged_vocabularies
from scrapers.faults import SourceFault
from scrapers.fetching.fetcher import Fetcher
from scrapers.register import register
from scrapers.sources import source_watcher, wayback
from scrapers.sources.source_watcher_pages import WATCHED, cited_pages, selection
from scrapers.sources.source_watcher_text import PageTexts, difference, main_text
from tests.entries import minimal, source
from tests.scrapers.conftest import MakeFetcher
from tests.scrapers.server import Loopback, Reply
from tests.scrapers.sources.small_kb import TODAY, knowledge_base, visit

RULE = "Exosome products for wound care need an approval before they are offered to patients in this country."
NEWER = "Exosome products for wound care need a notification before they are offered to patients."
NO_ROBOTS = register()["source-watcher"].robots.model_copy(update={"decision": "override"})
COPY = "http://web.archive.org/web/20260101120000/http://old.example/rule"


def page(text: str, extra: str = "") -> str:
    return (
        f"<html><head><title>t</title></head><body><nav>Home Contact {extra}</nav><div class='cookie-banner'>{extra}</div>"
        f"<main><h1>Notice</h1><p>{text}</p><p>{RULE} {RULE}</p><p>12,345</p></main><footer>{extra}</footer></body></html>"
    )


@pytest.fixture(autouse=True)
def archive(monkeypatch: pytest.MonkeyPatch, server: Loopback, tmp_path: Path) -> None:
    monkeypatch.setattr(wayback, "AVAILABILITY", f"{server.url}/wayback/available")
    monkeypatch.setattr(wayback, "CDX", f"{server.url}/cdx")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user-cache"))
    server.say("/wayback/available", {"url": "x", "archived_snapshots": {}})
    server.say("/cdx", Reply([], content_type="application/json"))


@pytest.fixture
def watcher(make_fetcher: MakeFetcher) -> Fetcher:
    return make_fetcher("source-watcher", source={"base": None})


def citing(server: Loopback, *paths: str, id_: str = "e", **changes: Any) -> dict[str, Any]:
    sources = [source(key=f"s{n}", url=f"{server.url}{path}", **changes) for n, path in enumerate(paths, 1)]
    return minimal("guidelines", id_, sources=sources)


def run(fetcher: Fetcher, *entries: dict[str, Any], seen: Any = (), **options: Any) -> list[Observation | Proposal]:
    return list(source_watcher.observe(visit(fetcher, knowledge_base({"guidelines": entries}, seen), **options)))


def proposals(found: list[Observation | Proposal]) -> list[Proposal]:
    return [item for item in found if isinstance(item, Proposal)]


def states(found: list[Observation | Proposal]) -> dict[str, Any]:
    watched = [item.facts[WATCHED] for item in found if isinstance(item, Observation)]
    return {url: state for group in watched if isinstance(group, dict) for url, state in group.items()}


def test_first_sight_is_remembered_and_proposes_nothing(watcher: Fetcher, server: Loopback) -> None:
    server.say("/a", page(RULE))
    found = run(watcher, citing(server, "/a#part"))
    assert proposals(found) == []
    state = states(found)[f"{server.url}/a"]
    assert (state["state"], state["since"], len(state["sha256"])) == ("alive", "2026-11-23", 64)


def test_a_change_of_menus_and_counters_is_no_change(watcher: Fetcher, server: Loopback) -> None:
    server.say("/a", page(RULE, "old"), page(RULE, "new").replace("12,345", "12,399"))
    entry = citing(server, "/a")
    first = run(watcher, entry)
    second = run(watcher, entry, seen=first, today=TODAY + timedelta(days=7))
    assert proposals(second) == []
    assert states(second) == states(first)


def test_a_change_of_what_the_page_says_shows_the_difference(
    watcher: Fetcher, server: Loopback, tmp_path: Path
) -> None:
    server.say("/a", page(RULE), page(f"{NEWER}<script>alert(1)</script>"))
    entries = (citing(server, "/a"), citing(server, "/a", id_="other"))
    first = run(watcher, *entries)
    second = run(watcher, *entries, seen=first)
    (proposal,) = proposals(second)
    assert (proposal.kind, proposal.entry) == ("source-changed", "guidelines/e")
    assert "guidelines/other" in proposal.words.en
    assert "guidelines/other" in proposal.words.ja
    assert f"-{RULE}\n+{NEWER}" in proposal.reasons[0].en
    assert "alert(1)" not in proposal.reasons[0].en
    assert states(second)[f"{server.url}/a"]["changed"] == "2026-11-23"
    assert write_proposal(tmp_path, proposal)
    assert proposals(run(watcher, *entries, seen=second)) == []


COUNTERS = (
    "あなたは{}番目の訪問者です", "アクセス数：{}", "조회수 {}", "Page views: {}", "You are visitor number {}", "{} hits",
    "本日は2026年11月{}日です", "Today is Monday, November {}, 2026", "10:{}:21 AM",
)  # fmt: skip


@pytest.mark.parametrize("line", COUNTERS)
def test_counters_and_clocks_are_no_change(watcher: Fetcher, server: Loopback, line: str) -> None:
    server.say("/a", *(page(RULE).replace("<p>12,345</p>", f"<p>{line.format(n)}</p>") for n in (22, 23)))
    first = run(watcher, citing(server, "/a"))
    second = run(watcher, citing(server, "/a"), seen=first)
    assert proposals(second) == []
    assert states(second) == states(first)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("本日は新たに2件の被害が報告された", "本日は新たに3件の被害が報告された"), ("2人目の患者が死亡した", "3人目の患者が死亡した"),
        ("Today is the last day to report; 2 cases so far", "Today is the last day to report; 3 cases so far"),
    ],
)  # fmt: skip
def test_a_statement_that_begins_like_a_clock_is_one(
    watcher: Fetcher, server: Loopback, before: str, after: str
) -> None:
    server.say("/a", *(page(RULE).replace("<p>12,345</p>", f"<p>{line}</p>") for line in (before, after)))
    first = run(watcher, citing(server, "/a"))
    (proposal,) = proposals(run(watcher, citing(server, "/a"), seen=first))
    assert proposal.confidence == "medium"


@pytest.mark.parametrize(
    "line",
    ["最終更新日：2026年11月{}日", "令和8年11月{}日", "Last updated: {} November 2026", "Content current as of: 11/{}/2026", "Updated Nov. {}, 2026", "更新 2026.11.{}"],
)  # fmt: skip
def test_a_change_of_a_day_alone_is_said_to_be_one(watcher: Fetcher, server: Loopback, line: str) -> None:
    server.say("/a", *(page(RULE).replace("<p>12,345</p>", f"<p>{line.format(n)}</p>") for n in (22, 23)))
    first = run(watcher, citing(server, "/a"))
    (proposal,) = proposals(run(watcher, citing(server, "/a"), seen=first))
    assert proposal.confidence == "low"
    assert proposal.reasons[0].en == "Only days or times of day differ."
    assert "日付・時刻のみ" in proposal.reasons[0].ja


def test_a_change_of_another_number_is_a_change_of_what_it_says(watcher: Fetcher, server: Loopback) -> None:
    server.say("/a", page("Within 7 days after 1 May 2026."), page("Within 14 days after 1 May 2026."))
    first = run(watcher, citing(server, "/a"))
    (proposal,) = proposals(run(watcher, citing(server, "/a"), seen=first))
    assert (proposal.confidence, len(proposal.reasons)) == ("medium", 1)


OLD_PAGES = [
    ("cp932", "Shift_JIS", "text/html"), ("cp932", "x-sjis", "text/html"), ("cp932", "Windows-31J", "text/html"),
    ("cp932", "", "text/html"), ("euc_jp", "EUC-JP", "text/html"), ("euc_jp", "x-euc-jp", "text/html"),
    ("iso2022_jp", "ISO-2022-JP", "text/html"), ("utf-8", "utf-8", "text/html; charset=ISO-8859-1"),
    ("utf-8-sig", "", "text/html; charset=Shift_JIS"), ("utf-16", "", "text/html"),
]  # fmt: skip


@pytest.mark.parametrize(("encoding", "declared", "label"), OLD_PAGES)
def test_old_japanese_pages_are_read_as_browsers_read_them(
    watcher: Fetcher, server: Loopback, encoding: str, declared: str, label: str
) -> None:
    text = "再生医療等提供計画の届出が必要である。エクソソームの取扱いを次のとおり示す。" * 8
    sign = "①髙﨑" if encoding in ("cp932", "utf-8") else ""
    meta = f'<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={declared}">' if declared else ""
    markup = f"<HTML><HEAD>{meta}<TITLE>通知</TITLE></HEAD><BODY><P>{sign}{text}</BODY></HTML>"
    server.say("/a", Reply(markup.encode(encoding), content_type=label))
    found = main_text(watcher.get(f"{server.url}/a"))
    assert found is not None
    assert found.startswith("1髙﨑再生医療" if sign else "再生医療")


@pytest.mark.parametrize(
    "label", ["text/html; charset=EUC-KR", 'text/html;charset="euc-kr"', "text/plain; charset=euc-kr"]
)
def test_a_server_may_say_what_the_page_does_not(watcher: Fetcher, server: Loopback, label: str) -> None:
    text = "엑소좀 제품의 안전성 서한을 다음과 같이 알려드립니다. " * 8
    server.say(
        "/a", Reply(f"<p>{text}</p>".encode("cp949") if "html" in label else text.encode("cp949"), content_type=label)
    )
    assert "엑소좀 제품의 안전성" in str(main_text(watcher.get(f"{server.url}/a")))


@pytest.mark.parametrize(
    "markup",
    [
        "<html><head><title>t</title></head><frameset cols='20%,*'><frame src='m.html'><frame src='b.html'></frameset></html>",
        "<html><head><meta http-equiv='refresh' content='0;URL=/new'></head><body>Moved.</body></html>",
    ],
)
def test_a_page_that_only_leads_on_has_nothing_to_compare(watcher: Fetcher, server: Loopback, markup: str) -> None:
    server.say("/a", page(RULE), markup)
    first = run(watcher, citing(server, "/a"))
    second = run(watcher, citing(server, "/a"), seen=first)
    assert proposals(second) == []
    assert states(second) == states(first)


def test_without_the_earlier_text_the_change_is_still_noticed(
    watcher: Fetcher, server: Loopback, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    server.say("/a", page(RULE), page(NEWER))
    first = run(watcher, citing(server, "/a"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another machine"))
    (proposal,) = proposals(run(watcher, citing(server, "/a"), seen=first))
    assert proposal.confidence == "low"
    assert "cannot be shown" in proposal.reasons[0].en


def test_twice_the_same_server_is_no_download_and_no_changed_byte(
    make_fetcher: MakeFetcher, server: Loopback, tmp_path: Path
) -> None:
    for name in ("/a", "/b", "/c"):
        server.say(name, Reply(page(RULE + name), etag="auto"))
    server.say("/gone", Reply("nothing here", 410, "text/plain"))
    entries = (citing(server, "/a", "/b"), citing(server, "/c", "/gone", id_="f"))
    first = run(make_fetcher("source-watcher", source={"base": None}), *entries)
    for item in first:
        if isinstance(item, Observation):
            assert write_observed(tmp_path, item)
    kept = [item for items in read_observed(tmp_path).values() for item in items]
    server.say("/gone", Reply("", 410, "text/plain"))
    fetcher = make_fetcher("source-watcher", source={"base": None})
    second = run(fetcher, *entries, seen=kept, today=TODAY + timedelta(days=1))
    pages = [seen for seen in server.seen if seen.path in ("/a", "/b", "/c")]
    assert [seen.status for seen in pages[3:]] == [304, 304, 304]
    assert not any(write_observed(tmp_path, item) for item in second if isinstance(item, Observation))
    assert [item.id for item in proposals(second)] == [item.id for item in proposals(first)]


@pytest.mark.parametrize("status", [404, 410])
def test_a_dead_page_comes_with_its_archived_copy(watcher: Fetcher, server: Loopback, status: int) -> None:
    server.say("/a", Reply("gone", status, "text/plain"))
    closest = {"available": True, "status": "200", "timestamp": "20260101120000", "url": COPY}
    server.say("/wayback/available", {"url": "x", "archived_snapshots": {"closest": closest}})
    entries = (citing(server, "/ok", "/a", accessed="2026-01"), citing(server, "/a", id_="other"))
    server.say("/ok", page(RULE))
    found = {item.entry: item for item in proposals(run(watcher, *entries))}
    assert set(found) == {"guidelines/e", "guidelines/other"}
    proposal = found["guidelines/e"]
    assert (proposal.kind, proposal.confidence) == ("source-gone", "high")
    (change,) = proposal.changes
    assert change.field == "sources.1.archived"
    assert change.new == "https://web.archive.org/web/20260101120000/http://old.example/rule"
    asked = [seen for seen in server.seen if seen.query.get("url", "").endswith("/a")]
    assert asked[0].query["timestamp"] == "20260101"


def test_a_dead_page_without_copy_says_so(watcher: Fetcher, server: Loopback) -> None:
    server.say("/a", Reply("gone", 404, "text/plain"))
    (proposal,) = proposals(run(watcher, citing(server, "/a")))
    assert proposal.changes == ()
    assert "No archived copy" in proposal.words.en
    assert "見つかっていない" in proposal.words.ja


def test_a_broken_archive_is_asked_once_and_hinders_nothing(watcher: Fetcher, server: Loopback) -> None:
    server.say("/wayback/available", Reply("<html>busy</html>", content_type="text/html"))
    server.say("/a", Reply("gone", 404, "text/plain"))
    server.say("/b", Reply("gone", 404, "text/plain"))
    assert len(proposals(run(watcher, citing(server, "/a", "/b")))) == 2
    assert server.count("/wayback/available") == 1


@pytest.mark.parametrize("status", [401, 403, 451])
def test_a_page_that_refuses_programs_is_not_dead(watcher: Fetcher, server: Loopback, status: int) -> None:
    server.say("/a", page(RULE), Reply("no robots", status, "text/plain"), page(RULE))
    entry = citing(server, "/a")
    first = run(watcher, entry)
    second = run(watcher, entry, seen=first)
    assert proposals(second) == []
    assert states(second)[f"{server.url}/a"]["state"] == "refused"
    # Its last text is not forgotten meanwhile.
    assert proposals(run(watcher, entry, seen=second)) == []
    assert states(second)[f"{server.url}/a"]["sha256"] == states(first)[f"{server.url}/a"]["sha256"]


def test_an_unreachable_page_is_reported_after_a_week(watcher: Fetcher, server: Loopback) -> None:
    server.say("/a", Reply(cut=3, body=b"1234567890"))
    entry = citing(server, "/a")
    first = run(watcher, entry)
    assert proposals(first) == []
    assert states(first)[f"{server.url}/a"]["state"] == "unreachable"
    assert proposals(run(watcher, entry, seen=first, today=TODAY + timedelta(days=6))) == []
    (proposal,) = proposals(run(watcher, entry, seen=first, today=TODAY + timedelta(days=7)))
    assert (proposal.kind, proposal.confidence) == ("source-gone", "medium")


def test_one_bad_page_does_not_hinder_the_others(watcher: Fetcher, server: Loopback) -> None:
    server.say("/robots.txt", Reply("User-agent: *\nDisallow: /private", content_type="text/plain"))
    server.say("/private", page(RULE))
    server.say("/loop", Reply(status=302, headers={"Location": "/loop"}))
    server.say("/inside", Reply(status=302, headers={"Location": "http://169.254.169.254/latest"}))
    server.say("/ok", page(RULE))
    found = states(run(watcher, citing(server, "/private", "/loop", "/inside", "/ok")))
    got = {url.removeprefix(server.url): state["state"] for url, state in found.items()}
    assert got == {"/private": "refused", "/inside": "unreachable", "/ok": "alive"}
    assert server.count("/private") == 0


def test_offline_nothing_is_learnt_and_nothing_forgotten(make_fetcher: MakeFetcher, server: Loopback) -> None:
    server.say("/a", page(RULE))
    entry = citing(server, "/a", "/never-read")
    first = run(make_fetcher("source-watcher", source={"base": None}), citing(server, "/a"))
    asked = len(server.seen)
    second = run(make_fetcher("source-watcher", source={"base": None}, offline=True), entry, seen=first)
    assert states(second) == states(first)
    assert proposals(second) == []
    assert len(server.seen) == asked


def test_without_a_connection_no_page_is_blamed(make_fetcher: MakeFetcher, server: Loopback) -> None:
    closed = "http://127.0.0.1:9"
    sources = [source(key=f"s{number}", url=f"{closed}/{number}") for number in range(10)]
    fetcher = make_fetcher("source-watcher", source={"base": None, "robots": NO_ROBOTS}, allowance=[("127.0.0.1", 9)])
    with pytest.raises(SourceFault, match="No connection"):
        run(fetcher, minimal("guidelines", "e", sources=sources))


def test_a_page_built_to_break_parsers(watcher: Fetcher, server: Loopback) -> None:
    server.say("/deep", "<html><body>" + "<div>" * 20_000 + RULE + "</body></html>")
    server.say("/bytes", Reply(bytes(range(256)) * 40, content_type="text/html; charset=unknown-9"))
    found = states(run(watcher, citing(server, "/deep", "/bytes")))
    assert {state["state"] for state in found.values()} == {"alive"}


def test_a_permanent_move_is_proposed_once_for_each_entry(watcher: Fetcher, server: Loopback) -> None:
    server.say("/old", Reply(status=301, headers={"Location": "/new"}))
    server.say("/older", Reply(status=308, headers={"Location": "/old"}))
    server.say("/slash", Reply(status=301, headers={"Location": "/slash/"}))
    server.say("/for-now", Reply(status=302, headers={"Location": "/new"}))
    server.say("/start", Reply(status=301, headers={"Location": "/"}))
    for path in ("/new", "/slash/", "/"):
        server.say(path, page(RULE))
    first, second = proposals(
        run(watcher, citing(server, "/slash", "/old", "/older", "/for-now"), citing(server, "/start", id_="f"))
    )
    assert (first.kind, first.entry, first.confidence) == ("change", "guidelines/e", "high")
    assert [(change.field, change.new) for change in first.changes] == [
        ("sources.1.url", f"{server.url}/new"),
        ("sources.2.url", f"{server.url}/new"),
    ]
    assert (second.entry, second.confidence) == ("guidelines/f", "low")


def test_the_state_never_becomes_a_fact_of_the_entry(watcher: Fetcher, server: Loopback) -> None:
    server.say("/a", page(RULE))
    entry = citing(server, "/a")
    (found,) = (item for item in run(watcher, entry) if isinstance(item, Observation))
    other = found.model_copy(update={"facts": {**found.facts, "doi": "10.1/x"}})
    whole = next(iter(knowledge_base({"guidelines": [entry]})))
    laid = overlaid(whole, [other], packaged_vocabularies())
    assert laid.entry.doi == "10.1/x"  # type: ignore[attr-defined]
    assert laid.disagreements == ()


def test_entries_of_two_collections_with_one_id_share_a_file(watcher: Fetcher, server: Loopback) -> None:
    server.say("/a", page(RULE))
    server.say("/b", page(NEWER))
    kb = knowledge_base({
        "guidelines": [citing(server, "/a", id_="endotoxin")],
        "glossary": [minimal("glossary", "endotoxin", sources=[source(url=f"{server.url}/b")])],
    })  # fmt: skip
    (found,) = source_watcher.observe(visit(watcher, kb))
    assert isinstance(found, Observation)
    assert len(states([found])) == 2


def test_small_runs_reach_every_page_in_turn(server: Loopback) -> None:
    pages = list(cited_pages(knowledge_base({"guidelines": [citing(server, *map("/{}".format, range(10)))]})).values())
    reached = {page.url for day in range(4) for page in selection(pages, 3, date(2026, 1, 1) + timedelta(days=day))}
    assert len(reached) == 10
    assert selection(pages, 3, TODAY) == selection(pages, 3, TODAY)


def test_withdrawn_entries_are_left_alone(watcher: Fetcher, server: Loopback) -> None:
    reason = {"en": "Double.", "ja": "重複。"}
    assert run(watcher, citing(server, "/a") | {"withdrawn": {"on": "2026-01-01", "reason": reason}}) == []
    assert server.seen == []


def test_text_of_a_page(watcher: Fetcher, server: Loopback) -> None:
    server.say("/ja", Reply(page("再生医療等提供計画の届出が必要である。").encode("shift_jis"), content_type="text/html; charset=shift_jis"))  # fmt: skip
    server.say("/pdf", Reply(b"%PDF-1.7 abc", content_type="application/pdf"))
    server.say("/shell", "<html><body><div id='app'></div></body></html>")
    text = main_text(watcher.get(f"{server.url}/ja"))
    assert text is not None
    assert "再生医療等提供計画の届出が必要である。" in text
    assert "Home" not in text
    assert main_text(watcher.get(f"{server.url}/shell")) is None
    found = states(run(watcher, citing(server, "/pdf", "/shell")))
    assert len(found[f"{server.url}/pdf"]["sha256"]) == 64
    assert "sha256" not in found[f"{server.url}/shell"]


def test_very_large_pages_are_not_parsed(watcher: Fetcher, server: Loopback) -> None:
    server.say("/a", page(RULE))
    answer = watcher.get(f"{server.url}/a")
    assert main_text(replace(answer, body=answer.body + b" " * 2_000_000)) is None


def test_a_long_difference_is_cut() -> None:
    shown = difference("\n".join(map(str, range(500))), "\n".join("x" * 999 for _ in range(500)))
    assert len(shown.split("\n")) == 41
    assert max(map(len, shown.split("\n"))) <= 301
    assert shown.endswith("… (+960)")


def test_kept_texts_are_checked(tmp_path: Path) -> None:
    texts = PageTexts(tmp_path)
    texts.keep("ab" * 32, "not of that hash")
    assert texts.find("ab" * 32) is None
    assert texts.find("cd" * 32) is None


CAPTURES = [
    ["timestamp", "original", "statuscode"],
    ["20240101000000", "http://old.example/rule", "200"],
    ["20260105000000", "http://old.example/rule", "200"],
    ["2026", "malformed"],
    ["20260102000000", "http://old.example/rule", "404"],
]


def test_the_index_is_the_fall_back(watcher: Fetcher, server: Loopback) -> None:
    server.say("/cdx", Reply(CAPTURES))
    found = wayback.archived_copy(watcher, "http://old.example/rule", date(2026, 1, 1))
    assert found == "https://web.archive.org/web/20260105000000/http://old.example/rule"


@pytest.mark.parametrize(
    "reply", [Reply(b"", content_type="application/json"), Reply([]), Reply("", 403, "text/plain")]
)
def test_the_index_may_know_nothing(watcher: Fetcher, server: Loopback, reply: Reply) -> None:
    server.say("/cdx", reply)
    assert wayback.archived_copy(watcher, "http://old.example/rule", TODAY) is None


def test_an_unknown_form_of_the_index_is_a_fault(watcher: Fetcher, server: Loopback) -> None:
    server.say("/cdx", Reply({"rows": []}))
    with pytest.raises(Exception, match="No list of rows"):
        wayback.archived_copy(watcher, "http://old.example/rule", TODAY)
