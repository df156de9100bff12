"""The page of uses: what is claimed, which trials there are, which harm was reported."""

from __future__ import annotations

from pathlib import Path

from kb import KnowledgeBase, load
from kb.vocabulary import packaged_vocabularies
from publish.computed.uses import pages
from publish.site import Site
from tests.entries import minimal
from tests.samples import write_kb

REGISTRY = next(iter(packaged_vocabularies()["registries"]))


def _rows(page: str) -> dict[str, str]:
    return {row.split('"')[0]: row.split("</tr>")[0] for row in page.split('<tr id="use-')[1:]}


def test_a_row_links_claim_trials_product_and_harm(tmp_path: Path) -> None:
    base = load(
        write_kb(
            tmp_path,
            claims=[minimal("claims", "c", indications=["copd", "gvhd"])],
            trials=[
                minimal("trials", "t", conditions=["copd"], registrations=[{"registry": REGISTRY, "number": "X1"}]),
                minimal("trials", "loose", conditions=["copd", "asthma"]),
            ],
            products=[minimal("products", "p", conditions=["copd"])],
            safety_events=[minimal("safety-events", "s", indications=["copd"])],
        )
    )
    (page,) = pages(Site(base, "en"))
    claimed, other = page.source().split("{#other}")
    rows = _rows(claimed)
    for path in ("claims/c", "trials/t", "trials/loose", "products/p", "safety-events/s"):
        assert f'href="../{path}/"' in rows["copd"]
    assert "1 registered, 1 without a number" in rows["copd"]
    assert "none found" in rows["gvhd"]
    assert set(_rows(other)) == {"asthma"}
    assert "not a proof and not an approval" in claimed
    (japanese,) = pages(Site(base, "ja"))
    assert "登録1件、番号なし1件" in japanese.body


def test_hostile_texts_stay_texts(full_kb: KnowledgeBase) -> None:
    for language in ("en", "ja"):
        (page,) = pages(Site(full_kb, language))  # type: ignore[arg-type]
        assert "<script" not in page.body
        assert all(line.startswith(("<div", "## ")) for line in page.body.split("\n") if line)


def test_a_knowledge_base_without_uses_has_the_page_too(tmp_path: Path) -> None:
    (page,) = pages(Site(load(write_kb(tmp_path, glossary=[])), "en"))
    assert page.body.count("No entries yet.") == 2
