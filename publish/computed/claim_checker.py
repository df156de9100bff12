"""``/check/``: the claim checker in the reader's browser; what is pasted there never leaves the device."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Final, NamedTuple

from markupsafe import Markup

from kb import KnowledgeBase
from kb.claims import Specification, specification_of
from kb.knowledge_base import standing
from kb.statistics import as_of
from publish.computed.claim_checker_cards import SHEET, claim_cards
from publish.computed.claim_checker_places import duty_lists, places_of, reporting_lists
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place
from publish.safe_text import html, trusted
from publish.site import Site
from publish.templating import render
from publish.values import Values

PATH: Final = "check/"
#: Code points of a text that are read; an advertisement has a few thousand.
LIMIT: Final = 100_000
#: Where a reader of this language most likely reads advertisements; else every place is shown.
_USUAL: Final = {"ja": "JP"}
_METHOD: Final = ("method_words", "method_aside", "method_limits", "method_offline")


def pages(site: Site) -> Iterable[Page]:
    """The page in the site's language."""
    say, place = Phrases(site, SHEET), Place(site.language, PATH)
    values = Values(site, place.root)
    links = [(say("catalogue"), f"{place.root}claims/"), (say("method"), "#method")]
    head = page_head(site, place.root, say("title"), say("lead"), links=links, template="checker_head", say=say)
    parts = [head, heading(say("form"), "text"), *(block(part) for part in _parts(values, place)), *_method(say)]
    yield Page(
        path=PATH,
        title=say("title"),
        description=say("description"),
        body="\n\n".join(parts) + "\n",
        meta={"hide": ["toc", "navigation"]},
        styles=("assets/styles/folded.css", "assets/styles/checker.css"),
        scripts=("assets/claims/page.js",),
    )


def files(site: Site) -> Mapping[str, str | bytes]:
    """The patterns, once for both languages."""
    if site.language != "en":
        return {}
    patterns = _patterns(site.kb)
    return {patterns.path: patterns.data}


class _Patterns(NamedTuple):
    """The specification with its file below the root of the whole site, whose name changes with the content."""

    specification: Specification
    path: str
    data: str


@lru_cache(maxsize=1)
def _patterns(kb: KnowledgeBase) -> _Patterns:
    specification = specification_of(kb, kb.root)
    data = json.dumps(specification.as_data(), ensure_ascii=False, separators=(",", ":"))
    return _Patterns(specification, f"assets/claims/specification-{sha256(data.encode()).hexdigest()[:12]}.json", data)


def _parts(values: Values, place: Place) -> list[Markup]:
    site, say = values.site, Phrases(values.site, SHEET)
    claims = list(standing(site.kb.claims.values()))
    if not any(claim.detection for claim in claims):
        return [Markup('<p>{} <a href="{}claims/">{}</a></p>').format(say("no_rules"), place.root, say("catalogue"))]
    words = {key.removeprefix("ui_"): text for key, text in site.labels.phrases(SHEET).items() if key.startswith("ui_")}
    spoken = ("claim_no_rule", "claim_no_rules", "no_reporting", "reporting_choose")
    form = render(
        "checker_form",
        say=say,
        root=place.root,
        specification=f"{place.site_root}{_patterns(site.kb).path}",
        limit=LIMIT,
        words=json.dumps(words | {key: say(key) for key in spoken}, ensure_ascii=False),
        places=places_of(site),
        chosen=_USUAL.get(site.language, ""),
    )
    templates = claim_cards(values) + duty_lists(values, _patterns(site.kb).specification) + reporting_lists(values)
    return [form, render("checker_result", say=say, date=values.date(as_of(claims)), templates=templates)]


def _method(say: Phrases) -> list[str]:
    paragraphs = "".join(Markup("<p>{}</p>").format(html(say(key))) for key in _METHOD)
    return [heading(say("method"), "method"), block(trusted(paragraphs))]
