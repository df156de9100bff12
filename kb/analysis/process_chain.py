"""The chain of manufacture and what it decides: steps, the attributes each affects, the products that report it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kb import KnowledgeBase
from kb.knowledge_base import standing
from kb.models.attributes import QualityAttribute
from kb.models.process_steps import ProcessParameter, ProcessStep
from kb.models.products import Product, ProductProcess, ReleaseTest


class Affected(NamedTuple):
    """An attribute that a step affects."""

    attribute: QualityAttribute
    #: The step's parameters that name the attribute; empty when only the attribute's entry names the step.
    parameters: tuple[ProcessParameter, ...]


class ChainStep(NamedTuple):
    """One step with everything that is linked to it from either side."""

    step: ProcessStep
    affected: tuple[Affected, ...]
    users: tuple[tuple[Product, ProductProcess], ...]


class CriticalRow(NamedTuple):
    """One quality attribute of one product, from its being critical to the process that decides it."""

    #: The attribute's id as the product gives it.
    id: str
    critical: bool
    tests: tuple[ReleaseTest, ...]
    #: The product's published steps that affect the attribute.
    process: tuple[ProductProcess, ...]
    #: Steps that affect it but of which the product has published nothing.
    silent: tuple[ProcessStep, ...]


def chain(kb: KnowledgeBase) -> tuple[ChainStep, ...]:
    """The steps from donor to administration; withdrawn entries do not count."""
    users, naming = _users(kb), _naming(kb)
    return tuple(
        ChainStep(step, _affected(kb, step, naming.get(step.id, ())), users.get(step.id, ()))
        for step in sorted(kb.process_steps.values(), key=lambda step: (step.order, step.id))
        if not step.withdrawn
    )


def _naming(kb: KnowledgeBase) -> Mapping[str, list[str]]:
    """Id of a step -> ids of the attributes whose entries name it."""
    found: dict[str, list[str]] = {}
    for attribute in kb.attributes.values():
        steps = (kb.resolve(name, "process-steps") for name in attribute.process_steps)
        for id_ in dict.fromkeys(step.id for step in steps if step):
            found.setdefault(id_, []).append(attribute.id)
    return found


def _affected(kb: KnowledgeBase, step: ProcessStep, naming: Iterable[str]) -> tuple[Affected, ...]:
    """The attributes that a parameter names, in that order, then those that name the step themselves."""
    found: dict[str, list[ProcessParameter]] = {}
    for parameter in step.parameters:
        for name in parameter.affects:
            if name in kb.attributes:
                found.setdefault(kb.attributes[name].id, []).append(parameter)
    for id_ in naming:
        found.setdefault(id_, [])
    attributes = ((kb.attributes[name], tuple(parameters)) for name, parameters in found.items())
    return tuple(Affected(attribute, named) for attribute, named in attributes if not attribute.withdrawn)


def _users(kb: KnowledgeBase) -> Mapping[str, tuple[tuple[Product, ProductProcess], ...]]:
    found: dict[str, list[tuple[Product, ProductProcess]]] = {}
    for product in in_model_order(kb):
        for statement in product.process:
            step = kb.resolve(statement.step, "process-steps")
            if step is not None:
                found.setdefault(step.id, []).append((product, statement))
    return {step: tuple(pairs) for step, pairs in found.items()}


def steps_of(links: tuple[ChainStep, ...]) -> dict[str, tuple[ProcessStep, ...]]:
    """Id of an attribute -> the steps that affect it, in the order of the chain."""
    found: dict[str, list[ProcessStep]] = {}
    for link in links:
        for affected in link.affected:
            found.setdefault(affected.attribute.id, []).append(link.step)
    return {id_: tuple(steps) for id_, steps in found.items()}


def in_model_order(kb: KnowledgeBase) -> tuple[Product, ...]:
    """Products that stand, the best models first: those that exemplify the problems, then those with most on record."""
    return tuple(
        sorted(
            standing(kb.products.values()),
            key=lambda product: (-len(product.challenges), -on_record(product), product.id),
        )
    )


def on_record(product: Product) -> int:
    """How many statements of profile, critical attributes, release tests and process the product has."""
    return sum(map(len, (product.target_profile, product.critical_attributes, product.release_tests, product.process)))


def critical_rows(kb: KnowledgeBase, product: Product, links: tuple[ChainStep, ...]) -> tuple[CriticalRow, ...]:
    """The critical attributes of a product in its own order, then those that only its release tests name.

    Args:
        kb: Where the product stands.
        product: Which one.
        links: What :func:`chain` gives for ``kb``; handed in because it is the same for all products.
    """
    tests: dict[str, list[ReleaseTest]] = {}
    for test in product.release_tests:
        tests.setdefault(_present(kb, test.attribute), []).append(test)
    critical = [_present(kb, name) for name in product.critical_attributes]
    deciding: dict[str, dict[str, ProcessStep]] = {name: {} for name in (*critical, *tests)}
    for link in links:
        for affected in link.affected:
            if affected.attribute.id in deciding:
                deciding[affected.attribute.id][link.step.id] = link.step
    rows = []
    for name, steps in deciding.items():
        published = tuple(item for item in product.process if _step(kb, item) in steps)
        told = {_step(kb, item) for item in published}
        silent = tuple(step for id_, step in steps.items() if id_ not in told)
        rows.append(CriticalRow(name, name in critical, tuple(tests.get(name, ())), published, silent))
    return tuple(rows)


def _present(kb: KnowledgeBase, name: str) -> str:
    """The present id of an attribute that may be named by a former one."""
    found = kb.resolve(name, "attributes")
    return found.id if found else name


def _step(kb: KnowledgeBase, item: ProductProcess) -> str:
    found = kb.resolve(item.step, "process-steps")
    return found.id if found else item.step
