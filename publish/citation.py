"""How an entry is cited: version, day, permalink, in the manner of both languages and of reference managers."""

from __future__ import annotations

import json
import re

from kb.models.core import Entry
from kb.problems import Language
from publish.data import edition
from publish.data.bibtex import bibtex
from publish.data.csl import csl
from publish.data.edition import Edition, edition_of_entry
from publish.data.references import Reference
from publish.data.ris import ris
from publish.labels import LANGUAGES
from publish.places import localized_path, path_of
from publish.preformatted import preformatted
from publish.safe_text import html, trusted, visible
from publish.site import Site
from publish.templating import render
from publish.view import Section, View

STYLES = ("assets/styles/cite.css",)
SCRIPTS = ("assets/cite/cite.js",)
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


def permalink(site: Site, entry: Entry, language: Language) -> str:
    """The address of an entry's page: whole when the site's address is known, else from the site's root (``/x/y/``)."""
    return f"{site.site_url or '/'}{localized_path(language, path_of(entry))}"


def reference(site: Site, entry: Entry, state: Edition) -> Reference:
    """The entry as a work that can be cited, in the site's language."""
    japanese = site.language == "ja"
    return Reference(
        key=f"evreg-{_NOT_WORDS.sub('-', f'{entry.COLLECTION}-{entry.id}')}",
        type="entry",
        title=site.title(entry),
        author=edition.AUTHOR_JA if japanese else edition.AUTHOR_EN,
        publisher=edition.TITLE_JA if japanese else edition.TITLE_EN,
        published=entry.review.verified,
        url=permalink(site, entry, site.language),
        version=state.name,
        language=site.language,
        note=edition.LICENCE,
    )


def citation(site: Site, entry: Entry, state: Edition, language: Language) -> str:
    """The citation in words.

    English follows the manner of the National Library of Medicine for parts of databases (Citing Medicine, 2nd ed.,
    chapter 24), Japanese that of SIST 02 for web pages. The day of access is the reader's to add.
    """
    address = permalink(site, entry, language)
    if language == "ja":
        return visible(
            f"{edition.AUTHOR_JA}. “{entry.title.ja}”. {edition.TITLE_JA}. 版{state.name}, "
            f"{entry.review.verified}照合. {address}"
        )
    return visible(
        f"{edition.AUTHOR_EN}. {entry.title.en.rstrip('.')}. In: {edition.TITLE_EN}. Version {state.name}; "
        f"verified {entry.review.verified}. Available from: {address}"
    )


def formats(work: Reference) -> tuple[tuple[str, str, str], ...]:
    """Name, file name extension and text of a work in each format of reference managers."""
    return (
        ("BibTeX", "bib", bibtex([work])),
        ("RIS", "ris", ris([work])),
        ("CSL-JSON", "json", json.dumps(csl([work]), ensure_ascii=False, indent=1)),
    )


def cite_box(view: View) -> Section:
    """The box below an entry."""
    site, entry = view.site, view.entry
    found = edition_of_entry(entry)
    work = reference(site, entry, found)

    def say(key: str) -> str:
        return site.labels.phrase("cite", key)

    order = sorted(LANGUAGES, key=lambda language: language != site.language)
    facts = [
        (say("version"), html(found.name)),
        (say("date"), view.values.date(entry.review.verified)),
        (say("permalink"), trusted(f'<a href="./">{html(permalink(site, entry, site.language))}</a>')),
        (say("licence"), view.values.outside(edition.LICENCE_URL, edition.LICENCE)),
    ]
    content = render(
        "cite",
        citations=[
            (language, say(f"citation_{language}"), citation(site, entry, found, language)) for language in order
        ],
        facts=facts,
        formats=[(name, ending, preformatted(text)) for name, ending, text in formats(work)],
        say=say,
        path=None if site.site_url else f"/{path_of(entry)}",
        file=work.key,
    )
    return Section("cite", say("heading"), content)
