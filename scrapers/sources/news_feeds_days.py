"""Days of news, in all ways in which feeds are seen to write them; the day as written, never moved to another zone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from kb.models.base import Localized
from kb.problems import shorten
from scrapers import dates

Reader = Callable[[Any], str]

#: RFC 5322, 4.3: years of two digits; 50 to 99 belong to the last century.
_TWO_DIGITS = re.compile(r"(\d\d? [A-Za-z]{3,9}) (\d\d)(?= |$)")
#: ``Mon Nov 02 10:00:00 KST 2026``, as java.util.Date.toString writes it.
_JAVA = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d?) (\d\d:\d\d:\d\d) (?:[A-Za-z]+(?:[+-]\d\d:\d\d)? )?(\d{4})")
#: ``2026.11.02``, ``2026. 11. 2. 10:00``, with or without seconds and zone.
_DOTS = re.compile(r"(\d{4})\. ?(\d\d?)\. ?(\d\d?)\.?(?: \d\d:\d\d.*)?")


def mail(value: Any) -> str:
    """What ``dates.mail`` reads, after comments and odd zones: ``(UTC)``, ``+09:00``, ``GMT+9``, ``2 Nov 26``."""
    text = " ".join(re.sub(r"\([^()]*\)", " ", value).split()) if isinstance(value, str) else value
    if isinstance(text, str):
        text = re.sub(r"^([A-Za-z]{3,9}),(?=\d)", r"\1, ", text)
        text = re.sub(r"(?<=:\d\d)(?:\.\d+)?(?= ?[+-]| |$)", "", text)
        text = re.sub(r"(?<=:\d\d) ?(?:(?:GMT|UTC) ?)?([+-]\d\d):?(\d\d)$", r" \1\2", text)
        text = re.sub(r"(?<=:\d\d) ?(?:GMT|UTC)[+-]\d\d?$", "", text)
        text = _TWO_DIGITS.sub(lambda found: f"{found[1]} {_century(found[2])}{found[2]}", text)
        text = _JAVA.sub(r"\2 \1 \4 \3", text)
    return dates.mail(text)


def dotted(value: Any) -> str:
    """``2026.11.02``, as Korean and Chinese boards write days."""
    found = _DOTS.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError("YYYY.MM.DD")
    return dates.year_month_day(f"{found[1]}/{found[2]}/{found[3]}")


def moment(value: Any) -> str:
    """RFC 3339, also with a blank before the zone, and with no seconds after their colon (``T15:00:Z``, e-Gov)."""
    text = re.sub(r"(?<=\d):?\s*(?=(?:[+-]\d\d:?\d\d|Z)$)", "", value.strip()) if isinstance(value, str) else value
    return dates.iso_moment(text)


#: dc:date and Atom (RFC 3339), RSS 2.0 (RFC 5322), and what boards write by hand; the order of day and month is certain
#: in all of them, and anything else is not guessed.
OF_FEEDS: tuple[Reader, ...] = (moment, mail, dates.iso, dates.year_month_day, dotted, dates.japanese)


def day_and_doubt(written: Any, readers: tuple[Reader, ...]) -> tuple[str | None, Localized | None]:
    """A day, or a remark that the source's own way of writing it is not known."""
    if not written:
        return None, None
    for read in readers:
        try:
            return read(written), None
        except ValueError:
            continue
    shown = shorten(written, 40)
    return None, Localized(
        en=f"The date «{shown}» is not in a known form and was left out.",
        ja=f"日付「{shown}」は既知の形式でないため記載していない。",
    )


def _century(two_digits: str) -> int:
    return 19 if int(two_digits) >= 50 else 20
