from __future__ import annotations

from typing import Any

import pytest

from kb.proposals import Proposal
from kb.searches import Search
from scrapers.faults import SourceFault
from scrapers.fetching.fetcher import Fetcher
from scrapers.register import Feed, register
from scrapers.sources import news_feeds
from scrapers.sources.news_feeds_items import DATE_FORMS
from tests.entries import minimal, source
from tests.scrapers.conftest import MakeFetcher
from tests.scrapers.server import Loopback, Reply
from tests.scrapers.sources.small_kb import knowledge_base, visit

RDF = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xml:lang="ja">
<channel rdf:about="https://ministry.example/"><title>新着</title><link>https://ministry.example/</link></channel>
{items}</rdf:RDF>"""
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'
ATOM = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{items}</feed>'
LIST = """<!doctype html><html><body><ul class="news">{items}</ul></body></html>"""
MARKS = {"item": "ul.news li", "title": "a", "link": "a", "date": "span.d", "date_form": "japanese"}


def rdf_item(title: str, link: str = "/n/1", date: str = "2026-11-02T10:00:00+09:00", text: str = "") -> str:
    return (
        f'<item rdf:about="{link}"><title>{title}</title><link>{link}</link><description>{text}</description>'
        f"<dc:date>{date}</dc:date></item>"
    )


def rss_item(title: str, link: str = "https://x.example/1", date: str = "Mon, 02 Nov 2026 23:30:00 +0900") -> str:
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate></item>"


def feed(server: Loopback, id_: str = "one", **changes: Any) -> Feed:
    fields = {
        "id": id_,
        "publisher": {"en": "A ministry", "ja": "ある省"},
        "jurisdiction": "JP",
        "url": f"{server.url}/{id_}",
        "language": "ja",
        **changes,
    }
    return Feed.model_validate(fields)


@pytest.fixture
def read(make_fetcher: MakeFetcher, server: Loopback) -> Any:
    def reading(*feeds: Feed, **options: Any) -> tuple[list[Proposal], list[Search]]:
        fetcher: Fetcher = make_fetcher("news", source={"base": None, "feeds": list(feeds or (feed(server),))})
        cited = [source(url="https://x.example/cited")]
        kb = knowledge_base({"jurisdictions": [minimal("jurisdictions", "jp", sources=cited)]})
        one = visit(fetcher, kb, **options)
        return list(news_feeds.discover(one)), one.searches

    return reading


def test_rss_1_in_japanese(read: Any, server: Loopback) -> None:
    items = rdf_item("ｴｸｿｿｰﾑ等に関する通知について") + rdf_item("会議の開催案内", "/n/2")
    server.say("/one", RDF.format(items=items))
    (proposal,), (search,) = read()
    assert (proposal.kind, proposal.entry, proposal.url) == ("notice", "jurisdictions/jp", f"{server.url}/n/1")
    assert proposal.words.ja == "ある省、2026-11-02「ｴｸｿｿｰﾑ等に関する通知について」。"
    assert "A ministry, 2026-11-02" in proposal.words.en
    assert proposal.confidence == "high"
    assert (search.key, search.hits, search.proposed) == ("one", 1, (f"{server.url}/n/1",))


@pytest.mark.parametrize(
    "title",
    ["엑소좀 화장품 안전성 서한", "外泌體產品管理", "Alerta: exossomos sem registro", "Exosomen: Warnung", "Vésicules extracellulaires"],
)  # fmt: skip
def test_rss_2_in_other_languages(read: Any, server: Loopback, title: str) -> None:
    server.say("/one", RSS.format(items=rss_item(title) + rss_item("Cars", "https://x.example/2")))
    (proposal,), _ = read()
    assert f"2026-11-02: «{title}»" in proposal.words.en


def test_atom(read: Any, server: Loopback) -> None:
    items = (
        '<entry><title type="html">&lt;b&gt;Exosome&lt;/b&gt; products recall</title><id>tag:1</id>'
        '<link rel="alternate" href="https://x.example/a"/><updated>2026-11-03T00:30:00Z</updated></entry>'
    )
    server.say("/one", Reply(ATOM.format(items=items), content_type="application/atom+xml; charset=utf-8"))
    (proposal,), _ = read()
    assert "2026-11-03: «Exosome products recall»" in proposal.words.en


def test_atom_with_names_before_addresses(read: Any, server: Loopback) -> None:
    """As gov.uk writes it: the id of the feed and of its entries is a tag, which stands before the link."""
    entry = "<entry><id>tag:www.gov.example,2005:/alerts/{n}</id><updated>2026-11-02T14:02:41+00:00</updated>{link}<title>Exosome {n}</title></entry>"
    link = '<link rel="alternate" type="text/html" href="https://www.gov.example/alerts/1"/>'
    items = "<id>tag:www.gov.example,2005:/alerts</id>" + entry.format(n=1, link=link) + entry.format(n=2, link="")
    server.say("/one", Reply(ATOM.format(items=items), content_type="application/atom+xml; charset=utf-8"))
    assert [proposal.url for proposal in read()[0]] == ["https://www.gov.example/alerts/1", f"{server.url}/one"]


def test_rss_1_that_forgets_its_namespace(read: Any, server: Loopback) -> None:
    server.say("/one", RDF.format(items=rdf_item("エクソソーム")).replace('xmlns="http://purl.org/rss/1.0/"', ""))
    (proposal,), _ = read()
    assert (proposal.url, proposal.words.ja) == (f"{server.url}/n/1", "ある省、2026-11-02「エクソソーム」。")


def test_a_list_page(read: Any, server: Loopback) -> None:
    items = (
        '<li><span class="d">令和8年11月2日</span><a href="/b">幹細胞培養上清液の取扱い</a></li>'
        '<li><span class="d">令和8年11月1日</span><a href="/c">その他</a></li>'
    )
    server.say("/one", LIST.format(items=items))
    (proposal,), (search,) = read(feed(server, form="list", select=MARKS))
    assert (proposal.url, proposal.confidence) == (f"{server.url}/b", "medium")
    assert "2026-11-02" in proposal.words.en
    assert search.hits == 1


@pytest.mark.parametrize(
    "body",
    [
        LIST.format(items=""),
        LIST.format(items="<li>エクソソーム</li>"),
        LIST.format(items="<li><a href='javascript:alert(1)'>エクソソーム</a></li>"),
    ],
)
def test_a_list_that_was_rebuilt_is_a_fault(read: Any, server: Loopback, body: str) -> None:
    server.say("/one", body)
    with pytest.raises(SourceFault):
        read(feed(server, form="list", select=MARKS))


@pytest.mark.parametrize(
    "reply",
    [
        Reply("<html><body>Please enable JavaScript</body></html>"),
        Reply("<?xml version='1.0'?><rss version='2.0'><channel><item><title>Exosome</title>"),
        Reply("<?xml version='1.0'?><data><x/></data>"),
        Reply('<!DOCTYPE r [<!ENTITY a "exosome">]><rss version="2.0"><channel><title>&a;</title></channel></rss>', content_type="text/xml"),
        Reply("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body>Exosome</body></html>", content_type="text/html"),
        Reply("<!-- busy --><HTML><body>Exosome</body></HTML>", content_type="application/rss+xml"),
        Reply(RSS.format(items="<item><link>https://x.example/1</link></item>")),
        Reply(RSS.format(items=rss_item("Exosome", "javascript:alert(1)"))),
        Reply("", 404, "text/plain"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_a_fault(read: Any, server: Loopback, reply: Reply) -> None:
    server.say("/one", reply)
    with pytest.raises(SourceFault) as fault:
        read()
    assert fault.value.url.endswith("/one")


@pytest.mark.parametrize(
    ("item", "url", "title"),
    [
        ("<title>Exosome</title><guid>https://x.example/g</guid>", "https://x.example/g", "Exosome"),
        ("<title>Exosome</title><guid>4711</guid><link>https://x.example/1</link>", "https://x.example/1", "Exosome"),
        ("<title>Exosome</title><link>https://x.example/1</link><guid>4711</guid>", "https://x.example/1", "Exosome"),
        ("<title>Exosome</title><guid>4711</guid>", "https://x.example/home", "Exosome"),
        ('<title>Exosome</title><guid isPermaLink="false">4711</guid>', "https://x.example/home", "Exosome"),
        ("<title>Exosome</title><link/>", "https://x.example/home", "Exosome"),
        ("<description>&lt;p&gt;Exosome&lt;/p&gt; rule</description><link>https://x.example/1</link>", "https://x.example/1", "Exosome rule"),
        ('<title><a href="/t">Exosome</a></title><link>https://x.example/1</link>', "https://x.example/1", "Exosome"),
        ("<title>Exosome</title><link><![CDATA[\nhttps://x.example/a b.pdf?x=1&y=<2>\n]]></link>", "https://x.example/a%20b.pdf?x=1&y=%3C2%3E", "Exosome"),
    ],
)  # fmt: skip
def test_items_without_address_or_title(read: Any, server: Loopback, item: str, url: str, title: str) -> None:
    home = "<link>https://x.example/home</link>"
    server.say("/one", RSS.format(items=f"{home}<item>{item}</item>"))
    (proposal,), (search,) = read()
    assert proposal.url == url
    assert f"«{title}»" in proposal.words.en
    assert ("no address of its own" in proposal.reasons[-1].en) is (url == "https://x.example/home")
    assert search.hits == 1


def test_items_without_address_are_told_apart(read: Any, server: Loopback) -> None:
    server.say("/one", RSS.format(items="<item><title>Exosome A</title></item><item><title>Exosome B</title></item>"))
    found, _ = read()
    assert [proposal.url for proposal in found] == [f"{server.url}/one"] * 2
    assert len({proposal.key for proposal in found}) == 2


def test_links_are_relative_to_the_document_or_its_base(read: Any, server: Loopback) -> None:
    items = rss_item("Exosome", "b/1") + rss_item("Exosomes", "/2").replace(
        "<item>", '<item xml:base="https://y.example/">'
    )
    server.say("/one", RSS.format(items=items))
    assert [proposal.url for proposal in read()[0]] == [f"{server.url}/b/1", "https://y.example/2"]


@pytest.mark.parametrize("encoding", ["shift_jis", "euc-jp", "utf-16", "utf-8"])
@pytest.mark.parametrize("label", ["text/xml", "text/html", "application/rss+xml; charset=iso-8859-1", ""])
def test_the_document_says_how_it_is_encoded(read: Any, server: Loopback, encoding: str, label: str) -> None:
    body = RSS.format(items=rss_item("エクソソームの通知")).replace('"1.0"?', f'"1.0" encoding="{encoding}"?')
    server.say("/one", Reply(body.encode(encoding), content_type=label))
    (proposal,), _ = read()
    assert "«エクソソームの通知»" in proposal.words.en


def test_a_feed_in_the_korean_encoding(read: Any, server: Loopback) -> None:
    body = RSS.format(items=rss_item("엑소좀 안전성 서한")).replace('"1.0"?', '"1.0" encoding="euc-kr" ?')
    server.say("/one", Reply(body.encode("cp949"), content_type="text/xml;charset=euc-kr"))
    (proposal,), _ = read()
    assert "«엑소좀 안전성 서한»" in proposal.words.en


def test_a_byte_order_mark_and_blank_lines_come_first(read: Any, server: Loopback) -> None:
    server.say("/one", Reply(b"\xef\xbb\xbf" + RSS.format(items=rss_item("Exosome")).encode()))
    server.say("/two", Reply("\r\n\r\n" + RSS.format(items=rss_item("Exosome"))))
    assert len(read(feed(server), feed(server, "two"))[0]) == 2


def test_the_whole_text_of_an_item_is_sorted(read: Any, server: Loopback) -> None:
    ns = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    body = f"<description>Recall</description><content:encoded {ns}><![CDATA[<p>exosome vials</p>]]></content:encoded>"
    server.say("/one", RSS.format(items=f"<item><title>Recall</title><link>https://x.example/1</link>{body}</item>"))
    assert len(read()[0]) == 1


def test_a_silent_feed_is_named_and_the_others_go_on(read: Any, server: Loopback) -> None:
    server.say("/one", Reply("<html>busy</html>"))
    server.say("/two", RSS.format(items=rss_item("Exosome")))
    found, searches = read(feed(server), feed(server, "two"))
    assert len(found) == 1
    assert searches[0].excluded[0].reason.en.startswith("Not read: ")
    assert searches[0].excluded[0].reason.ja.startswith("読み取れなかった。")


def test_an_empty_feed_is_no_fault(read: Any, server: Loopback) -> None:
    server.say("/one", RSS.format(items=""))
    assert read()[0] == []


def test_too_many_items_are_a_fault(read: Any, server: Loopback) -> None:
    server.say("/one", RSS.format(items=rss_item("News") * 2001))
    with pytest.raises(SourceFault, match="2,001 items"):
        read()


def test_what_is_known_doubled_or_something_else_is_not_proposed(read: Any, server: Loopback) -> None:
    items = "".join((
        rss_item("Exosome warning", "https://x.example/cited"),
        rss_item("Exosome warning", "https://x.example/2"),
        rss_item("Exosome warning", "https://x.example/2"),
        rss_item("RNA exosome complex structure", "https://x.example/3"),
        rss_item("Exosome biomarker for early detection", "https://x.example/4"),
    ))  # fmt: skip
    server.say("/one", RSS.format(items=items))
    found, (search,) = read()
    assert [proposal.url for proposal in found] == ["https://x.example/2"]
    assert search.known == ("https://x.example/cited",)
    assert [item.id for item in search.excluded] == ["https://x.example/3", "https://x.example/4"]
    assert search.hits == 4


def test_markup_in_titles_becomes_text(read: Any, server: Loopback) -> None:
    server.say("/one", RDF.format(items=rdf_item("&lt;script&gt;alert(1)&lt;/script&gt;エクソソーム&lt;br&gt;通知")))
    (proposal,), _ = read()
    assert "script" not in proposal.words.en
    assert "«エクソソーム 通知»" in proposal.words.en


@pytest.mark.parametrize(
    "date",
    [
        "Mon, 02 Nov 2026 23:30:00 GMT", "Mon, 2 Nov 26 23:30 EST", "Mon,02 Nov 2026 23:30:00 +0900", "2 November 2026",
        "Mon, 02 Nov 2026 23:30:00 +09:00", "Mon, 02 Nov 2026 23:30:00 GMT+9", "Mon, 02 Nov 2026 23:30:00 GMT+09:00",
        "Mon, 02 Nov 2026 23:30:00 +0000 (UTC)", "Mon Nov 02 23:30:00 KST 2026", "Mon, 02 Nov 2026 23:30:00.0 +0900",
        "2026-11-02", "2026-11-02T23:30:00+09:00", "2026-11-02T23:30:00 +0900", "2026-11-02 23:30:00.0", "2026/11/02 23:30",
        "2026.11.02", "2026. 11. 2.", "2026.11.02 23:30:00", "2026年11月2日", "令和8年11月2日",
    ],
)  # fmt: skip
def test_dates_as_publishers_write_them(read: Any, server: Loopback, date: str) -> None:
    server.say("/one", RSS.format(items=rss_item("Exosome", date=date)))
    (proposal,), _ = read()
    assert "A ministry, 2026-11-02: " in proposal.words.en


@pytest.mark.parametrize("date", ["0001-01-01T00:00:00Z", "03/04/2026", "soon"])
def test_an_unknown_date_is_left_out_and_said(read: Any, server: Loopback, date: str) -> None:
    server.say("/one", RDF.format(items=rdf_item("エクソソーム", date=date)))
    (proposal,), _ = read()
    assert proposal.words.ja == "ある省「エクソソーム」。"
    assert date in proposal.reasons[1].en


def test_a_deadline_for_comments_and_no_other_text(read: Any, server: Loopback) -> None:
    text = (
        "案の公示日：2026/10/01&lt;br/&gt;受付締切日時：2026/12/25 00:00&lt;br/&gt;問合せ先（担当 山田）：03-0000-0000"
    )
    server.say("/one", RDF.format(items=rdf_item("細胞外小胞の取扱い（案）", text=text)))
    (proposal,), _ = read()
    assert "Comments until 2026-12-25 00:00." in proposal.words.en
    assert "山田" not in proposal.model_dump_json()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("案の公示日：2026/06/10&lt;br/&gt;受付締切日時：2026/07/10 00:00&lt;br/&gt;", "2026-06-10"),
        ("結果の公示日：2026/06/10&lt;br/&gt;案の公示日：2026/04/25&lt;br/&gt;提出意見数：3&lt;br/&gt;", "2026-06-10"),
        ("カテゴリー：厚生&lt;br/&gt;", "2026-06-09"),
    ],
)
def test_the_day_that_a_public_comment_states(read: Any, server: Loopback, text: str, day: str) -> None:
    """e-Gov gives the start of the day in UTC and forgets the seconds."""
    server.say("/one", RDF.format(items=rdf_item("エクソソームに関する意見募集", date="2026-06-09T15:00:Z", text=text)))
    (proposal,), _ = read()
    assert f"A ministry, {day}: " in proposal.words.en


def test_only_what_is_new(read: Any, server: Loopback) -> None:
    from datetime import date

    old = rdf_item("エクソソーム", "/old", "2026-10-01T00:00:00+09:00")
    server.say("/one", RDF.format(items=rdf_item("エクソソーム") + old))
    found, _ = read(since=date(2026, 11, 1))
    assert [proposal.url for proposal in found] == [f"{server.url}/n/1"]


def test_the_same_feed_says_the_same(read: Any, server: Loopback) -> None:
    server.say("/one", Reply(RDF.format(items=rdf_item("エクソソーム")), etag="auto"))
    assert read()[0] == read()[0]
    assert [seen.status for seen in server.seen if seen.path == "/one"] == [200, 304]


def test_a_jurisdiction_without_profile_is_named(read: Any, server: Loopback) -> None:
    with pytest.raises(SourceFault, match="no profile of «BR»"):
        read(feed(server, jurisdiction="BR"))


def test_the_register_of_the_package_is_usable() -> None:
    from kb import load

    codes = {profile.code for profile in load().jurisdictions.values()}
    for one in register()["news"].feeds:
        assert one.jurisdiction in codes
        assert one.select is None or (one.select.date_form or "iso") in DATE_FORMS
