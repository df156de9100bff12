"""What search engines read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kb import KnowledgeBase, load
from kb.models import COLLECTIONS
from kb.problems import Language
from publish.data import edition
from publish.entry_page import entry_page
from publish.site import Site
from publish.structured_data import Download, dataset_node, entry_node, script
from tests.entries import minimal
from tests.publish.filled import IDS
from tests.samples import attribute, guideline, write_kb

ADDRESS = "https://evreg.example/"


def _main(folder: Path, collection: str, **changes: Any) -> dict[str, Any]:
    data = guideline("e", **changes) if collection == "guidelines" else minimal(collection, **changes)
    own = {collection.replace("-", "_"): [data]}
    base = load(write_kb(folder, **({"attributes": [attribute("count")]} | own)))
    site = Site(base, "en", site_url=ADDRESS)
    found: dict[str, Any] = entry_node(site, base.collection(collection)["e"])
    return found


@pytest.mark.parametrize(
    ("collection", "changes", "type_"),
    [
        ("guidelines", {"document_type": "guideline"}, "MedicalGuideline"),
        ("guidelines", {"document_type": "position-statement"}, "MedicalGuideline"),
        ("guidelines", {"document_type": "law"}, "Legislation"),
        ("guidelines", {"document_type": "bill"}, "Legislation"),
        ("guidelines", {"document_type": "court-decision"}, "CreativeWork"),
        ("trials", {}, "MedicalTrial"),
        ("trials", {"kind": "case-series"}, "MedicalStudy"),
        ("glossary", {}, "DefinedTerm"),
    ],
)
def test_entries_have_their_type(tmp_path: Path, collection: str, changes: dict[str, Any], type_: str) -> None:
    node = _main(tmp_path, collection, **changes)
    assert node["@type"] == "WebPage"
    assert node["@id"] == f"{ADDRESS}{collection}/e/"
    assert node["mainEntity"]["@type"] == type_


def test_a_law_tells_whether_it_is_in_force(tmp_path: Path) -> None:
    for status, expected in (("in-force", "InForce"), ("superseded", "NotInForce")):
        node = _main(tmp_path / status, "guidelines", document_type="law", status=status)
        assert node["mainEntity"]["legislationLegalForce"] == f"https://schema.org/{expected}"
    node = _main(tmp_path / "draft", "guidelines", document_type="law", status="draft")
    assert "legislationLegalForce" not in node["mainEntity"]


def test_a_trial_gives_status_registrations_and_places(tmp_path: Path) -> None:
    numbers = [{"registry": "ctgov", "number": "NCT01234567"}]
    from kb.vocabulary import packaged_vocabularies

    numbers[0]["registry"] = next(iter(packaged_vocabularies()["registries"]))
    main = _main(tmp_path, "trials", registrations=numbers, countries=["JP"], status="recruiting")["mainEntity"]
    assert main["status"] == "https://schema.org/Recruiting"
    assert main["identifier"][0]["value"] == "NCT01234567"
    assert main["studyLocation"] == [{"@type": "AdministrativeArea", "name": "Japan"}]


def test_a_term_belongs_to_the_glossary(tmp_path: Path) -> None:
    main = _main(tmp_path, "glossary", abbreviations=["EV"])["mainEntity"]
    assert main["inDefinedTermSet"]["@type"] == "DefinedTermSet"
    assert "EV" in main["alternateName"]


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_no_text_ends_the_element(full_kb: KnowledgeBase, collection: str, language: Language) -> None:
    site = Site(full_kb, language)
    for id_ in (IDS[collection], f"hostile-{collection}"):
        page = entry_page(site, full_kb.collection(collection)[id_]).source()
        (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
        assert not set("<>&") & set(text)
        assert json.loads(text)["name"]
        assert "\u202e" not in text


def test_addresses_that_are_no_web_addresses_are_left_out(tmp_path: Path) -> None:
    node = _main(tmp_path, "guidelines", url="javascript:alert(1)")
    assert "url" not in node["mainEntity"]
    assert node["citation"][0]["url"] == "https://example.org/paper"


def test_the_data_set_lists_its_files(full_kb: KnowledgeBase) -> None:
    downloads = [Download("data/evreg.sqlite", "application/vnd.sqlite3", 12)]
    node = dataset_node(Site(full_kb, "ja", site_url=ADDRESS), "../../", downloads)
    assert node["@type"] == "Dataset"
    assert node["license"] == edition.LICENCE_URL
    assert node["name"] == edition.TITLE_JA
    assert node["distribution"][0]["contentUrl"] == f"{ADDRESS}data/evreg.sqlite"
    assert dataset_node(Site(full_kb, "ja"), "../../", downloads)["distribution"][0]["contentUrl"].startswith("../../")


def test_scripts_are_data() -> None:
    assert script({"name": "</script>&"}) == (
        '<script type="application/ld+json">{"@context":"https://schema.org",'
        '"name":"\\u003c/script\\u003e\\u0026"}</script>'
    )
