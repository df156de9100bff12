"""``/review/reviewers/`` and ``/review/groups/``: who signed what, and which working group looks after what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from kb.knowledge_base import key_of
from kb.models.core import Entry, SignOff
from kb.orcid import is_orcid
from kb.review.agenda import for_group, looks_after
from kb.review.register import Group, Person
from kb.review.standing import Signature
from publish.computed.review_tables import PRESSING, STATUSES, STYLES, ReviewTables
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.safe_text import html, trusted
from publish.signatures import group_name, stands
from publish.site import Site
from publish.tables import Column, table
from publish.templating import render

REVIEWERS_PATH = "review/reviewers/"
GROUPS_PATH = "review/groups/"
#: Entries in the list of what a working group should review next.
_SHOWN = 10
Signed = tuple[Entry, Signature]


def reviewers_page(site: Site) -> Page:
    """Everybody who signed or is registered, in the order of their names."""
    tables = ReviewTables(site, REVIEWERS_PATH)
    signed = _signed(tables)
    people = _registered(site)
    names = {orcid: items[0][1].sign_off.name for orcid, items in signed.items()}
    names |= {orcid: person.name for orcid, person in people.items()}
    parts = [part for orcid in sorted(names, key=lambda key: (names[key], key)) for part in
             (heading(names[orcid], f"orcid-{orcid.lower()}"), block(_person(tables, orcid, people.get(orcid), signed.get(orcid, []))))]  # fmt: skip
    return _page(tables, "reviewers", parts)


def groups_page(site: Site) -> Page:
    """The working groups that are registered."""
    tables = ReviewTables(site, GROUPS_PATH)
    parts = [
        part
        for code, group in site.kb.reviewers.groups.items()
        for part in (heading(site.text(group), f"group-{code}"), block(_group(tables, code, group)))
    ]
    return _page(tables, "groups", parts)


def _registered(site: Site) -> dict[str, Person]:
    """The register without mistyped iDs, which «evreg validate» reports."""
    return {orcid: person for orcid, person in site.kb.reviewers.people.items() if is_orcid(orcid)}


def _page(tables: ReviewTables, name: str, parts: Sequence[str]) -> Page:
    say, root = tables.say, tables.place.root
    crumbs = [(say("title"), f"{root}review/")]
    head = page_head(tables.site, root, say(f"{name}_title"), say(f"{name}_about"), crumbs=crumbs)
    body = [head, *(parts or [block(html(say(f"{name}_none")), "ev-review-nobody")])]
    return Page(
        path=tables.place.path,
        title=say(f"{name}_title"),
        description=say(f"{name}_about"),
        body="\n\n".join(body) + "\n",
        styles=STYLES,
        meta={"hide": ["navigation"]},
    )


def _signed(tables: ReviewTables) -> dict[str, list[Signed]]:
    """ORCID iD -> what the person signed, the latest first; only well-formed sign-offs name a person."""
    found: dict[str, list[Signed]] = {}
    for entry in tables.entries:
        standing = tables.site.kb.standings.get(key_of(entry))
        for item in standing.signatures if standing else ():
            if item.fault != "malformed":
                found.setdefault(item.sign_off.orcid, []).append((entry, item))
    for items in found.values():
        items.sort(key=lambda item: item[1].sign_off.on, reverse=True)
    return found


def _person(tables: ReviewTables, orcid: str, person: Person | None, signed: Sequence[Signed]) -> Markup:
    site, values, say = tables.site, tables.values, tables.say
    last = signed[0][1].sign_off if signed else None
    affiliation = person.affiliation if person else last.affiliation if last else None
    codes = dict.fromkeys((*(person.groups if person else ()), *(item.sign_off.group for _, item in signed)))
    comma = _comma(site)
    label = site.labels.field
    facts = [
        (label(SignOff, "orcid"), values.identifier("orcid", orcid)),
        (label(SignOff, "affiliation"), values.name(affiliation) if affiliation else Markup("")),
        (label(SignOff, "group"), comma.join(group_name(site, code) for code in codes if code)),
    ]
    since = say.html("registered", day=values.date(person.since)) if person else html(say("unregistered"))
    shown = render("facts", facts=[(words, value) for words, value in facts if value])
    return shown + Markup('<p class="ev-dq-note">{}</p>').format(since) + _signed_table(tables, signed)


def _signed_table(tables: ReviewTables, signed: Sequence[Signed]) -> Markup:
    site, values, say = tables.site, tables.values, tables.say
    if not signed:
        return html(say("signed_none"))
    label = site.labels.field
    columns = (
        Column(say("entry"), lambda item: values.entry(item[0]), "ev-wide ev-name"),
        Column(label(SignOff, "status"), lambda item: values.field(item[1].sign_off, "status"), "ev-narrow"),
        Column(label(SignOff, "on"), lambda item: values.date(item[1].sign_off.on), "ev-narrow"),
        Column(label(SignOff, "conflict_of_interest"), lambda item: values.name(item[1].sign_off.conflict_of_interest), "ev-wide"),
        Column(say("stands"), lambda item: stands(site, item[1])),
    )  # fmt: skip
    return trusted(f'<div class="ev-list">{table(values, signed, columns)}</div>')


def _group(tables: ReviewTables, code: str, group: Group) -> Markup:
    site, say = tables.site, tables.say
    entries = [entry for entry in tables.entries if looks_after(group, entry)]
    tasks = for_group(site.kb, tables.tasks, group)
    number = tables.values.number
    counted = [
        (number(sum(entry.review.status == status for entry in entries)), tables.site.label("review-states", status))
        for status in STATUSES
    ]
    counted += [(number(sum(reason in task.reasons for task in tasks)), say(reason)) for reason in PRESSING]
    facts = [
        (say("looks_after"), _remit(tables, group)),
        (say("members"), _members(tables, code)),
        *((words, figure) for figure, words in counted),
    ]
    return render("facts", facts=facts) + tables.agenda_table(tasks[:_SHOWN])


def _remit(tables: ReviewTables, group: Group) -> Markup:
    if not group.collections and not group.jurisdictions:
        return html(tables.say("everything"))
    names = [html(tables.site.labels.collection(name)) for name in group.collections]
    places = [tables.values.code("jurisdictions", code) for code in group.jurisdictions]
    comma = _comma(tables.site)
    return Markup("; ").join(comma.join(part) for part in (names, places) if part)


def _members(tables: ReviewTables, code: str) -> Markup:
    def links() -> Iterator[Markup]:
        for orcid, person in _registered(tables.site).items():
            if code in person.groups:
                address = f"{tables.place.root}{REVIEWERS_PATH}#orcid-{orcid.lower()}"
                yield Markup('<a href="{}">{}</a>').format(address, html(person.name))

    comma = _comma(tables.site)
    return comma.join(links()) or html(tables.say("members_none"))


def _comma(site: Site) -> Markup:
    return html("、" if site.language == "ja" else ", ")
