"""Which official acts belong to a claim, and which claims to a trial, an event or an act."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kb import KnowledgeBase, load
from kb.analysis.claim_links import acts_of, claims_by_entry, judgments
from kb.analysis.uses import uses
from kb.vocabulary import packaged_vocabularies
from tests.entries import PAIR, minimal, source
from tests.samples import attribute, guideline, write_kb
from tests.sites import ROOT

ADDRESS = "https://authority.example/letter"


@pytest.fixture(scope="module")
def edition() -> KnowledgeBase:
    return load(ROOT / "kb")


def _base(folder: Path, claim: dict[str, Any], *acts: dict[str, Any], **collections: Any) -> KnowledgeBase:
    return load(
        write_kb(
            folder,
            attributes=[attribute("count")],
            guidelines=[guideline("law")],
            claims=[minimal("claims", "c", **claim)],
            enforcement=list(acts),
            **collections,
        )
    )


def test_acts_come_in_the_order_named_cited_same_rule(tmp_path: Path) -> None:
    claim = {
        "rules": [{"guideline": "law", "basis": "text"}, {"guideline": "named", "basis": "text"}],
        "sources": [source(url=ADDRESS, kind="primary")],
    }
    base = _base(
        tmp_path,
        claim,
        minimal("enforcement", "rule", related=["law"], date="2026-01-01"),
        minimal("enforcement", "cited", related=["law"], url=ADDRESS, date="2020-01-01"),
        minimal("enforcement", "named", date="2019-01-01"),
        minimal("enforcement", "gone", url=ADDRESS, withdrawn={"on": "2026-01-01", "reason": PAIR}),
    )
    found = acts_of(base, base.claims["c"])
    assert [(tied.act.id, tied.ties) for tied in found] == [
        ("named", ("named",)),
        ("cited", ("source", "rule")),
        ("rule", ("rule",)),
    ]


@pytest.mark.parametrize("address", [f"{ADDRESS}/", f"{ADDRESS}#part", ADDRESS])
def test_an_address_is_the_same_with_a_slash_or_a_fragment(tmp_path: Path, address: str) -> None:
    claim = {"sources": [source(url=address, kind="primary")]}
    base = _base(tmp_path, claim, minimal("enforcement", "a", url=ADDRESS))
    assert [tied.act.id for tied in acts_of(base, base.claims["c"])] == ["a"]


def test_a_source_without_an_address_is_no_act(tmp_path: Path) -> None:
    claim = {"sources": [source(url=None, doi="10.1000/x", kind="primary")]}
    base = _base(tmp_path, claim, minimal("enforcement", "a"))
    assert acts_of(base, base.claims["c"]) == ()


def test_links_lead_back_and_withdrawn_claims_count_nowhere(tmp_path: Path) -> None:
    trial = minimal("trials", "t", conditions=["asthma"])
    base = _base(tmp_path, {"indications": ["asthma"]}, trials=[trial])
    (tied,) = claims_by_entry(base)["trials", "t"]
    assert (tied.claim.id, tied.ties) == ("c", ("use",))
    gone = {"indications": ["asthma"], "withdrawn": {"on": "2026-01-01", "reason": PAIR}}
    assert not claims_by_entry(_base(tmp_path / "gone", gone, trials=[trial]))


def test_in_this_edition_only_a_contradiction_by_an_authority_is_a_judgment(edition: KnowledgeBase) -> None:
    found = {claim.id: judgments(edition, claim) for claim in edition.claims.values()}
    judged = {id_: items for id_, items in found.items() if items}
    assert "claim-fda-registered-approved" in judged, "FDA itself says that a registration is no approval"
    for id_, items in judged.items():
        claim = edition.claims[id_]
        assert claim.assessment.value == "false"
        cited = {source.url.rstrip("/") for source in claim.sources if source.url and "assessment" in source.supports}
        for act, said in items:
            assert act.url
            assert act.url.rstrip("/") in cited
            assert said


# --- Uses


def test_a_use_gathers_everything_that_names_it(tmp_path: Path) -> None:
    registered = [{"registry": next(iter(packaged_vocabularies()["registries"])), "number": "X1"}]
    base = _base(
        tmp_path,
        {"indications": ["copd", "other"]},
        trials=[
            minimal("trials", "t", conditions=["copd", "asthma"], registrations=registered),
            minimal("trials", "loose", conditions=["copd", "healthy-volunteers"]),
            minimal("trials", "gone", conditions=["gvhd"], withdrawn={"on": "2026-01-01", "reason": PAIR}),
        ],
        products=[minimal("products", "p", conditions=["copd"])],
        safety_events=[minimal("safety-events", "s", indications=["copd"])],
    )
    found = {use.code: use for use in uses(base)}
    order = list(base.vocabularies["conditions"])
    assert list(found) == sorted(found, key=order.index)
    # A row of its own for what a withdrawn entry alone names, since its page leads there; but nothing in it.
    assert set(found) == {"asthma", "copd", "gvhd"}
    assert not any(found["gvhd"][1:])
    copd = found["copd"]
    assert [[entry.id for entry in entries] for entries in copd[1:]] == [["c"], ["t"], ["loose"], ["p"], ["s"]]


def test_every_use_of_a_claim_in_this_edition_has_a_row(edition: KnowledgeBase) -> None:
    known = {use.code for use in uses(edition)}
    assert {code for claim in edition.claims.values() for code in claim.indications} <= known
