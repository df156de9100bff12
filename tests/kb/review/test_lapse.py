"""What changed since somebody signed, out of the history."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import kb
from kb.amending import file_of
from kb.models import model_of
from kb.review.lapse import Lapse, changes_since
from kb.review.policy import policy_of
from kb.vocabulary import packaged_vocabularies
from kb.yaml12 import read_yaml
from tests.repository import Repository
from tests.reviewing import CARBERRY, signed
from tests.samples import term, write_kb

OTHER = {"en": "Something else.", "ja": "別の内容である。"}


def lapse(root: Path) -> Lapse | None:
    file = file_of(root, "glossary/a")
    data: dict[str, Any] = read_yaml(file.path)
    sign_off = model_of("glossary").model_validate(data).review.by[0]
    return changes_since(root, file, data, sign_off, policy_of(root), packaged_vocabularies())


def test_the_change_is_found_behind_others_and_before_it_is_committed(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    data = signed("glossary", term("a"), CARBERRY)
    repository.commit("2026-06-10", glossary=[data])
    repository.commit("2026-06-11", glossary=[term("b")])
    repository.commit("2026-06-12", glossary=[data | {"summary": OTHER}])
    write_kb(tmp_path, glossary=[data | {"summary": OTHER, "reading": "べつ", "aliases": ["older"]}])
    found = lapse(repository.root)
    assert found is not None
    assert found.day == "2026-06-11"
    assert {(change.name, change.after) for change in found.changes if isinstance(change.after, str)} == {
        ("reading", "べつ")
    }
    assert {change.name for change in found.changes} == {"summary", "reading"}


def test_exempt_changes_are_not_named(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    data = signed("glossary", term("a"), CARBERRY)
    repository.commit("2026-06-10", glossary=[data])
    source = data["sources"][0] | {"accessed": "2026-06-20"}
    write_kb(tmp_path, glossary=[data | {"sources": [source], "confidence": "low"}])
    found = lapse(repository.root)
    assert found is not None
    assert [change.name for change in found.changes] == ["confidence"]


def test_without_repository_or_signed_content_nothing_is_known(tmp_path: Path) -> None:
    data = signed("glossary", term("a"), CARBERRY) | {"summary": OTHER}
    assert lapse(write_kb(tmp_path / "plain", glossary=[data])) is None
    repository = Repository(tmp_path / "git")
    repository.commit("2026-06-12", glossary=[data])
    assert lapse(repository.root) is None


def test_commits_long_before_the_sign_off_are_not_searched(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    data = signed("glossary", term("a"), CARBERRY)
    repository.commit("2026-05-01", glossary=[data])
    repository.commit("2026-05-02", glossary=[data | {"summary": OTHER}])
    assert lapse(repository.root) is None
    assert kb.load(repository.root).standings["glossary", "a"].status == "draft"


def test_files_that_models_of_today_refuse_are_passed_over(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    data = signed("glossary", term("a"), CARBERRY)
    repository.commit("2026-06-10", glossary=[data])
    path = repository.root / "entries" / "glossary" / "a.yaml"
    for number, text in enumerate(("- no mapping", "id: a\nold_field: 1\n", "id: [unclosed")):
        path.write_text(text, encoding="utf-8")
        repository.commit_files(f"2026-06-1{number + 1}")
    write_kb(tmp_path, glossary=[data | {"confidence": "low"}])
    found = lapse(repository.root)
    assert found is not None
    assert found.day == "2026-06-10"
