"""Jurisdictions side by side: prepared tables in the HTML, any other choice by script from one file per language."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from kb.analysis.comparison import Agreement, Comparison, agreement, comparison
from kb.models.jurisdictions import Jurisdiction
from publish.comparisons import PATH, names, prepared, surveyed
from publish.computed.compare_cells import Cells
from publish.page import Page, block
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place, localized_path, path_of
from publish.safe_text import html, visible
from publish.site import Site
from publish.templating import render
from publish.values import Values

DATA = f"{PATH}data.json"
_STYLES = ("assets/styles/compare.css",)
_SCRIPTS = ("assets/compare/compare.js",)
_MARKED: tuple[Agreement, ...] = ("same", "differs", "partial")


def pages(site: Site) -> Iterator[Page]:
    """The page with the choice and the first prepared table, and a page for each further one."""
    found, choices = comparison(site.kb), prepared(site)
    for path, ids in choices.items():
        yield _page(site, found, ids, path, choices)
    if not choices:
        say = Phrases(site, "compare")
        body = f"{_head(site, PATH, say('title'), choices)}\n\n{block(html(site.labels.say('none_here')))}\n"
        yield Page(PATH, say("title"), body, say("description"))


def files(site: Site) -> Mapping[str, str | bytes]:
    """Every column of the comparison as HTML, with the codes by which rows are compared, for the script."""
    found = comparison(site.kb)
    cells, values = Cells(site, Place(site.language, PATH).root), Values(site, Place(site.language, PATH).root)
    rows = {row.key: row for row in found.rows}
    say = Phrases(site, "compare")
    data = {
        "rows": [[row.key, say(f"group_{row.group}"), cells.name(row)] for row in found.rows],
        "columns": {
            id_: {
                "head": _column_head(site, values, site.kb.jurisdictions[id_]),
                "cells": {key: [cell.token, cells.cell(rows[key], cell)] for key, cell in column.items()},
            }
            for id_, column in found.columns.items()
        },
    }
    return {localized_path(site.language, DATA): json.dumps(data, ensure_ascii=False, separators=(",", ":"))}


def _page(
    site: Site, found: Comparison, ids: tuple[str, ...], path: str, choices: Mapping[str, tuple[str, ...]]
) -> Page:
    say, first = Phrases(site, "compare"), path == PATH
    title = say("title") if first else say("title_of", places=names(site, ids))
    parts = [_head(site, path, title, choices)]
    if first:
        parts.append(block(_form(site, ids)))
    parts.append(block(_table(site, found, ids, Place(site.language, path)), "ev-cmp-block"))
    return Page(
        path,
        title,
        "\n\n".join(parts) + "\n",
        say("description"),
        {"hide": ["navigation", "toc"]},
        _STYLES,
        _SCRIPTS if first else (),
    )


def _head(site: Site, path: str, title: str, choices: Mapping[str, tuple[str, ...]]) -> str:
    say, root = Phrases(site, "compare"), Place(site.language, path).root
    parent = [(say("title"), f"{root}{PATH}")] if path != PATH else []
    return page_head(
        site,
        root,
        title,
        say("about"),
        crumbs=[(site.labels.phrase("map", "title"), f"{root}map/"), *parent],
        template="compare_head",
        others=f"{root}{PATH}?with={','.join(choices[path])}" if path != PATH else "",
        others_words=say("choose_others"),
        prepared_words=say("prepared"),
        prepared=[(f"{root}{target}", names(site, ids), target == path) for target, ids in choices.items()],
    )


def _form(site: Site, chosen: Sequence[str]) -> Markup:
    say = Phrases(site, "compare")
    return render(
        "compare_form",
        source="data.json",
        chosen=",".join(chosen),
        words=json.dumps(site.labels.phrases("compare"), ensure_ascii=False),
        choose=say("choose"),
        places=[(profile.id, site.text(profile.name)) for profile in surveyed(site)],
        only_differences=say("only_differences"),
        share=say("share"),
    )


def _column_head(site: Site, values: Values, profile: Jurisdiction) -> tuple[str, str, Markup]:
    """Address, name as plain text and day of a profile."""
    return f"{values.root}{path_of(profile)}", visible(site.text(profile.name)), values.date(profile.as_of)


def _table(site: Site, found: Comparison, ids: Sequence[str], place: Place) -> Markup:
    say, values = Phrases(site, "compare"), Values(site, place.root)
    cells, columns = Cells(site, place.root), [found.columns[id_] for id_ in ids]
    groups: list[tuple[str, list[dict[str, Any]]]] = []
    for group, rows in groupby(found.rows, key=lambda row: row.group):
        shown = []
        for row in rows:
            own = [column.get(row.key) for column in columns]
            agreed = agreement(own)
            if agreed != "empty":
                mark = say(f"mark_{agreed}") if agreed in _MARKED else ""
                written = [cells.cell(row, cell) if cell else None for cell in own]
                shown.append({"name": cells.name(row), "agreement": agreed, "mark": mark, "cells": written})
        if shown:
            groups.append((say(f"group_{group}"), shown))
    return render(
        "compare_table",
        caption=names(site, ids),
        row_word=say("row"),
        columns=[_column_head(site, values, site.kb.jurisdictions[id_]) for id_ in ids],
        groups=groups,
        nothing=say("nothing"),
    )
