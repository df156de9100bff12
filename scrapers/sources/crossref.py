"""Crossref: does every cited DOI exist, does it belong to the title cited, and was the work retracted or corrected?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice
from urllib.parse import quote

from kb.models.base import Localized
from kb.problems import shorten
from kb.proposals import Proposal
from scrapers.citations import citations
from scrapers.source import SourceModule, Visit
from scrapers.sources.aftermath import warning
from scrapers.sources.crossref_records import Work, agency_of, work_of
from scrapers.sources.notices import notice, slug

#: Two titles are called different when they share less than the first part of their letters and less than the second part
#: of the longer words of ours: entries shorten titles and write EVs for extracellular vesicles.
_LETTERS, _WORDS = 0.5, 0.34
#: Words are compared by their beginning, so that exosome and exosomal, Europe and European are one.
_STEM = 5
#: A part of a work as it is cited: its words are not those of the title.
_PART = re.compile(r"\s*(?:suppl\w*\s+)?(?:table|figure|fig|box|appendix)\b", re.IGNORECASE)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def observe(visit: Visit) -> Iterator[Proposal]:
    """Warnings about works that entries cite by DOI, one for each entry and work.

    Raises:
        SourceFault: an answer is not as Crossref documents it.
    """
    cited: dict[str, dict[str, str]] = {}
    for citation in citations(visit.kb):
        if citation.doi:
            entries = cited.setdefault(citation.doi, {})
            entries[citation.entry] = entries.get(citation.entry) or citation.title
    for doi, entries in islice(sorted(cited.items()), visit.limit):
        answer = visit.fetch.get(_address(visit, doi), accept="json", also=(404,))
        if answer.status == 404:
            yield from _unknown(visit, doi, list(entries))
            continue
        work = work_of(answer)
        for entry, title in entries.items():
            yield from _about(visit, doi, work, entry, title)


def _address(visit: Visit, doi: str) -> str:
    return f"{visit.source.base}/works/{quote(doi, safe='')}"


def _page(doi: str) -> str:
    return f"https://doi.org/{quote(doi, safe='/()')}"


def _about(visit: Visit, doi: str, work: Work, entry: str, title: str) -> Iterator[Proposal]:
    theirs = work.titles[0] if work.titles else ""
    notices = list(dict.fromkeys(update.notice for update in work.updated_by))
    if notices:
        yield warning(visit, entry, f"DOI {doi}", theirs or title or doi, _page(doi), notices)
    if work.doi.lower() != doi:
        yield _notice(
            visit, "alias", doi, entry, work.doi,
            f"DOI {doi} leads to another one, {work.doi}.",
            f"DOI {doi}は別のDOI({work.doi})に統合されている。",
        )  # fmt: skip
    if title and work.titles and not any(_same(title, other) for other in work.titles):
        yield _notice(
            visit, "title", doi, entry, theirs,
            f"DOI {doi} belongs to “{shorten(theirs, 200)}”; the entry cites it as “{shorten(title, 200)}”.",
            f"DOI {doi}の題名は「{shorten(theirs, 200)}」であるが、エントリーでは「{shorten(title, 200)}」としている。",
        )  # fmt: skip


def _unknown(visit: Visit, doi: str, entries: list[str]) -> Iterator[Proposal]:
    """A DOI that Crossref does not have: registered by another agency (JaLC, DataCite …), or by nobody."""
    answer = visit.fetch.get(f"{_address(visit, doi)}/agency", accept="json", also=(404,))
    if answer.status == 200 and agency_of(answer).id != "crossref":
        return
    for entry in entries:
        yield _notice(
            visit, "unknown", doi, entry, "404",
            f"No registration agency knows DOI {doi}: mistyped, or not registered yet.",
            f"DOI {doi}はどの登録機関にもない(誤記又は未登録)。",
        )  # fmt: skip


def _notice(visit: Visit, about: str, doi: str, entry: str, stated: str, en: str, ja: str) -> Proposal:
    words = Localized(en=en, ja=ja)
    rule = Localized(
        en="Titles are compared without case, punctuation and markup; a translation may be meant.",
        ja="題名は大文字小文字・記号・マークアップを除いて比較している。訳題の可能性がある。",
    )
    return notice(
        visit,
        slug(about, doi, entry),
        entry,
        words,
        _page(doi),
        f"{about} {stated}",
        confidence="medium" if about == "title" else "high",
        reasons=(rule,) if about == "title" else (),
    )


def _same(ours: str, theirs: str) -> bool:
    if _PART.match(ours) or bool(_CJK.search(ours)) != bool(_CJK.search(theirs)):
        return True  # Nothing can be said.
    one, other = _letters(ours), _letters(theirs)
    if not one or not other or one in other or other in one:
        return True
    words, their_words = _stems(ours), _stems(theirs)
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _LETTERS or len(words & their_words) >= max(
        1.0, _WORDS * len(words)
    )


def _stems(title: str) -> frozenset[str]:
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", title).casefold())
    return frozenset(word[:_STEM] for word in words if len(word) >= _STEM)


def _letters(title: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", title).casefold())


MODULE = SourceModule("crossref", observe=observe)
