"""The requirement matrix: ``matrix/`` by attribute and document, ``matrix/topics/`` by topic and jurisdiction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from kb.analysis.harmonisation import harmonisation
from kb.analysis.matrix import By, Matrix, matrix
from kb.analysis.matrix_records import COLUMNS, as_json, lines
from kb.analysis.statements import APPLIES, BASES, COUNTED, FORCES, LEVELS
from kb.statistics import as_of
from publish.computed.matrix_grid import Grid
from publish.computed.matrix_statements import SHEET, StatementList
from publish.csv_text import safe_csv
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place
from publish.site import Site
from publish.templating import render
from publish.values import Values

PATHS: Mapping[By, str] = {"attribute": "matrix/", "topic": "matrix/topics/"}
#: Below the root of the whole site: one file for both languages, since each record holds both.
DATA: Mapping[By, str] = {"attribute": "matrix/attributes", "topic": "matrix/topics"}
STYLES = ("assets/styles/matrix.css",)


def pages(site: Site) -> Iterator[Page]:
    """Both pages."""
    for by in PATHS:
        yield _page(site, by)


def files(site: Site) -> Mapping[str, str | bytes]:
    """The data of both pages as CSV and JSON."""
    if site.language != "en":
        return {}
    found: dict[str, str | bytes] = {}
    for by, path in DATA.items():
        grid = matrix(site.kb, by)
        found |= {f"{path}.csv": safe_csv(COLUMNS, lines(site.kb, grid)), f"{path}.json": as_json(site.kb, grid)}
    return found


def _page(site: Site, by: By) -> Page:
    place, say = Place(site.language, PATHS[by]), Phrases(site, SHEET)
    values, found = Values(site, place.root), matrix(site.kb, by)
    lists = StatementList(site, values)
    body = [
        _head(site, place, found),
        block(_legend(site, lists)),
        block(_filter(site, found)),
        Grid(site, values, found, lists).block(harmonisation(site.kb)),
        heading(say("statements"), "statements"),
    ]
    body += _by_attribute(site, found, lists) if by == "attribute" else _by_topic(site, found, lists)
    return Page(
        path=PATHS[by],
        title=say(f"title_{by}"),
        description=say(f"description_{by}"),
        body="\n\n".join(body) + "\n",
        meta={"hide": ["toc", "navigation"]},
        styles=STYLES,
        scripts=("assets/matrix/page.js",),
    )


def _head(site: Site, place: Place, found: Matrix) -> str:
    say, by = Phrases(site, SHEET), found.by
    said = [item for cell in found.cells.values() for item in cell.statements]
    day = as_of(site.kb.guidelines.values())
    other = {"attribute": ("topic", "matrix/topics/"), "topic": ("attribute", "matrix/")}[by]
    return page_head(
        site,
        place.root,
        say(f"title_{by}"),
        say(f"about_{by}"),
        crumbs=[(say("see_attribute"), f"{place.root}matrix/")] if by == "topic" else [],
        links=[
            (say(f"see_{other[0]}"), f"{place.root}{other[1]}"),
            (say("see_harmonisation"), f"{place.root}harmonisation/"),
            (say("see_gaps"), f"{place.root}gaps/"),
        ],
        template="matrix_head",
        counted=say.html(
            f"counted_{by}",
            statements=len(said),
            documents=len({item.guideline.id for item in said}),
            named=len({row for row, _ in found.cells}),
            attributes=len(found.rows),
            columns=len(found.columns),
            day=Values(site, place.root).date(day) if day else "–",
        ),
        download=say("download"),
        downloads=[(kind.upper(), f"{place.site_root}{DATA[by]}.{kind}") for kind in ("csv", "json")],
    )


def sprite() -> Markup:
    """The drawings that the marks use; once on each page that shows marks."""
    return render("matrix_sprite", forces=[(force, 3 - number) for number, force in enumerate(FORCES)])


def _legend(site: Site, lists: StatementList) -> Markup:
    say, label = lists.say, site.label
    groups = [
        (
            say("legend_level"),
            [(lists.mark_of(code, "text", "binding", "today"), label("requirement-levels", code)) for code in LEVELS],
        ),
        (
            f"{say('legend_basis')} ({say('hatched')})",
            [(lists.mark_of("required", code, "binding", "today"), label("bases", code)) for code in BASES],
        ),
        (
            say("legend_force"),
            [(lists.mark_of("required", "text", code, "today"), label("legal-forces", code)) for code in FORCES],
        ),
        (
            say("legend_counted"),
            [(lists.mark_of("required", "text", "binding", code), say(f"counted_{code}")) for code in COUNTED],
        ),
    ]
    return render(
        "matrix_legend",
        sprite=sprite(),
        legend=say("legend"),
        groups=groups,
        note=say("legend_note"),
        standing_note=say("standing_note"),
    )


def _filter(site: Site, found: Matrix) -> Markup:
    say, label = Phrases(site, SHEET), site.label
    used = {item.jurisdiction for cell in found.cells.values() for item in cell.statements}
    places = [(code, label("jurisdictions", code)) for code in site.kb.vocabularies["jurisdictions"] if code in used]
    selects = [
        ("where", say("filter_where"), places),
        ("level", say("level"), [(code, label("requirement-levels", code)) for code in LEVELS]),
        ("force", say("force"), [(code, label("legal-forces", code)) for code in FORCES]),
        ("basis", say("basis"), [(code, label("bases", code)) for code in BASES]),
    ]
    return render(
        "matrix_filter",
        filter=say("filter"),
        all=say("filter_all"),
        selects=selects,
        checks=[(APPLIES[0], say("filter_explicit")), (COUNTED[0], say("filter_today"))],
        clear=say("filter_clear"),
        status=say("filter_status"),
    )


def _by_attribute(site: Site, found: Matrix, lists: StatementList) -> Iterator[str]:
    for row in found.rows:
        cells = found.row(row)
        if cells:
            yield heading(site.title(site.kb.attributes[row]), f"attribute-{row}", 3)
            yield lists.listed(item for cell in cells for item in cell.statements)


def _by_topic(site: Site, found: Matrix, lists: StatementList) -> Iterator[str]:
    for row in found.rows:
        yield heading(site.label("topics", row), f"topic-{row}", 3)
        for cell in found.row(row):
            yield heading(site.label("jurisdictions", cell.column), f"topic-{row}-{cell.column.lower()}", 4)
            yield lists.listed(cell.statements, concerns=True)
