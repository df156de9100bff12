"""Translations come back three-way: what the tool changed is taken, what people changed meanwhile is never lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from editing.xliff.importing import Plan, carry_out, plan_import
from editing.xliff.reading import read_xliff
from kb.files import entry_files, find_root
from kb.problems import EvregError
from kb.translations.approving import file_states, record_new
from kb.translations.standing import PairState
from kb.yaml12 import read_yaml
from tests.editing.xliff_samples import KEY, QUESTIONS, claims_kb, exported, saved

DAY = date(2026, 11, 23)


def _plan(root: Path, folder: Path, content: bytes | str) -> Plan:
    path = saved(folder, content)
    return plan_import(root, read_xliff(path), path)


def _questions(root: Path) -> list[str]:
    (file,) = entry_files(root)
    return [item["ja"] for item in read_yaml(file.path)["questions"]]


def _edited(root: Path, *edits: tuple[str, str]) -> str:
    text = exported(root).decode()
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return text


TRANSLATED = ("<target>誰が作るか。</target>", "<target>製造者は誰か。</target>")


@pytest.mark.parametrize("source", ["en", "ja"])
def test_the_round_trip_of_all_entries_changes_nothing(tmp_path: Path, source: str) -> None:
    root = find_root()
    plan = _plan(root, tmp_path, exported(root, source))  # type: ignore[arg-type]
    assert {item.outcome for item in plan.items} == {"same"}
    assert all(item.after == item.pair for item in plan.items)
    assert plan.drafts == {}


def test_a_translation_is_written_and_the_rest_of_the_file_stays(tmp_path: Path) -> None:
    root = claims_kb(tmp_path)
    (file,) = entry_files(root)
    file.path.write_text(file.path.read_text("utf-8").replace("title:", "# A remark.\ntitle:", 1), "utf-8")
    before = file.path.read_text("utf-8")
    plan = _plan(root, tmp_path, _edited(root, TRANSLATED))
    assert plan.counted() == {"change": 1, "same": len(plan.items) - 1}
    assert file.path.read_text("utf-8") == before
    assert carry_out(root, plan, DAY) == [file.path]
    assert file.path.read_text("utf-8") == before.replace("誰が作るか。", "製造者は誰か。")


def test_a_translation_into_english_is_written(tmp_path: Path) -> None:
    root = claims_kb(tmp_path)
    text = exported(root, "ja").decode().replace("<target>When?</target>", "<target>On which day?</target>")
    carry_out(root, _plan(root, tmp_path, text), DAY)
    (file,) = entry_files(root)
    assert read_yaml(file.path)["questions"][1] == {"en": "On which day?", "ja": "いつか。"}


def test_edits_made_meanwhile_are_never_lost(tmp_path: Path) -> None:
    root = claims_kb(tmp_path)
    text = _edited(root, TRANSLATED, ("<target>いつか。</target>", "<target>何日か。</target>"))
    claims_kb(
        tmp_path,
        questions=[{"en": "Who makes it?", "ja": "誰が製造するか。"}, {"en": "At what time?", "ja": "いつか。"}],
    )
    plan = _plan(root, tmp_path, text)
    outcomes = {item.unit.field: item.outcome for item in plan.items}
    assert (outcomes["questions.0"], outcomes["questions.1"]) == ("conflict", "source-changed")
    assert plan.drafts == {}


def test_moved_removed_and_already_translated_units(tmp_path: Path) -> None:
    root = claims_kb(tmp_path)
    text = _edited(root, TRANSLATED)
    claims_kb(tmp_path, questions=[{"en": "New?", "ja": "新しいか。"}, QUESTIONS[0]])
    plan = _plan(root, tmp_path, text)
    outcomes = {item.unit.field: item.outcome for item in plan.items}
    assert outcomes["questions.0"] == "change"
    assert outcomes["questions.1"] == "source-changed"
    carry_out(root, plan, DAY)
    assert _questions(root) == ["新しいか。", "製造者は誰か。"]
    assert _plan(root, tmp_path, text).drafts == {}
    claims_kb(tmp_path, questions=[QUESTIONS[0]])
    assert {item.unit.field: item.outcome for item in _plan(root, tmp_path, text).items}["questions.1"] == "gone"


def _reordered(text: str) -> str:
    head, *units = text.split("<unit ")
    last, tail = units[-1].split("</unit>")
    return head + "".join(f"<unit {unit}" for unit in [f"{last}</unit>", *units[:-1]]) + tail


SOURCE = "<source>Who makes it?</source>"


@pytest.mark.parametrize(
    "edit",
    [
        _reordered,
        lambda text: text.replace(*TRANSLATED).replace("製造者は", '<mrk id="m1" type="term">製造者</mrk>は'),
        lambda text: text.replace("製造者は誰か。", '<sm id="s1" type="comment"/>製造者は誰か。<em startRef="s1"/>'),
        lambda text: text.replace(
            f"{SOURCE}<target>製造者は誰か。</target>",
            "<source>Who </source><target>製造者は</target></segment><segment><source>makes it?</source><target>誰か。</target>",
        ),
        lambda text: text.replace("<unit ", '<x:seen xmlns:x="urn:tool"/><unit ').replace(
            "<notes>", "<notes><note>OK</note>"
        ),
        lambda text: text.replace("<unit ", '<group id="g1"><unit ', 1).replace("</unit>", "</unit></group>", 1),
        lambda text: text.replace("<target>", "<target><!-- checked -->"),
        lambda text: text.replace('version="2.0"', 'version="2.1"').replace('srcLang="en"', 'srcLang="en-GB"'),
    ],
)
def test_what_tools_add_does_no_harm(tmp_path: Path, edit: Callable[[str], str]) -> None:
    root = claims_kb(tmp_path)
    plan = _plan(root, tmp_path, edit(_edited(root, TRANSLATED)))
    assert plan.counted() == {"change": 1, "same": len(plan.items) - 1}
    carry_out(root, plan, DAY)
    assert _questions(root) == ["製造者は誰か。", "いつか。"]


@pytest.mark.parametrize(
    ("target", "outcome"),
    [
        ('<target>製造者<ph id="1"/>は誰か。</target>', "coded"),
        ('<target><pc id="1">製造者</pc>は誰か。</target>', "coded"),
        ('<target>製造者<cp hex="zz"/>は誰か。</target>', "coded"),
        ('<target><cp hex="001B"/>[2J製造者は誰か。</target>', "coded"),
        ("<target>製造者\u202eは誰か。</target>", "coded"),
        ('<target order="1">製造者は誰か。</target>', "coded"),
        ('<target><b xmlns="urn:x">製造者</b>は誰か。</target>', "coded"),
        ("<target>  \n</target>", "untranslated"),
        ("<target/>", "untranslated"),
        ("", "untranslated"),
    ],
)
def test_what_plain_text_cannot_keep_is_told_and_left_alone(tmp_path: Path, target: str, outcome: str) -> None:
    root = claims_kb(tmp_path)
    plan = _plan(root, tmp_path, _edited(root, (TRANSLATED[0], target)))
    assert {item.unit.field: item.outcome for item in plan.items}["questions.0"] == outcome
    assert plan.drafts == {}


def test_dropped_units_change_nothing(tmp_path: Path) -> None:
    root = claims_kb(tmp_path)
    text = exported(root).decode()
    head, *units = text.split("<unit ")
    plan = _plan(root, tmp_path, head + "<unit " + units[0] + "</file></xliff>")
    assert (len(plan.items), plan.drafts) == (1, {})


def test_reviewed_units_are_approved_only_by_name(tmp_path: Path) -> None:
    root = claims_kb(tmp_path)
    record_new(root, {KEY}, DAY)
    text = _edited(root, TRANSLATED).replace('state="translated"', 'state="reviewed"')
    plan = _plan(root, tmp_path, text)
    assert len(plan.approvable()[KEY]) == len(plan.items)
    carry_out(root, plan, DAY)
    assert {item.state for item in _states(root)} == {"recorded", "stale"}
    plan = _plan(root, tmp_path, text)
    carry_out(root, plan, DAY, "A Person")
    assert {(item.state, item.record.by if item.record else "") for item in _states(root)} == {("examined", "A Person")}
    # Nobody's name replaces another one: what is examined is not approved again.
    assert _plan(root, tmp_path, exported(root)).approvable() == {}


def _states(root: Path) -> tuple[PairState, ...]:
    (file,) = entry_files(root)
    return file_states(root, file)


def test_a_reviewed_text_that_is_no_longer_the_entrys_is_not_approved(tmp_path: Path) -> None:
    root = claims_kb(tmp_path)
    text = exported(root).decode().replace('state="translated"', 'state="final"')
    claims_kb(tmp_path, questions=[{"en": "Who makes it?", "ja": "誰が製造するか。"}, QUESTIONS[1]])
    approvable = _plan(root, tmp_path, text).approvable()[KEY]
    assert "questions.0" not in {pair.field for pair in approvable}


def test_all_or_nothing_is_written(tmp_path: Path) -> None:
    root = claims_kb(tmp_path)
    shutil.copy(root / "entries/claims/c.yaml", root / "entries/claims/d.yaml")
    other = root / "entries/claims/d.yaml"
    other.write_text(other.read_text("utf-8").replace("id: c\n", "id: d\n"), "utf-8")
    plan = _plan(root, tmp_path, _edited(root, TRANSLATED))
    assert len(plan.drafts) == 2
    other.write_text(other.read_text("utf-8").replace("いつか。", "何時か。"), "utf-8")
    with pytest.raises(EvregError, match="changed after editing began"):
        carry_out(root, plan, DAY)
    first = read_yaml(root / "entries/claims/c.yaml")
    assert first["questions"][0]["ja"] == "誰が作るか。"
