"""Statements as a list with their marks, and the mark itself: what a cell shows and what it opens."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from kb.analysis.statements import Statement, document_date
from publish.page import block
from publish.phrases import Phrases
from publish.safe_text import html, trusted
from publish.site import Site
from publish.templating import render
from publish.values import Values

SHEET = "matrix"
#: Evidence without the wording itself: hatched in the matrix.
_UNSEEN = frozenset({"heading", "inference"})


def anchor(item: Statement) -> str:
    """The id of a statement on the page that lists it."""
    return f"s-{item.id}"


class StatementList:
    """Writes statements on one page.

    Args:
        site: The knowledge base in the page's language.
        values: Writes links from the page.
    """

    def __init__(self, site: Site, values: Values) -> None:
        self._site, self._values, self.say = site, values, Phrases(site, SHEET)
        self._marks: dict[tuple[str, str, str, str], Markup] = {}

    def mark(self, item: Statement) -> Markup:
        """Level, evidence, legal force and standing as one small mark; read aloud as words."""
        requirement, document = item.requirement, item.guideline
        key = (requirement.level, requirement.basis, document.legal_force, item.counted)
        if key not in self._marks:
            self._marks[key] = self.mark_of(*key)
        return self._marks[key]

    def mark_of(self, level: str, basis: str, force: str, counted: str) -> Markup:
        """The mark for four codes, e.g. for the legend."""
        label = self._site.label
        spoken = [label("requirement-levels", level), label("bases", basis), label("legal-forces", force)]
        standing = None if counted == "today" else self.say(f"short_{counted}")
        return render(
            "matrix_mark",
            level=level,
            basis=basis,
            force=force,
            counted=counted,
            unseen=basis in _UNSEEN,
            short_level=self._short(level),
            short_basis=self._short(basis),
            standing=standing,
            spoken="; ".join([*spoken, *([self.say(f"counted_{counted}")] if standing else [])]),
        )

    def _short(self, code: str) -> str:
        try:
            return self.say(f"short_{code}")
        except KeyError:  # a code that an editor has added since
            return code[:3]

    def listed(self, found: Iterable[Statement], concerns: bool = False) -> str:
        """The statements as a block; ``concerns`` names the quality attribute or subject of each."""
        items = Markup("").join(self._item(item, concerns) for item in found)
        return block(trusted(f'<ul class="ev-said-list" data-pagefind-ignore>{items}</ul>'))

    def _item(self, item: Statement, concerns: bool) -> Markup:
        document, requirement, values = item.guideline, item.requirement, self._values
        date = document_date(document)
        link = values.entry(document)
        return render(
            "matrix_statement",
            anchor=anchor(item),
            item=item,
            mark=self.mark(item),
            concerns=self._concerns(item) if concerns else None,
            words=values.name(requirement.statement),
            place=values.code("jurisdictions", item.jurisdiction),
            document=link,
            date=values.date(date) if date else None,
            marks=[
                (self.say("level"), values.code("requirement-levels", requirement.level)),
                (self.say("basis"), values.code("bases", requirement.basis)),
                (self.say("force"), values.code("legal-forces", document.legal_force)),
                (self.say("applies"), values.code("ev-applicability", document.applies_to_ev)),
                (self.say("status"), values.code("document-statuses", document.status)),
            ],
            cosmetics=self.say("cosmetics_only") if item.cosmetics_only else None,
            sources=self.say("sources"),
            links=(Markup("、") if self._site.language == "ja" else Markup("; ")).join(self._sources(item)),
        )

    def _concerns(self, item: Statement) -> Markup | None:
        if item.attribute:
            return self._values.reference(item.attribute, "attributes")
        subject = item.requirement.subject
        return html(self._site.text(subject)) if subject else None

    def _sources(self, item: Statement) -> list[Markup]:
        named = {source.key: source for source in item.guideline.sources}
        read = [(named[key]) for key in item.requirement.sources if key in named]
        return [
            self._values.outside(source.url or (f"https://doi.org/{source.doi}" if source.doi else None), source.title)
            for source in read
        ]
