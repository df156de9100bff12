"""``/before-you-pay/``: for patients and their families, in plain words; and the leaflet to print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from kb.analysis.approval import approval
from kb.analysis.before_paying import (
    WARNING,
    Question,
    WarningSign,
    harm,
    ten_questions,
    warning_signs,
)
from kb.knowledge_base import standing
from kb.statistics import as_of
from publish.comparisons import surveyed
from publish.computed import claim_checker, report_harm
from publish.computed.approval_state import approved_section
from publish.computed.harm_records import folded, harm_section
from publish.leaflets import leaflet
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place
from publish.safe_text import html
from publish.site import Site
from publish.templating import render
from publish.values import NOTHING, Values

PATH = "before-you-pay/"
STYLES = ("assets/styles/public.css", "assets/styles/folded.css")
SHEET = "before_you_pay"
_SECTIONS = ("what", "approved", "harm", "questions", "signs", "where")
#: The words that the page explains, from the glossary.
_TERMS = ("extracellular-vesicle", "exosome", "conditioned-medium")


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    say, place = Phrases(site, SHEET), Place(site.language, PATH)
    values = Values(site, place.root)
    parts: Mapping[str, Sequence[Markup]] = {
        "what": [_what(site, values)],
        "approved": [*approved_section(site, values, approval(site.kb))],
        "harm": [*harm_section(site, values, *harm(site.kb))],
        "questions": [_questions(site, values, ten_questions(site.kb))],
        "signs": [_signs(site, values, warning_signs(site.kb))],
        "where": [_where(site, values)],
    }
    body = [_head(site, place)]
    for name in _SECTIONS:
        body += [heading(say(name), name), *(block(part, "ev-public") for part in parts[name])]
    yield Page(PATH, say("title"), "\n\n".join(body) + "\n", say("description"), {"hide": ["navigation"]}, STYLES)


def files(site: Site) -> dict[str, str | bytes]:
    """The leaflet in the site's language."""
    return {leaflet_path(site): leaflet(site)}


def leaflet_path(site: Site) -> str:
    """Where the leaflet stands, from the root of the whole site."""
    return f"{PATH}leaflet-{site.language}.pdf"


def _head(site: Site, place: Place) -> str:
    say = Phrases(site, SHEET)
    return page_head(
        site,
        place.root,
        say("title"),
        say("about"),
        links=[(say(f"jump_{name}"), f"#{name}") for name in _SECTIONS],
        template="public_head",
        short_name=say("short"),
        short=_short(site, Values(site, place.root), say),
        actions=[
            (say("leaflet"), f"{place.site_root}{leaflet_path(site)}"),
            (say("check"), f"{place.root}{claim_checker.PATH}"),
            (say("report"), f"{place.root}{report_harm.PATH}"),
        ],
    )


def _short(site: Site, values: Values, say: Phrases) -> Iterator[Markup]:
    """What a reader with little time should know, in four sentences at most."""
    found, (ours, _) = approval(site.kb), harm(site.kb)
    if found.statements:
        day = values.date(found.statements[0].date) if found.statements[0].date else html("–")
        yield say.html("short_approved", n=len(found.statements), day=day)
    if ours.number:
        deaths = sum(event.event_type == "death" for event in ours.gravest)
        infections = len(ours.gravest) - deaths
        yield html(say("short_harm", n=ours.number, deaths=deaths, infections=infections))
    claims = list(standing(site.kb.claims.values()))
    if claims:
        bad = sum(claim.assessment.value in WARNING for claim in claims)
        yield html(say("short_signs", bad=bad, all=len(claims)))
    yield html(say("short_ask"))


def _what(site: Site, values: Values) -> Markup:
    say = Phrases(site, SHEET)
    terms = [term for id_ in _TERMS if (term := site.kb.glossary.get(id_)) and not term.withdrawn]
    shown = Markup("").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(values.entry(term), values.name(term.summary))
        for term in terms
    )
    words = Markup('<dl class="ev-facts">{}</dl>').format(shown) if shown else NOTHING
    return render("folded", first=Markup("<p>{}</p>").format(say("what_plain")), rest=words, more=say("what_glossary"))


def _questions(site: Site, values: Values, found: Sequence[Question]) -> Markup:
    say = Phrases(site, SHEET)
    questions = [(values.name(item.question), values.entry(item.claim)) for item in found]
    listed = render("public_questions", questions=questions, why=say("questions_claim"))
    return Markup("<p>{}</p>{}{}").format(say("questions_intro"), listed, _rule(say, "questions_rule"))


def _signs(site: Site, values: Values, found: Sequence[WarningSign]) -> Markup:
    say = Phrases(site, SHEET)

    def shown(sign: WarningSign) -> Mapping[str, Markup | str]:
        assessment, frequency = sign.claim.assessment, sign.frequency
        return {
            "name": values.entry(sign.claim),
            "badge": values.field(assessment, "value"),
            "reason": values.name(assessment.reason),
            "figure": values.name(frequency.value) if frequency else NOTHING,
            "survey": values.reference(frequency.survey, "surveys") if frequency else NOTHING,
            "seen": say("signs_seen", n=sign.places),
        }

    listed = render("public_signs", signs=[shown(sign) for sign in found])
    every = Markup('<p><a href="{}claims/">{}</a></p>').format(values.root, say("signs_all"))
    return Markup("<p>{}</p>{}{}{}").format(say("signs_intro"), listed, every, _rule(say, "signs_rule"))


def _rule(say: Phrases, key: str) -> Markup:
    return folded(say("rule"), Markup("<p>{}</p>").format(say(key)))


def _where(site: Site, values: Values) -> Markup:
    say, profiles = Phrases(site, SHEET), surveyed(site)
    known = [profile for profile in profiles if profile.reporting]
    link = f"{values.root}{report_harm.PATH}"
    parts = [Markup("<p>{}</p>").format(say("where_intro"))]
    if known:
        places = [
            Markup('<a href="{}#{}">{}</a>').format(link, report_harm.anchor(profile), html(site.text(profile.name)))
            for profile in known
        ]
        parts.append(Markup('<p>{}</p><ul class="ev-phrases">{}</ul>').format(say("where_known"), _items(places)))
    if len(known) < len(profiles):
        parts.append(Markup("<p>{}</p>").format(say("where_unknown", n=len(profiles) - len(known))))
    parts.append(Markup('<p><a href="{}">{}</a></p>').format(link, say("where_all")))
    day = as_of(site.kb)
    if day:
        parts.append(Markup('<p class="ev-rule">{}</p>').format(say.html("not_advice", day=values.date(day))))
    return Markup("").join(parts)


def _items(items: Sequence[Markup]) -> Markup:
    return Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
