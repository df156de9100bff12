from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.models.base import PARTIAL_DATE
from scrapers import dates

READERS = (
    dates.iso, dates.iso_moment, dates.day_month_year, dates.month_day_year, dates.compact, dates.year_month_day,
    dates.date_parts, dates.english, dates.mail, dates.medline, dates.japanese,
)  # fmt: skip
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
_MONTH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@given(DAYS)
def test_every_day_in_every_way_of_writing(day: date) -> None:
    iso, month = day.isoformat(), _MONTH[day.month - 1]
    assert dates.iso(iso) == iso
    assert dates.iso(iso[:7]) == iso[:7]
    assert dates.iso(iso[:4]) == iso[:4]
    assert dates.iso_moment(f"{iso}T23:59:59.123456789+09:00") == iso
    assert dates.day_month_year(f"{day:%d/%m/}{iso[:4]}") == iso
    assert dates.month_day_year(f"{day:%m/%d/}{iso[:4]}") == iso
    assert dates.compact(iso.replace("-", "")) == iso
    assert dates.year_month_day(iso.replace("-", "/")) == iso
    assert dates.date_parts([[day.year, day.month, day.day]]) == iso
    assert dates.english(f"{month} {day.day}, {day.year}") == iso
    assert dates.english(f"{month[:3]}. {day.day:02}, {day.year}") == iso
    assert dates.english(f"{day.day} {month} {day.year}") == iso
    assert dates.mail(f"Mon, {day.day:02} {month[:3]} {day.year} 23:59:59 -1100") == iso
    assert dates.medline(f"{day.year} {month[:3]} {day.day}") == iso
    assert dates.pubmed(str(day.year), month[:3], str(day.day)) == iso
    assert dates.pubmed(str(day.year), f"{day.month:02}") == iso[:7]
    assert dates.japanese(f"{day.year}年{day.month}月{day.day}日") == iso
    assert dates.japanese(_in_era(day)) == iso


def _in_era(day: date) -> str:
    name, first = next((name, first) for name, first in reversed(dates.ERAS.items()) if day.year >= first)
    return f"{name}{day.year - first + 1}年{day.month}月{day.day}日".replace("元年", "1年")


@given(
    st.one_of(st.text(max_size=30), st.integers(), st.none(), st.lists(st.lists(st.integers(), max_size=4), max_size=2))
)
def test_anything_else_is_refused_and_nothing_is_invented(value: Any) -> None:
    for read in READERS:
        try:
            found = read(value)
        except ValueError as error:
            assert str(error)
            continue
        assert found is None or PARTIAL_DATE.match(found)


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        (dates.date_parts, [[2015]], "2015"),
        (dates.date_parts, [[None]], None),
        (dates.day_month_year, "21-10-2013", "2013-10-21"),
        (dates.iso_moment, "2025-11-03", "2025-11-03"),
        (dates.iso_moment, "2026-03-25T09:00:05", "2026-03-25"),
        (dates.iso_moment, "2023-05-01T10:22", "2023-05-01"),
        (dates.english, "Aug. 06, 2019", "2019-08-06"),
        (dates.english, "April. 27, 2024", "2024-04-27"),
        (dates.english, "Sept. 5, 2020", "2020-09-05"),
        (dates.english, "August 2019", "2019-08"),
        (dates.mail, "23 Nov 2026 10:00 GMT", "2026-11-23"),
        (dates.year_month_day, "2026/09/25 00:00", "2026-09-25"),
        (dates.medline, "2010 Jan-Feb", "2010"),
        (dates.medline, "2009 Jul 15-31", "2009-07"),
        (dates.medline, "2003 Jan 29-Feb 4", "2003"),
        (dates.medline, "1998 Dec-1999 Jan", "1998"),
        (dates.medline, "2000-2001", "2000"),
        (dates.medline, "2010 Winter", "2010"),
        (dates.medline, "Fall 2017", "2017"),
        (dates.medline, "2000 Spring-Summer", "2000"),
        (dates.medline, "1994 1st Quarter", "1994"),
        (dates.japanese, "平成31年3月18日", "2019-03-18"),
        (dates.japanese, "令和元年5月1日", "2019-05-01"),
        (dates.japanese, "令和６年４月", "2024-04"),
        (dates.japanese, "平成二十五年十一月二十七日", "2013-11-27"),
        (dates.japanese, "昭和三十五年", "1960"),
        (dates.japanese, "R6.4.1", "2024-04-01"),
        (dates.japanese, "令和8年11月23日(月)", "2026-11-23"),
    ],
)
def test_forms_of_the_sources(read: Callable[[Any], str | None], value: Any, expected: str | None) -> None:
    assert read(value) == expected


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (dates.iso, "2015-3"), (dates.iso, "2015-02-30"), (dates.iso, "2015-00"), (dates.iso, "0001-01-01"), (dates.iso, "9999-12-31"),
        (dates.iso, "２０１５"), (dates.iso, 2015), (dates.day_month_year, "08/15/2012"), (dates.month_day_year, "15/08/2012"),
        (dates.day_month_year, "17/05-2016"), (dates.compact, "2012081"), (dates.compact, "20121315"), (dates.compact, "00000000"),
        (dates.date_parts, [[2015, 13]]), (dates.date_parts, [["2015"]]), (dates.date_parts, [[True]]), (dates.date_parts, [[]]),
        (dates.date_parts, [[2015, 0]]), (dates.english, "Augusto 6, 2019"), (dates.english, "2019"), (dates.medline, "in press"),
        (dates.medline, "2010 Foo"), (dates.japanese, "平成0年1月1日"), (dates.japanese, "皇紀2600年"), (dates.japanese, "24年1月1日"),
        (dates.japanese, "平成31年13月1日"), (dates.japanese, "平成31年18日"), (dates.year_month_day, "25/08/2026"),
        (dates.iso_moment, "2025-11-03 noon"),
    ],
)  # fmt: skip
def test_forms_of_no_source(read: Callable[[Any], str | None], value: Any) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read(value)
