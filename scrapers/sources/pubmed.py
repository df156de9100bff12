"""PubMed E-utilities: new papers about EV trials, guidance and harms, and what became of the papers that entries cite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from kb.models.base import Localized
from kb.problems import Message, shorten
from kb.proposals import Proposal
from kb.searches import Excluded, Search
from scrapers.citations import citations
from scrapers.ev_words import read_text
from scrapers.faults import unexpected
from scrapers.fetching.answer import Answer
from scrapers.reading import within, xml_of
from scrapers.source import SourceModule, Visit
from scrapers.sources.notices import localized
from scrapers.sources.pubmed_proposals import about_citation, about_paper, missing, trial_of
from scrapers.sources.pubmed_queries import TOPICS, Found, registrations, search
from scrapers.sources.pubmed_records import NOTICES, Paper
from scrapers.sources.pubmed_xml import papers
from scrapers.trial_matching import known_numbers

#: Identifiers in one efetch request; above 200 the documents ask for POST, whose answers cannot be revalidated.
BATCH = 200


def discover(visit: Visit) -> Iterator[Proposal]:
    """Papers about vesicles in people, rules for them and harm by them, and reports of trials that entries hold.

    Raises:
        SourceFault: an answer is not as E-utilities' documents say.
    """
    known_pmids, known_dois = _known(visit)
    trials = known_numbers(visit.kb)
    found = {topic: search(visit, term) for topic, term in TOPICS.items()}
    found |= {topic: search(visit, term, all_years=True) for topic, term in registrations(trials).items()}
    new = dict.fromkeys(pmid for hits in found.values() for pmid in hits.pmids if pmid not in known_pmids)
    read = {paper.pmid: paper for paper in _fetch(visit, list(islice(new, visit.limit)))}
    known = known_pmids | {pmid for pmid, paper in read.items() if paper.doi in known_dois}
    excluded = {
        pmid: why
        for pmid, paper in read.items()
        if pmid not in known and not trial_of(visit, paper, trials) and (why := _why_not(paper))
    }
    for topic, hits in found.items():
        visit.searches.append(_protocol(visit, topic, hits, known, excluded, read))
    for pmid, paper in read.items():
        if pmid not in known and pmid not in excluded:
            topics = [topic for topic, hits in found.items() if pmid in hits.pmids]
            yield about_paper(visit, paper, topics[0], trials)


def observe(visit: Visit) -> Iterator[Proposal]:
    """Retractions, corrections and concerns about the papers that entries cite, and numbers that no longer exist.

    Raises:
        SourceFault: an answer is not as E-utilities' documents say.
    """
    cited: dict[str, dict[str, str | None]] = {}
    for citation in citations(visit.kb):
        if citation.pmid and citation.pmid.isdecimal():
            entries = cited.setdefault(citation.pmid, {})
            entries[citation.entry] = entries.get(citation.entry) or citation.doi
    asked = list(islice(cited, visit.limit))
    read = {paper.pmid: paper for paper in _fetch(visit, asked)}
    for pmid in asked:
        for entry, doi in cited[pmid].items():
            paper = read.get(pmid)
            yield from [missing(visit, pmid, entry)] if paper is None else about_citation(visit, paper, entry, doi)


def _known(visit: Visit) -> tuple[set[str], set[str | None]]:
    cited = list(citations(visit.kb))
    return {item.pmid for item in cited if item.pmid}, {item.doi for item in cited if item.doi}


def _fetch(visit: Visit, pmids: Sequence[str]) -> Iterator[Paper]:
    for start in range(0, len(pmids), BATCH):
        batch = pmids[start : start + BATCH]
        answer = visit.fetch.get(
            f"{visit.source.base}/efetch.fcgi",
            {"db": "pubmed", "retmode": "xml", "id": ",".join(batch), "tool": "evreg"},
            accept="xml",
        )
        yield from (paper for paper in papers(answer, _set(answer)) if paper.pmid in batch)


def _set(answer: Answer) -> Any:
    root = xml_of(answer)
    if root.tag in ("PubmedArticleSet", "PubmedBookArticleSet"):
        return root
    said = shorten(" ".join("".join(root.itertext()).split()), 120)
    raise unexpected(
        answer.source,
        answer.url,
        Message(f"A «{root.tag}» that says «{said}».", f"「{root.tag}」が返された(「{said}」)。"),
        Message("A PubmedArticleSet.", "PubmedArticleSetを想定している。"),
    )


def _why_not(paper: Paper) -> Localized | None:
    """Why a paper is not worth a person's time; None when it is."""
    if paper.retracted:
        return Localized(en="Retracted.", ja="撤回されている。")
    if paper.kinds & NOTICES:
        return Localized(en="A notice about another article.", ja="他の論文についての告知である。")
    reading = read_text(paper.title, paper.subject)
    return None if reading.verdict == "vesicles" else localized(reading.reason)


def _protocol(
    visit: Visit, topic: str, hits: Found, known: set[str], excluded: dict[str, Localized], read: dict[str, Paper]
) -> Search:
    bounds = visit.source.expected.get("hits")
    if bounds is not None and (visit.since is not None or topic not in TOPICS):
        # A few days may bring nothing, and so may the numbers of trials that nobody has reported.
        bounds = bounds.model_copy(update={"min": 0})
    within(hits.answer, hits.total, bounds, "hits")
    left_out = [Excluded(id=pmid, reason=excluded[pmid]) for pmid in hits.pmids if pmid in excluded]
    if hits.total > len(hits.pmids):
        rest = f"{hits.total - len(hits.pmids)}"
        left_out.append(Excluded(id="beyond-the-first-9999", reason=Localized(
            en=f"PubMed hands out the first 9,999 hits of a query; {rest} older ones were not read.",
            ja=f"PubMedは1件の検索につき9,999件までしか提供しない。古い{rest}件は読み取っていない。",
        )))  # fmt: skip
    return Search(
        source=visit.source.name,
        key=topic,
        query=hits.query,
        on=visit.today.isoformat(),
        hits=hits.total,
        known=tuple(f"PMID {pmid}" for pmid in hits.pmids if pmid in known),
        proposed=tuple(f"PMID {pmid}" for pmid in hits.pmids if pmid in read and pmid not in known | excluded.keys()),
        excluded=tuple(left_out),
    )


MODULE = SourceModule("pubmed", discover=discover, observe=observe)
