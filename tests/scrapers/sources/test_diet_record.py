from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kb
from kb.accepting import accept
from kb.proposals import Proposal
from kb.searches import Search
from kb.validation import validate
from scrapers.faults import SourceFault
from scrapers.register import register
from scrapers.sources import diet_record
from tests.entries import minimal, source
from tests.samples import write_kb
from tests.scrapers.conftest import MakeFetcher
from tests.scrapers.server import Loopback, Reply, Seen
from tests.scrapers.sources.small_kb import TODAY, knowledge_base, visit

SECRET = "この発言の本文は転載しない。"


def speech(number: int = 8, meeting: str = "121700001X00120260410", **changes: Any) -> dict[str, Any]:
    return {
        "speechID": f"{meeting}_{number:03}",
        "issueID": meeting,
        "imageKind": "会議録",
        "searchObject": number,
        "session": 217,
        "nameOfHouse": "参議院",
        "nameOfMeeting": "厚生労働委員会",
        "issue": "第5号",
        "date": "2026-04-10",
        "closing": None,
        "speechOrder": number,
        "speaker": "山田太郎",
        "speakerGroup": None,
        "speech": f"○山田太郎君　エクソソームの自由診療について伺います。{SECRET}",
        "startPage": 2,
        "speechURL": f"https://kokkai.ndl.go.jp/txt/{meeting}/{number}",
        "meetingURL": f"https://kokkai.ndl.go.jp/txt/{meeting}",
        "pdfURL": None,
        **changes,
    }


def page(*speeches: dict[str, Any], start: int = 1, total: int | None = None, following: int | None = None) -> Any:
    return {
        "numberOfRecords": len(speeches) if total is None else total,
        "numberOfReturn": len(speeches),
        "startRecord": start,
        "nextRecordPosition": following,
        "speechRecord": list(speeches),
    }


NONE = {"numberOfRecords": 0, "numberOfReturn": 0, "startRecord": 1}


@pytest.fixture
def read(make_fetcher: MakeFetcher, server: Loopback) -> Any:
    """Answers by word; the words not given have no hit."""

    def reading(cited: str = "https://example.org", **answers: Any) -> tuple[list[Proposal], list[Search]]:
        keys = {word: key.replace("-", "_") for key, word in diet_record.WORDS.items()}

        def answer(seen: Seen) -> Reply:
            given = answers.get(keys[seen.query["any"]], NONE)
            given = given[seen.query["startRecord"]] if isinstance(given, dict) and "1" in given else given
            return given if isinstance(given, Reply) else Reply(given)

        server.on("/api/speech", answer)
        there = knowledge_base({"jurisdictions": [minimal("jurisdictions", "jp", sources=[source(url=cited)])]})
        one = visit(make_fetcher("diet-record"), there)
        return list(diet_record.discover(one)), one.searches

    return reading


def test_one_event_for_a_meeting(read: Any, server: Loopback) -> None:
    (proposal,), searches = read(
        exosome=page(speech(9), speech(8)), extracellular_vesicle=page(speech(8, speech="細胞外小胞とエクソソーム"))
    )
    assert (proposal.kind, proposal.entry) == ("change", "jurisdictions/jp")
    assert proposal.url == "https://kokkai.ndl.go.jp/txt/121700001X00120260410/8"
    assert "2026-04-10の参議院厚生労働委員会(第5号)" in proposal.words.ja
    assert "発言が2件" in proposal.words.ja
    assert "House of Councillors" in proposal.words.en
    assert [(item.key, item.hits) for item in searches] == [
        ("exosome", 2),
        ("extracellular-vesicle", 1),
        ("culture-supernatant", 0),
    ]
    first = next(seen for seen in server.seen if seen.path == "/api/speech")
    assert first.query == {
        "any": "エクソソーム",
        "from": "2025-11-01",
        "recordPacking": "json",
        "maximumRecords": "100",
        "startRecord": "1",
    }


def test_meetings_become_events_of_the_profile_one_after_another(read: Any, tmp_path: Path) -> None:
    root = write_kb(tmp_path, jurisdictions=[minimal("jurisdictions", "jp")])
    other = speech(3, "121700001X00220260501", date="2026-05-01", nameOfHouse="衆議院")
    first, second = read(exosome=page(speech(), other))[0]
    for proposal in (first, second):  # both start from the same list
        accept(root, proposal, TODAY)
    assert not validate(root, today=TODAY).count("error")
    profile = kb.load(root).jurisdictions["jp"]
    assert [(event.date, event.kind, event.title.en) for event in profile.events] == [
        ("2026-04-10", "meeting", "House of Councillors: 1 speech mentions exosomes"),
        ("2026-05-01", "meeting", "House of Representatives: 1 speech mentions exosomes"),
    ]
    assert [source.url for source in profile.sources[1:]] == [first.url, second.url]


def test_neither_text_nor_speaker_is_kept(read: Any) -> None:
    found, searches = read(exosome=page(speech()))
    kept = "".join(item.model_dump_json() for item in (*found, *searches))
    assert SECRET not in kept
    assert "山田" not in kept


def test_no_hit_has_no_list(read: Any) -> None:
    assert read()[0] == []


def test_pages(read: Any, server: Loopback) -> None:
    first, last = page(speech(1), total=2, following=2), page(speech(2), start=2, total=2)
    (proposal,), (search, *_) = read(exosome={"1": first, "2": last})
    assert "2 speeches mention" in proposal.words.en
    assert search.hits == 2
    assert server.count("/api/speech") == 4


def test_positions_that_do_not_grow_are_a_fault(read: Any, server: Loopback) -> None:
    with pytest.raises(SourceFault, match="after 2 comes 2"):
        read(exosome={"1": page(speech(1), total=9, following=2), "2": page(speech(2), start=2, total=9, following=2)})
    assert server.count("/api/speech") == 2


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply({"message": "アクセスが混み合っております。", "details": []}), "混み合っております"),
        (Reply({"message": "(19007)検索条件を指定してください。"}, 400), "検索条件を指定"),
        (
            Reply({"message": "(19011)誤りがあります。", "details": ["(19026)from:日付"]}, 400),
            "誤りがあります。 (19026)from",
        ),
        (Reply(page(speech(imageKind="議案"))), "imageKind"),
        (Reply("<html>x</html>"), "HTML"),
        (Reply({**page(speech()), "numberOfReturn": 2}), "1 speeches, said to be 2"),
        (Reply(page(speech(date="令和8年4月10日"))), "date"),
        (Reply(page(speech(date="0001-01-01"))), "date"),
        (Reply(page(speech(speechURL="javascript:alert(1)"))), "speechURL"),
        (Reply(page({key: value for key, value in speech().items() if key != "issueID"})), "issueID"),
        (Reply({"numberOfRecords": "none"}), "numberOfRecords"),
        (Reply(page(speech(), total=20_001)), "20,001 hits"),
    ],
)
def test_other_answers_are_faults(read: Any, reply: Reply, words: str) -> None:
    with pytest.raises(SourceFault) as fault:
        read(exosome=reply)
    assert words in fault.value.found.en


def test_noise_and_what_is_cited_already(read: Any) -> None:
    noise = speech(1, speech="電気自動車の普及について。")
    cited = speech(2)
    further = speech(3)  # in the same meeting, of which an accepted event cites the first speech
    found, (search, *_) = read(cited["speechURL"], exosome=page(noise, cited, further))
    assert found == []
    assert search.known == (cited["speechID"], further["speechID"])
    assert [item.id for item in search.excluded] == [noise["speechID"]]


def test_contents_and_appendices_are_no_speeches(read: Any) -> None:
    found, (search, *_) = read(
        exosome=page(speech(0, imageKind="目次", speaker=None), speech(1, imageKind="附録", issue="第0号", date=None))
    )
    assert found == []
    assert [item.reason.ja for item in search.excluded] == ["会議録ではない(目次)。", "会議録ではない(附録)。"]


@pytest.mark.parametrize("address", ["#/detail?minId={}&spkNum=8&current=1", "txt/{}", "txt/{}/8"])
def test_a_meeting_may_be_cited_as_browsers_show_it(read: Any, address: str) -> None:
    one = speech(8, speechURL="https://kokkai.ndl.go.jp/#/detail?minId=121700001X00120260410&spkNum=8&single")
    found, (search, *_) = read(f"https://kokkai.ndl.go.jp/{address.format(one['issueID'])}", exosome=page(one))
    assert (found, search.known) == ([], (one["speechID"],))


def test_supernatant_alone_is_less_sure(read: Any) -> None:
    (proposal,), _ = read(culture_supernatant=page(speech(speech="培養上清の点滴について")))
    assert proposal.confidence == "medium"
    assert "「培養上清」" in proposal.words.ja


def test_the_library_asks_for_three_seconds_and_one_at_a_time() -> None:
    source_ = register()["diet-record"]
    assert source_.pace >= 3
    assert source_.concurrency == 1
