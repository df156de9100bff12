"""One strict reader for each way in which a source writes dates; all give ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

Readers never guess the order of day and month, never shift a day by a time zone, and never add exactness. What they do not
know raises ValueError with the expected form, which pydantic and ``reading.value_of`` turn into a fault.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

#: Years outside are placeholders or slips (0001-01-01, 9999-12-31), not dates of this field.
FIRST_YEAR, LAST_YEAR = 1900, 2100

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
#: First year of each era (Cabinet Order of 2019 for 令和; 元年 is year 1).
ERAS = {"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}
_ERA_LETTERS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
_SEASONS = "spring|summer|autumn|fall|winter"


def _iso(year: int, month: int | None = None, day: int | None = None) -> str:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"a year from {FIRST_YEAR} to {LAST_YEAR}")
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise ValueError("a day of the calendar") from None
    if month == 0 or day == 0:
        raise ValueError("a day of the calendar")
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def _match(pattern: str, value: Any, form: str) -> re.Match[str]:
    found = re.fullmatch(pattern, value.strip(), re.ASCII | re.IGNORECASE) if isinstance(value, str) else None
    if found is None:
        raise ValueError(form)
    return found


def _numbers(*groups: str | None) -> list[int | None]:
    return [None if group is None else int(group) for group in groups]


def _month(name: str) -> int:
    word = name.lower().rstrip(".")
    if word == "sept":
        return 9
    for names in (_MONTHS, _MONTH_NAMES):
        if word in names:
            return names.index(word) + 1
    raise ValueError("an English month name")


def iso(value: Any) -> str:
    """``2015``, ``2015-03`` or ``2015-03-21`` (ClinicalTrials.gov, CiNii)."""
    found = _match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", value, "YYYY, YYYY-MM or YYYY-MM-DD")
    return _iso(*_numbers(*found.groups()))  # type: ignore[arg-type]  # the first group always takes part


def iso_moment(value: Any) -> str:
    """``2025-11-03T09:15:00.123456789+09:00`` with or without fraction, seconds and zone; the day as written."""
    clock = r"[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?"
    found = _match(rf"(\d{{4}})-(\d\d)-(\d\d)(?:{clock})?", value, "YYYY-MM-DDThh:mm:ss with or without zone")
    return _iso(int(found[1]), int(found[2]), int(found[3]))


def day_month_year(value: Any) -> str:
    """``17/05/2016`` (CTIS search, EMA medicines, most ICTRP registries), ``21-10-2013`` (CTRI)."""
    found = _match(r"(\d\d?)([/-])(\d\d?)\2(\d{4})", value, "DD/MM/YYYY")
    return _iso(int(found[4]), int(found[3]), int(found[1]))


def month_day_year(value: Any) -> str:
    """``08/15/2012`` (FDA pages)."""
    found = _match(r"(\d\d?)/(\d\d?)/(\d{4})", value, "MM/DD/YYYY")
    return _iso(int(found[3]), int(found[1]), int(found[2]))


def compact(value: Any) -> str:
    """``20120815`` (openFDA)."""
    found = _match(r"(\d{4})(\d\d)(\d\d)", value, "YYYYMMDD")
    return _iso(int(found[1]), int(found[2]), int(found[3]))


def year_month_day(value: Any) -> str:
    """``2026/08/25``, with or without ``00:00`` (e-Gov public comment, UMIN)."""
    found = _match(r"(\d{4})/(\d\d?)/(\d\d?)(?: \d\d:\d\d(?::\d\d)?)?", value, "YYYY/MM/DD")
    return _iso(int(found[1]), int(found[2]), int(found[3]))


def date_parts(value: Any) -> str | None:
    """``[[2015]]`` … ``[[2012, 3, 21]]`` (Crossref ``date-parts``); nothing for ``[[null]]``, which says "not given"."""
    form = "[[year]], [[year, month]] or [[year, month, day]]"
    if not isinstance(value, Sequence) or len(value) != 1 or not isinstance(value[0], list):
        raise ValueError(form)
    parts = value[0]
    if parts == [None]:
        return None
    if not 1 <= len(parts) <= 3 or not all(type(part) is int for part in parts):
        raise ValueError(form)
    return _iso(*parts)


def english(value: Any) -> str:
    """``Aug. 06, 2019``, ``April. 27, 2024`` (jRCT), ``August 6, 2019``, ``6 August 2019``, ``August 2019``."""
    form = "Month DD, YYYY or DD Month YYYY"
    text = value.strip() if isinstance(value, str) else value
    if isinstance(text, str) and text[:1].isdigit():
        found = _match(r"(\d\d?)\s+([a-z]+\.?),?\s+(\d{4})", text, form)
        return _iso(int(found[3]), _month(found[2]), int(found[1]))
    found = _match(r"([a-z]+\.?)\s*(?:(\d\d?)\s*,)?\s*(\d{4})", text, form)
    return _iso(int(found[3]), _month(found[1]), int(found[2]) if found[2] else None)


def mail(value: Any) -> str:
    """``Mon, 23 Nov 2026 10:00:00 +0900`` (RSS 2.0 pubDate, RFC 5322); the day as written, not moved to UTC."""
    clock = r"(?:\s+\d\d?:\d\d(?::\d\d)?(?:\s+(?:[+-]\d{4}|[a-z]{1,5}))?)?"
    found = _match(
        rf"(?:[a-z]{{3,9}},?\s+)?(\d\d?)[\s-]([a-z]{{3,9}})[\s-](\d{{4}}){clock}", value, "DD Mon YYYY hh:mm:ss zone"
    )
    return _iso(int(found[3]), _month(found[2]), int(found[1]))


def medline(value: Any) -> str:
    """``2010``, ``2010 Jan``, ``2010 Jan 5``; a span or season gives what its two ends share, at least the first year.

    MedlineDate is free text in PubMed; spans ("2010 Jan-Feb", "2009 Jul 15-31", "1998 Dec-1999 Jan"), seasons and
    quarters are the forms that its documents name.
    """
    form = "YYYY, YYYY Mon, YYYY Mon DD, or a span or season"
    found = _match(rf"(?:(?:{_SEASONS})\s+)?(\d{{4}})(?:\s*[-–/]\s*\d{{4}})?(?:\s+(.+))?", value, form)
    year, rest = int(found[1]), (found[2] or "").strip()
    if not rest or re.fullmatch(
        rf"(?:(?:{_SEASONS}|\d(?:st|nd|rd|th)\s+quart(?:er)?)[-–/\s]*)+(?:\d{{4}})?", rest, re.IGNORECASE
    ):
        return _iso(year)
    day = re.fullmatch(r"([a-z]{3,9})\s+(\d\d?)", rest, re.IGNORECASE)
    if day:
        return _iso(year, _month(day[1]), int(day[2]))
    span = re.fullmatch(
        r"([a-z]{3,9})(?:\s+\d\d?)?(?:\s*[-–/]\s*(?:(\d\d?)|(?:\d{4}\s+)?([a-z]{3,9})(?:\s+\d\d?)?))?",
        rest,
        re.IGNORECASE,
    )
    if span is None:
        raise ValueError(form)
    first = _month(span[1])
    return _iso(year) if span[3] and _month(span[3]) != first else _iso(year, first)


def pubmed(year: str | None, month: str | None = None, day: str | None = None, medline_date: str | None = None) -> str:
    """The PubDate of a PubMed record from its elements; Month is ``Jan`` or ``01``, a Season adds nothing to the year."""
    if year is None:
        return medline(medline_date)
    number = int(month) if month and month.isdecimal() else _month(month) if month else None
    if not re.fullmatch(r"\d{4}", year) or (day and not day.isdecimal()):
        raise ValueError("Year of four digits, Day of digits")
    return _iso(int(year), number, int(day) if day and number else None)


def japanese(value: Any) -> str:
    """``平成31年3月18日``, ``令和元年5月``, ``2024年4月27日``, ``R6.4.1``; digits may be full-width or kanji."""
    form = "令和6年4月1日, 2024年4月1日 or R6.4.1"
    if not isinstance(value, str):
        raise ValueError(form)
    text = re.sub(
        r"[〇一二三四五六七八九十百]+", lambda number: str(_kanji(number[0])), unicodedata.normalize("NFKC", value)
    )
    text = re.sub(r"\s", "", text.replace("元年", "1年"))
    short = re.fullmatch(r"([MTSHR])(\d\d?)\.(\d\d?)\.(\d\d?)", text)
    if short:
        return _era(_ERA_LETTERS[short[1]], int(short[2]), int(short[3]), int(short[4]))
    found = re.fullmatch(
        rf"({'|'.join(ERAS)})?(\d{{1,4}})年(?:(\d\d?)月(?:(\d\d?)日)?)?(?:\([日月火水木金土]\))?", text
    )
    if found is None or (found[1] is None and len(found[2]) != 4):
        raise ValueError(form)
    month, day = _numbers(found[3], found[4])
    return _era(found[1], int(found[2]), month, day) if found[1] else _iso(int(found[2]), month, day)


def _era(name: str, year: int, month: int | None, day: int | None) -> str:
    if not 1 <= year <= 99:
        raise ValueError("a year of the era")
    return _iso(ERAS[name] + year - 1, month, day)


def _kanji(number: str) -> int:
    """``二十五`` is 25, ``三〇`` is 30."""
    digits = "〇一二三四五六七八九"
    if not re.search("[十百]", number):
        return int("".join(str(digits.index(sign)) for sign in number))
    total = current = 0
    for sign in number:
        if sign in "十百":
            total += (current or 1) * (10 if sign == "十" else 100)
            current = 0
        else:
            current = digits.index(sign)
    return total + current
