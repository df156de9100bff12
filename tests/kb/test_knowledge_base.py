"""The library: typed entries, links both ways, aliases, queries, immutability."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from kb import EvregError, load
from tests.samples import attribute, guideline, small_kb, term, write_kb


def test_links_are_resolved_in_both_directions(tmp_path: Path) -> None:
    kb = load(small_kb(tmp_path))
    document, count = kb.guidelines["g"], kb.attributes["count"]
    (link,) = kb.links_from(document)
    assert kb.entry(link.target) is count
    assert link.field == "requirements[0].attribute"
    assert kb.links_to(count) == (link,)


def test_aliases_find_the_entry_that_took_them_over(tmp_path: Path) -> None:
    kb = load(small_kb(tmp_path))
    assert kb.attributes["particles"] is kb.attributes["count"]
    assert "particles" in kb.attributes
    assert list(kb.attributes) == ["count"]
    assert kb.resolve("particles") is kb.attributes["count"]
    assert kb.resolve("particles", "glossary") is None


def test_references_through_aliases_are_resolved(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    requirement = dict(guideline("x")["requirements"][0], attribute="particles")
    write_kb(tmp_path, guidelines=[guideline("h", requirements=[requirement])])
    kb = load(root)
    assert {kb.entry(link.origin).id for link in kb.links_to(kb.attributes["count"])} == {"g", "h"}


def test_the_same_id_may_stand_in_two_collections(tmp_path: Path) -> None:
    kb = load(write_kb(tmp_path, glossary=[term("endotoxin")], attributes=[attribute("endotoxin")]))
    assert kb.glossary["endotoxin"].COLLECTION == "glossary"
    assert kb.attributes["endotoxin"].COLLECTION == "attributes"


def test_entries_cannot_be_changed(tmp_path: Path) -> None:
    kb = load(small_kb(tmp_path))
    with pytest.raises(ValidationError):
        kb.glossary["exosome"].confidence = "high"
    with pytest.raises(TypeError):
        kb.glossary._entries["other"] = kb.glossary["exosome"]  # type: ignore[index]


def test_typed_queries(tmp_path: Path) -> None:
    kb = load(small_kb(tmp_path))
    assert [entry.id for entry in kb.guidelines.where(jurisdiction="JP")] == ["g"]
    assert kb.guidelines.where(jurisdiction="KR") == ()
    assert kb.guidelines.where(lambda entry: entry.dates.issued == "2024-05-01") == (kb.guidelines["g"],)
    assert [entry.id for entry in kb.attributes.where(aliases="particles")] == ["count"]


def test_the_fingerprint_follows_the_content(tmp_path: Path) -> None:
    first = load(small_kb(tmp_path)).fingerprint
    assert load(tmp_path).fingerprint == first
    write_kb(tmp_path, glossary=[term("ectosome")])
    assert load(tmp_path).fingerprint != first


def test_environment_names_another_knowledge_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVREG_KB", str(small_kb(tmp_path)))
    assert len(load()) == 3


def test_a_folder_without_entries_is_told_in_four_parts(tmp_path: Path) -> None:
    with pytest.raises(EvregError) as caught:
        load(tmp_path)
    assert caught.value.where == str(tmp_path)
    assert "--kb" in caught.value.remedy.en
    assert "--kb" in caught.value.remedy.ja


def test_an_invalid_entry_names_the_command_that_lists_all(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    write_kb(tmp_path, glossary=[term("bad", domain="nowhere")])
    with pytest.raises(EvregError, match=r"bad\.yaml") as caught:
        load(root)
    assert "evreg validate" in caught.value.remedy.en


def test_a_knowledge_base_may_bring_its_own_vocabularies(tmp_path: Path) -> None:
    root = write_kb(tmp_path, glossary=[term("x", domain="astrology")])
    folder = root / "vocabularies"
    folder.mkdir()
    for name in ("languages", "source-kinds", "reading-depths", "confidence-levels", "review-states"):
        source = Path(__file__).parents[2] / "kb" / "vocabularies" / f"{name}.yaml"
        (folder / source.name).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "domains.yaml").write_text("astrology:\n  en: Astrology\n  ja: 占星術\n", encoding="utf-8")
    kb = load(root)
    assert kb.label("domains", kb.glossary["x"].domain, "ja") == "占星術"
