"""The parts of a jurisdiction's page that are computed from other entries: documents, history, acts, trials."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from kb.analysis.documents import document_date
from kb.analysis.jurisdiction_record import JurisdictionRecord, parts_of, records
from kb.analysis.timeline import Row
from kb.models.core import Entry, Event
from kb.models.enforcement import EnforcementAction
from kb.models.guidelines import DocumentDates, Guideline
from kb.models.trials import Trial
from publish.comparisons import PATH, names, prepared
from publish.phrases import Phrases
from publish.safe_text import html, trusted
from publish.tables import Column, Columns, table
from publish.templating import render
from publish.timeline_words import kind_word
from publish.values import NOTHING
from publish.view import Section, View

#: Rows of a long table that are shown before the rest is folded away.
_SHOWN = 12
#: Further collections with something on record for a place, and what is shown of each.
_OTHERS: dict[str, tuple[str, ...]] = {
    "safety-events": ("date", "event_type", "ev_relevance"),
    "claims": ("category",),
    "surveys": ("year",),
}


def documents(view: View, record: JurisdictionRecord) -> Section | None:
    """The documents by legal force, newest first; those of states and provinces after them."""
    site, found = view.site, records(view.site.kb)
    code = getattr(view.entry, "code", "")
    groups = [
        (site.label("legal-forces", force), [item for item in record.guidelines if item.legal_force == force])
        for force in site.kb.vocabularies["legal-forces"]
    ]
    parts = [item for part in parts_of(code, found) for item in found[part].guidelines]
    groups.append((site.labels.phrase("compare", "parts"), parts))
    shown = [
        (
            f"{label} ({len(items)})",
            _document_table(view, sorted(items, key=document_date, reverse=True), items is parts),
        )
        for label, items in groups
        if items
    ]
    return _section(view, "guidelines", len(record.guidelines), render("jurisdiction_documents", groups=shown))


def _document_table(view: View, items: Sequence[Guideline], placed: bool) -> Markup:
    """Documents with their dates; ``placed`` says of which state or province each is, instead of its type."""
    values = view.values
    issued = Column(
        view.site.labels.field(DocumentDates, "issued"),
        lambda item: values.date(document_date(item)) if document_date(item) else Markup("–"),
        "ev-narrow",
    )
    kind = "jurisdiction" if placed else "document_type"
    return table(values, items, (issued, _name(view, "guidelines"), kind, "status", "applies_to_ev"))


def timeline(view: View, record: JurisdictionRecord) -> Section | None:
    """What the profile, its documents and the acts date, merged and newest first."""
    view.take("events")
    if not record.history:
        return None
    site, values = view.site, view.values
    own = (view.entry.COLLECTION, view.entry.id)
    sources = {(event.date, event.title): event.sources for event in getattr(view.entry, "events", ())}

    def happened(row: Row) -> Markup:
        told = row.shown.title
        if told is None:  # a bare date: its kind and its document say all there is
            return NOTHING
        refs = values.sources(sources.get((row.shown.date, told), ())) if row.shown.by == own else NOTHING
        return html(site.text(told)) + refs

    def entries(row: Row) -> Markup:
        return Markup("<br>").join(values.entry(site.kb.entry(key)) for key in row.entries if key != own)

    columns = (
        Column(site.labels.field(Event, "date"), lambda row: values.date(row.date), "ev-narrow"),
        Column(site.labels.field(Event, "kind"), lambda row: html(kind_word(site, row.shown.kind))),
        Column(site.labels.field(Event, "title"), happened, "ev-wide"),
        Column(site.labels.field(Event, "document"), entries, "ev-wide"),
    )
    heading = f"{view.label('events')} ({len(record.history)})"
    return Section("events", heading, _folded(view, record.history, columns))


def enforcement(view: View, record: JurisdictionRecord) -> Section | None:
    """The official acts, newest first."""
    acts: list[EnforcementAction] = sorted(record.enforcement, key=lambda act: act.date or "", reverse=True)
    columns: Columns = ("date", _name(view, "enforcement"), "action_type", "ev_relevance")
    return _section(view, "enforcement", len(acts), _folded(view, acts, columns))


def trials(view: View, record: JurisdictionRecord) -> Section | None:
    """The trials: how many in each phase and status, then each of them, the latest start first."""
    found: list[Trial] = sorted(
        record.trials, key=lambda trial: trial.dates.start or trial.dates.registered or "", reverse=True
    )
    counts = [
        (
            view.site.labels.field(Trial, field),
            [(view.values.code(vocabulary, code), number) for code, number in _counted(view, vocabulary, found, field)],
        )
        for field, vocabulary in (("phase", "phases"), ("status", "trial-statuses"))
    ]
    columns: Columns = (_name(view, "trials"), "phase", "status", "status_as_of", "indication")
    content = render(
        "jurisdiction_trials",
        counts=counts,
        rows=_folded(view, found, columns),
        address=f"{view.place.root}trials/",
        words=view.site.labels.collection("trials"),
    )
    return _section(view, "trials", len(found), content)


def _counted(view: View, vocabulary: str, found: Iterable[Trial], field: str) -> list[tuple[str, int]]:
    numbers = Counter(getattr(trial, field) for trial in found)
    return [(code, numbers[code]) for code in view.site.kb.vocabularies[vocabulary] if numbers[code]]


def others(view: View, record: JurisdictionRecord) -> Iterable[Section | None]:
    """What the remaining collections have on record for the place."""
    for collection, columns in _OTHERS.items():
        entries: Sequence[Entry] = getattr(record, collection.replace("-", "_"))
        yield _section(view, collection, len(entries), _folded(view, entries, (_name(view, collection), *columns)))


def compare_with(view: View) -> Section | None:
    """Links to comparisons of this place with others."""
    site, id_ = view.site, view.entry.id
    choices = prepared(site)
    if view.entry.withdrawn or not choices:
        return None
    links = [(path, names(site, ids)) for path, ids in choices.items() if id_ in ids]
    other = next((other for ids in choices.values() for other in ids if other != id_), None)
    say = Phrases(site, "compare")
    links.append((f"{PATH}?with={id_},{other}", say("with_others", places=names(site, [id_]))))
    items = (trusted(f'<a href="{view.place.root}{html(path)}">{html(name)}</a>') for path, name in links)
    return Section("compare", say("with"), view.values.items(items))


def _name(view: View, collection: str) -> Column:
    return Column(view.site.labels.one(collection), view.values.entry, "ev-wide")


def _section(view: View, collection: str, number: int, content: Markup) -> Section | None:
    heading = f"{view.site.labels.collection(collection)} ({number})"
    return Section(f"record-{collection}", heading, content) if content else None


def _folded(view: View, rows: Sequence[Row] | Sequence[Entry], columns: Columns) -> Markup:
    """A table whose rows after the first dozen are folded away; they can be read without scripts."""
    if not rows:
        return NOTHING
    shown = len(rows) if len(rows) <= _SHOWN + 3 else _SHOWN
    more = Phrases(view.site, "compare")("more", more=len(rows) - shown)
    rest = table(view.values, rows[shown:], columns) if rows[shown:] else NOTHING
    return render("folded", first=table(view.values, rows[:shown], columns), rest=rest, more=more)
