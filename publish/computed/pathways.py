"""The pathway finder: what an EV product counts as in every jurisdiction, to be chosen by five properties."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from kb.analysis.pathway_matching import DIMENSIONS, space_of
from kb.analysis.pathways import Outcome, Reader, readers
from kb.models.jurisdictions import Classification
from publish.computed.nothing import nothing_here
from publish.computed.pathways_answers import answer_table
from publish.computed.pathways_matrix import matrix
from publish.computed.pathways_places import jump_list, place_section, unsurveyed_list
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place
from publish.safe_text import trusted
from publish.site import Site
from publish.templating import render
from publish.values import Values

PATH = "pathways/"
_SHEET = "pathways"
_ANSWERS = "pathways/answers.json"
#: Outcomes that name no single class, in the order in which the summary lists them after the classes.
_WITHOUT_CLASS = (Outcome.SEVERAL, Outcome.DEPENDS, Outcome.NO_RULE, Outcome.SILENT, Outcome.NOT_SURVEYED)
_METHOD = ("method_match", "method_specific", "method_silent", "method_routes")


def pages(site: Site) -> Iterable[Page]:
    """The page of the finder in the site's language."""
    found, say = readers(site.kb), Phrases(site, _SHEET)
    if not found:
        yield nothing_here(site, PATH, say("title"), say("description"))
        return
    place = Place(site.language, PATH)
    values = Values(site, place.root)
    sections = jump_list(values, found) + trusted("".join(place_section(values, reader) for reader in found))
    missing = unsurveyed_list(values)
    parts = [
        _head(values, found),
        heading(say("form"), "form"),
        block(_form(site, place), "ev-pf-ask"),
        heading(say("matrix"), "typical"),
        block(matrix(values, found), "ev-pf-typical"),
        heading(say("places"), "places"),
        block(sections, "ev-pf-places"),
        *((heading(say("no_profile"), "not-surveyed"), block(missing, "ev-pf-missing")) if missing else ()),
        heading(say("method"), "method"),
        block(trusted("".join(Markup("<p>{}</p>").format(say(key)) for key in _METHOD))),
    ]
    yield Page(
        path=PATH,
        title=say("title"),
        description=say("description"),
        body="\n\n".join(parts) + "\n",
        meta={"hide": ["toc", "navigation"]},
        styles=("assets/styles/pathways.css",),
        scripts=("assets/pathways/finder.js",),
    )


def files(site: Site) -> Mapping[str, str | bytes]:
    """The answers to every question, once for both languages."""
    return {_ANSWERS: answer_table(site.kb)} if site.language == "en" and readers(site.kb) else {}


def _head(values: Values, found: Sequence[Reader]) -> str:
    site = values.site
    say = Phrases(site, _SHEET)
    counts = say.html(
        "counts",
        rules=sum(len(reader.rules) for reader in found),
        places=len(found),
        date=values.date(max(reader.profile.as_of for reader in found)),
    )
    return page_head(site, values.root, say("title"), say("lead"), template="pathway_head", say=say, counts=counts)


def _form(site: Site, place: Place) -> Markup:
    say = Phrases(site, _SHEET)
    groups = [
        {
            "name": dimension.name,
            "legend": site.labels.field(Classification, dimension.field),
            "options": [(code, site.label(dimension.vocabulary, code)) for code in asked],
        }
        for dimension, asked in zip(DIMENSIONS, space_of(site.kb.vocabularies).asked, strict=True)
    ]
    classes = [
        (code, "legal-classes", site.label("legal-classes", code)) for code in site.kb.vocabularies["legal-classes"]
    ]
    outcomes = [(outcome.value, "outcomes", say(f"outcome_{outcome}")) for outcome in _WITHOUT_CLASS]
    words = {
        key.removeprefix("ui_"): text
        for key, text in site.labels.phrases(_SHEET).items()
        if key.startswith("ui_")
    }  # fmt: skip
    return render(
        "pathway_form",
        say=say,
        answers=f"{place.site_root}{_ANSWERS}",
        words=json.dumps(words, ensure_ascii=False),
        groups=groups,
        results=[*classes, *outcomes],
    )
