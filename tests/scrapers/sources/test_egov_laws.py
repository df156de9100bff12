from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kb.observed import Observation
from kb.proposals import Proposal
from scrapers.faults import SourceFault
from scrapers.fetching.fetcher import Fetcher
from scrapers.sources import egov_laws
from scrapers.sources.egov_laws_records import law_id_in
from tests.entries import minimal, source
from tests.scrapers.conftest import MakeFetcher
from tests.scrapers.server import Loopback, Reply
from tests.scrapers.sources.small_kb import knowledge_base, visit

ID = "425AC0000000085"
TITLE = "再生医療等の安全性の確保等に関する法律"
API = "/api/2"
INFO = {"law_id": ID, "law_num": "平成二十五年法律第八十五号", "promulgation_date": "2013-11-27", "law_type": "Act"}


def revision(start: str = "2025-06-01", status: str = "CurrentEnforced", **changes: Any) -> dict[str, Any]:
    return {
        "law_revision_id": f"{ID}_{start.replace('-', '')}_506AC0000000051",
        "law_type": "Act",
        "law_title": TITLE,
        "abbrev": None,
        "updated": "2026-01-05T10:00:00+09:00",
        "amendment_promulgate_date": "2024-06-14",
        "amendment_enforcement_date": start,
        "amendment_enforcement_comment": None,
        "amendment_scheduled_enforcement_date": None,
        "amendment_law_title": "再生医療等の安全性の確保等に関する法律及び臨床研究法の一部を改正する法律",
        "amendment_law_num": "令和六年法律第五十一号",
        "amendment_type": "3",
        "repeal_status": "None",
        "repeal_date": None,
        "mission": "New",
        "current_revision_status": status,
        **changes,
    }


def history(*revisions: dict[str, Any]) -> dict[str, Any]:
    return {"law_info": INFO, "revisions": list(revisions)}


def law(id_: str = "jp-asrm", **changes: Any) -> dict[str, Any]:
    title = {"en": "Act", "ja": f"{TITLE}(再生医療等安全性確保法)"}
    fields = {"document_type": "law", "title": title, "sources": [source(url=f"https://laws.e-gov.go.jp/law/{ID}")]}
    return minimal("guidelines", id_, **(fields | changes))


@pytest.fixture
def egov(make_fetcher: MakeFetcher) -> Fetcher:
    return make_fetcher("egov-laws")


def observe(fetcher: Fetcher, *entries: dict[str, Any], seen: Any = ()) -> tuple[list[Observation], list[Proposal]]:
    found = list(egov_laws.observe(visit(fetcher, knowledge_base({"guidelines": entries}, seen))))
    return (
        [item for item in found if isinstance(item, Observation)],
        [item for item in found if isinstance(item, Proposal)],
    )


def test_the_facts_of_a_law(egov: Fetcher, server: Loopback) -> None:
    server.say(f"{API}/law_revisions/{ID}", history(revision(), revision("2014-11-25", "PreviousEnforced")))
    (found,), proposals = observe(egov, law())
    assert found.facts == {"dates.issued": "2013-11-27", "status": "in-force"}
    assert found.source_version == f"{ID}_20250601_506AC0000000051"
    assert found.url == f"https://laws.e-gov.go.jp/law/{ID}/20250601_506AC0000000051"
    assert proposals == []


def test_a_state_in_force_since_the_entry_was_verified(egov: Fetcher, server: Loopback) -> None:
    server.say(f"{API}/law_revisions/{ID}", history(revision("2026-10-01")))
    _, (proposal,) = observe(egov, law(dates={"revised": ["2024-06-14"]}))
    assert (proposal.kind, proposal.entry) == ("change", "guidelines/jp-asrm")
    assert (proposal.changes[0].field, proposal.changes[0].old) == ("dates.revised", ["2024-06-14"])
    assert proposal.changes[0].new == ["2024-06-14", "2026-10-01"]
    assert "2026-10-01に施行された" in proposal.words.ja
    assert "令和六年法律第五十一号" in proposal.words.ja
    assert observe(egov, law(dates={"revised": ["2026-10-01"]}))[1] == []


def test_a_state_other_than_the_last_run_saw(egov: Fetcher, server: Loopback) -> None:
    server.say(f"{API}/law_revisions/{ID}", history(revision("2025-06-01")), history(revision("2026-05-01")))
    first, none = observe(egov, law())
    assert none == []
    second, (proposal,) = observe(egov, law(), seen=first)
    assert "2026-05-01" in proposal.words.en
    assert second[0].url != first[0].url
    assert observe(egov, law(), seen=second)[1] == []


def test_a_state_that_is_not_yet_in_force(egov: Fetcher, server: Loopback) -> None:
    later = revision(
        "2027-04-01",
        "UnEnforced",
        amendment_enforcement_date=None,
        amendment_scheduled_enforcement_date="2027-04-01",
        amendment_enforcement_comment="公布の日から起算して二年を超えない範囲内において政令で定める日",
    )
    server.say(f"{API}/law_revisions/{ID}", history(revision(), later))
    (found,), (proposal,) = observe(egov, law())
    assert proposal.kind == "notice"
    assert "(暫定施行日: 2027-04-01)" in proposal.words.ja
    assert "by 2027-04-01 (provisional date of e-Gov)" in proposal.words.en
    assert "政令で定める日" in proposal.reasons[0].ja
    assert str(found.source_version).startswith(f"{ID}_20250601")
    event = {"date": "2027-04-01", "kind": "effective", "title": {"en": "In force", "ja": "施行"}}
    assert observe(egov, law(events=[event]))[1] == []


def test_a_fixed_start_is_no_provisional_one(egov: Fetcher, server: Loopback) -> None:
    server.say(f"{API}/law_revisions/{ID}", history(revision(), revision("2027-04-01", "UnEnforced")))
    _, (proposal,) = observe(egov, law())
    assert "(施行日: 2027-04-01)" in proposal.words.ja
    assert "in force from 2027-04-01" in proposal.words.en


@pytest.mark.parametrize("day", ["2117-12-31", "", None])
def test_a_start_that_no_order_has_fixed_yet(egov: Fetcher, server: Loopback, day: Any) -> None:
    later = revision("2117-12-31", "UnEnforced", amendment_enforcement_date=day, repeal_date=day)
    server.say(f"{API}/law_revisions/{ID}", history(later, revision()))
    (found,), (proposal,) = observe(egov, law())
    assert "2117" not in proposal.words.en + proposal.words.ja
    assert found.facts["status"] == "in-force"


def test_days_of_the_meiji_era(egov: Fetcher, server: Loopback) -> None:
    first = revision("1898-07-16", "CurrentEnforced", amendment_promulgate_date="1896-04-27")
    server.say(f"{API}/law_revisions/{ID}", {**history(first), "law_info": {**INFO, "promulgation_date": "1896-04-27"}})
    (found,), _ = observe(egov, law())
    assert found.facts["dates.issued"] == "1896-04-27"


def test_a_new_state_before_its_text_is_entered_counts_as_previous(egov: Fetcher, server: Loopback) -> None:
    states = (revision("2026-04-01", "PreviousEnforced"), revision("2027-04-01", "UnEnforced"))
    server.say(f"{API}/law_revisions/{ID}", history(*states, revision("2014-11-25", "PreviousEnforced")))
    (found,), _ = observe(egov, law())
    assert str(found.source_version).startswith(f"{ID}_20260401")
    assert found.facts["status"] == "in-force"


def test_a_repealed_law(egov: Fetcher, server: Loopback) -> None:
    gone = revision("2026-01-01", "Repeal", repeal_status="Repeal", repeal_date="2026-01-01")
    server.say(f"{API}/law_revisions/{ID}", history(gone, revision("2014-11-25", "PreviousEnforced")))
    (found,), _ = observe(egov, law())
    assert found.facts["status"] == "withdrawn"


def test_a_law_is_looked_up_by_title_once(egov: Fetcher, server: Loopback) -> None:
    def row(title: str, id_: str, **changes: Any) -> dict[str, Any]:
        info = revision(law_title=title, law_revision_id=f"{id_}_20250601_506AC0000000051", **changes)
        return {"law_info": {**INFO, "law_id": id_}, "revision_info": info, "current_revision_info": info}

    rule, old = row(f"{TITLE}施行規則", "426M60000100110"), row(TITLE, "415AC0000000001", repeal_status="Repeal")
    query = f"law_title={TITLE}&limit=100&response_format=json"
    to_come = {
        "law_info": {**INFO, "law_id": "508AC0000000001", "promulgation_date": "1872-11-09"},
        "revision_info": None,
    }
    page = {"total_count": 4, "count": 3, "next_offset": 2, "laws": [rule, old, to_come]}
    server.say(f"{API}/laws?{query}&offset=0", page)
    server.say(f"{API}/laws?{query}&offset=2", {"total_count": 3, "count": 1, "next_offset": None, "laws": [row(TITLE, ID)]})  # fmt: skip
    server.say(f"{API}/law_revisions/{ID}", history(revision()))
    entry = law(sources=[source()])
    first, _ = observe(egov, entry)
    assert len(first) == 1
    assert server.count(f"{API}/laws") == 2
    assert observe(egov, entry, seen=first)[0] == first
    assert server.count(f"{API}/laws") == 2


@pytest.mark.parametrize("reply", [Reply({"total_count": 0, "count": 0, "next_offset": None, "laws": []}), Reply({"code": "404", "message": "なし"}, 404)])  # fmt: skip
def test_a_title_that_nothing_has(egov: Fetcher, server: Loopback, reply: Reply) -> None:
    server.say(f"{API}/laws", reply)
    assert observe(egov, law(sources=[source()])) == ([], [])


def test_offsets_that_lead_back_are_a_fault(egov: Fetcher, server: Loopback) -> None:
    server.say(f"{API}/laws", {"total_count": 900, "count": 1, "next_offset": 100, "laws": []})
    with pytest.raises(SourceFault, match="leads back"):
        observe(egov, law(sources=[source()]))
    assert server.count(f"{API}/laws") == 2


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply({"code": 404001, "message": "指定の法令は存在しません。"}, 404), "指定の法令は存在しません"),
        (Reply({"code": "400", "message": "bad id"}, 400), "bad id"),
        (Reply("<html><body>maintenance</body></html>"), "HTML"),
        (Reply(history()), "revisions"),
        (Reply(history(revision(status="Enforced"))), "current_revision_status"),
        (Reply(history(revision(repeal_status="Paused"))), "repeal_status"),
        (Reply(history(revision(amendment_enforcement_date="0001-01-01"))), "amendment_enforcement_date"),
        (Reply(history(revision(law_revision_id="323AC0000000205_20250601_506AC0000000051"))), "another law"),
        (Reply(history(revision(law_revision_id="<script>"))), "law_revision_id"),
        (Reply({"revisions": [revision()]}), "law_info"),
        (Reply(b'{"law_info": {', content_type="application/json"), "JSON"),
        (Reply("", 503, "text/plain"), "503"),
    ],
)
def test_what_the_interface_is_not_known_to_say(egov: Fetcher, server: Loopback, reply: Reply, words: str) -> None:
    server.say(f"{API}/law_revisions/{ID}", reply)
    with pytest.raises(SourceFault) as fault:
        observe(egov, law())
    assert words in f"{fault.value.found.en} {fault.value.expected.en}"


def test_only_japanese_laws_in_force_are_watched(egov: Fetcher, server: Loopback) -> None:
    amending = {"en": "Amending act", "ja": f"{TITLE}の一部を改正する法律"}
    gone = {"on": "2026-01-01", "reason": {"en": "Double.", "ja": "重複。"}}
    observe(egov, law("a", document_type="guideline"), law("b", jurisdiction="US"), law("c", title=amending), law("d", withdrawn=gone))  # fmt: skip
    assert server.seen == []


UPDATES = "<DataRoot><Result><Code>{code}</Code><Message>{message}</Message></Result>{data}</DataRoot>"


def updated(name: str, id_: str = "426M60000100110", amendment: str = "一部を改正する省令", enforcement: str = "20270101") -> str:  # fmt: skip
    return (
        f"<LawNameListInfo><LawTypeName>府省令</LawTypeName><LawName>{name}</LawName><LawId>{id_}</LawId>"
        f"<AmendName>{amendment}</AmendName><EnforcementDate>{enforcement}</EnforcementDate></LawNameListInfo>"
    )


def discover(fetcher: Fetcher, since: date = date(2026, 11, 22)) -> list[Proposal]:
    return list(egov_laws.discover(visit(fetcher, knowledge_base({"guidelines": [law()]}), since=since)))


def test_rules_under_a_watched_law(egov: Fetcher, server: Loopback) -> None:
    items = updated(f"{TITLE}施行規則") + updated(TITLE, ID) + updated("道路交通法施行令", "335CO0000000270")
    data = f"<ApplData><Date>20261122</Date>{items}</ApplData>"
    server.say("/api/1/updatelawlists/20261122", UPDATES.format(code=0, message="", data=data))
    (proposal,) = discover(egov)
    assert (proposal.kind, proposal.entry) == ("notice", "guidelines/jp-asrm")
    assert f"「{TITLE}施行規則」" in proposal.words.ja
    assert "in force from 2027-01-01" in proposal.words.en


@pytest.mark.parametrize("day", ["21171231", ""])
def test_a_rule_whose_start_is_not_fixed(egov: Fetcher, server: Loopback, day: str) -> None:
    data = f"<ApplData>{updated(f'{TITLE}施行令', enforcement=day)}</ApplData>"
    server.say("/api/1/updatelawlists/20261122", UPDATES.format(code=0, message="", data=data))
    (proposal,) = discover(egov)
    assert "in force from" not in proposal.words.en


def test_a_law_that_only_begins_alike_is_another_law() -> None:
    assert egov_laws._is_under("医療法施行規則", "医療法")
    assert not egov_laws._is_under("医療法人の会計", "医療法")
    assert not egov_laws._is_under("医療法", "医療法")


@pytest.mark.parametrize("status", [200, 404])
def test_a_day_without_changes(egov: Fetcher, server: Loopback, status: int) -> None:
    body = UPDATES.format(code=1, message="対象データは0件です。", data="")
    server.say("/api/1/updatelawlists/20261122", Reply(body, status))
    assert discover(egov) == []


@pytest.mark.parametrize(
    "body",
    [
        UPDATES.format(code=2, message="システムエラー", data=""),
        "<DataRoot/>",
        "<Other><Result><Code>0</Code></Result></Other>",
        UPDATES.format(code=0, message="", data=f"<ApplData>{updated('')}</ApplData>"),
        UPDATES.format(code=0, message="", data=f"<ApplData>{updated(TITLE, enforcement='00010101')}</ApplData>"),
        "<html><body>x</body></html>",
    ],
)
def test_other_answers_of_version_1_are_faults(egov: Fetcher, server: Loopback, body: str) -> None:
    server.say("/api/1/updatelawlists/20261122", Reply(body))
    with pytest.raises(SourceFault):
        discover(egov)


def test_the_days_asked_for(egov: Fetcher, server: Loopback) -> None:
    body = UPDATES.format(code=1, message="", data="")
    for day in range(1, 32):
        server.say(f"/api/1/updatelawlists/202611{day:02}", body)
    none: Any = None
    discover(egov, since=none)
    asked = [seen.path[-8:] for seen in server.seen if "updatelawlists" in seen.path]
    assert (asked[0], asked[-1], len(asked)) == ("20261116", "20261122", 7)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        (f"https://laws.e-gov.go.jp/law/{ID}", ID),
        (f"https://elaws.e-gov.go.jp/document?lawid={ID}_20250601_506AC0000000051", ID),
        (ID, ID),
        ("https://example.org/425AC0000000085", None),
        ("平成25年法律第85号", None),
    ],
)
def test_law_ids_in_entries(text: str, id_: str | None) -> None:
    assert law_id_in(None, text) == id_
