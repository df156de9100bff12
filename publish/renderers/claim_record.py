"""What is on record about a claim: how common it is, trials for the use, harm reported, official acts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from markupsafe import Markup

from kb.analysis.claim_knowledge import LinkedEvent
from kb.analysis.claim_links import Judgment, TiedAct, acts_of, judgments
from kb.analysis.claim_trials import TrialsOfUse
from kb.analysis.trials import outcomes
from kb.models.claims import Claim, Sighting
from kb.models.enforcement import EnforcementAction
from kb.models.safety_events import SafetyEvent
from kb.models.trials import Trial
from publish.claims_back import SHEET
from publish.phrases import Phrases
from publish.renderers.trials import registrations
from publish.safe_text import html, trusted
from publish.tables import Column, table
from publish.templating import render
from publish.values import NOTHING
from publish.view import Section, View

#: Rows that are shown before the rest is folded away.
_TRIALS = 8
_EVENTS = 4
Row = TypeVar("Row")


def common_section(view: View) -> Section | None:
    """The surveys that counted the claim, and where it was seen."""
    say, values = Phrases(view.site, SHEET), view.values
    counted = view.take("frequency")
    seen: tuple[Sighting, ...] = view.take("seen_in")
    content = table(values, counted) if counted else _paragraph(say("no_survey"))
    if not seen:
        return view.section("frequency", content + _paragraph(say("not_seen")))
    places = [
        say.html("seen_kind", place=values.field(item, "jurisdiction"), evidence=values.field(item, "evidence"))
        if item.evidence
        else values.field(item, "jurisdiction")
        for item in seen
    ]
    items = Markup("").join(Markup("<li>{}</li>").format(place) for place in places)
    content += Markup('<h3>{}</h3><ul class="ev-phrases">{}</ul>').format(say("seen"), items)
    return view.section("frequency", content)


def trials_section(view: View, found: TrialsOfUse) -> Section:
    """The registered trials for the use: how many, as of when, in which registries, with what results."""
    say = Phrases(view.site, SHEET)
    parts = [*map(_paragraph, _trials_in_words(view, say, found))]
    if found.trials:
        parts.append(_trial_table(view, say, found.trials))
    if found.without_number:
        words = say("trials_other", n=len(found.without_number))
        parts.append(_folded(words, _plain_trial_table(view, found.without_number)))
    return Section("trials", say("trials"), Markup("").join(parts))


def _trials_in_words(view: View, say: Phrases, found: TrialsOfUse) -> Iterator[Markup]:
    if not found.indications:
        yield html(say("trials_no_use"))
        return
    if not found.registries:
        yield html(say("trials_no_registry"))
        return
    number = len(found.trials)
    yield say.html(
        "trials_none" if not number else "trials_one" if number == 1 else "trials_some",
        n=number,
        day=view.values.date(found.as_of),
        registries=_listed(view, "registries", found.registries),
    )
    if number:
        missing = [count.code for count in found.by_indication if not count.number]
        if missing:
            yield say.html("trials_missing", uses=_listed(view, "conditions", missing))
        yield _reports(view, say, found)
        yield html(say("trials_proof"))


def _reports(view: View, say: Phrases, found: TrialsOfUse) -> Markup:
    if not found.reports:
        return html(say("trials_no_report"))
    counted = [
        say("trials_outcome", outcome=view.site.label("result-outcomes", code), n=number)
        for code, number in outcomes(found.reports).items()
    ]
    comma = "、" if view.site.language == "ja" else ", "
    return say.html("trials_reports", n=len(found.reports), outcomes=comma.join(counted))


def _trial_table(view: View, say: Phrases, trials: Sequence[Trial]) -> Markup:
    ordered = sorted(trials, key=lambda trial: trial.dates.start or trial.dates.registered or "", reverse=True)
    return _shortened(ordered, _TRIALS, say, lambda trials: _plain_trial_table(view, trials))


def _plain_trial_table(view: View, trials: Sequence[Trial]) -> Markup:
    def name(trial: Trial) -> Markup:
        number = Markup('<br><small class="ev-sub">{}</small>').format(registrations(trial))
        return view.values.entry(trial) + (number if trial.registrations else NOTHING)

    named = Column(view.site.labels.one("trials"), name, "ev-wide")
    return table(view.values, trials, (named, "phase", "status", "status_as_of", "ev_type", "countries"))


def harm_section(view: View, events: Sequence[LinkedEvent]) -> Section:
    """Harm reported, grouped by what ties it to the claim; other kinds of products last."""
    say = Phrases(view.site, SHEET)
    if not events:
        return Section("harm", say("harm"), _paragraph(say("harm_none")))
    groups: dict[str, list[SafetyEvent]] = {}
    for linked in events:
        groups.setdefault("context" if linked.is_context else linked.bases[0], []).append(linked.event)
    shown = [
        (say(f"harm_{group}"), _shortened(found, _EVENTS, say, lambda events: _event_table(view, events)))
        for group, found in groups.items()
    ]
    return Section("harm", say("harm"), render("claim_groups", about=say("harm_about"), groups=shown))


def _event_table(view: View, events: Sequence[SafetyEvent]) -> Markup:
    values, labels = view.values, view.site.labels
    columns = (
        "date",
        Column(labels.one("safety-events"), values.entry, "ev-wide"),
        "jurisdiction",
        "event_type",
        Column(labels.field(SafetyEvent, "causality"), lambda event: values.field(event.causality, "value")),
    )
    return table(values, events, columns)


def acts_section(view: View, claim: Claim) -> Section:
    """What authorities have published: judgments of the claim, acts named or cited, acts under the same rule."""
    say, kb = Phrases(view.site, SHEET), view.site.kb
    found = acts_of(kb, claim)
    if not found:
        return Section("acts", say("acts"), _paragraph(say("acts_none")))
    judged = judgments(kb, claim)
    judging = [judgment.act for judgment in judged]
    near = [tied for tied in found if tied.ties[0] != "rule" and tied.act not in judging]
    distant = [tied for tied in found if tied.ties[0] == "rule"]
    parts = [_paragraph(say("acts_about"))]
    if judged:
        parts.append(_paragraph(say("acts_judged")) + view.values.items(_judged(view, item) for item in judged))
    if near:
        parts.append(Markup("<h3>{}</h3>{}").format(say("acts_near"), _act_table(view, say, near)))
    if distant:
        about = _paragraph(say("acts_rule_about"))
        parts.append(_folded(say("acts_rule", n=len(distant)), about + _act_table(view, say, distant)))
    return Section("acts", say("acts"), Markup("").join(parts))


def _judged(view: View, judgment: Judgment) -> Markup:
    act, values = judgment.act, view.values
    day = Markup(" · {}").format(values.date(act.date)) if act.date else NOTHING
    said = values.items(values.name(item.statement) for item in judgment.said)
    return Markup("{} · {}{}{}").format(values.entry(act), values.name(act.authority), day, said)


def _act_table(view: View, say: Phrases, found: Sequence[TiedAct]) -> Markup:
    values, labels = view.values, view.site.labels

    def field(name: str, style: str = "") -> Column:
        return Column(labels.field(EnforcementAction, name), lambda tied: values.field(tied.act, name), style)

    columns = (
        field("date", "ev-narrow"),
        Column(labels.one("enforcement"), lambda tied: values.entry(tied.act), "ev-wide"),
        field("jurisdiction"),
        field("action_type"),
        Column(say("tie"), lambda tied: html(say(f"tie_{tied.ties[0]}"))),
    )
    return table(values, found, columns)


def _shortened(rows: Sequence[Row], first: int, say: Phrases, write: Callable[[Sequence[Row]], Markup]) -> Markup:
    """The first rows, and the rest folded away unless it is short."""
    shown = len(rows) if len(rows) <= first + 2 else first
    rest = write(rows[shown:]) if rows[shown:] else NOTHING
    return render("folded", first=write(rows[:shown]), rest=rest, more=say("more", n=len(rows) - shown))


def _listed(view: View, vocabulary: str, codes: Iterable[str]) -> Markup:
    return trusted(
        ("、" if view.site.language == "ja" else ", ").join(view.values.code(vocabulary, code) for code in codes)
    )


def _folded(words: str, content: Markup) -> Markup:
    return Markup('<details class="ev-folded"><summary>{}</summary>{}</details>').format(words, content)


def _paragraph(words: str | Markup) -> Markup:
    return Markup("<p>{}</p>").format(words)
