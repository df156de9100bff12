"""Trials: status with its day, product and source of vesicles, doses as registered, results, what happened when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from kb.analysis.trials import status_age as age_of
from kb.models.core import Event
from kb.models.trials import Arm, Result, Trial, TrialDates
from publish.listing import Group, Listing, newest_first
from publish.phrases import Phrases
from publish.renderers.explored import explorer_link
from publish.renderers.renderer import Renderer
from publish.safe_text import html
from publish.tables import Column, Columns, table
from publish.values import NOTHING, Values
from publish.view import Section, View


def dose(values: Values, arm: Arm) -> Markup:
    """A dose as registered: value or range with its unit, never converted."""
    ends = [values.number(end) for end in (arm.value_min, arm.value_max) if end is not None]
    if not ends:
        return NOTHING
    amount = ends[0] if len(ends) == 1 or ends[0] == ends[1] else Markup("–").join(ends)
    parts = [amount, values.field(arm, "unit")]
    if arm.per:
        parts.append(Markup("/ {}").format(values.name(arm.per)))
    return Markup(" ").join(part for part in parts if part)


def _sections(view: View) -> Iterable[Section | None]:
    values, labels = view.values, view.site.labels
    yield view.prose("study_design")
    amount = Column(labels.field(Arm, "dose"), lambda arm: dose(values, arm))
    yield view.records("arms", ("label", amount, "frequency", "as_registered"))
    yield view.bullets("primary_outcomes")
    yield view.cards("results", "kind", "outcome", "summary")
    yield view.prose("programme_status")
    yield _timeline(view)


class _Moment(NamedTuple):
    """A row of the timeline; ``date`` may be no more exact than a year."""

    date: str
    words: Markup


def _timeline(view: View) -> Section | None:
    """Dates, status, results and events of a trial in one order."""
    moments = sorted([*_dated(view), *_reported(view), *_happened(view)], key=lambda moment: moment.date)
    labels, values = view.site.labels, view.values
    columns = (
        Column(labels.field(Event, "date"), lambda moment: values.date(moment.date), "ev-narrow"),
        Column(labels.phrase("trials", "what"), lambda moment: moment.words, "ev-wide"),
    )
    shown = table(values, moments, columns) if moments else NOTHING
    return view.section("events", shown, labels.phrase("trials", "timeline"))


def _dated(view: View) -> Iterable[_Moment]:
    dates: TrialDates = view.take("dates")
    for name in ("registered", "start", "completion"):
        date = getattr(dates, name)
        if date:
            yield _Moment(date, html(view.site.labels.phrase("trials", f"event_{name}")))
    day: str | None = view.take("status_as_of")
    if day:
        status = view.values.field(view.entry, "status")
        yield _Moment(day, Phrases(view.site, "trials").html("event_status", status=status))


def _reported(view: View) -> Iterable[_Moment]:
    results: tuple[Result, ...] = view.take("results")
    for result in results:
        if result.year:
            kind, outcome = view.values.field(result, "kind"), view.values.field(result, "outcome") or Markup("–")
            words = Phrases(view.site, "trials").html("event_result", kind=kind, outcome=outcome)
            yield _Moment(str(result.year), words + view.values.sources(result.sources))


def _happened(view: View) -> Iterable[_Moment]:
    events: tuple[Event, ...] = view.take("events")
    for event in events:
        values = view.values
        more = [values.field(event, name) for name in ("kind", "document", "confidence")]
        words = Markup(" · ").join(part for part in (values.name(event.title), *more) if part)
        yield _Moment(event.date, words + values.sources(event.sources))


def status_age(values: Values, trial: Trial, today: str) -> Markup:
    """How old the status of a trial is, in a small line: whole months, or that its day is not on record."""
    say, months = Phrases(values.site, "explorer"), age_of(trial, today)
    words = say("age_unknown") if months is None else say("age", n=months)
    return Markup(' <small class="ev-explorer-age">{}</small>').format(words)


def registrations(entry: Trial) -> Markup:
    """The registry numbers of a trial."""
    return Markup(", ").join(html(registration.number) for registration in entry.registrations)


def _groups(listing: Listing) -> Sequence[Group]:
    return newest_first(listing.by_code("status"), lambda entry: entry.dates.start or entry.dates.registered or "")


def _columns(listing: Listing) -> Columns:
    values, labels = listing.values, listing.site.labels
    vesicles = Column(labels.field(Trial, "ev_source"), lambda entry: values.field(entry.ev_source, "cell"))
    people = Column(
        labels.field(Trial, "enrolment"),
        lambda entry: values.number(entry.enrolment.count) if entry.enrolment else NOTHING,
        "ev-narrow",
    )
    name = listing.name_column(registrations)
    return (name, "phase", "indication", vesicles, "routes", "countries", people, "status_as_of")


RENDERER = Renderer(
    badges=("status", "phase"),
    facts=(
        "registrations", "acronym", "kind", "status_as_of", "registration_timing", "indication", "indication_area",
        "conditions", "sponsor", "collaborators", "countries", "enrolment", "dates", "product", "ev_source", "ev_type",
        "ev_declared_active", "cargo", "isolation_method", "combined_with_cells", "routes", "comparator",
        "regulatory_track", "first_in_human",
    ),
    sections=_sections,
    groups=_groups,
    columns=_columns,
    before_list=explorer_link,
)  # fmt: skip
