"""What the pages about review share: the day, the agenda, and tables of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup

from kb.knowledge_base import Key, key_of, standing
from kb.models import COLLECTIONS
from kb.models.core import Entry
from kb.partial_dates import last_day
from kb.review.agenda import Task, agenda, due_day, in_month
from kb.review.policy import STAGES
from kb.review.standing import DRAFT
from kb.statistics import as_of
from publish.phrases import Phrases
from publish.places import Place
from publish.safe_text import html, trusted
from publish.signatures import SHEET
from publish.site import Site
from publish.tables import Column, table
from publish.templating import render
from publish.values import Values

#: The statuses, the least first.
STATUSES = (DRAFT, *STAGES)
#: Figures of :class:`Counts` that ask for something to be done.
PRESSING = ("lapsed", "overdue", "due")
#: Every entry as a file, from the root of the language.
CSV = "review/entries.csv"
STYLES = ("assets/styles/quality.css", "assets/styles/review.css")


class Counts(NamedTuple):
    """One collection's entries that are not withdrawn."""

    name: str
    entries: int
    statuses: Counter[str]
    lapsed: int
    overdue: int
    due: int


class ReviewTables:
    """The state of review in one language, for the page at ``path``."""

    def __init__(self, site: Site, path: str) -> None:
        self.site, self.place = site, Place(site.language, path)
        self.values = Values(site, self.place.root)
        self.say = Phrases(site, SHEET)
        #: The latest day on which an entry was compared with its sources; empty without entries.
        self.as_of = as_of(site.kb)
        self.entries: tuple[Entry, ...] = tuple(standing(site.kb))

    @property
    def today(self) -> date:
        """The day from which the pages are reckoned; the same entries always give the same pages."""
        return last_day(self.as_of) if self.as_of else date.min

    @cached_property
    def tasks(self) -> list[Task]:
        """What is to be reviewed, what comes first at the top."""
        return agenda(self.site.kb, self.today) if self.as_of else []

    def reasons_of(self) -> dict[Key, str]:
        """Why each entry that is to be reviewed is, in the order of the agenda."""
        return {task.key: self.reasons(task) for task in self.tasks}

    @cached_property
    def dues(self) -> list[tuple[date, Entry]]:
        """When each entry is due, the earliest first."""
        policy = self.site.kb.review_policy
        found = [(due_day(entry, policy), entry) for entry in self.entries]
        return sorted(found, key=lambda item: (item[0], key_of(item[1])))

    def counts(self) -> list[Counts]:
        """Figures by collection, without empty ones."""
        found = [
            self._counted(name, [entry for entry in self.entries if name == entry.COLLECTION]) for name in COLLECTIONS
        ]
        return [item for item in found if item.entries]

    def _counted(self, name: str, entries: Sequence[Entry]) -> Counts:
        policy, standings = self.site.kb.review_policy, self.site.kb.standings
        days = [due_day(entry, policy) for entry in entries]
        return Counts(
            name=name,
            entries=len(entries),
            statuses=Counter(entry.review.status for entry in entries),
            lapsed=sum(found.lapsed for entry in entries if (found := standings.get(key_of(entry)))),
            overdue=sum(day < self.today for day in days),
            due=sum(day >= self.today and in_month(day, self.today) for day in days),
        )

    def collections(self) -> Markup:
        """The table of figures by collection."""
        number, counts = self.values.number, self.counts()
        columns: list[tuple[str, Callable[[Counts], Markup]]] = [
            (self.say("term"), lambda item: number(self.site.kb.review_policy.months(item.name))),
            (self.say("entries"), lambda item: number(item.entries)),
            *((self.site.label("review-states", status), self._status(status)) for status in STATUSES),
            # A column of nothing but zeros would make the page of a phone half as long again.
            *((self.say(name), self._figure(name)) for name in PRESSING if any(getattr(item, name) for item in counts)),
        ]
        rows = [(self._collection(item.name), [(head, cell(item)) for head, cell in columns]) for item in counts]
        return render("quality_table", first=self.say("collection"), headings=[head for head, _ in columns], rows=rows)

    def _status(self, status: str) -> Callable[[Counts], Markup]:
        return lambda item: self.values.number(item.statuses[status])

    def _figure(self, name: str) -> Callable[[Counts], Markup]:
        return lambda item: self.values.number(getattr(item, name))

    def _collection(self, name: str) -> Markup:
        return trusted(f'<a href="{self.place.root}{name}/">{html(self.site.labels.collection(name))}</a>')

    def agenda_table(self, tasks: Sequence[Task]) -> Markup:
        """Tasks as a table; the sentence for none when there are none."""
        columns = (
            Column(self.say("entry"), lambda task: self.values.entry(self.site.kb.entry(task.key)), "ev-wide ev-name"),
            Column(self.say("collection"), lambda task: html(self.site.labels.collection(task.key[0]))),
            Column(self.say("why"), lambda task: html(self.reasons(task)), "ev-review-why"),
            Column(self.say("due_on"), lambda task: self.values.date(task.due.isoformat()), "ev-narrow"),
            Column(self.say("confidence"), lambda task: self.values.code("confidence-levels", task.confidence), "ev-narrow"),
            Column(self.say("relied_on"), lambda task: self.values.number(task.relied_on), "ev-narrow"),
        )  # fmt: skip
        if not tasks:
            return html(self.say("nothing_next"))
        return trusted(f'<div class="ev-list">{table(self.values, tasks, columns)}</div>')

    def reasons(self, task: Task) -> str:
        """Why an entry is on the agenda."""
        comma = "、" if self.site.language == "ja" else ", "
        return comma.join(self.say(f"reason_{reason}") for reason in task.reasons)
