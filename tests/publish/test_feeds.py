"""Feeds and calendars: valid, the same on every build, hostile text shown as text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from lxml import etree

import kb
from kb import KnowledgeBase
from kb.problems import Language
from publish.computed.feeds import files, pages
from publish.feeds.items import LIMIT, urn
from publish.site import Site
from tests.entries import minimal
from tests.repository import Repository
from tests.samples import guideline, term, write_kb

_ATOM = "{http://www.w3.org/2005/Atom}"
_SITE = "https://atlas.example/evreg/"


def _site(base: KnowledgeBase, language: Language = "en", url: str | None = None, checkout: Path | None = None) -> Site:
    return Site(base, language, None, url, checkout)


def _dated(folder: Path, **dates: Any) -> KnowledgeBase:
    return kb.load(write_kb(folder, guidelines=[guideline("g", dates=dates)]))


def _entries(found: Mapping[str, str | bytes], path: str) -> list[Any]:
    content = found[path]
    assert isinstance(content, bytes)
    return etree.fromstring(content).findall(f"{_ATOM}entry")


def _text(element: Any, name: str) -> str:
    return str(element.findtext(f"{_ATOM}{name}"))


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("url", [None, _SITE])
def test_every_atom_feed_has_what_the_standard_asks(
    full_kb: KnowledgeBase, language: Language, url: str | None
) -> None:
    """RFC 4287, 4.1: id, title and updated for feeds and entries, and an author."""
    found = files(_site(full_kb, language, url))
    feeds = {path: content for path, content in found.items() if path.endswith(".xml")}
    assert feeds
    ids: list[str] = []
    for path, content in feeds.items():
        assert isinstance(content, bytes)
        root = etree.fromstring(content)
        assert root.tag == f"{_ATOM}feed"
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
        assert root.find(f"{_ATOM}author/{_ATOM}name") is not None
        ids.append(_text(root, "id"))
        for part in (root, *root.findall(f"{_ATOM}entry")):
            assert _text(part, "id").startswith("urn:uuid:")
            assert _text(part, "title").strip()
            assert datetime.fromisoformat(_text(part, "updated")).tzinfo is not None
        own = [link.get("href") for link in root.findall(f"{_ATOM}link") if link.get("rel") == "self"]
        assert own == ([f"{_SITE}{path}"] if url else [])
    assert len(set(ids)) == len(ids)


def test_every_json_feed_has_what_the_standard_asks(full_kb: KnowledgeBase) -> None:
    for path, content in files(_site(full_kb, "ja", _SITE)).items():
        if path.endswith(".json"):
            feed = json.loads(content)
            assert feed["version"] == "https://jsonfeed.org/version/1.1"
            assert feed["feed_url"] == f"{_SITE}{path}"
            assert feed["language"] == "ja"
            assert all(item["id"] and item["content_text"] for item in feed["items"])
            assert len({item["id"] for item in feed["items"]}) == len(feed["items"])


def test_markup_in_titles_is_text(tmp_path: Path) -> None:
    words = "<script>x</script> & ]]> \u202etxt"
    base = kb.load(write_kb(tmp_path, guidelines=[guideline("g", title={"en": words, "ja": words})]))
    found = files(_site(base))
    title = _entries(found, "feeds/timeline.xml")[0].find(f"{_ATOM}title")
    assert title.get("type") in (None, "text")
    assert (len(title), title.text) == (0, "2024-05-01: Issued: <script>x</script> & ]]> ⟨U+202E⟩txt")
    item = json.loads(found["feeds/timeline.json"])["items"][0]
    assert item["title"] == title.text
    assert "content_html" not in item


def test_the_same_entries_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (files(_site(_dated(tmp_path / name, issued="2024-05-01"))) for name in ("1", "2"))
    assert first == second


def test_a_partial_or_future_date_is_never_a_time_of_publication(tmp_path: Path) -> None:
    base = _dated(tmp_path, issued="2024-05-01", adopted="2024", applies_from="2031-01-01")
    items = {item["title"][:10]: item for item in json.loads(files(_site(base))["feeds/timeline.json"])["items"]}
    assert items["2024-05-01"]["date_published"] == "2024-05-01T00:00:00+00:00"
    assert "date_published" not in items["2031-01-01"]
    assert "date_published" not in items["2024: Adop"]
    assert {item["date_modified"] for item in items.values()} == {"2026-06-01T00:00:00+00:00"}


def test_feeds_by_collection_and_jurisdiction_where_there_is_something(tmp_path: Path) -> None:
    documents = [
        guideline("jp-one", dates={"issued": "2024-05-01"}),
        guideline("us-one", jurisdiction="US-FL", dates={"issued": "2024-05-02"}),
    ]
    found = files(_site(kb.load(write_kb(tmp_path, guidelines=documents, trials=[minimal("trials", "t")]))))
    atoms = {path.removeprefix("feeds/timeline").removesuffix(".xml") for path in found if path.endswith(".xml")}
    assert atoms == {"", "-guidelines", "-jp", "-us-fl"}
    assert [_text(entry, "title") for entry in _entries(found, "feeds/timeline-jp.xml")] == [
        "2024-05-01: Issued: guideline jp-one"
    ]


def test_a_feed_holds_the_latest_items_only(tmp_path: Path) -> None:
    dates = {"revised": [f"20{year:02d}-{month:02d}-01" for year in range(10, 20) for month in range(1, 13)]}
    entries = _entries(files(_site(_dated(tmp_path, **dates))), "feeds/timeline.xml")
    assert len(entries) == LIMIT
    assert _text(entries[0], "title").startswith("2019-12-01")


def test_identifiers_differ_by_language_and_stay() -> None:
    assert urn("item", "guidelines/g#issued", "en") == "urn:uuid:904ed411-e079-5b37-a89b-59d100cd4d98"
    assert urn("item", "guidelines/g#issued", "en") != urn("item", "guidelines/g#issued", "ja")


def test_without_history_there_are_no_feeds_of_changes(tmp_path: Path) -> None:
    assert not any("changes" in path for path in files(_site(kb.load(write_kb(tmp_path)), "en", None, tmp_path)))


def test_changes_with_history(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit("2026-01-02", guidelines=[guideline("g")])
    repository.commit("2026-01-03", guidelines=[guideline("g", confidence="high")], glossary=[term("a")])
    base = kb.load(repository.root)
    found = files(_site(base, "en", _SITE, tmp_path))
    items = json.loads(found["feeds/changes-jp.json"])["items"]
    assert [(item["title"], item["content_text"]) for item in items] == [
        ("Changed: guideline g", "Confidence: Medium → High"),
        ("Added: guideline g", "Added: guideline g"),
    ]
    assert items[0]["url"] == f"{_SITE}guidelines/g/"
    assert items[0]["date_published"] == "2026-01-03T00:00:00+00:00"
    assert {"feeds/changes.xml", "feeds/changes-glossary.xml"} <= found.keys()


def _calendar(found: Mapping[str, str | bytes], path: str) -> Any:
    content = found[path]
    assert isinstance(content, bytes)
    return Calendar.from_ical(content)


def test_calendars_hold_exact_days_of_three_kinds(tmp_path: Path) -> None:
    base = _dated(
        tmp_path,
        proposed="2020-01-01",
        comment_until="2020-02-01",
        issued="2021-01-01",
        effective="2022-03-04",
        applies_from="2023",
    )
    found = files(_site(base, "ja", _SITE))
    events = _calendar(found, "ja/calendar/evreg.ics").walk("VEVENT")
    assert [(str(event["UID"]), event["DTSTART"].to_ical(), str(event["SUMMARY"])) for event in events] == [
        ("guidelines/g#comment-until@evreg", b"20200201", "意見募集の締切:指針g"),
        ("guidelines/g#effective@evreg", b"20220304", "施行:指針g"),
    ]
    assert events[0]["DTSTART"].params["VALUE"] == "DATE"
    assert events[0]["DTSTAMP"].to_ical() == b"20260601T000000Z"
    assert str(events[0]["URL"]) == f"{_SITE}ja/guidelines/g/"
    assert {path for path in found if path.endswith(".ics")} == {"ja/calendar/evreg.ics", "ja/calendar/jp.ics"}


def test_calendars_are_written_as_the_standard_asks(full_kb: KnowledgeBase) -> None:
    """RFC 5545, 3.1: lines end in CRLF and are folded at 75 octets; text cannot begin a property."""
    for path, content in files(_site(full_kb)).items():
        if path.endswith(".ics"):
            assert isinstance(content, bytes)
            lines = content.split(b"\r\n")
            assert all(b"\n" not in line and b"\r" not in line and len(line) <= 75 for line in lines)
            names = {line.partition(b":")[0].partition(b";")[0] for line in lines if line[:1] not in (b" ", b"")}
            assert all(name.replace(b"-", b"").isalpha() for name in names)


def test_the_page_lists_every_file_in_both_languages(full_kb: KnowledgeBase) -> None:
    english, japanese = (_site(full_kb, language) for language in ("en", "ja"))
    body = next(iter(pages(english))).body
    for path in (*files(english), *files(japanese)):
        assert f'href="../{path}"' in body


def test_the_page_says_how_many_dates_are_left_out(tmp_path: Path) -> None:
    body = next(iter(pages(_site(_dated(tmp_path, effective="2022", applies_from="2023-01-02"))))).body
    assert "Calendars hold 1 dates. 1 further dates" in body
