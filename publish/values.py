"""One value of an entry as HTML: text, codes, dates, links. Everything that is not markup is escaped here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from kb.analysis.uses import NO_USE
from kb.models.base import PARTIAL_DATE, Localized, Model
from kb.models.core import Entry
from publish.fields import FieldKind, Kind, kinds_of
from publish.places import path_of
from publish.safe_text import html, paragraphs, trusted, web_address
from publish.site import Site

NOTHING = Markup("")
#: Vocabularies whose codes are shown as badges wherever they stand.
BADGES = frozenset(
    {
        "legal-forces", "document-statuses", "ev-applicability", "requirement-levels", "bases", "trial-statuses",
        "phases", "claim-assessments", "confidence-levels", "review-states", "reading-depths", "ev-relevance",
        "causality-levels", "criticalities", "pathway-statuses", "legal-classes", "ev-regulation", "coverage-levels",
        "result-outcomes", "value-kinds", "option-bases", "profile-bases", "source-kinds",
    }
)  # fmt: skip
#: Yes-or-no fields whose «no» readers must see.
_TELLING = frozenset(
    {"link_confirmed", "ev_specific", "combined_with_cells", "first_in_human", "names_exosomes", "preferred"}
)
#: Records whose first fields read as one phrase: «ClinicalTrials.gov NCT04276987», «24 actual».
_PHRASES = {
    "Registration": ("registry", "number"),
    "Enrolment": ("count", "type"),
    "Sample": ("count", "unit"),
    "Affected": ("count",),
    "Sponsor": ("name",),
    "TrialProduct": ("name",),
    "EvSource": ("cell",),
}
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_RESOLVERS = {
    "doi": "https://doi.org/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    "orcid": "https://orcid.org/",
}


class Values:
    """Values on one page.

    Args:
        site: The knowledge base in the page's language.
        root: From the page to the root of its language.
        numbers: Key of a source -> its number on the page.
    """

    def __init__(self, site: Site, root: str, numbers: Mapping[str, int] | None = None) -> None:
        self.site, self.root = site, root
        self._numbers = numbers or {}
        self._codes = site.codes.setdefault(root, {})
        self._comma = "、" if site.language == "ja" else ", "
        #: What stands behind a statement, such as that its translation is out of step; nothing on most pages.
        self.remark: Callable[[Localized], Markup] | None = None
        self._writers: dict[Kind, Callable[[FieldKind, Any], Markup]] = {
            "code": self._code_of,
            "reference": lambda kind, value: self.reference(value, *kind.collections),
            "localized": lambda kind, value: self.name(value),
            "date": lambda kind, value: self.date(value),
            "truth": lambda kind, value: self.truth(value),
            "number": lambda kind, value: self.number(value),
            "year": lambda kind, value: html(str(value)),
            "address": lambda kind, value: self.outside(value, value),
            "identifier": lambda kind, value: self.identifier(kind.name, value),
            "text": lambda kind, value: html(value),
            "record": lambda kind, value: self.record(value),
            "source": lambda kind, value: self.sources((value,)),
        }

    def field(self, record: Model, name: str) -> Markup:
        """The value of any field by the kind that its annotation gives; empty when there is none."""
        value = getattr(record, name)
        if value is None or value == ():
            return NOTHING
        kind = kinds_of(type(record))[name]
        if not kind.many:
            return self._writers[kind.kind](kind, value)
        if kind.kind == "source":
            return self.sources(value)
        items = [self._writers[kind.kind](kind, item) for item in value]
        if kind.kind in ("localized", "record", "reference") and len(items) > 1:
            return self.items(items)
        return trusted((" " if kind.vocabulary in BADGES else self._comma).join(items))

    def items(self, items: Iterable[Markup]) -> Markup:
        """A bulleted list."""
        return trusted(f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>")

    def name(self, value: Localized) -> Markup:
        """A short statement; with the original wording behind it where there is one."""
        shown = html(self.site.text(value))
        original = getattr(value, "original", None)
        if original:
            shown += trusted(f' <span class="ev-original">{html(original)}</span>')
        return shown + self.remark(value) if self.remark else shown

    def prose(self, value: Localized) -> Markup:
        """A statement as paragraphs."""
        shown = paragraphs(self.site.text(value))
        return shown + self.remark(value) if self.remark else shown

    def code(self, vocabulary: str, code: str) -> Markup:
        """The label of a code: a badge or plain text; jurisdictions lead to their profile."""
        known = self._codes.get((vocabulary, code))
        if known is None:
            known = self._codes[vocabulary, code] = self._new_code(vocabulary, code)
        return known

    def _new_code(self, vocabulary: str, code: str) -> Markup:
        label = html(self.site.label(vocabulary, code))
        if vocabulary == "jurisdictions" and code in self.site.profiles:
            return self.entry(self.site.profiles[code], label)
        if vocabulary == "challenges":
            # The codes are the anchors of the hand-written page about the five problems.
            return trusted(f'<a href="{self.root}challenges/#{html(code)}">{label}</a>')
        if vocabulary == "conditions" and code not in NO_USE:
            return trusted(f'<a href="{self.root}uses/#use-{html(code)}">{label}</a>')
        if vocabulary in BADGES:
            return trusted(f'<span class="ev-badge ev-{vocabulary} ev-is-{html(code)}">{label}</span>')
        return label

    def _code_of(self, kind: FieldKind, value: str) -> Markup:
        return self.code(kind.vocabulary, value)

    def entry(self, entry: Entry, words: Markup | None = None) -> Markup:
        """A link to the page of an entry."""
        gone = ' class="ev-gone"' if entry.withdrawn else ""
        return trusted(f'<a href="{self.root}{path_of(entry)}"{gone}>{words or html(self.site.title(entry))}</a>')

    def reference(self, id_: str, *collections: str) -> Markup:
        """A link to the entry of that id; the id itself when no such entry exists."""
        found = self.site.kb.resolve(id_, *collections)
        return self.entry(found) if found else trusted(f"<code>{html(id_)}</code>")

    def date(self, value: str) -> Markup:
        """A date in the manner of the language, never more exact than it is given."""
        match = PARTIAL_DATE.match(value)
        if match is None:
            return html(value)
        year, month, day = match.groups()
        if self.site.language == "ja":
            shown = f"{year}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")
        else:
            shown = " ".join(
                part for part in (str(int(day)) if day else "", _MONTHS[int(month) - 1] if month else "", year) if part
            )
        return trusted(f'<time datetime="{value}">{shown}</time>')

    def truth(self, value: bool) -> Markup:
        """Yes or no."""
        return html(self.site.labels.say("yes" if value else "no"))

    def number(self, value: float) -> Markup:
        """A number: grouped by thousands, from a million on in powers of ten."""
        if value and not 1e-4 <= abs(value) < 1e6:
            mantissa, _, exponent = f"{value:.6e}".partition("e")
            factor = mantissa.rstrip("0").rstrip(".")
            power = f"10{str(int(exponent)).translate(_SUPERSCRIPT)}"
            return trusted(power if factor == "1" else f"{factor}×{power}")
        return trusted(f"{value:,.6f}".rstrip("0").rstrip(".") if value != int(value) else f"{int(value):,}")

    def outside(self, url: str | None, words: str) -> Markup:
        """A link out of the site; only the words when the address is not http(s)."""
        address = web_address(url)
        if address is None:
            return html(words)
        return trusted(f'<a class="ev-out" href="{html(address)}" rel="noopener noreferrer nofollow">{html(words)}</a>')

    def identifier(self, name: str, value: str) -> Markup:
        """A DOI, PubMed or ORCID identifier with a link to its resolver."""
        return self.outside(_RESOLVERS[name] + quote(value, safe="/()"), value)

    def sources(self, keys: Sequence[str]) -> Markup:
        """Small links to the numbered sources."""
        links = "".join(
            f'<a href="#source-{html(key)}">{self._numbers[key]}</a>'
            for key in dict.fromkeys(keys)
            if key in self._numbers
        )
        return trusted(f'<sup class="ev-refs">{links}</sup>') if links else NOTHING

    def statement(self, record: Any) -> Markup:
        """A statement followed by its sources, whichever it has."""
        return self.name(record) + self.sources(getattr(record, "sources", ()))

    def telling(self, record: Model, name: str) -> Markup:
        """A field's value, but nothing for a «no» that goes without saying (a relation is *not* inferred)."""
        value = getattr(record, name)
        return NOTHING if value is False and name not in _TELLING else self.field(record, name)

    def record(self, record: Model, skip: Sequence[str] = ()) -> Markup:
        """The fields of a small record as a description list; a statement or a short phrase stands before it."""
        lead, said = self._lead(record)
        label = self.site.labels.field
        shown = [
            (name, self.telling(record, name))
            for name in kinds_of(type(record))
            if name not in said and name not in skip
        ]
        rows = "".join(
            f"<div><dt>{html(label(type(record), name))}</dt><dd>{value}</dd></div>" for name, value in shown if value
        )
        return lead + trusted(f'<dl class="ev-mini">{rows}</dl>') if rows else lead

    def _lead(self, record: Model) -> tuple[Markup, tuple[str, ...]]:
        """What says itself without a label, and the fields that it takes up."""
        if isinstance(record, Localized):
            return self.statement(record), ("en", "ja", "original", "sources")
        names = _PHRASES.get(type(record).__name__, ())
        parts = [part for name in names if (part := self.field(record, name))]
        return trusted(" ".join(parts)), names
