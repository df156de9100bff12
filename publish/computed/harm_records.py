"""Reported harm for the public pages: how many records of each kind, and each death or infection as the source states it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from kb.analysis.before_paying import Harm
from kb.models.safety_events import SafetyEvent
from publish.phrases import Phrases
from publish.safe_text import html, trusted
from publish.site import Site
from publish.tables import Column, table
from publish.templating import render
from publish.values import Values

_SHEET = "before_you_pay"


def harm_section(site: Site, values: Values, ours: Harm, others: Harm) -> Iterator[Markup]:
    """What the page says of harm, part by part.

    Args:
        site: Its language.
        values: Of the page.
        ours: Events with exosome or conditioned-medium products.
        others: Events with neighbouring products, of which only the gravest are told.
    """
    say = Phrases(site, _SHEET)
    if not ours.number:
        yield _paragraph(html(say("harm_none")))
    else:
        yield _paragraph(html(say("harm_intro", n=ours.number)))
        yield _paragraph(html(_causes(say, ours)))
        yield _kinds(site, values, ours)
    if ours.gravest:
        yield _subheading(say("harm_gravest"))
        yield _records(site, values, ours.gravest)
    yield _paragraph(Markup("{} {}").format(say("harm_few"), _few(site, values, say)))
    if others.gravest:
        yield _subheading(say("harm_others"))
        yield _paragraph(html(say("harm_others_intro", n=others.number)))
        yield folded(say("harm_others_more"), _records(site, values, others.gravest))


def folded(words: str, content: Markup) -> Markup:
    """Content behind a button; open on paper."""
    return render("folded", first="", rest=content, more=words)


def _causes(say: Phrases, harm: Harm) -> str:
    return say("harm_cause_counts", confirmed=harm.causality["confirmed"], suspected=harm.causality["suspected"])


def _few(site: Site, values: Values, say: Phrases) -> Markup:
    claim = site.kb.resolve("claim-no-reports-so-far", "claims")
    return values.entry(claim, html(say("harm_few_link"))) if claim and not claim.withdrawn else Markup("")


def _kinds(site: Site, values: Values, harm: Harm) -> Markup:
    say = Phrases(site, _SHEET)
    comma = "、" if site.language == "ja" else "; "
    columns = (
        Column(say("harm_kind"), lambda row: values.code("safety-event-types", row[0]), "ev-name"),
        Column(say("harm_records"), lambda row: values.number(len(row[1])), "ev-narrow"),
        Column(say("harm_entries"), lambda row: trusted(comma.join(map(values.entry, row[1]))), "ev-wide"),
    )
    more = say("harm_more", n=harm.number)
    return folded(more, Markup('<div class="ev-list">{}</div>').format(table(values, harm.kinds, columns)))


def _records(site: Site, values: Values, events: Sequence[SafetyEvent]) -> Markup:
    say = Phrases(site, _SHEET)

    def told(event: SafetyEvent) -> Mapping[str, Markup | Sequence[Markup]]:
        when = values.field(event, "date")
        cause = say.html("harm_cause", degree=values.field(event.causality, "value"))
        reporter = say.html("harm_reporter", who=values.field(event, "source_type"))
        return {
            "name": values.entry(event),
            "outcome": values.name(event.outcome),
            "people": _people(values, say, event),
            "facts": [fact for fact in (when, values.field(event, "jurisdiction"), cause, reporter) if fact],
        }

    return render("public_harm", events=[told(event) for event in events])


def _people(values: Values, say: Phrases, event: SafetyEvent) -> Markup:
    """The source's own words on the number of people; they repeat the number where there is one."""
    affected = event.affected
    if affected.note:
        return values.name(affected.note)
    return html(say("harm_unknown") if affected.count is None else say("harm_count", n=affected.count))


def _paragraph(content: Markup) -> Markup:
    return Markup("<p>{}</p>").format(content)


def _subheading(words: str) -> Markup:
    return Markup("<h3>{}</h3>").format(words)
