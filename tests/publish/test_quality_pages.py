"""Pages of attributes and products: kinds of numbers stand apart, and products lead from profile to process."""

from __future__ import annotations

import re

import pytest

import kb
from kb import KnowledgeBase
from kb.models.attributes import QualityAttribute
from kb.problems import Language
from publish.entry_page import entry_page
from publish.labels import LANGUAGES
from publish.list_page import list_page
from publish.safe_text import html
from publish.site import Site

_KINDS = ("measured", "release-criterion", "legal-limit")


@pytest.fixture(scope="module")
def real() -> KnowledgeBase:
    return kb.load()


def _tables(page: str) -> dict[str, str]:
    """Kind of number -> its table on the page."""
    parts = re.split(r'<h3 id="values-([a-z-]+)">', page)
    return {kind: part.split("</table>")[0] for kind, part in zip(parts[1::2], parts[2::2], strict=True)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_of_numbers_never_share_a_table(real: KnowledgeBase, language: Language) -> None:
    site = Site(real, language)
    for attribute in real.attributes.values():
        tables = _tables(entry_page(site, attribute).body)
        assert set(tables) == {value.kind for value in attribute.reported_values}, attribute.id
        for kind, shown in tables.items():
            own = [value for value in attribute.reported_values if value.kind == kind]
            assert shown.count("<tr>") == len(own) + 1, (attribute.id, kind)
            assert all(str(html(site.text(value.value))) in shown for value in own)


def test_a_kind_without_values_is_said_to_have_none(real: KnowledgeBase) -> None:
    said = "None on record:"
    for attribute in real.attributes.values():
        page = entry_page(Site(real, "en"), attribute).body
        kinds = {value.kind for value in attribute.reported_values}
        assert (said in page) == (bool(kinds) and not kinds.issuperset(_KINDS)), attribute.id


def test_the_list_counts_values_and_documents_and_names_the_methods(real: KnowledgeBase) -> None:
    page = list_page(Site(real, "en"), "attributes").body
    for attribute in real.attributes.values():
        row = page.split(f'href="../attributes/{attribute.id}/"')[1].split("</tr>")[0]
        for kind in {value.kind for value in attribute.reported_values}:
            number = sum(1 for value in attribute.reported_values if value.kind == kind)
            assert f'href="{attribute.id}/#values-{kind}">{number}<' in row
        assert all(str(html(real.label("assay-methods", assay.method, "en"))) in row for assay in attribute.assays)
        assert _asking(real, attribute) == int((re.findall(r'requirements-attribute">(\d+)<', row) or ["0"])[0])


def _asking(base: KnowledgeBase, attribute: QualityAttribute) -> int:
    return sum(
        any(
            requirement.attribute and base.attributes[requirement.attribute] is attribute
            for requirement in document.requirements
        )
        for document in base.guidelines.values()
        if not document.withdrawn
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_product_leads_from_profile_to_process(real: KnowledgeBase, language: Language) -> None:
    page = entry_page(Site(real, language), real.products["jikei-airway-epithelial-ev"]).body
    part = page.split("{#quality}")[1].split("\n## ")[0]
    anchors = re.findall(r'href="#([a-z-]+)">', part.split("</ol>")[0])
    assert anchors == ["target-profile", "critical-attributes", "process"]
    for anchor in anchors:
        assert f"{{#{anchor}}}" in page or f'id="{anchor}"' in page
    assert part.count("<tr>") == 11 + 1
    assert ("none found in public" if language == "en" else "公表情報なし") in part


def test_release_criteria_stand_beside_their_attribute(real: KnowledgeBase) -> None:
    product = real.products["nebulised-huc-msc-ev-pf-china"]
    part = entry_page(Site(real, "en"), product).body.split("{#quality}")[1].split("\n## ")[0]
    for test in product.release_tests:
        row = part.split(f'href="../../attributes/{real.attributes[test.attribute].id}/"')[1].split("</tr>")[0]
        assert str(html(test.criterion.en)) in row


def test_a_product_without_quality_information_has_no_such_section(real: KnowledgeBase) -> None:
    assert "{#quality}" not in entry_page(Site(real, "en"), real.products["reneuron-customex"]).body


def test_the_model_case_comes_first(real: KnowledgeBase) -> None:
    page = list_page(Site(real, "ja"), "products").body
    first = re.search(r'href="\.\./products/([^/]+)/"', page)
    assert first is not None
    assert first[1] == "jikei-airway-epithelial-ev"


def test_a_step_leads_to_its_place_in_the_whole_chain(real: KnowledgeBase) -> None:
    page = entry_page(Site(real, "ja"), real.process_steps["purification"]).body
    assert 'href="../../process/#step-purification"' in page
