"""The static table of the finder: jurisdictions by typical products."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from markupsafe import Markup

from kb.analysis.pathway_matching import Question
from kb.analysis.pathways import Answer, Outcome, Reader
from publish.computed.pathways_places import anchor_of
from publish.phrases import Phrases
from publish.safe_text import html, trusted
from publish.templating import render
from publish.values import Values

#: Products that tell jurisdictions apart, chosen so that each column of the present profiles differs from the others. The
#: order is that of the columns; the key is the end of the phrase that names the product.
TYPICAL = {
    "iv": Question("human-allogeneic", "native", "ev-preparation", "intravenous", "therapeutic"),
    "autologous": Question("human-autologous", "native", "ev-preparation", "injected", "therapeutic"),
    "gene": Question("human-allogeneic", "nucleic-acid", "ev-preparation", "intravenous", "therapeutic"),
    "inhaled": Question("human-allogeneic", "native", "conditioned-medium", "inhaled", "therapeutic"),
    "topical_drug": Question("human-allogeneic", "native", "ev-preparation", "topical", "therapeutic"),
    "bacterial": Question("bacterial", "native", "ev-preparation", "injected", "therapeutic"),
    "cosmetic": Question("human", "native", "ev-preparation", "topical", "cosmetic"),
    "medium": Question("human", "native", "conditioned-medium", "topical", "cosmetic"),
    "needle": Question("human", "native", "ev-preparation", "microneedled", "cosmetic"),
    "injected": Question("human", "native", "ev-preparation", "injected", "cosmetic"),
    "plant": Question("plant", "native", "ev-preparation", "topical", "cosmetic"),
    "milk": Question("milk", "native", "ev-preparation", "oral", "none"),
}
_NO_CLASS = frozenset({Outcome.NO_RULE, Outcome.SILENT, Outcome.NOT_SURVEYED})


def matrix(values: Values, found: Sequence[Reader]) -> Markup:
    """The table; every cell leads to the finder with that product chosen, at that jurisdiction."""
    say = Phrases(values.site, "pathways")
    columns = [(address_of(question), say(f"product_{key}")) for key, question in TYPICAL.items()]
    rows = [
        {
            "name": values.entry(reader.profile, html(values.site.label("jurisdictions", reader.profile.code))),
            "cells": [
                (f"{address_of(question)}#{anchor_of(reader.profile)}", cell(values, reader.answer(question)))
                for question in TYPICAL.values()
            ],
        }
        for reader in found
    ]
    return render("pathway_matrix", say=say, columns=columns, rows=rows)


def address_of(question: Question) -> str:
    """The finder's address for a question, from its own page."""
    return "?" + urlencode({name: code for name, code in question._asdict().items() if code})


def cell(values: Values, answer: Answer) -> Markup:
    """The classes of an answer as badges, or in words why there is none."""
    if answer.outcome in _NO_CLASS:
        words = html(Phrases(values.site, "pathways")(f"outcome_{answer.outcome}"))
        return trusted(f'<span class="ev-pf-none ev-is-{answer.outcome}">{words}</span>')
    return trusted(" ").join(values.code("legal-classes", code) for code in answer.classes)
