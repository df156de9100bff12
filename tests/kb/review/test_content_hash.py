"""The hash of content: deaf to how a file is written, awake to every change of substance."""

from __future__ import annotations

import copy
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kb
from kb.files import entry_files
from kb.formatting import formatted
from kb.models import COLLECTIONS, model_of
from kb.review.content_hash import content_hash, edition_of
from kb.review.policy import policy_of
from kb.yaml12 import parse
from tests.entries import minimal, source
from tests.publish.filled import filled
from tests.reviewing import hash_of

POLICY = policy_of(None)
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(str.strip)


def _shuffled(value: Any, draw: st.DataObject) -> Any:
    if isinstance(value, dict):
        keys = draw.draw(st.permutations(list(value)))
        return {key: _shuffled(value[key], draw) for key in keys}
    return [_shuffled(item, draw) for item in value] if isinstance(value, list) else value


@given(st.sampled_from(COLLECTIONS), st.data())
def test_the_order_of_keys_is_no_content(collection: str, draw: st.DataObject) -> None:
    data = filled(collection, lambda path: f"Text of {path}")
    assert hash_of(collection, _shuffled(data, draw)) == hash_of(collection, data)


@given(TEXT, TEXT)
def test_two_texts_have_one_hash_only_when_composition_and_white_space_alone_differ(one: str, other: str) -> None:
    same = [" ".join(unicodedata.normalize("NFC", text).split()) for text in (one, other)]
    hashes = [hash_of("glossary", minimal("glossary", summary={"en": text, "ja": "記載"})) for text in (one, other)]
    assert (hashes[0] == hashes[1]) == (same[0] == same[1])


def test_defaults_may_be_written_or_not() -> None:
    bare = minimal("guidelines")
    written = bare | {"aliases": [], "open_questions": [], "withdrawn": None, "notes": []}
    written["sources"] = [source(mirror=False, doi=None)]
    assert hash_of("guidelines", written) == hash_of("guidelines", bare)


def test_numbers_written_in_another_way_are_the_same() -> None:
    data = minimal("surveys")
    other = data | {"sample": data["sample"] | {"count": 100.0}}
    assert hash_of("surveys", other) == hash_of("surveys", data)


def test_exempt_fields_may_change_and_nothing_else() -> None:
    data = minimal("guidelines")
    before = hash_of("guidelines", data)
    exempt = data | {
        "aliases": ["older"],
        "review": {"status": "approved", "verified": "2026-09-09"},
        "sources": [source(accessed="2026-09-09", archived="https://web.archive.org/x")],
    }
    assert hash_of("guidelines", exempt) == before
    for changed in ({"url": "https://example.org/other"}, {"read": "page"}, {"supports": []}):
        assert hash_of("guidelines", data | {"sources": [source(**changed)]}) != before


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_other_field_is_substance(collection: str) -> None:
    data = filled(collection, lambda path: f"Text of {path}")
    before = hash_of(collection, data)
    for name in data.keys() - {"review", "aliases"}:
        changed = _changed(data, name)
        assert changed is None or hash_of(collection, changed) != before, name


def _changed(data: dict[str, Any], name: str) -> dict[str, Any] | None:
    """The entry with that field altered, or left out; None when neither gives a valid entry."""
    other = filled(data_collection(data), lambda path: f"Another text of {path}")
    model = model_of(data_collection(data))
    altered = [copy.deepcopy(data) | {name: other[name]}, {key: item for key, item in data.items() if key != name}]
    for candidate in altered:
        try:
            read = model.model_validate(candidate)
        except ValueError:
            continue
        if read != model.model_validate(data):
            return candidate
    return None


def data_collection(data: dict[str, Any]) -> str:
    return str(data["id"]).removeprefix("full-")


def test_superscripts_are_not_folded() -> None:
    particles = [minimal("glossary", summary={"en": f"{count} particles", "ja": "粒子"}) for count in ("10⁹", "109")]
    assert len({hash_of("glossary", data) for data in particles}) == 2


def test_the_collection_belongs_to_the_content() -> None:
    assert hash_of("process-steps", minimal("process-steps")) != hash_of("products", minimal("products"))


def test_editions_are_named_in_the_hash() -> None:
    rules = POLICY.content["1"].model_copy(update={"exempt": ("review", "summary")})
    policy = POLICY.model_copy(update={"content": {"1": POLICY.content["1"], "2": rules}, "signed_with": "2"})
    entry = model_of("glossary").model_validate(minimal("glossary"))
    newer = content_hash(entry, policy)
    assert (edition_of(newer), edition_of(content_hash(entry, policy, "1"))) == ("2", "1")
    other = entry.model_copy(update={"summary": entry.summary.model_copy(update={"en": "Other."})})
    assert content_hash(other, policy) == newer
    assert content_hash(other, policy, "1") != content_hash(entry, policy, "1")
    with pytest.raises(KeyError):
        content_hash(entry, policy, "3")


@pytest.mark.parametrize("text", ["", "1:", f"1:{'0' * 63}", f"1:{'A' * 64}", f":{'0' * 64}", f"1:{'0' * 64} "])
def test_what_is_no_hash_has_no_edition(text: str) -> None:
    assert edition_of(text) is None


def test_formatting_any_entry_of_the_first_edition_changes_no_hash() -> None:
    base, seen = kb.load(), set()
    root = Path(kb.__file__).parent
    for file in entry_files(root):
        content = file.path.read_bytes()
        messy = b"# a remark\n" + content.replace(b"\n", b"\r\n")
        data, _ = parse(formatted(messy, file.collection, file.depth).encode())
        backwards = dict(reversed(data.items()))
        entry = base.entry((file.collection, file.stem))
        found = content_hash(entry, POLICY)
        assert hash_of(file.collection, backwards) == found, file.name
        seen.add(found)
    assert len(seen) == len(base)
