from __future__ import annotations

from typing import Any

import pytest

from kb.observed import Observation
from scrapers.faults import SourceFault
from scrapers.register import Bounds, register
from scrapers.source import Visit
from scrapers.sources import fda_guidance
from scrapers.sources.fda_guidance import FILE, NAME
from tests.entries import minimal, source
from tests.scrapers.conftest import MakeFetcher
from tests.scrapers.server import Loopback, Reply
from tests.scrapers.sources.small_kb import knowledge_base, visit

FOLDER = "/regulatory-information/search-fda-guidance-documents"
POTENCY = "potency-assurance-cellular-and-gene-therapy-products"


def row(
    name: str = POTENCY, title: str = "Potency Assurance for Cellular &amp; Gene Therapy Products", **fields: Any
) -> Any:
    made: dict[str, Any] = {
        "title": f'<a href="{FOLDER}/{name}">{title}</a>',
        "field_associated_media_2": '<a href="/media/1/download">PDF (1 MB)</a>',
        "field_issue_datetime": "09/15/2026",
        "field_issuing_office_taxonomy": "Center for Biologics Evaluation and Research<br>Office of Therapeutic Products",
        "term_node_tid": "Biologics, Cellular &amp; Gene Therapy",
        "field_regulated_product_field": "Biologics",
        "field_final_guidance_1": "Final",
        "field_docket_number": '<a href="https://www.regulations.gov/docket/FDA-2023-D-1">FDA-2023-D-1</a>',
        "open-comment": "  No ",
        "changed": '<time datetime="2026-09-16T00:00:00Z">09/16/2026</time>',
    }  # fmt: skip
    return {key: value for key, value in (made | fields).items() if value is not ...}


@pytest.fixture
def ask(make_fetcher: MakeFetcher) -> Any:
    def make(*guidelines: dict[str, Any], **changes: Any) -> Visit:
        expected = changes.pop("expected", {})
        fetcher = make_fetcher(NAME, source={"expected": expected})
        return visit(fetcher, knowledge_base({"guidelines": guidelines}), **changes)

    return make


def test_a_draft_that_became_final(server: Loopback, ask: Any) -> None:
    server.say(FILE, [row(), row("other", "Something else")])
    own = minimal("guidelines", "g1", url=f"https://www.fda.gov{FOLDER}/{POTENCY}", status="draft")
    by_source = minimal("guidelines", "g2", sources=[source(url=f"https://www.fda.gov/old/place{FOLDER}/{POTENCY}/")])
    neither = minimal("guidelines", "g3")
    seen = [item for item in fda_guidance.observe(ask(own, by_source, neither)) if isinstance(item, Observation)]
    assert [item.entry for item in seen] == ["guidelines/g1", "guidelines/g2"]
    assert seen[0].facts == {"dates.issued": "2026-09-15", "status": "in-force"}
    assert seen[0].url.endswith(f"{FOLDER}/{POTENCY}")


@pytest.mark.parametrize(("fields", "facts"), [
    ({"field_final_guidance_1": "Draft"}, {"dates.comment_until": "2026-12-14", "status": "draft"}),
    ({"field_final_guidance_1": "Final"}, {"status": "in-force"}),
    ({"field_final_guidance_1": "Draft", "field_comment_close_date": ""}, {"status": "draft"}),
])  # fmt: skip
def test_the_deadline_of_a_draft(server: Loopback, ask: Any, fields: dict[str, str], facts: dict[str, str]) -> None:
    server.say(FILE, [row(**{"field_comment_close_date": "12/14/2026", "open-comment": "  Yes  ", **fields})])
    own = minimal("guidelines", "g1", url=f"https://www.fda.gov{FOLDER}/{POTENCY}")
    (seen,) = fda_guidance.observe(ask(own))
    assert isinstance(seen, Observation)
    assert seen.facts == {"dates.issued": "2026-09-15", **facts}


def test_vesicles_at_any_time_and_cells_when_new(server: Loopback, ask: Any) -> None:
    server.say(FILE, [
        row(),
        row("exosomes", "Exosome Products: Questions &lt;b&gt;", field_issue_datetime="01/02/2019", field_final_guidance_1="Draft"),
        row("old-cells", field_issue_datetime="01/02/2019"),
        row("milk", "Labelling of Milk"),
    ])  # fmt: skip
    asked = ask()
    found = {item.url.rpartition("/")[2]: item for item in fda_guidance.discover(asked)}
    assert set(found) == {POTENCY, "exosomes"}
    assert "draft" in found["exosomes"].words.en
    assert "案" in found["exosomes"].words.ja
    assert (found["exosomes"].confidence, found[POTENCY].confidence) == ("medium", "low")
    (search,) = asked.searches
    assert (search.hits, len(search.proposed), search.known) == (2, 2, ())
    cited = ask(minimal("guidelines", "g", sources=[source(url=f"https://www.fda.gov{FOLDER}/{POTENCY}")]))
    assert len(list(fda_guidance.discover(cited))) == 1
    assert len(list(fda_guidance.discover(ask(limit=1)))) == 1


@pytest.mark.parametrize("fields", [
    {"field_issue_datetime": ""}, {"field_issue_datetime": "01/01/1900"}, {"field_issue_datetime": " "},
    {"field_issue_datetime": "12/31/1899"}, {"field_issue_datetime": ...},
    {"field_issue_datetime": None, "field_final_guidance_1": "", "field_issuing_office_taxonomy": None},
])  # fmt: skip
def test_a_document_without_a_day(server: Loopback, ask: Any, fields: dict[str, Any]) -> None:
    server.say(FILE, [row(title="Extracellular Vesicles", **fields)])
    (found,) = fda_guidance.discover(ask())
    assert "no day given" in found.words.en


@pytest.mark.parametrize("said", [
    {}, Reply("<html>apology_objects</html>"), [row(field_final_guidance_1="Withdrawn")], [{**row(), "title": None}], [{"title": "x"}],
    [row(field_issue_datetime="2026-09-15")], [row(field_issue_datetime="31/12/2026")], ["x"],
    [{"title": '<a href="javascript:alert(1)">Exosomes</a>'}], Reply("no", 404, "text/plain"),
])  # fmt: skip
def test_another_file_is_a_fault(server: Loopback, ask: Any, said: Any) -> None:
    server.say(FILE, said)
    with pytest.raises(SourceFault):
        list(fda_guidance.discover(ask()))


def test_a_list_that_is_cut_short_is_a_fault(server: Loopback, ask: Any) -> None:
    server.say(FILE, [row()])
    expected = {"guidances": Bounds(min=500, max=20_000)}
    with pytest.raises(SourceFault, match="1 guidances"):
        list(fda_guidance.observe(ask(expected=expected)))
    assert register()[NAME].expected["guidances"].min == 500
