"""What stands on the leaflet, as plain text."""

from __future__ import annotations

from typing import Any, Final

from kb.analysis.approval import Approval, approval
from kb.analysis.before_paying import (
    DEATHS_AND_INFECTIONS,
    Harm,
    harm,
    ten_questions,
    warning_signs,
)
from kb.statistics import as_of
from publish.comparisons import surveyed
from publish.phrases import Phrases
from publish.safe_text import visible
from publish.site import Site
from publish.values import Values

#: Kinds of harm that are named; the page has them all.
_KINDS: Final = 6
#: Jurisdictions for which a place to report is named.
_PLACES: Final = 6
#: Characters of one text; what is longer would not leave room for the rest of the page.
_LONGEST: Final = 160


def leaflet_content(site: Site) -> dict[str, Any]:
    """The texts of the leaflet in the site's language, for ``leaflet.typ``; dates are those of the entries."""
    say = Phrases(site, "before_you_pay")
    found, (ours, _) = approval(site.kb), harm(site.kb)
    address = site.site_url or ""
    return {
        "language": site.language,
        "title": say("leaflet_title"),
        "subtitle": say("subtitle"),
        "facts": [
            {"name": say("leaflet_what"), "text": say("leaflet_what_text")},
            {"name": say("leaflet_approved"), "text": _approved(site, say, found)},
            {"name": say("leaflet_harm"), "text": _harmed(site, say, ours)},
        ],
        "questions": {
            "name": say("leaflet_questions"),
            "note": say("leaflet_questions_note"),
            "items": [_short(site.text(item.question)) for item in ten_questions(site.kb)],
        },
        "signs": {
            "name": say("leaflet_signs"),
            "note": say("leaflet_signs_note"),
            "items": [_short(site.title(sign.claim)) for sign in warning_signs(site.kb)],
        },
        "help": {
            "name": say("leaflet_help"),
            "text": say("leaflet_help_text", page=site.labels.phrase("report_harm", "title")),
            "note": say("leaflet_help_note"),
            "items": _places(site),
        },
        "foot": say(
            "leaflet_foot",
            day=_day(site, as_of(site.kb)),
            site=f"{say('leaflet_atlas')} {visible(address)}".strip(),
        ),
    }


def _approved(site: Site, say: Phrases, found: Approval) -> str:
    if not found.statements:
        return say("approved_intro_none")
    latest = max(said.date for said in found.statements)
    return say(
        "leaflet_approved_text",
        n=len(found.statements),
        day=_day(site, latest),
        late=found.late_trials,
        trials=found.trials,
    )


def _harmed(site: Site, say: Phrases, ours: Harm) -> str:
    if not ours.number:
        return say("harm_none")
    kinds = sorted(ours.kinds, key=lambda kind: kind[0] not in DEATHS_AND_INFECTIONS)[:_KINDS]
    named = [
        say("leaflet_kind", kind=_inside(site.label("safety-event-types", code)), n=len(events))
        for code, events in kinds
    ]
    return say(
        "leaflet_harm_text",
        n=ours.number,
        kinds=("、" if site.language == "ja" else ", ").join(named),
        confirmed=ours.causality["confirmed"],
        suspected=ours.causality["suspected"],
    )


def _places(site: Site) -> list[str]:
    """The first place to ask or report on record for each jurisdiction."""
    colon = ":" if site.language == "ja" else ": "
    known = [profile for profile in surveyed(site) if profile.reporting]
    return [
        _short(f"{site.text(profile.name)}{colon}{site.text(profile.reporting[0].body)}") for profile in known[:_PLACES]
    ]


def _inside(label: str) -> str:
    """A label within a sentence."""
    return visible(label[:1].lower() + label[1:])


def _day(site: Site, value: str) -> str:
    """A partial date in words; a dash when there is none."""
    return str(Values(site, "./").date(value).striptags()) if value else "–"


def _short(text: str) -> str:
    """One line of text, every hidden character spelled out, cut where the page would overflow."""
    shown = visible(text)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
