"""``/review/``: how entries are reviewed and signed, how far that has come, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from kb.knowledge_base import key_of
from kb.models import COLLECTIONS, model_of
from kb.review.policy import STAGES
from kb.review.words import need_words
from publish.computed.review_due import due_page
from publish.computed.review_people import groups_page, reviewers_page
from publish.computed.review_tables import CSV, STATUSES, STYLES, ReviewTables
from publish.csv_text import Cell, safe_csv
from publish.page import Page, block, heading
from publish.page_head import Link, page_head
from publish.places import localized_path
from publish.safe_text import html, visible
from publish.site import Site
from publish.templating import render

PATH = "review/"
#: Entries in the list of what comes next; the CSV file has all.
_SHOWN = 12


def pages(site: Site) -> Iterator[Page]:
    """The page about review, what is due, who signed what, and the working groups."""
    yield _overview(site)
    yield due_page(site)
    yield reviewers_page(site)
    yield groups_page(site)


def files(site: Site) -> Mapping[str, str | bytes]:
    """Every entry with its status and the day on which it is due."""
    return {localized_path(site.language, CSV): _entries_csv(site)}


def _overview(site: Site) -> Page:
    tables = ReviewTables(site, PATH)
    say = tables.say
    first = tables.tasks[:_SHOWN]
    any_lapsed = any(item.lapsed for item in tables.counts())
    body = [_head(tables)]
    if not any(item.by for item in (entry.review for entry in tables.entries)):
        body.append(block(html(say("nobody")), "ev-review-nobody"))
    body += [heading(say("rules"), "rules"), block(render("review_rules", rules=_rules(tables)))]
    body += [
        heading(say("by_collection"), "by-collection"),
        block((_note(say.html("by_collection_note")) if any_lapsed else Markup("")) + tables.collections()),
    ]
    words = say.html("next_note", n=len(first), total=len(tables.tasks))
    body += [heading(say("next"), "next"), block((_note(words) if first else Markup("")) + tables.agenda_table(first))]
    return Page(
        path=PATH,
        title=say("title"),
        description=say("description"),
        body="\n\n".join(body) + "\n",
        styles=STYLES,
        meta={"hide": ["navigation"]},
    )


def _head(tables: ReviewTables) -> str:
    say, number, root = tables.say, tables.values.number, tables.place.root
    counts = tables.counts()
    day = tables.values.date(tables.as_of) if tables.as_of else Markup("–")
    figures = [
        (number(sum(item.statuses[status] for item in counts)), tables.site.label("review-states", status))
        for status in STATUSES
    ]
    figures += [(number(sum(getattr(item, name) for item in counts)), say(name)) for name in ("overdue", "due")]
    links: list[Link] = [
        (say("due_link"), f"{root}{PATH}due/"),
        (say("reviewers_link"), f"{root}{PATH}reviewers/"),
        (say("groups_link"), f"{root}{PATH}groups/"),
        (say("quality_link"), f"{root}quality-of-data/"),
        (say("csv"), f"{tables.place.site_root}{localized_path(tables.site.language, CSV)}"),
    ]
    return page_head(
        tables.site, root, say("title"), say("about"), links=links, template="quality_head",
        as_of=say.html("as_of", day=day), figures=figures,
    )  # fmt: skip


def _note(words: Markup) -> Markup:
    return Markup('<p class="ev-dq-note">{}</p>').format(words)


def _rules(tables: ReviewTables) -> list[str]:
    """The rules in words, as ``review.yaml`` states them."""
    site, say, policy = tables.site, tables.say, tables.site.kb.review_policy
    needs = [need_words(stage, policy.requirements.of(stage)) for stage in STAGES]
    comma = "、" if site.language == "ja" else ", "
    exempt = [_field_words(site, path) for path in policy.content[policy.signed_with].paths() if path != ("review",)]
    return [
        say("rule_draft"),
        *(need.ja if site.language == "ja" else need.en for need in needs),
        say("rule_signature"),
        say("rule_change", fields=comma.join(exempt)),
        say("rule_hash"),
        say("rule_term"),
        say("rule_register"),
    ]


def _field_words(site: Site, path: tuple[str, ...]) -> str:
    """An exempt field in the reader's words, from the first collection that has it."""
    name = next((name for name in COLLECTIONS if path[0] in model_of(name).model_fields), COLLECTIONS[0])
    return site.labels.field_path(name, ".".join(path))


def _entries_csv(site: Site) -> bytes:
    """First what is to be reviewed, in the order of the agenda; then the others, what is due sooner first."""
    tables = ReviewTables(site, PATH)
    names = ("collection", "id", "title_column", "status", "why", "due_on", "verified", "confidence", "signed_by")
    reasons, days = tables.reasons_of(), {key_of(entry): day for day, entry in tables.dues}

    def rows() -> Iterator[tuple[Cell, ...]]:
        for key in dict.fromkeys((*reasons, *days)):
            entry = site.kb.entry(key)
            yield (
                *key,
                visible(site.title(entry)),
                site.label("review-states", entry.review.status),
                reasons.get(key, ""),
                days[key].isoformat(),
                entry.review.verified,
                site.label("confidence-levels", entry.confidence),
                "; ".join(visible(item.name) for item in entry.review.by),
            )

    return safe_csv([tables.say(name) for name in names], rows())
