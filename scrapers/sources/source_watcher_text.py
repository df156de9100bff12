"""What a cited page says: its main text in lines that can be compared from week to week, and the difference of two such texts."""

from __future__ import annotations

import difflib
import gzip
import hashlib
import re
import unicodedata
from pathlib import Path
from threading import Lock

from bs4 import BeautifulSoup, Tag
from platformdirs import user_cache_path

from scrapers.fetching.answer import Answer
from scrapers.texts import html_text, plain

#: Parts of a page that change without its statement changing.
_FURNITURE = ("nav", "header", "footer", "aside", "form", "iframe", "dialog", "script", "style", "noscript", "template")
_FURNITURE_ROLES = ("navigation", "banner", "contentinfo", "complementary", "search")
_NAMES = re.compile(
    r"(?:^|[-_ ])(?:cookies?|consent|banner|breadcrumbs?|sidebar|menu|share|social|sns|related|recommend(?:ed|ations?)?|adverts?|ads?|newsletter|comments?|pager|pagination|counter|ranking)(?:$|[-_ ])",
    re.IGNORECASE,
)
_MAIN, _MAIN_IDS = ("main", "article"), ("main", "content", "contents")
#: A region with less text than this is not what the page is about. Characters.
_LEAST_MAIN = 200
#: With less text a page is a shell that a browser fills, or asks whether one is human: nothing to compare. Characters.
LEAST_TEXT = 80
#: A parsed page takes some thirty times its size in memory; larger ones are lists and exports, not statements. Bytes.
_MOST_PARSED = 2_000_000
#: Hosts are asked side by side, but one page at a time is parsed.
_PARSING = Lock()
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
#: Nothing but a moment. Possessive (``++``): a hostile line must not be tried in all ways of taking it apart.
_MOMENT = rf"""(?:
    [\d\s,.:/()-] | [ap]\.?m\.? | (?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?+ | {_MONTH} | the | of | st | nd | rd | th
  | [A-Z]{{3,4}}$ | 令和 | 平成 | 午前 | 午後 | 曜日?+ | [年月日時分秒火水木金土は。] | です
)++"""
#: Lines that differ at each visit: counters of visits (also in Korean and Chinese), the time of day, «today is …».
_PASSING = re.compile(
    rf"""(?:page\ ?|total\ )?(?:views?|visits?|visitors?|hits?)\ ?:?\ ?[\d,. ]+
      | [\d,. ]+\ ?(?:page\ ?)?(?:views?|visits?|visitors?|hits?)
      | you\ are\ (?:our\ )?visitor\ (?:number\ |no\.?\ ?|\#\ ?)?[\d,]+.{{0,20}}
      | (?:アクセス(?:数|カウンター?)?|閲覧(?:数|回数)|訪問者数?|来訪者数|ページビュー|조회수?|浏览(?:量|次数)|点击(?:量|数)|访问量)\ ?:?\ ?[\d,. ]+(?:人|回|件|次|회)?
      | (?:あなたは\ ?)?[\d,]+\ ?(?:番目|人目)の(?:ご?訪問者|来訪者|閲覧者|お客様|方)(?:です|となります)?[。!]?
      | (?:today\ is|it\ is\ now|current\ (?:date|time)|本日は|今日は|現在時刻|現在の時刻){_MOMENT}
      | \d\d?:\d\d(?::\d\d)?\ ?(?:[ap]\.?m\.?|[A-Z]{{3,4}})?""",
    re.IGNORECASE | re.VERBOSE,
)
#: Days as pages write them, in figures or with the name of a month or era.
_DAY = re.compile(
    rf"(?:令和|平成)?(?:\d{{1,4}}|元)年\d{{1,2}}月\d{{1,2}}日(?:\([日月火水木金土]\))?|\d{{4}}(?P<mark>[-/.])\d\d?(?P=mark)\d\d?|\d\d?/\d\d?/\d{{4}}"
    rf"|\b\d\d?(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|\b{_MONTH} \d\d?,? \d{{4}}|\d\d?:\d\d(?::\d\d)?",
    re.IGNORECASE,
)
#: Length of a difference in a proposal: lines, characters of one line.
_MOST_LINES, _LONGEST_LINE = 40, 300
#: Lines of a text that are compared; the time for it grows faster than their number.
_MOST_COMPARED = 4_000


def main_text(answer: Answer) -> str | None:
    """The main text in lines; None when there is nothing to compare (PDF, images, almost empty or very large pages)."""
    kind = answer.content_type.partition(";")[0].strip().lower()
    if len(answer.body) > _MOST_PARSED:
        return None
    if kind in ("text/html", "application/xhtml+xml"):
        with _PARSING:
            text = _page_text(answer.text)
    elif kind.startswith("text/") or kind.endswith(("json", "xml")):
        text = plain(answer.text)
    else:
        return None
    text = _steady(text)
    return text if len(text) >= LEAST_TEXT else None


def fingerprint(answer: Answer) -> tuple[str | None, str | None]:
    """SHA-256 of what the page says, and its text; a PDF has a hash only, an almost empty page neither."""
    text = main_text(answer)
    if text is not None:
        return hashlib.sha256(text.encode()).hexdigest(), text
    return (answer.sha256 if answer.body.startswith(b"%PDF-") else None), None


def difference(before: str, after: str) -> str:
    """Lines taken away (-) and added (+), a few lines around them, cut to a size that can be read."""
    old, new = (text.split("\n")[:_MOST_COMPARED] for text in (before, after))
    lines = [
        line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…"
        for line in list(difflib.unified_diff(old, new, lineterm="", n=1))[2:]
        if not line.startswith("@@")
    ]
    if len(lines) > _MOST_LINES:
        lines = [*lines[:_MOST_LINES], f"… (+{len(lines) - _MOST_LINES})"]
    return "\n".join(lines)


def only_days_differ(before: str, after: str) -> bool:
    """Whether two texts are the same but for days and times of day: often no more than «last updated»."""
    return _DAY.sub("", before) == _DAY.sub("", after)


class PageTexts:
    """Texts as they were read before, by hash, in the user's cache folder: to compare with, not to publish again."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or user_cache_path("evreg") / "pages"

    def keep(self, sha256: str, text: str) -> None:
        """Keep a text; without room for it the next difference is shorter of its left side, no more."""
        path = self._path(sha256)
        if path.is_file():
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(gzip.compress(text.encode(), mtime=0))
        except OSError:
            path.unlink(missing_ok=True)

    def find(self, sha256: str) -> str | None:
        """The text of that hash, when this machine has read it and nothing happened to the file."""
        try:
            text = gzip.decompress(self._path(sha256).read_bytes()).decode()
        except (OSError, EOFError, ValueError):
            return None
        return text if hashlib.sha256(text.encode()).hexdigest() == sha256 else None

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / f"{sha256}.txt.gz"


def _page_text(markup: str) -> str:
    # Plain walks in place of CSS selectors, which climb to the root from each element: a page of twenty thousand nested
    # elements would take minutes.
    soup = BeautifulSoup(markup, "html.parser")
    for part in soup.find_all(_is_furniture):
        part.decompose()
    regions = sorted((html_text(str(region)) for region in soup.find_all(_is_main, limit=50)), key=len, reverse=True)
    return regions[0] if regions and len(regions[0]) >= _LEAST_MAIN else html_text(str(soup.body or soup))


def _is_main(part: Tag) -> bool:
    return part.name in _MAIN or part.get("role") == "main" or part.get("id") in _MAIN_IDS


def _is_furniture(part: Tag) -> bool:
    if part.name in _FURNITURE or part.get("role") in _FURNITURE_ROLES:
        return True
    if part.has_attr("hidden") or part.get("aria-hidden") == "true":
        return True
    if part.name in ("html", "body", "main", "article"):
        return False
    names = [*(part.get_attribute_list("class")), part.get("id")]
    return any(_NAMES.search(str(name)) for name in names if name)


def _steady(text: str) -> str:
    """Without counters, clocks and lines of digits and signs alone, such as page numbers."""
    lines = (" ".join(unicodedata.normalize("NFKC", line).split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if re.search(r"[^\W\d_]", line) and not _PASSING.fullmatch(line))
