from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BeforeValidator

from scrapers import dates
from scrapers.faults import SourceFault
from scrapers.fetching.answer import Answer
from scrapers.reading import Record, json_of, model_of, value_of, within, xml_of
from scrapers.register import Bounds


def answer(body: bytes, content_type: str = "application/json") -> Answer:
    url = "https://example.org/x"
    return Answer("isrctn", url, url, 200, content_type, body, False, True, datetime.now(UTC), {})


class Dates(Record):
    start: Annotated[str, BeforeValidator(dates.iso)] | None = None


class Study(Record):
    id: str
    status: Literal["RECRUITING", "COMPLETED"]
    count: int | None = None
    dates: Dates | None = None


class Page(Record):
    studies: list[Study]


def test_json() -> None:
    assert json_of(answer(b'\xef\xbb\xbf{"a": ["\\u30a8", 1.5, null]}')) == {"a": ["エ", 1.5, None]}


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b'{"a": NaN}', b"[" * 100_000, b'{"a": "\xff"}', b"1" * 5000, b"{'a': 1}", b"[1] [2]", b"Infinity"],
)
def test_what_is_not_json(body: bytes) -> None:
    with pytest.raises(SourceFault, match="Not readable as JSON") as caught:
        json_of(answer(body))
    assert caught.value.where == "isrctn: https://example.org/x"


@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_a_fault(body: bytes) -> None:
    for read in (json_of, xml_of):
        try:
            read(answer(body))
        except SourceFault:
            continue


@pytest.mark.parametrize(
    ("body", "label", "text"),
    [
        ("\n<?xml version='1.0' encoding='UTF-8'?><a>エ</a>".encode(), "application/xml", "エ"),
        ("<?xml version='1.0' encoding='Shift_JIS'?><a>細胞外小胞</a>".encode("shift_jis"), "text/xml", "細胞外小胞"),
        ('<?xml version="1.0" encoding="euc-kr"?><a>엑소좀</a>'.encode("euc-kr"), "", "엑소좀"),
        ("<?xml version='1.0' encoding='iso-8859-1'?><a>é</a>".encode("latin-1"), "text/xml", "é"),
        ("<a>é</a>".encode("utf-16"), "text/xml", "é"),
        ("<a>é</a>".encode("utf-16"), "text/xml; charset=utf-16", "é"),
        ("<a>엑소좀</a>".encode("euc-kr"), "text/xml; charset=EUC-KR", "엑소좀"),
        ("<?xml version='1.0'?><a>エ</a>".encode("shift_jis"), "text/xml; charset=Shift_JIS", "エ"),
        (
            "<?xml version='1.0' encoding='euc-kr'?><a>엑소좀</a>".encode("euc-kr"),
            "text/xml; charset=iso-8859-1",
            "엑소좀",
        ),
        (
            "<?xml version='1.0' encoding='ISO-2022-JP'?><a>細胞</a>".encode("iso2022_jp"),
            "text/xml; charset=iso-8859-1",
            "細胞",
        ),
        ("<?xml version='1.0' encoding='utf-8'?><a>エ</a>".encode(), "text/xml; charset=euc-jp", "エ"),
        (b'<!DOCTYPE a PUBLIC "-//NLM//DTD" "https://dtd.example.org/pubmed.dtd"><a>x</a>', "text/xml", "x"),
    ],
)
def test_xml(body: bytes, label: str, text: str) -> None:
    assert xml_of(answer(body, label)).text == text


@pytest.mark.parametrize(
    "body",
    [
        b"<a><b></a>",
        b"",
        b"plain",
        b"<a>&nbsp;</a>",
        b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b"<?xml version='1.0' encoding='no-such'?><a/>",
        b"<?xml version='1.0' encoding='utf-8'?><a>\xff</a>",
    ],
)  # fmt: skip
def test_what_is_not_xml(body: bytes) -> None:
    try:
        assert xml_of(answer(body)).tag == "a"
    except SourceFault as fault:
        assert "Not readable as XML" in fault.found.en


def test_entities_are_never_expanded() -> None:
    layers = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE a [<!ENTITY e0 "ha">{layers}]><a>&e9;</a>'
    with pytest.raises(SourceFault, match="XML"):
        xml_of(answer(bomb.encode()))


def _page(**changes: Any) -> dict[str, Any]:
    return {
        "studies": [
            {"id": "NCT1", "status": "COMPLETED", "new-key": 1},
            {"id": "NCT2", "status": "RECRUITING", **changes},
        ]
    }


def test_a_record() -> None:
    page = model_of(answer(b""), _page(dates={"start": "2026-01"}), Page)
    assert page.studies[1].dates == Dates(start="2026-01")


@pytest.mark.parametrize(
    ("changes", "found", "expected"),
    [
        ({"status": "COMPLETE"}, "«studies[1].status» is «COMPLETE». Did you mean «COMPLETED»?", "'RECRUITING' or 'COMPLETED'"),
        ({"id": None}, "«studies[1].id» is «None»", "valid string"),
        ({"id": 5}, "«studies[1].id» is «5»", "valid string"),
        ({"count": "7"}, "«studies[1].count» is «7»", "valid integer"),
        ({"count": True}, "«studies[1].count» is «True»", "valid integer"),
        ({"dates": {"start": "0001-01-01"}}, "«studies[1].dates.start» is «0001-01-01»", "a year from 1900 to 2100"),
        ({"dates": []}, "«studies[1].dates» is «[]»", "dictionary"),
    ],
)  # fmt: skip
def test_a_value_that_is_not_known(changes: dict[str, Any], found: str, expected: str) -> None:
    with pytest.raises(SourceFault) as caught:
        model_of(answer(b""), _page(**changes), Page)
    assert found in caught.value.found.en
    assert expected in caught.value.expected.en
    assert "1" in caught.value.found.ja


def test_a_required_field_that_is_missing() -> None:
    with pytest.raises(SourceFault, match=r"«studies\[0\].status» is missing \(\+1\)"):
        model_of(answer(b""), {"studies": [{"id": "a"}, {"id": "b"}]}, Page)
    with pytest.raises(SourceFault, match=r"«page\[2\].studies» is missing"):
        model_of(answer(b""), {}, Page, at="page[2]")
    with pytest.raises(SourceFault, match="«the document»"):
        model_of(answer(b""), [], Page)


def test_a_single_value() -> None:
    assert value_of(answer(b""), dates.compact, "20120815", "report_date") == "2012-08-15"
    with pytest.raises(SourceFault, match="«report_date» is «2012-08-15»") as caught:
        value_of(answer(b""), dates.compact, "2012-08-15", "report_date")
    assert "YYYYMMDD" in caught.value.expected.en


def test_counts() -> None:
    bounds, place = Bounds(min=10, max=100, shrink=0.2), answer(b"")
    assert within(place, 10, bounds, "studies") == 10
    assert within(place, 80, bounds, "studies", previous=100) == 80
    assert within(place, 5, None, "studies") == 5
    for count, previous in ((9, None), (101, None), (79, 100), (0, None)):
        with pytest.raises(SourceFault, match=f"{count} studies"):
            within(place, count, bounds, "studies", previous)


@pytest.mark.parametrize(
    ("body", "label", "text"),
    [
        ("é".encode("latin-1"), "text/html; charset=ISO-8859-1", "é"),
        ("<meta charset='shift_jis'>細胞".encode("shift_jis"), "text/html", "<meta charset='shift_jis'>細胞"),
        ("\ufeffx".encode(), "text/plain", "x"),
        ("é".encode(), "text/plain", "é"),
        (
            "<meta charset=euc-kr>엑소좀".encode("euc-kr"),
            "text/html; charset=ISO-8859-1",
            "<meta charset=euc-kr>엑소좀",
        ),
        ("<meta charset=Shift_JIS>髙①".encode("cp932"), "text/html", "<meta charset=Shift_JIS>髙①"),
        ("再生医療の安全性について".encode("euc-jp"), "text/html; charset=x-euc-jp", "再生医療の安全性について"),
        (b"\x00\x01\x02\xff", "text/plain; charset=utf-8", "\x00\x01\x02\ufffd"),
        (b"a", "text/plain; charset=no-such", "a"),
    ],
)
def test_text(body: bytes, label: str, text: str) -> None:
    assert answer(body, label).text == text
