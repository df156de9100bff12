"""What the claim checker can say of each claim, ready to be taken out by its script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from markupsafe import Markup

from kb.analysis.claim_knowledge import TouchedRule, claim_knowledge
from kb.analysis.claim_trials import TrialsOfUse
from kb.knowledge_base import standing
from kb.models.claims import Claim
from publish.phrases import Phrases
from publish.places import path_of
from publish.safe_text import trusted
from publish.site import Site
from publish.templating import render
from publish.values import NOTHING, Values

SHEET: Final = "checker"


def claim_cards(values: Values) -> Markup:
    """A card for every claim."""
    return trusted("".join(_card(values, claim) for claim in standing(values.site.kb.claims.values())))


def _card(values: Values, claim: Claim) -> Markup:
    site, knowledge = values.site, claim_knowledge(values.site.kb, claim)
    return render(
        "checker_claim",
        say=Phrases(site, SHEET),
        claim=claim,
        title=site.title(claim),
        says=site.text(claim.summary),
        assessment=site.label("claim-assessments", claim.assessment.value),
        reason=site.text(claim.assessment.reason),
        known=values.prose(claim.what_is_known),
        trials=_trials(values, knowledge.trials),
        places=[
            (code, site.label("jurisdictions", code), _documents(values, rules))
            for code, rules in _by_place(knowledge.rules).items()
        ],
        questions=[site.text(question) for question in claim.questions],
        address=f"{values.root}{path_of(claim)}",
    )


def _by_place(rules: Iterable[TouchedRule]) -> Mapping[str, list[TouchedRule]]:
    found: dict[str, list[TouchedRule]] = {}
    for rule in rules:
        found.setdefault(rule.document.jurisdiction, []).append(rule)
    return found


def _documents(values: Values, rules: Iterable[TouchedRule]) -> list[Markup]:
    """Each document once, with what it asks and how that touches the claim."""
    found: dict[str, list[TouchedRule]] = {}
    for rule in rules:
        found.setdefault(rule.document.id, []).append(rule)
    return [values.entry(asked[0].document) + _said(values, asked) for asked in found.values()]


def _said(values: Values, rules: Iterable[TouchedRule]) -> Markup:
    parts = [
        part for rule in rules for part in (rule.requirement and rule.requirement.statement, rule.rule.note) if part
    ]
    more, rest = Phrases(values.site, SHEET)("rule_says"), values.items(map(values.name, parts)) if parts else NOTHING
    return render("folded", first=NOTHING, more=more, rest=rest)


def _trials(values: Values, found: TrialsOfUse) -> Markup:
    """How many, of which phase, with which reports, as of when; nothing when the claim is not about one use."""
    site = values.site
    if not found.indications or not found.registries:
        return NOTHING
    say, comma = Phrases(site, SHEET), "、" if site.language == "ja" else ", "
    number, date = len(found.trials), values.date(found.as_of)
    others = say.html("trials_others", n=len(found.without_number)) if found.without_number else NOTHING
    if not number:
        registries = comma.join(site.label("registries", code) for code in found.registries)
        return _sentences(site, say.html("trials_none", date=date, registries=registries), others)
    phases = comma.join(say("trials_phase", phase=site.label("phases", code), n=n) for code, n in found.by_phase)
    outcomes = Counter(report.result.outcome for report in found.reports if report.result.outcome)
    results = comma.join(
        say("trials_phase", phase=site.label("result-outcomes", code), n=n) for code, n in outcomes.items()
    )
    return _sentences(
        site,
        say.html("trials_one" if number == 1 else "trials_several", n=number, date=date),
        say.html("trials_phases", phases=phases),
        say.html("trials_reports", n=len(found.reports)) if found.reports else say.html("trials_no_report"),
        say.html("trials_results", results=results) if results else NOTHING,
        others,
        say.html("trials_no_proof"),
    )


def _sentences(site: Site, *sentences: Markup) -> Markup:
    return Markup("<p>{}</p>").format(trusted("" if site.language == "ja" else " ").join(filter(None, sentences)))
