"""What a PubMed record means for the knowledge base, as proposals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kb.models.base import Localized
from kb.problems import Message, shorten
from kb.proposals import Change, Proposal
from scrapers.citations import plain
from scrapers.ev_words import read_text
from scrapers.source import Visit
from scrapers.sources.aftermath import Notice, Weight, warning
from scrapers.sources.notices import Confidence, localized, notice, slug
from scrapers.sources.places import shown_at
from scrapers.sources.pubmed_records import PROTOCOL, TRIAL_REPORTS, Paper
from scrapers.trial_matching import entry_of

#: Question -> the term at which its papers are shown, and what they are about.
_PLACES: Mapping[str, tuple[str, Message]] = {
    "trials": ("glossary/exosome-therapy", Message("clinical use of EVs", "EVの臨床応用")),
    "guidance": ("glossary/exosome", Message("rules and guidance for EVs", "EVの規制・指針")),
    "harms": ("glossary/exosome-therapy", Message("harm or safety of EVs", "EVの有害事象・安全性")),
}
#: CommentsCorrections@RefType on the article itself (PubMed DTD); the types ending in Of, For and From stand on notices.
_WEIGHTS: Mapping[str, Weight] = {
    "RetractionIn": "retraction",
    "RetractedandRepublishedIn": "retraction",
    "PartialRetractionIn": "retraction",
    "ExpressionOfConcernIn": "concern",
    "ErratumIn": "correction",
    "CorrectedandRepublishedIn": "correction",
    "UpdateIn": "other",
}
#: A paper that names more registrations than this is an overview, not the report of one trial.
_MOST_TRIALS = 2
_FIRST_YEAR, _LAST_YEAR = 1980, 2100


def page(pmid: str) -> str:
    """The page of a record for readers."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"


def trial_of(visit: Visit, paper: Paper, known: Mapping[str, str]) -> str | None:
    """The entry of the trial whose registration the record names; None for overviews of several trials."""
    return entry_of(paper.numbers, known, visit.kb) if len(paper.numbers) <= _MOST_TRIALS else None


def about_paper(visit: Visit, paper: Paper, topic: str, known: Mapping[str, str]) -> Proposal:
    """A paper that no entry cites; with the result of a trial when the record names its registration.

    Args:
        visit: The visit that found it.
        paper: The record.
        topic: The question that it answers.
        known: ``trial_matching.known_numbers`` of the knowledge base.
    """
    term, subject = _PLACES.get(topic, _PLACES["trials"])
    trial = trial_of(visit, paper, known)
    entry = f"trials/{trial}" if trial else shown_at(visit, term, "glossary/exosome")
    changes = _result(visit, paper, trial) if trial and _reports_trial(paper) else ()
    vesicles = read_text(paper.title).verdict == "vesicles"
    confidence: Confidence = "high" if trial else "medium" if vesicles else "low"
    names = ", ".join(number.number for number in paper.numbers[:5])
    tail_en = (f" It names {names}." if names else "") + (" It has been retracted." if paper.retracted else "")
    tail_ja = (f"登録番号{names}の記載がある。" if names else "") + ("撤回されている。" if paper.retracted else "")
    return notice(
        visit,
        f"pmid-{paper.pmid}",
        entry,
        Localized(
            en=f"New paper, {subject.en}: “{_title(paper)}” ({_where(paper)}, PMID {paper.pmid}).{tail_en}",
            ja=f"新規文献({subject.ja}):「{_title(paper)}」({_where(paper)}、PMID {paper.pmid})。{tail_ja}",
        ),
        page(paper.pmid),
        repr((paper.title, paper.published, paper.doi, sorted(paper.kinds), paper.numbers, paper.retracted)),
        kind="change" if changes else "notice",
        confidence=confidence,
        reasons=tuple(_reasons(paper, trial, bool(changes))),
        changes=changes,
    )


def about_citation(visit: Visit, paper: Paper, entry: str, doi: str | None) -> Iterator[Proposal]:
    """What an entry that cites a paper should know: later notices, and a DOI that belongs to another work."""
    notices = [
        Notice(_WEIGHTS[item.type], item.type, item.source + (f" PMID {item.pmid}" if item.pmid else ""))
        for item in paper.corrections
        if item.type in _WEIGHTS
    ]
    if paper.retracted and not any(item.weight == "retraction" for item in notices):
        notices.append(Notice("retraction", "Retracted Publication"))
    if notices:
        yield warning(visit, entry, f"PMID {paper.pmid}", paper.title, page(paper.pmid), notices)
    if doi and paper.doi and doi != paper.doi:
        yield notice(
            visit,
            slug("doi", paper.pmid, entry),
            entry,
            Localized(
                en=f"PMID {paper.pmid} belongs to DOI {paper.doi} (“{_title(paper)}”); the entry gives DOI {doi}.",
                ja=f"PMID {paper.pmid}のDOIは{paper.doi}(「{_title(paper)}」)であるが、エントリーには{doi}とある。",
            ),
            page(paper.pmid),
            repr((paper.doi, doi)),
            confidence="high",
        )


def missing(visit: Visit, pmid: str, entry: str) -> Proposal:
    """A cited identifier under which PubMed has nothing: deleted, merged into another record, or mistyped."""
    return notice(
        visit,
        slug("missing", pmid, entry),
        entry,
        Localized(
            en=f"PubMed has no record {pmid} that this entry cites: deleted, merged or mistyped.",
            ja=f"引用しているPMID {pmid}の記録がPubMedにない(削除、統合又は誤記)。",
        ),
        page(pmid),
        pmid,
    )


def _title(paper: Paper) -> str:
    return shorten(paper.title, 300)


def _where(paper: Paper) -> str:
    return ", ".join(part for part in (shorten(paper.journal, 120), (paper.published or "")[:4]) if part)


def _reports_trial(paper: Paper) -> bool:
    return bool(paper.kinds & TRIAL_REPORTS) and PROTOCOL not in paper.kinds and not paper.retracted


def _reasons(paper: Paper, trial: str | None, result: bool) -> Iterator[Localized]:
    yield localized(read_text(paper.title, paper.subject).reason)
    if trial:
        yield Localized(
            en=f"The record or its abstract names a registration of trials/{trial}.",
            ja=f"記録又は抄録にtrials/{trial}の登録番号が記載されている。",
        )
    if result:
        yield Localized(
            en="Its publication type is that of a trial report. That it reports results is a guess; nobody has read it.",
            ja="出版種別は臨床試験報告である。結果の報告とするのは推定であり、本文は未読である。",
        )
    if paper.types:
        names = ", ".join(paper.types[:6])
        yield Localized(en=f"PubMed's publication types: {names}.", ja=f"PubMedの出版種別: {names}。")


def _result(visit: Visit, paper: Paper, trial: str) -> tuple[Change, ...]:
    """The paper as a source and as a result that nobody has read yet."""
    data = plain(visit.kb.trials[trial])
    sources, results = list(data["sources"]), list(data.get("results") or [])
    key = f"pmid-{paper.pmid}"
    source: dict[str, Any] = {
        "key": key, "url": page(paper.pmid), "doi": paper.doi, "pmid": paper.pmid, "title": paper.title,
        "publisher": paper.journal or None, "published": paper.published, "kind": "journal", "read": "not-read",
        "accessed": visit.today.isoformat(), "supports": ["results"],
    }  # fmt: skip
    year = int((paper.published or "0")[:4])
    result: dict[str, Any] = {
        "kind": "publication", "doi": paper.doi, "pmid": paper.pmid,
        "year": year if _FIRST_YEAR <= year <= _LAST_YEAR else None, "link_confirmed": True,
        "summary": {
            "en": "A publication that names this registration; its content has not been summarised yet.",
            "ja": "本登録番号を記載した論文。内容は未要約である。",
        },
        "sources": [key],
    }  # fmt: skip
    return (
        Change(field="results", old=data.get("results"), new=[*results, _filled(result)]),
        Change(field="sources", old=sources, new=[*sources, _filled(source)]),
    )


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
