"""One product from its target profile to its process: which attribute is critical, tested how, decided where."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import cast

from markupsafe import Markup

from kb import KnowledgeBase
from kb.analysis.process_chain import ChainStep, CriticalRow, chain, critical_rows
from kb.models.attributes import QualityAttribute
from kb.models.process_steps import ProcessStep
from kb.models.products import Product, ReleaseTest
from publish.phrases import Phrases
from publish.safe_text import html, trusted
from publish.tables import Column, table
from publish.templating import render
from publish.values import NOTHING
from publish.view import Section, View

#: Field of the product, sheet's word for it, anchor of its section.
_STAGES = (
    ("target_profile", "qtpp", "target-profile"),
    ("critical_attributes", "cqa", "critical-attributes"),
    ("release_tests", "tests", "release-tests"),
    ("process", "process", "process"),
)


@lru_cache(maxsize=1)
def _chain(kb: KnowledgeBase) -> tuple[ChainStep, ...]:
    return chain(kb)


def quality_section(view: View) -> Section | None:
    """How the product's published quality information hangs together; nothing when there is none."""
    product, say = cast("Product", view.entry), Phrases(view.site, "process")
    view.take("critical_attributes")
    if not any(getattr(product, field) for field, _, _ in _STAGES):
        return None
    rows = critical_rows(view.site.kb, product, _chain(view.site.kb))
    stages = [
        (say(word), say(f"{word}_unit", n=number) if number else say("nothing"), anchor if number else "")
        for field, word, anchor in _STAGES
        for number in (len(getattr(product, field)),)
    ]
    content = render(
        "process_quality",
        about=say("quality_about"),
        stages=stages,
        table=table(view.values, rows, _columns(view, say)) if rows else NOTHING,
    )
    return Section("quality", say("quality"), content)


def _columns(view: View, say: Phrases) -> Sequence[Column]:
    values = view.values

    def attribute(row: CriticalRow) -> Markup:
        link = values.reference(row.id, "attributes")
        return link if row.critical else link + trusted(f' <small class="ev-sub">{html(say("not_critical"))}</small>')

    def category(row: CriticalRow) -> Markup:
        found = view.site.kb.resolve(row.id, "attributes")
        return values.field(found, "category") if isinstance(found, QualityAttribute) else NOTHING

    def tests(row: CriticalRow) -> Markup:
        if not row.tests:
            return trusted(f'<span class="ev-sub">{html(say("no_test"))}</span>')
        return values.items([_test(view, test) for test in row.tests])

    def published(row: CriticalRow) -> Markup:
        items = [values.reference(item.step, "process-steps") + values.sources(item.sources) for item in row.process]
        return values.items(items) if items else NOTHING

    def silent(row: CriticalRow) -> Markup:
        if not row.silent and not row.process:
            return trusted(f'<span class="ev-sub">{html(say("no_steps"))}</span>')
        return _steps(view, row.silent)

    return (
        Column(say("attribute"), attribute, "ev-wide"),
        Column(say("category"), category),
        Column(say("tests"), tests, "ev-wide"),
        Column(say("published_steps"), published, "ev-wide"),
        Column(say("silent_steps"), silent, "ev-wide"),
    )


def _test(view: View, test: ReleaseTest) -> Markup:
    criterion = view.values.name(test.criterion) + view.values.sources(test.sources)
    if not test.method:
        return criterion
    return criterion + trusted(f' <small class="ev-sub">{view.values.name(test.method)}</small>')


def _steps(view: View, steps: Sequence[ProcessStep]) -> Markup:
    comma = "、" if view.site.language == "ja" else ", "
    return trusted(comma.join(view.values.entry(step) for step in steps))
