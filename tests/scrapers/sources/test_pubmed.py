from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb import load
from kb.accepting import accept
from kb.proposals import Proposal
from scrapers.faults import SourceFault
from scrapers.source import Visit
from scrapers.sources import pubmed, pubmed_queries
from scrapers.sources.pubmed_records import Paper
from tests.entries import minimal, source
from tests.samples import write_kb
from tests.scrapers.conftest import MakeFetcher
from tests.scrapers.server import Loopback, Reply, Seen
from tests.scrapers.sources.small_kb import TODAY, knowledge_base, visit

SEARCH, FETCH = "/entrez/eutils/esearch.fcgi", "/entrez/eutils/efetch.fcgi"
DOCTYPE = (
    '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.example/p.dtd">'
)
NCT = "NCT04999999"


def article(
    pmid: str,
    title: str = "Exosomes for burns: a phase 1 trial",
    *,
    when: str = "<Year>2026</Year><Month>Mar</Month><Day>5</Day>",
    types: dict[str, str] | None = None,
    abstract: str = "<Abstract><AbstractText>We gave an injection of exosomes.</AbstractText></Abstract>",
    banks: str = "",
    tail: str = "",
    corrections: str = "",
    status: str = "MEDLINE",
    doi: str = "",
    journal: str = "<Title>Journal of Vesicles</Title>",
) -> str:
    kinds = types or {"D016428": "Journal Article"}
    listed = "".join(f'<PublicationType UI="{ui}">{name}</PublicationType>' for ui, name in kinds.items())
    own = f'<ArticleId IdType="doi">{doi}</ArticleId>' if doi else ""
    return f"""<PubmedArticle><MedlineCitation Status="{status}" Owner="NLM"><PMID Version="1">{pmid}</PMID>
<Article PubModel="Print-Electronic"><Journal><JournalIssue CitedMedium="Internet"><PubDate>{when}</PubDate></JournalIssue>
{journal}</Journal><ArticleTitle>{title}</ArticleTitle><ELocationID EIdType="pii">x</ELocationID>{abstract}
<AuthorList><Author><CollectiveName>The EV Group</CollectiveName></Author>
<Author><LastName>Secretname</LastName></Author></AuthorList><Language>jpn</Language>{banks}
<PublicationTypeList>{listed}</PublicationTypeList>{tail}</Article><MedlineJournalInfo><MedlineTA>J Ves</MedlineTA>
</MedlineJournalInfo><CommentsCorrectionsList>{corrections}</CommentsCorrectionsList></MedlineCitation>
<PubmedData><PublicationStatus>ppublish</PublicationStatus><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>{own}
</ArticleIdList><ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.9999/other</ArticleId></ArticleIdList>
</Reference></ReferenceList></PubmedData></PubmedArticle>"""


def bank(name: str, *numbers: str) -> str:
    listed = "".join(f"<AccessionNumber>{number}</AccessionNumber>" for number in numbers)
    return (
        f"<DataBankList><DataBank><DataBankName>{name}</DataBankName><AccessionNumberList>{listed}"
        "</AccessionNumberList></DataBank></DataBankList>"
    )


def serve(server: Loopback, *articles: str, hits: dict[str, list[str]] | None = None, tail: str = "") -> None:
    """A PubMed of these articles; ``hits`` names which question finds which of them (all find all by default)."""
    by_pmid = {text.partition('<PMID Version="1">')[2].partition("<")[0]: text for text in articles}

    def search(seen: Seen) -> Reply:
        topics = (name for name, query in pubmed_queries.TOPICS.items() if query == seen.query["term"])
        topic = next(topics, "registrations")
        found = list(by_pmid) if hits is None else hits.get(topic, [])
        start, size = int(seen.query["retstart"]), int(seen.query["retmax"])
        return Reply(result(found[start : start + size], len(found), start))

    def fetch(seen: Seen) -> Reply:
        body = "".join(by_pmid.get(pmid, "") for pmid in seen.query["id"].split(","))
        return Reply(f'<?xml version="1.0" ?>{DOCTYPE}<PubmedArticleSet>{body}{tail}</PubmedArticleSet>', etag="auto")

    server.on(SEARCH, search)
    server.on(FETCH, fetch)


def result(pmids: list[str], count: int, start: int = 0) -> dict[str, Any]:
    found = {"count": str(count), "retmax": str(len(pmids)), "retstart": str(start), "idlist": pmids}
    return {"header": {"type": "esearch", "version": "0.3"}, "esearchresult": found}


@pytest.fixture
def ask(make_fetcher: MakeFetcher) -> Any:
    def make(*entries: tuple[str, dict[str, Any]], **changes: Any) -> Visit:
        collections: dict[str, list[dict[str, Any]]] = {}
        for collection, entry in entries:
            collections.setdefault(collection, []).append(entry)
        return visit(make_fetcher("pubmed"), knowledge_base(collections), **changes)

    return make


def discovered(asked: Visit) -> dict[str, Proposal]:
    return {proposal.key: proposal for proposal in pubmed.discover(asked)}


def observed(asked: Visit) -> list[Any]:
    return list(pubmed.observe(asked))


def one_paper(server: Loopback, ask: Any, text: str) -> Paper:
    serve(server, text)
    (paper,) = pubmed._fetch(ask(), ["1"])
    return paper


@pytest.mark.parametrize(
    ("when", "published"),
    [
        ("<Year>2026</Year>", "2026"),
        ("<Year>2026</Year><Month>03</Month>", "2026-03"),
        ("<Year>2026</Year><Month>Dec</Month><Day>31</Day>", "2026-12-31"),
        ("<Year>1990</Year><Season>Spring</Season>", "1990"),
        ("<MedlineDate>2010 Jan-Feb</MedlineDate>", "2010"),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", "1998"),
        ("<MedlineDate>2009 Jul 15-31</MedlineDate>", "2009-07"),
        ("<MedlineDate>Around Easter, 2003 (late)</MedlineDate>", "2003"),
        ("<MedlineDate>undated</MedlineDate>", None),
        ("<Year>1857</Year><Month>Jan</Month>", "1857"),
        ("<MedlineDate>1857 Jan-Feb</MedlineDate>", "1857"),
        ("<Year>2020</Year><Season>Apr-Jun</Season>", "2020"),
    ],
)
def test_publication_dates(server: Loopback, ask: Any, when: str, published: str | None) -> None:
    assert one_paper(server, ask, article("1", when=when)).published == published


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({"when": "<Year>0001</Year>"}, "PubDate"),
        ({"when": "<Year>2026</Year><Month>Mar</Month><Day>32</Day>"}, "PubDate"),
        ({"status": "Imagined"}, "status"),
        (
            {"corrections": '<CommentsCorrections RefType="Revoked"><RefSource>x</RefSource></CommentsCorrections>'},
            "type",
        ),
    ],
)
def test_what_the_dtd_does_not_know_stops_the_source(server: Loopback, ask: Any, changed: Any, names: str) -> None:
    with pytest.raises(SourceFault, match=names):
        one_paper(server, ask, article("1", **changed))


def test_texts(server: Loopback, ask: Any) -> None:
    paper = one_paper(
        server,
        ask,
        article(
            "1",
            "Effect of <i>in vivo</i> CO<sub>2</sub> &lt;script&gt;alert(1)&lt;/script&gt; vesicles",
            abstract="<Abstract><AbstractText Label='AIM'/><AbstractText>A <b>b</b> jRCT2031250001.</AbstractText></Abstract>",
            banks=bank("JPRN", "UMIN000012345"),
            doi="10.1000/ABC",
        ),
    )
    assert paper.title == "Effect of in vivo CO2 vesicles"
    assert {(number.registry, number.number) for number in paper.numbers} == {
        ("UMIN-CTR", "UMIN000012345"),
        ("jRCT", "jRCT2031250001"),
    }
    assert paper.doi == "10.1000/abc"  # and not that of a reference
    assert "Secretname" not in str(paper.model_dump())


def test_title_only_in_its_own_language(server: Loopback, ask: Any) -> None:
    text = article("1", "[Not Available].", tail="<VernacularTitle>エクソソームの安全性</VernacularTitle>", journal="")
    paper = one_paper(server, ask, text)
    assert (paper.title, paper.journal) == ("エクソソームの安全性", "J Ves")
    assert one_paper(server, ask, article("1", "")).title == "[Not Available]."


def test_book(server: Loopback, ask: Any) -> None:
    book = """<PubmedBookArticle><BookDocument><PMID Version="1">1</PMID><ArticleIdList><ArticleId IdType="bookaccession">
NBK1</ArticleId></ArticleIdList><Book><Publisher><PublisherName>P</PublisherName></Publisher>
<BookTitle>Vesicle medicine</BookTitle><PubDate><Year>2025</Year></PubDate></Book>
<ArticleTitle>Exosomes</ArticleTitle></BookDocument></PubmedBookArticle>"""
    paper = one_paper(server, ask, book)
    assert (paper.title, paper.journal, paper.published, paper.status) == (
        "Exosomes",
        "Vesicle medicine",
        "2025",
        "book",
    )


def test_proposals_by_question(server: Loopback, ask: Any) -> None:
    serve(
        server,
        article("11"),
        article("12", "Potency assays for extracellular vesicles"),
        article("13", "Plasma exosomes as a biomarker", abstract=""),
        article("14", "The RNA exosome complex", abstract=""),
        article("15", "Retracted: exosomes", types={"D016441": "Retracted Publication"}),
        article("16", "Retraction: exosomes", types={"D016440": "Retraction of Publication"}),
        article("17", "Cited exosomes"),
        article("18", "Exosomes cited by DOI", doi="10.1000/KNOWN"),
        hits={"trials": ["11", "13", "17", "18"], "guidance": ["12", "11", "14"], "harms": ["15", "16"]},
    )
    asked = ask(
        *(("glossary", minimal("glossary", id_)) for id_ in ("exosome", "exosome-therapy")),
        ("guidelines", minimal("guidelines", "g", sources=[source(pmid="17"), source(key="s2", doi="10.1000/known")])),
    )
    found = discovered(asked)
    assert {key: proposal.entry for key, proposal in found.items()} == {
        "pmid-11": "glossary/exosome-therapy",
        "pmid-12": "glossary/exosome",
    }
    assert found["pmid-11"].url == "https://pubmed.ncbi.nlm.nih.gov/11/"
    assert found["pmid-11"].kind == "notice"
    assert "PMID 11" in found["pmid-11"].words.ja
    searches = {search.key: search for search in asked.searches}
    assert searches["trials"].hits == 4
    assert searches["trials"].known == ("PMID 17", "PMID 18")
    assert searches["guidance"].proposed == ("PMID 12", "PMID 11")
    assert [item.id for item in searches["harms"].excluded] == ["15", "16"]
    assert "撤回" in searches["harms"].excluded[0].reason.ja


def test_the_same_answer_gives_the_same_proposal(server: Loopback, ask: Any) -> None:
    serve(server, article("11"))
    assert discovered(ask()) == discovered(ask())


def test_a_trial_report_becomes_a_result_of_its_trial(server: Loopback, ask: Any, tmp_path: Path) -> None:
    trial = minimal("trials", "t1", registrations=[{"registry": "ClinicalTrials.gov", "number": NCT}])
    serve(
        server,
        article("11", banks=bank("ClinicalTrials.gov", NCT), types={"D016449": "Randomized Controlled Trial"}),
        article("12", abstract=f"<Abstract><AbstractText>Protocol, {NCT}.</AbstractText></Abstract>",
                types={"D000078325": "Clinical Trial Protocol", "D016430": "Clinical Trial"}),
    )  # fmt: skip
    root = write_kb(tmp_path, trials=[trial])
    found = discovered(ask(("trials", trial)))
    assert found["pmid-11"].confidence == "high"
    assert (found["pmid-11"].kind, found["pmid-12"].kind) == ("change", "notice")
    assert found["pmid-11"].entry == found["pmid-12"].entry == "trials/t1"
    accept(root, found["pmid-11"], TODAY)
    result_, cited = load(root).trials["t1"].results[0], load(root).trials["t1"].sources[-1]
    assert (result_.pmid, result_.year, result_.link_confirmed, result_.outcome) == ("11", 2026, True, None)
    assert (cited.key, cited.read, result_.sources) == ("pmid-11", "not-read", ("pmid-11",))


def test_reports_of_known_trials_are_asked_for_by_number(server: Loopback, ask: Any) -> None:
    trial = minimal("trials", "t1", registrations=[{"registry": "ClinicalTrials.gov", "number": NCT}])
    serve(
        server,
        article("11", "A report that calls its product otherwise", abstract="", banks=bank("ClinicalTrials.gov", NCT)),
        article(
            "12",
            "Retracted",
            banks=bank("ClinicalTrials.gov", NCT),
            types={"D016441": "Retracted Publication", "D016430": "Clinical Trial"},
        ),
        hits={"registrations": ["11", "12"], "trials": ["12"], "guidance": ["12"], "harms": ["12"]},
    )
    asked = ask(("trials", trial))
    found = discovered(asked)
    assert {proposal.entry for proposal in found.values()} == {"trials/t1"}
    assert {proposal.kind for proposal in found.values()} == {"notice"}
    assert "retracted" in found["pmid-12"].words.en
    query = next(seen.query for seen in server.seen if "[si]" in seen.query.get("term", ""))
    assert query["term"] == f'"{NCT}"[si]'
    assert "reldate" not in query
    assert next(seen.query for seen in server.seen if seen.path == SEARCH)["reldate"] == "365"


def test_registrations_are_asked_for_in_parts() -> None:
    asked = pubmed_queries.registrations(f"NCT{number:08}" for number in range(130))
    assert [query.count("[si]") for query in asked.values()] == [60, 60, 10]


def test_an_overview_of_many_trials_is_no_result(server: Loopback, ask: Any) -> None:
    trial = minimal("trials", "t1", registrations=[{"registry": "ClinicalTrials.gov", "number": NCT}])
    serve(server, article("11", banks=bank("ClinicalTrials.gov", NCT, "NCT04999998", "NCT04999997"),
                          types={"D016430": "Clinical Trial"}))  # fmt: skip
    assert discovered(ask(("trials", trial)))["pmid-11"].kind == "notice"


def test_pages(server: Loopback, ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pubmed_queries, "PAGE", 2)
    monkeypatch.setattr(pubmed, "BATCH", 2)
    serve(server, *(article(str(number)) for number in range(21, 26)), hits={"trials": ["21", "22", "23", "24", "25"]})
    asked = ask(since=date(2026, 11, 20))
    assert len(discovered(asked)) == 5
    assert server.count(FETCH) == 3
    search = next(seen for seen in server.seen if seen.path == SEARCH)
    assert (search.query["mindate"], search.query["maxdate"], search.query["datetype"]) == (
        "2026/11/20",
        "2026/11/23",
        "edat",
    )
    assert search.query["tool"] == "evreg"


def test_no_more_than_the_limit_is_read(server: Loopback, ask: Any) -> None:
    serve(server, *(article(str(number)) for number in range(21, 26)))
    assert list(discovered(ask(limit=2))) == ["pmid-21", "pmid-22"]


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply({"error": "API rate limit exceeded", "api-key": "203.0.113.9", "count": "4"}, 429), "rate limit"),
        (Reply({"error": "API rate limit exceeded", "api-key": "203.0.113.9", "count": "4"}), "rate limit"),
        (Reply({"header": {}, "esearchresult": {"ERROR": "Search Backend failed"}}), "Backend failed"),
        (Reply({"header": {}, "esearchresult": {"count": "12", "idlist": []}}), "retstart"),
        (Reply({"esearchresult": {"count": "3", "retmax": "1", "retstart": "0", "idlist": ["<b>"]}}), "idlist"),
        (Reply(result(["1", "2"], 5)), "none that is new"),
        (Reply(result([], 5)), "none that is new"),
        (Reply(result([], 0)), "0 hits"),
        (Reply("<html><title>Maintenance</title></html>"), "HTML"),
        (Reply([]), "esearchresult"),
    ],
)
def test_search_answers_that_are_none(server: Loopback, ask: Any, reply: Reply, says: str) -> None:
    serve(server)
    server._handlers.pop(SEARCH)
    server.say(SEARCH, reply)
    with pytest.raises(SourceFault) as caught:
        discovered(ask())
    assert says in str(caught.value)
    assert "203.0.113.9" not in str(caught.value)


def test_no_hits_since_yesterday_is_an_answer(server: Loopback, ask: Any) -> None:
    empty = result([], 0)
    empty["esearchresult"] |= {
        "errorlist": {"phrasesnotfound": ["x"]},
        "warninglist": {"outputmessages": ["No items found."]},
    }
    server.say(SEARCH, empty)
    assert discovered(ask(since=date(2026, 11, 22))) == {}


@pytest.mark.parametrize(
    "body",
    [
        '<?xml version="1.0"?><eFetchResult><ERROR>Empty id list</ERROR></eFetchResult>',
        '<?xml version="1.0"?><PubmedArticleSet><PubmedArticle>',
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><PubmedArticleSet>&a;</PubmedArticleSet>',
        {"error": "API rate limit exceeded"},
        '<?xml version="1.0"?><PubmedArticleSet><PubmedArticle/></PubmedArticleSet>',
    ],
)
def test_fetch_answers_that_are_none(server: Loopback, ask: Any, body: Any) -> None:
    server.say(FETCH, Reply(body))
    with pytest.raises(SourceFault):
        list(pubmed._fetch(ask(), ["1"]))


def notices(pmid: str, *types: str) -> str:
    return article(pmid, corrections="".join(
        f'<CommentsCorrections RefType="{name}"><RefSource>J Ves. 2026</RefSource><PMID Version="1">9</PMID></CommentsCorrections>'
        for name in types
    ))  # fmt: skip


def citing(*pmids: str) -> tuple[str, dict[str, Any]]:
    cited = [source(key=f"s{place}", pmid=pmid) for place, pmid in enumerate(pmids)]
    return "guidelines", minimal("guidelines", "g", sources=cited)


@pytest.mark.parametrize(
    ("types", "kind", "says"),
    [
        (("RetractionIn", "ErratumIn"), "retraction", "has been retracted"),
        (("RetractedandRepublishedIn",), "retraction", "has been retracted"),
        (("PartialRetractionIn",), "retraction", "PartialRetractionIn"),
        (("ExpressionOfConcernIn",), "retraction", "concern"),
        (("ErratumIn",), "retraction", "not retracted"),
        (("UpdateIn",), "notice", "later notice"),
    ],
)
def test_notices_about_a_cited_paper(server: Loopback, ask: Any, types: tuple[str, ...], kind: str, says: str) -> None:
    serve(server, notices("1", *types))
    (proposal,) = observed(ask(citing("1")))
    assert (proposal.kind, proposal.entry) == (kind, "guidelines/g")
    assert says in proposal.words.en


@pytest.mark.parametrize("reference", [
    "RetractionOf", "PartialRetractionOf", "ErratumFor", "CommentIn", "Cites", "ExpressionOfConcernFor",
])  # fmt: skip
def test_a_notice_is_not_what_it_is_about(server: Loopback, ask: Any, reference: str) -> None:
    serve(server, notices("1", reference))
    assert observed(ask(citing("1"))) == []


def test_publication_type_alone_says_retracted(server: Loopback, ask: Any) -> None:
    serve(server, article("1", types={"D016441": "Retracted Publication"}))
    (proposal,) = observed(ask(citing("1")))
    assert proposal.kind == "retraction"


def test_deleted_numbers(server: Loopback, ask: Any) -> None:
    serve(server, article("1"), tail='<DeleteCitation><PMID Version="1">2</PMID></DeleteCitation>')
    (proposal,) = observed(ask(citing("1", "2", "1")))
    assert proposal.kind == "notice"
    assert "no record 2" in proposal.words.en


def test_two_identifiers_of_two_works(server: Loopback, ask: Any) -> None:
    serve(server, article("1", doi="10.1000/right"))
    entry = minimal("guidelines", "g", sources=[source(pmid="1", doi="10.1000/wrong")])
    (proposal,) = observed(ask(("guidelines", entry)))
    assert "10.1000/right" in proposal.words.ja
