"""The rules that a claim touches, place by place, with what each asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from kb.analysis.claim_knowledge import TouchedRule, touched_rules
from kb.models.claims import Claim, RuleTouched
from publish.claims_back import SHEET
from publish.phrases import Phrases
from publish.places import path_of
from publish.safe_text import html
from publish.tables import Column, Columns, table
from publish.templating import render
from publish.view import Section, View


def rules_section(view: View) -> Section | None:
    """One table for each place, the places in the order of their vocabulary."""
    view.take("rules")
    claim, say = view.entry, Phrases(view.site, SHEET)
    found = touched_rules(view.site.kb, claim) if isinstance(claim, Claim) else ()
    if not found:
        return view.section("rules", Markup("<p>{}</p>").format(say("rules_none")))
    shown = [
        (view.values.code("jurisdictions", code), table(view.values, rules, _columns(view, say)))
        for code, rules in _by_place(view, found)
    ]
    return view.section("rules", render("claim_groups", about=say("rules_about"), groups=shown))


def _by_place(view: View, found: Sequence[TouchedRule]) -> Iterable[tuple[str, Sequence[TouchedRule]]]:
    places = {touched.document.jurisdiction for touched in found}
    for code in view.site.kb.vocabularies["jurisdictions"]:
        if code in places:
            yield code, [touched for touched in found if touched.document.jurisdiction == code]


def _columns(view: View, say: Phrases) -> Columns:
    values, labels = view.values, view.site.labels

    def asked(touched: TouchedRule) -> Markup:
        requirement, key = touched.requirement, touched.rule.requirement
        if requirement is None:
            return html(key or say("rule_whole"))
        return Markup('{} <a href="{}{}#requirement-{}" class="ev-more" aria-label="{}">¶</a>').format(
            values.name(requirement.statement), values.root, path_of(touched.document), key, say("rule_link")
        )

    return (
        Column(say("rule_says"), asked, "ev-wide"),
        Column(labels.field(RuleTouched, "guideline"), lambda touched: values.entry(touched.document), "ev-wide"),
        Column(labels.field(RuleTouched, "note"), lambda touched: values.field(touched.rule, "note"), "ev-wide"),
        Column(labels.field(RuleTouched, "basis"), lambda touched: values.field(touched.rule, "basis")),
    )
