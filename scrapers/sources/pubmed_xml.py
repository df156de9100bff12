"""Reading PubMed's XML (PubMed DTD of 1 January 2025) into :class:`~scrapers.sources.pubmed_records.Paper`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from scrapers import dates
from scrapers.fetching.answer import Answer
from scrapers.reading import model_of, value_of
from scrapers.sources.pubmed_records import Paper
from scrapers.texts import html_text, one_line, plain

#: PubMed's title of an article that has none in English.
_NO_TITLE = "[Not Available]."
#: PubMed holds digitised journals of the 18th and 19th centuries too; of these the year is enough.
_EARLY = re.compile(r"1[78]\d\d")


def papers(answer: Answer, root: Element) -> Iterator[Paper]:
    """The articles and books of a set, each once; deleted citations are simply not among them.

    Raises:
        SourceFault: a record breaks the DTD where it matters here.
    """
    seen: set[str] = set()
    for place, record in enumerate(root):
        at = f"{record.tag}[{place}]"
        if record.tag == "PubmedArticle":
            paper = _article(answer, record, at)
        elif record.tag == "PubmedBookArticle":
            paper = _book(answer, record, at)
        else:
            continue
        if paper.pmid not in seen:
            seen.add(paper.pmid)
            yield paper


def _article(answer: Answer, record: Element, at: str) -> Paper:
    article = record.find("MedlineCitation/Article")
    article = Element("Article") if article is None else article
    citation = record.find("MedlineCitation")
    title, original = _titles(article)
    return model_of(answer, {
        "pmid": _text(record, "MedlineCitation/PMID"),
        "status": None if citation is None else citation.get("Status"),
        "title": title,
        "original_title": original,
        "journal": _text(article, "Journal/Title") or _text(record, "MedlineCitation/MedlineJournalInfo/MedlineTA"),
        "published": _published(answer, article.find("Journal/JournalIssue/PubDate"), f"{at}.PubDate"),
        "doi": _doi(record, "PubmedData/ArticleIdList", article),
        "languages": _all(article, "Language"),
        "types": _all(article, "PublicationTypeList/PublicationType"),
        "registered": _registered(article, title),
        "corrections": _corrections(record),
        "subject": _subject(article, record),
    }, Paper, at=at)  # fmt: skip


def _book(answer: Answer, record: Element, at: str) -> Paper:
    book = record.find("BookDocument")
    book = Element("BookDocument") if book is None else book
    title, original = _titles(book)
    volume = _text(book, "Book/BookTitle")
    return model_of(answer, {
        "pmid": _text(book, "PMID"),
        "status": "book",
        "title": volume if title == _NO_TITLE and volume else title,
        "original_title": original,
        "journal": volume,
        "published": _published(answer, book.find("Book/PubDate"), f"{at}.PubDate"),
        "doi": _doi(book, "ArticleIdList", book),
        "languages": _all(book, "Language"),
        "types": _all(book, "PublicationType"),
        "registered": _registered(book, title),
        "subject": _subject(book, book),
    }, Paper, at=at)  # fmt: skip


def _text(parent: Element, path: str) -> str:
    """The text of an element with its inline markup (b, i, sub, sup, u, MathML) taken away; empty when absent."""
    found = parent.find(path)
    return "" if found is None else one_line("".join(found.itertext()))


def _all(parent: Element, path: str) -> tuple[str, ...]:
    return tuple(text for text in (one_line("".join(item.itertext())) for item in parent.findall(path)) if text)


def _titles(parent: Element) -> tuple[str, str | None]:
    """The English title, or else the one in the article's own language; the DTD lets both be empty."""
    # Markup that arrives escaped is no markup of the DTD.
    title, original = (one_line(html_text(_text(parent, name))) for name in ("ArticleTitle", "VernacularTitle"))
    if not title or title.lower() == _NO_TITLE.lower():
        title = original or _NO_TITLE
    return title, original or None


def _doi(record: Element, ids: str, article: Element) -> str | None:
    # Only the record's own list: ReferenceList holds the identifiers of other articles under the same names.
    own = [item.text for item in record.findall(f"{ids}/ArticleId") if item.get("IdType") == "doi"]
    stated = [
        item.text
        for item in article.findall("ELocationID")
        if item.get("EIdType") == "doi" and item.get("ValidYN", "Y") == "Y"
    ]
    return next((one_line(text).lower() for text in (*own, *stated) if text and text.strip()), None)


def _published(answer: Answer, found: Element | None, at: str) -> str | None:
    if found is None:
        return None
    year, month, day, free = (found.findtext(name) for name in ("Year", "Month", "Day", "MedlineDate"))
    if year is not None and _EARLY.fullmatch(year.strip()):
        return year.strip()
    if year is not None:
        return value_of(answer, lambda _: dates.pubmed(year.strip(), _blank(month), _blank(day)), year, at)
    try:
        return dates.medline(free)
    except ValueError:
        # MedlineDate is free text by the DTD: an unknown wording still tells its year, or nothing.
        known = re.search(r"\b(?:1[789]|20)\d\d\b", free or "")
        return known[0] if known else None


def _blank(text: str | None) -> str | None:
    return (text or "").strip() or None


def _abstract(parent: Element) -> str:
    texts = parent.findall("Abstract/AbstractText")
    return plain("\n".join("".join(text.itertext()) for text in texts))


def _registered(article: Element, title: str) -> str:
    listed = (
        f"{_text(bank, 'DataBankName')} {number}"
        for bank in article.findall("DataBankList/DataBank")
        for number in _all(bank, "AccessionNumberList/AccessionNumber")
    )
    return "\n".join((*listed, title, _abstract(article)))


def _corrections(record: Element) -> tuple[dict[str, str | None], ...]:
    return tuple(
        {"type": item.get("RefType"), "source": _text(item, "RefSource"), "pmid": _text(item, "PMID") or None}
        for item in record.findall("MedlineCitation/CommentsCorrectionsList/CommentsCorrections")
    )


def _subject(article: Element, record: Element) -> str:
    headings = (
        name
        for name in _all(record, "MedlineCitation/MeshHeadingList/MeshHeading/DescriptorName")
        # The exosome of this heading is a complex that breaks down RNA.
        if "Ribonuclease" not in name
    )
    keywords = (*_all(record, "MedlineCitation/KeywordList/Keyword"), *_all(record, "KeywordList/Keyword"))
    other = _all(record, "MedlineCitation/OtherAbstract/AbstractText")
    return "\n".join((_abstract(article), *other, *keywords, *headings))
