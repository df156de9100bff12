"""``/data/``: every file with its size, what it holds and how to read it; and the files themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from kb.models import COLLECTIONS
from publish.api_files import ROOT, api_files
from publish.computed.data_fields import STYLES, fields_page
from publish.computed.data_tables import collections_table, sources_tables, whole_table
from publish.data import edition
from publish.data.formats import DataFile
from publish.data.made import FOLDER, listed_files, made_files
from publish.data.snippets import SNIPPETS
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.places import Place
from publish.preformatted import preformatted
from publish.safe_text import html
from publish.site import Site
from publish.structured_data import Download, dataset_node, script
from publish.templating import render
from publish.values import Values

PATH = f"{FOLDER}/"
_CONVENTIONS = ("dates", "codes", "lists", "csv", "withdrawn", "observed", "absent")
#: Registered media types, or those in common use where there is none.
_MEDIA_TYPES: Mapping[str, str] = {
    "json": "application/json",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "sqlite": "application/vnd.sqlite3",
    "bibtex": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl": "application/vnd.citationstyles.csl+json",
    "datapackage": "application/json",
}


def pages(site: Site) -> Iterable[Page]:
    """The page about the files, and one for the fields of each collection."""
    yield _page(site)
    for collection in COLLECTIONS:
        yield fields_page(site, collection)


def files(site: Site) -> Mapping[str, str | bytes]:
    """The data files and those of the interface; once, because both languages are in them."""
    if site.language != "en":
        return {}
    return {f"{FOLDER}/{name}": content for name, content in made_files(site.kb).items()} | api_files(site.kb)


def _page(site: Site) -> Page:
    place = Place(site.language, PATH)
    about = site.labels.phrase("data", "about")
    title = site.labels.phrase("data", "title")
    sections = (
        ("whole", whole_table(site, place)),
        ("each", collections_table(site, place)),
        ("sources", sources_tables(site, place)),
        ("conventions", _conventions(site)),
        ("reading", _reading(site)),
        ("interface", _interface(site, place)),
        ("cite", _cite(site)),
    )
    parts = [page_head(site, place.root, title, about), block(_facts(site), "ev-data")]
    for key, content in sections:
        parts += [heading(site.labels.phrase("data", key), key), block(content, "ev-data ev-list")]
    downloads = [_download(site, file) for file in listed_files(site.kb)]
    parts.append(block(script(dataset_node(site, place.site_root, downloads))))
    return Page(
        path=PATH,
        title=title,
        description=about,
        body="\n\n".join(parts) + "\n",
        styles=STYLES,
        meta={"hide": ["navigation"]},
    )


def _facts(site: Site) -> Markup:
    found, values = edition.edition_of(site.kb), Values(site, "../")
    say = site.labels.phrase
    facts = [
        (say("data", "version"), html(found.name)),
        (say("data", "as_of"), values.date(found.as_of) if found.as_of else html("–")),
        (say("data", "entries"), values.number(len(site.kb))),
        (say("data", "licence"), values.outside(edition.LICENCE_URL, edition.LICENCE)),
    ]
    return render("facts", facts=facts) + Markup("<p>{}</p>").format(say("data", "licence_words"))


def _download(site: Site, file: DataFile) -> Download:
    return Download(f"{FOLDER}/{file.name}", _MEDIA_TYPES[file.format], len(made_files(site.kb)[file.name]))


def _conventions(site: Site) -> Markup:
    items = (html(site.labels.phrase("data", f"convention_{key}")) for key in _CONVENTIONS)
    return Markup('<ul class="ev-conventions">{}</ul>').format(
        Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
    )


def _reading(site: Site) -> Markup:
    say = site.labels.phrase
    snippets = [(say("data", key), preformatted(code)) for key, code in SNIPPETS.items()]
    excel = Markup('<p class="ev-snippet-title">{}</p><p>{}</p>').format(
        say("data", "read_excel"), say("data", "excel_words")
    )
    command = Markup("<p>{}<code>evreg export json csv xlsx sqlite parquet bibtex ris csl datapackage</code></p>")
    return render("data_snippets", snippets=snippets) + excel + command.format(say("data", "export_words"))


def _interface(site: Site, place: Place) -> Markup:
    def say(key: str) -> str:
        return site.labels.phrase("data", key)

    example = next(iter(site.kb.collection("guidelines")), None)
    rows = [
        ("interface_index", f"{ROOT}/index.json", f"{ROOT}/index.json"),
        ("interface_openapi", f"{ROOT}/openapi.json", f"{ROOT}/openapi.json"),
        ("interface_collection", f"{ROOT}/collections/{{collection}}.json", f"{ROOT}/collections/trials.json"),
        ("interface_vocabulary", f"{ROOT}/vocabularies/{{vocabulary}}.json", f"{ROOT}/vocabularies/phases.json"),
        ("interface_entry", "{collection}/{id}.json", f"guidelines/{example}.json" if example else ""),
    ]
    items = [
        Markup('<li>{}: <a href="{}{}"><code>{}</code></a></li>').format(say(key), place.site_root, address, shown)
        for key, shown, address in rows
        if address
    ]
    return Markup("<p>{}</p><ul>{}</ul><p>{}</p>").format(
        say("interface_words"), Markup("").join(items), say("interface_live")
    )


def _cite(site: Site) -> Markup:
    found = edition.edition_of(site.kb)
    address = f"{site.site_url or '/'}{PATH}"
    english = (
        f"{edition.AUTHOR_EN}. {edition.TITLE_EN} [data set]. Version {found.name}; verified to {found.as_of}. "
        f"{edition.LICENCE}. Available from: {address}"
    )
    japanese = (
        f"{edition.AUTHOR_JA}. “{edition.TITLE_JA}”. データセット. 版{found.name}, {found.as_of}まで照合. "
        f"{edition.LICENCE}. {address}"
    )
    shown = ((japanese, "ja"), (english, "en")) if site.language == "ja" else ((english, "en"), (japanese, "ja"))
    return Markup("").join(Markup('<p lang="{}">{}</p>').format(language, text) for text, language in shown)
