"""Saving edited entries: all valid and unchanged meanwhile, or nothing is written; comments stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kb.amending import file_of
from kb.analysis.differences import differences
from kb.change_words import change_lines
from kb.files import EntryFile
from kb.problems import EvregError
from kb.rewriting import rewritten
from kb.saving import problems_after, save
from kb.translations.approving import file_states
from kb.vocabulary import packaged_vocabularies
from kb.writing_lock import writing
from kb.yaml12 import read_yaml
from tests.samples import term, write_kb

TODAY = date(2026, 7, 2)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = write_kb(tmp_path, glossary=[term("one"), term("two")])
    path = root / "entries" / "glossary" / "one.yaml"
    path.write_text(path.read_text("utf-8").replace("domain:", "# agreed in May\ndomain:"), "utf-8")
    return root


def _edit(root: Path, id_: str, **changes: object) -> tuple[EntryFile, bytes, str]:
    file = file_of(root, f"glossary/{id_}")
    content = file.path.read_bytes()
    return file, content, rewritten(content, file, read_yaml(file.path) | changes)


def test_both_entries_are_written_and_comments_stay(root: Path) -> None:
    edits = [_edit(root, id_, reading="べつ") for id_ in ("one", "two")]
    written = save(root, {file: text for file, _, text in edits}, {file: old for file, old, _ in edits}, TODAY)
    assert [path.stem for path in written] == ["one", "two"]
    assert "# agreed in May\ndomain:" in edits[0][0].path.read_text("utf-8")
    assert {read_yaml(path)["reading"] for path in written} == {"べつ"}


def test_what_differs_in_nothing_is_not_written(root: Path) -> None:
    file, old, text = _edit(root, "two")
    before = file.path.stat().st_mtime_ns
    assert save(root, {file: text}, {file: old}, TODAY) == []
    assert file.path.stat().st_mtime_ns == before


def test_one_error_keeps_all_from_being_written(root: Path) -> None:
    good, bad = _edit(root, "one", reading="べつ"), _edit(root, "two", domain="alchemy")
    before = good[0].path.read_bytes()
    (problem,) = problems_after(root, {bad[0]: bad[2]}, TODAY)
    assert (problem.field, problem.level) == ("domain", "error")
    with pytest.raises(EvregError, match="alchemy") as caught:
        save(root, {edit[0]: edit[2] for edit in (good, bad)}, {edit[0]: edit[1] for edit in (good, bad)}, TODAY)
    assert "two.yaml" in caught.value.where
    assert good[0].path.read_bytes() == before


def test_a_file_that_somebody_changed_meanwhile_is_not_overwritten(root: Path) -> None:
    file, old, text = _edit(root, "one", reading="べつ")
    file.path.write_bytes(old.replace("ようご".encode(), "たしゃ".encode()))
    with pytest.raises(EvregError, match="changed after editing began"):
        save(root, {file: text}, {file: old}, TODAY)
    assert read_yaml(file.path)["reading"] == "たしゃ"


def test_a_new_entry_must_still_be_new(root: Path) -> None:
    file = file_of(root, "glossary/three")
    text = rewritten(None, file, term("three"))
    assert save(root, {file: text}, {file: None}, TODAY) == [file.path]
    with pytest.raises(EvregError, match="changed after editing began"):
        save(root, {file: text}, {file: None}, TODAY)


def test_one_writer_at_a_time(root: Path) -> None:
    file, old, text = _edit(root, "one", reading="べつ")
    with writing(root), pytest.raises(EvregError, match="Another program is writing"):
        save(root, {file: text}, {file: old}, TODAY)


def test_left_overs_of_a_writer_that_was_cut_off_are_removed(root: Path) -> None:
    file, old, text = _edit(root, "one", reading="べつ")
    left = file.path.with_name(f".{file.path.name}.abc.tmp")
    left.write_text("half")
    save(root, {file: text}, {file: old}, TODAY)
    assert not left.exists()


def test_changes_in_words_name_the_record_and_the_language_that_changed() -> None:
    before = term("one", notes=[{"en": "Rare.", "ja": "まれ。"}, {"en": "Old.", "ja": "古い。"}], domain="ev-biology")
    after = term("one", notes=[{"en": "Rare.", "ja": "稀。"}, {"en": "Old.", "ja": "古い。"}], domain="manufacture")
    found = list(differences(before, after))
    en, ja = (change_lines("glossary", found, packaged_vocabularies(), lang) for lang in ("en", "ja"))
    assert len(en) == len(ja) == 2
    assert any(line.endswith("まれ。 → 稀。") for line in en)
    assert any("EV biology" in line and "→" in line for line in en), en
    removed = list(differences(before, before | {"notes": before["notes"][:1]}))
    assert change_lines("glossary", removed, packaged_vocabularies(), "en")[0].endswith("Old. → nothing")
    sources = [dict(before["sources"][0], read="page")]
    (line,) = change_lines(
        "glossary", differences(before, before | {"sources": sources}), packaged_vocabularies(), "ja"
    )
    assert "(「" in line


def test_texts_new_in_both_languages_are_recorded_and_a_text_changed_alone_falls_out_of_step(root: Path) -> None:
    def states() -> dict[str, str]:
        return {item.pair.field: item.state for item in file_states(root, file)}

    file, old, text = _edit(root, "one", notes=[{"en": "Rare.", "ja": "まれ。"}])
    save(root, {file: text}, {file: old}, TODAY)
    assert set(states().values()) == {"recorded"}
    file, old, text = _edit(root, "one", notes=[{"en": "Very rare.", "ja": "まれ。"}])
    save(root, {file: text}, {file: old}, TODAY)
    assert states() == {"title": "recorded", "summary": "recorded", "notes.0": "stale"}
