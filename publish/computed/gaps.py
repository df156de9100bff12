"""``gaps/``: model products beside what each jurisdiction asks; one page for each product with quality attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from markupsafe import Markup

from kb import KnowledgeBase
from kb.analysis.gap_records import as_json
from kb.analysis.gaps import GapReport, gap_report, products_with_attributes
from kb.statistics import as_of
from publish.computed.gap_page import STYLES, product_page
from publish.gap_report.content import content
from publish.gap_report.markdown import as_markdown
from publish.gap_report.words import MOST, RULES, SHEET
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place, localized_path
from publish.safe_text import html, trusted
from publish.site import Site
from publish.templating import render
from publish.values import Values

PATH = "gaps/"


@lru_cache(maxsize=1)
def _reports(kb: KnowledgeBase) -> tuple[GapReport, ...]:
    """One knowledge base is published in two languages, as pages and as files."""
    return tuple(gap_report(kb, product) for product in products_with_attributes(kb))


def pages(site: Site) -> Iterator[Page]:
    """The overview and one page for each product."""
    reports = _reports(site.kb)
    yield _overview(site, reports)
    for report in reports:
        yield product_page(site, report)


def files(site: Site) -> Mapping[str, str | bytes]:
    """Each report as Markdown, and once for both languages as JSON."""
    found: dict[str, str | bytes] = {}
    for report in _reports(site.kb):
        path = f"{PATH}{report.product.id}/gap"
        found[localized_path(site.language, f"{path}.md")] = as_markdown(content(site, report, MOST))
        if site.language == "en":
            found[f"{path}.json"] = as_json(site.kb, report).encode()
    return found


def _overview(site: Site, reports: tuple[GapReport, ...]) -> Page:
    say, place = Phrases(site, SHEET), Place(site.language, PATH)
    root, day = place.root, as_of(site.kb.guidelines.values())
    product_day = max((report.product.review.verified for report in reports), default="")
    values = Values(site, root)
    dates = {"documents": day, "product": product_day}
    head = page_head(
        site,
        root,
        say("title"),
        say("about"),
        links=[
            (say("see_matrix"), f"{root}matrix/"),
            (say("see_harmonisation"), f"{root}harmonisation/"),
            (say("rules"), "#rules"),
        ],
        template="matrix_head",
        counted=say.html("as_of", **{name: values.date(text) if text else "–" for name, text in dates.items()}),
        download="",
        downloads=(),
    )
    body = [head, block(html(say("caution")), "ev-gap-caution"), heading(say("overview"), "overview")]
    body.append(block(_grid(site, reports)))
    body += [heading(say("rules"), "rules"), rules(site)]
    return Page(
        path=PATH,
        title=say("title"),
        description=say("description"),
        body="\n\n".join(body) + "\n",
        meta={"hide": ["toc", "navigation"]},
        styles=STYLES,
    )


def _grid(site: Site, reports: tuple[GapReport, ...]) -> Markup:
    say = Phrases(site, SHEET)
    codes = [found.jurisdiction for found in reports[0].jurisdictions] if reports else []
    rows = [
        (
            site.title(report.product),
            f"{report.product.id}/",
            [_ratio(say, report, place) for place in range(len(codes))],
        )
        for report in reports
    ]
    return render(
        "gap_overview",
        about=say("overview_about"),
        label=say("overview"),
        product=say("product"),
        places=[site.label("jurisdictions", code) for code in codes],
        codes=codes,
        rows=rows,
    )


def _ratio(say: Phrases, report: GapReport, place: int) -> str:
    counts = report.jurisdictions[place].counts
    asked = sum(counts.values()) - counts.get("not-applicable", 0)
    reported = counts.get("criterion", 0) + counts.get("reported", 0)
    return say("ratio", reported=reported, asked=asked) if asked else ""


def rules(site: Site) -> str:
    """The rules of applicability as a block."""
    say = Phrases(site, SHEET)
    items = trusted("".join(f"<li>{html(say(rule))}</li>" for rule in RULES))
    return block(trusted(f"<p>{html(say('rules_about'))}</p><ol>{items}</ol>"))
