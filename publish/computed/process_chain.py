"""The chain of manufacture from donor to administration, as one page that reads from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from kb.analysis.process_chain import Affected, ChainStep, chain, steps_of
from kb.knowledge_base import standing
from kb.models.attributes import QualityAttribute
from kb.models.process_steps import ProcessParameter, ProcessStep
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place
from publish.safe_text import html, trusted
from publish.site import Site
from publish.tables import Column, table
from publish.templating import render
from publish.values import Values

PATH = "process/"
STYLES = ("assets/styles/process.css",)


def pages(site: Site) -> Iterator[Page]:
    """The one page of the chain."""
    links, say = chain(site.kb), Phrases(site, "process")
    place = Place(site.language, PATH)
    values = Values(site, place.root)
    body = [_head(site, place, links), heading(say("diagram"), "chain")]
    if links:
        steps = [_step(values, say, link) for link in links]
        body += [
            block(render("process_chain", steps=steps, say=say)),
            heading(say("by_attribute"), "by-attribute"),
            block(_by_attribute(values, say, links)),
        ]
    else:
        body.append(block(html(say("none"))))
    yield Page(
        path=PATH,
        title=say("title"),
        description=say("description"),
        body="\n\n".join(body) + "\n",
        meta={"hide": ["toc"]},
        styles=STYLES,
    )


def _head(site: Site, place: Place, links: Sequence[ChainStep]) -> str:
    say = Phrases(site, "process")
    days = [entry.review.verified for entry in (*site.kb.process_steps.values(), *site.kb.attributes.values())]
    counted = say.html(
        "counted",
        parameters=sum(len(link.step.parameters) for link in links),
        attributes=len({affected.attribute.id for link in links for affected in link.affected}),
        all=sum(1 for attribute in standing(site.kb.attributes.values())),
        products=len({product.id for link in links for product, _ in link.users}),
        day=Values(site, place.root).date(max(days)) if days else "–",
    )
    return page_head(
        site,
        place.root,
        say("title"),
        say("about", steps=len(links)),
        crumbs=[(site.labels.collection("process-steps"), f"{place.root}process-steps/")],
        template="process_head",
        counted=counted,
        silence=say("silence"),
        overview=[(anchor(link.step), link.step.order, site.title(link.step)) for link in links],
    )


def anchor(step: ProcessStep) -> str:
    """Where a step stands on the page."""
    return f"step-{step.id}"


def _step(values: Values, say: Phrases, link: ChainStep) -> dict[str, Any]:
    step = link.step
    named = {affected.attribute.id for affected in link.affected if affected.parameters}
    return {
        "anchor": anchor(step),
        "order": step.order,
        "link": values.entry(step),
        "page": values.entry(step, html(say("more"))),
        "purpose": values.name(step.summary),
        "parameters": [_parameter(values, say, parameter) for parameter in step.parameters],
        "others": [_attribute(values, affected) for affected in link.affected if affected.attribute.id not in named],
        "products": [(values.entry(product), values.name(statement)) for product, statement in link.users],
        "adds": [values.name(item) for item in step.impurities_introduced],
        "removes": [values.name(item) for item in step.impurities_removed],
    }


def _parameter(values: Values, say: Phrases, parameter: ProcessParameter) -> dict[str, Any]:
    affected = (values.site.kb.resolve(name, "attributes") for name in parameter.affects)
    return {
        "name": values.name(parameter.name),
        "typical": values.name(parameter.typical) if parameter.typical else None,
        "basis": values.field(parameter, "basis") if parameter.basis == "general-knowledge" else None,
        "affects": [
            _chip(values, attribute)
            for attribute in affected
            if isinstance(attribute, QualityAttribute) and not attribute.withdrawn
        ],
        "other": [values.name(item) for item in parameter.affects_other],
    }


def _attribute(values: Values, affected: Affected) -> Markup:
    return _chip(values, affected.attribute)


def _chip(values: Values, attribute: QualityAttribute) -> Markup:
    """A link whose style says how critical the attribute is; its page says so in words."""
    return trusted(f'<span class="ev-pc-chip ev-pc-{html(attribute.criticality)}">{values.entry(attribute)}</span>')


def _by_attribute(values: Values, say: Phrases, links: Sequence[ChainStep]) -> Markup:
    """Every affected attribute with the numbers of its steps, by category in the order of the vocabulary."""
    deciding = steps_of(tuple(links))
    order = list(values.site.kb.vocabularies["attribute-categories"])
    found = sorted(
        (values.site.kb.attributes[name] for name in deciding),
        key=lambda attribute: (order.index(attribute.category), values.site.title(attribute)),
    )

    def steps(attribute: QualityAttribute) -> Markup:
        items = "".join(
            f'<li><a href="#{anchor(step)}" title="{html(values.site.title(step))}">{step.order}</a></li>'
            for step in deciding[attribute.id]
        )
        return trusted(f'<ul class="ev-pc-numbers">{items}</ul>')

    if not found:
        return html(say("none"))
    columns = (
        Column(say("attribute"), values.entry, "ev-name"),
        Column(say("category"), lambda attribute: values.field(attribute, "category")),
        Column(
            values.site.labels.field(QualityAttribute, "criticality"),
            lambda attribute: values.field(attribute, "criticality"),
        ),
        Column(say("decided_in"), steps, "ev-wide"),
    )
    return render("process_by_attribute", about=say("by_attribute_about"), table=table(values, found, columns))
