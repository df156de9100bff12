"""What is exported follows the rules of XLIFF 2.0 (OASIS Standard, 5 August 2014, sections 4.2 and 4.3)."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from editing.xliff.reading import read_xliff
from editing.xliff.units import NAMESPACE, Unit, file_id, key_of_file, parts_of_unit, unit_id
from editing.xliff.writing import ExportedEntry, xliff
from kb import load
from kb.files import find_root
from kb.knowledge_base import key_of
from kb.models.claims import Claim
from kb.problems import Language
from kb.translations.pairs import pairs_of_entry
from kb.translations.standing import pair_states
from tests.editing.xliff_samples import claims_kb, exported, saved
from tests.entries import minimal

#: Element -> children in their order, required attributes, further attributes (XLIFF 2.0, 4.2.2 and 4.2.3).
RULES: dict[str, tuple[tuple[str, ...], set[str], set[str]]] = {
    "xliff": (("file",), {"version", "srcLang"}, {"trgLang"}),
    "file": (
        ("notes", "unit"),
        {"id"},
        {"original", "canResegment", "{http://www.w3.org/XML/1998/namespace}space"},
    ),
    "unit": (("notes", "segment"), {"id"}, {"name"}),
    "notes": (("note",), set(), set()),
    "note": ((), set(), {"category"}),
    "segment": (("source", "target"), set(), {"state", "subState"}),
    "source": (("cp",), set(), set()),
    "target": (("cp",), set(), set()),
    "cp": ((), {"hex"}, set()),
}
#: Extended Backus-Naur form of NMTOKEN, of those characters that ids of entries and fields have.
NMTOKEN = re.compile(r"[A-Za-z0-9._:-]+")


def _assert_follows_the_rules(element: Element) -> None:
    namespace, _, name = element.tag.rpartition("}")
    assert namespace == f"{{{NAMESPACE}"
    children, required, further = RULES[name]
    assert required <= set(element.attrib) <= required | further, name
    places = [children.index(child.tag.rpartition("}")[2]) for child in element]
    assert places == sorted(places), name
    if name == "segment":
        assert element.get("state") in ("initial", "translated", "reviewed", "final")
        assert re.fullmatch(r"[^:]+:.+", element.get("subState", ""))
        assert [child.tag.rpartition("}")[2] for child in element] == ["source", "target"]
    ids = [child.get("id", "") for child in element if name in ("xliff", "file")]
    assert len(ids) == len(set(ids))
    assert all(NMTOKEN.fullmatch(id_) for id_ in ids)
    for child in element:
        _assert_follows_the_rules(child)


@pytest.mark.parametrize("source", ["en", "ja"])
def test_all_entries_follow_the_rules_and_lead_back_to_themselves(source: Language) -> None:
    kb = load(find_root())
    content = xliff((ExportedEntry(entry, pair_states(pairs_of_entry(entry), ())) for entry in kb), source)
    root = fromstring(content)
    _assert_follows_the_rules(root)
    assert (root.get("version"), root.get("srcLang"), root.get("trgLang")) == (
        "2.0",
        source,
        {"en": "ja"}.get(source, "en"),
    )
    assert [key_of_file(file.get("id", "")) for file in root] == [key_of(entry) for entry in kb]


def test_a_unit_tells_the_translator_what_it_is(tmp_path: Path) -> None:
    root = fromstring(exported(claims_kb(tmp_path)))
    units = {unit.get("name"): unit for unit in root.iter(f"{{{NAMESPACE}}}unit")}
    notes = {note.get("category"): note.text or "" for note in units["questions.0"].iter(f"{{{NAMESPACE}}}note")}
    assert notes["field"] == "Questions to ask before paying / 支払う前に尋ねること"
    assert "New" in notes["state"]
    assert "about harm" in notes["harm"]
    assert "harm" not in {note.get("category") for note in units["title"].iter(f"{{{NAMESPACE}}}note")}


@given(st.text(min_size=1).filter(str.strip), st.text(min_size=1).filter(str.strip))
def test_any_text_survives(en: str, ja: str) -> None:
    entry = Claim.model_validate(minimal("claims", "c", summary={"en": en, "ja": ja}))
    content = xliff([ExportedEntry(entry, pair_states(pairs_of_entry(entry), ()))], "en")
    _assert_follows_the_rules(fromstring(content))
    found = {unit.field: unit for unit in _read(content)}["summary"]
    assert (found.source, found.target, found.coded) == (_lines(en), _lines(ja), False)


def _read(content: bytes) -> tuple[Unit, ...]:
    with tempfile.TemporaryDirectory() as folder:
        return read_xliff(saved(Path(folder), content)).units


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_ids_lead_back() -> None:
    key = ("safety-events", "a.b-c")
    assert key_of_file(file_id(key)) == key
    (pair, *_) = pairs_of_entry(Claim.model_validate(minimal("claims", "c")))
    assert parts_of_unit(unit_id(pair, "en")) == (pair.field, *pair.hashes)
    assert parts_of_unit(unit_id(pair, "ja")) == (pair.field, *reversed(pair.hashes))
    assert parts_of_unit("1") is None
    assert key_of_file("../../etc/passwd") is None
