"""Steps, the attributes each affects from either side, and the way from a product's profile to its process."""

from __future__ import annotations

from typing import Any

import pytest

import kb
from kb import KnowledgeBase
from kb.analysis.process_chain import chain, critical_rows, in_model_order, on_record, steps_of
from tests.entries import PAIR, minimal
from tests.samples import attribute, write_kb


def _parameter(*affects: str) -> dict[str, Any]:
    return {"name": PAIR, "affects": list(affects)}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    gone = {"on": "2026-01-02", "reason": PAIR}
    steps = [
        minimal("process-steps", "store", order=3),
        minimal(
            "process-steps", "filter", order=2, parameters=[_parameter("old-count", "purity"), _parameter("count")]
        ),
        minimal("process-steps", "grow", order=1, parameters=[_parameter("gone")]),
        minimal("process-steps", "burn", order=4, withdrawn=gone, parameters=[_parameter("count")]),
    ]
    attributes = [
        attribute("count", aliases=["old-count"]),
        attribute("purity", process_steps=["grow", "filter"]),
        attribute("ph"),
        attribute("gone", withdrawn=gone),
    ]
    product = {
        "critical_attributes": ["purity", "old-count"],
        "process": [{**PAIR, "step": "filter"}],
        "release_tests": [{"attribute": "ph", "criterion": PAIR}, {"attribute": "count", "criterion": PAIR}],
    }
    products = [
        minimal("products", "a"),
        minimal("products", "model", challenges=["potency"]),
        minimal("products", "told", **product),
        minimal("products", "away", withdrawn=gone, process=[{**PAIR, "step": "filter"}]),
    ]
    folder = tmp_path_factory.mktemp("chain")
    return kb.load(write_kb(folder, process_steps=steps, attributes=attributes, products=products))


def test_the_chain_runs_in_order_without_withdrawn_entries(base: KnowledgeBase) -> None:
    assert [link.step.id for link in chain(base)] == ["grow", "filter", "store"]
    assert [[affected.attribute.id for affected in link.affected] for link in chain(base)] == [
        ["purity"],
        ["count", "purity"],
        [],
    ]


def test_a_link_recorded_on_both_sides_counts_once(base: KnowledgeBase) -> None:
    grow, filtering, _ = chain(base)
    assert {affected.attribute.id: len(affected.parameters) for affected in filtering.affected} == {
        "count": 2,
        "purity": 1,
    }
    assert [len(affected.parameters) for affected in grow.affected] == [0]


def test_attributes_know_their_steps_in_order(base: KnowledgeBase) -> None:
    found = steps_of(chain(base))
    assert {name: [step.id for step in steps] for name, steps in found.items()} == {
        "purity": ["grow", "filter"],
        "count": ["filter"],
    }


def test_products_stand_at_their_steps(base: KnowledgeBase) -> None:
    assert {link.step.id: [product.id for product, _ in link.users] for link in chain(base)} == {
        "grow": [],
        "filter": ["told"],
        "store": [],
    }


def test_model_cases_come_first_then_those_with_most_on_record(base: KnowledgeBase) -> None:
    assert [product.id for product in in_model_order(base)] == ["model", "told", "a"]
    assert [on_record(product) for product in in_model_order(base)] == [0, 5, 0]


def test_rows_join_critical_attributes_tests_and_process(base: KnowledgeBase) -> None:
    rows = critical_rows(base, base.products["told"], chain(base))
    shown = [
        (row.id, row.critical, len(row.tests), [item.step for item in row.process], [step.id for step in row.silent])
        for row in rows
    ]
    assert shown == [
        ("purity", True, 0, ["filter"], ["grow"]),
        ("count", True, 1, ["filter"], []),
        ("ph", False, 1, [], []),
    ]


def test_the_first_edition_holds_together() -> None:
    real = kb.load()
    links = chain(real)
    assert [link.step.order for link in links] == list(range(1, len(links) + 1))
    assert in_model_order(real)[0].id == "jikei-airway-epithelial-ev"
    for product in real.products.values():
        rows = critical_rows(real, product, links)
        assert {row.id for row in rows if row.critical} == {
            real.attributes[name].id for name in product.critical_attributes
        }
        assert sum(len(row.tests) for row in rows) == len(product.release_tests)
