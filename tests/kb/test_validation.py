"""The run as a whole: places, exceptions, side files, the cache."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kb.atomic import write_text
from kb.checks import ENTRY_RULES, WHOLE_RULES
from kb.facts import facts_of
from kb.facts_cache import FactsCache
from kb.files import entry_files, find_root
from kb.problems import EvregError
from kb.validation import validate
from kb.yaml12 import read_yaml
from tests.samples import guideline, small_kb, term, write_kb

ROOT = Path(__file__).parents[2] / "kb"
TODAY = date(2026, 7, 1)


def test_the_first_edition_is_clean() -> None:
    report = validate(ROOT)
    told = [f"{p.file}:{p.line} {p.rule} {p.field}: {p.found.en}" for p in report.problems if p.level != "info"]
    assert told == []
    assert report.files >= 870


def test_rules_have_unique_names_and_bilingual_descriptions() -> None:
    rules = [*ENTRY_RULES, *WHOLE_RULES]
    assert len({rule.name for rule in rules}) == len(rules)
    for rule in rules:
        assert rule.description.en
        assert rule.description.ja
        assert rule.level in ("error", "warning", "info")


def test_problems_point_to_the_line(tmp_path: Path) -> None:
    root = write_kb(tmp_path, guidelines=[guideline("g")])
    (problem,) = validate(root, today=TODAY).problems
    text = Path(problem.file).read_text("utf-8").splitlines()
    assert text[problem.line - 1][problem.column - 1 :].startswith("attribute: count")
    assert problem.field == "requirements[0].attribute"


def _exceptions(root: Path, **changes: str) -> None:
    item = {
        "rule": "references-exist",
        "entry": "guidelines/g",
        "reason": {"en": "to come", "ja": "後日作成"},
        **changes,
    }
    (root / "exceptions.yaml").write_text(json.dumps([item]), "utf-8")


def test_an_exception_accepts_a_finding(tmp_path: Path) -> None:
    root = write_kb(tmp_path, guidelines=[guideline("g")])
    _exceptions(root)
    assert validate(root, today=TODAY).problems == []
    _exceptions(root, field="requirements[0].attribute")
    assert validate(root, today=TODAY).problems == []


def test_an_exception_that_no_longer_triggers_is_an_error(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    _exceptions(root)
    (problem,) = validate(root, today=TODAY).problems
    assert (problem.rule, problem.level) == ("unused-exception", "error")


def test_a_broken_exceptions_file_is_told_in_four_parts(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    (root / "exceptions.yaml").write_text("- rule: x\n", "utf-8")
    with pytest.raises(EvregError) as caught:
        validate(root)
    assert "exceptions.yaml" in caught.value.where


def test_vocabularies_and_excluded_records_are_checked(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    (root / "excluded.yaml").write_text(
        "- id: exosome\n  title: {en: a, ja: あ}\n  reason: {en: a, ja: あ}\n  'on': '2026-01-01'\n", "utf-8"
    )
    assert [problem.rule for problem in validate(root, today=TODAY).problems] == ["excluded-file"]
    (root / "excluded.yaml").write_text("- id: other\n", "utf-8")
    assert {problem.rule for problem in validate(root, today=TODAY).problems} == {"excluded-file"}


def test_an_unlabelled_code_is_an_error(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    folder = root / "vocabularies"
    folder.mkdir()
    for path in (ROOT / "vocabularies").glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "domains.yaml").write_text("ev-biology:\n  en: EV biology\n", "utf-8")
    (problem,) = validate(root, today=TODAY).problems
    assert (problem.rule, problem.line) == ("vocabulary-file", 1)


def test_the_cache_gives_the_same_facts(tmp_path: Path) -> None:
    for file in list(entry_files(ROOT))[::9]:
        cache = FactsCache(ROOT, tmp_path)
        facts = facts_of(file, read_yaml(file.path))
        cache.put(file, facts)
        cache.save()
        assert FactsCache(ROOT, tmp_path).get(file) == facts


def test_the_cache_notices_changes_and_damage(tmp_path: Path) -> None:
    root = small_kb(tmp_path / "a")
    file = next(iter(entry_files(root)))
    cache = FactsCache(root, tmp_path / "cache")
    cache.put(file, facts_of(file, read_yaml(file.path)))
    cache.save()
    assert FactsCache(root, tmp_path / "cache").get(file) is not None
    file.path.write_text(file.path.read_text("utf-8") + "# changed\n", "utf-8")
    assert FactsCache(root, tmp_path / "cache").get(file) is None
    (stored,) = (tmp_path / "cache").iterdir()
    for damage in (b"{", b"[]", b"\xff"):
        stored.write_bytes(damage)
        assert FactsCache(root, tmp_path / "cache").get(file) is None


def test_with_a_cache_links_of_unread_files_still_count(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    path = root / "entries" / "guidelines" / "g.yaml"
    for _ in range(2):
        cache = FactsCache(root, tmp_path / "cache")
        assert validate(root, [path], today=TODAY, cache=cache).problems == []
        cache.save()
    write_text(path, path.read_text("utf-8").replace("attribute: count", "attribute: none"))
    assert validate(root, [path], today=TODAY, cache=FactsCache(root, tmp_path / "cache")).failed()


def test_progress_counts_every_file(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    validate(small_kb(tmp_path), progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_the_packaged_root_is_found_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EVREG_KB", raising=False)
    assert (find_root() / "entries" / "glossary").is_dir()


def test_avoided_variants_come_from_the_glossary(tmp_path: Path) -> None:
    root = write_kb(
        tmp_path,
        glossary=[
            term("exosome", title={"en": "exosome", "ja": "エクソソーム"}, avoid={"ja": ["エキソソーム"]}),
            term("other", summary={"en": "A particle.", "ja": "エキソソームの一種である。"}),
        ],
    )
    (problem,) = validate(root, today=TODAY).problems
    assert problem.rule == "preferred-terms"
    assert "エクソソーム" in problem.expected.ja


def test_a_double_is_told_on_the_file_that_was_asked_about(tmp_path: Path) -> None:
    title = {"en": "extracellular vesicle", "ja": "細胞外小胞"}
    root = write_kb(tmp_path, glossary=[term("a", title=title), term("b", title=title)])
    folder = root / "entries" / "glossary"
    assert [Path(item.file).stem for item in validate(root, today=TODAY).problems] == ["b"]
    for name in ("a", "b"):
        (problem,) = validate(root, [folder / f"{name}.yaml"], today=TODAY).problems
        assert (problem.rule, Path(problem.file).stem) == ("near-duplicate-titles", name)


def test_lexicons_are_examined(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    (root / "lexicons").mkdir()
    (root / "lexicons" / "a.yaml").write_text("knee:\n  label: {en: knee, ja: 膝}\n", encoding="utf-8")
    (root / "lexicons" / "b.yaml").write_text("knee:\n  label: {en: knee}\n  colour: red\n", encoding="utf-8")
    problems = [problem for problem in validate(root, today=TODAY).problems if problem.rule == "lexicon-file"]
    assert [(Path(problem.file).name, problem.field) for problem in problems] == [
        ("b.yaml", "knee"), ("b.yaml", "knee.label.ja"), ("b.yaml", "knee.colour"),
    ]  # fmt: skip


def test_disclosures_are_examined(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    (root / "lexicons").mkdir()
    (root / "lexicons" / "a.yaml").write_text(
        "discloses-risk:\n  label: {en: risk, ja: 危険}\n  en: [risk]\n", encoding="utf-8"
    )
    about = "  about: {en: When offered., ja: 提供時。}\n"
    (root / "disclosures.yaml").write_text(
        f"JP:\n{about}  guideline: h\n  statements:\n  - concept: discloses-rizk\n", encoding="utf-8"
    )
    problems = validate(root, today=TODAY).problems
    assert {(problem.rule, problem.field) for problem in problems} == {
        ("disclosures-file", "JP.guideline"), ("disclosures-file", "JP.statements[0].concept"),
    }  # fmt: skip
    assert any("«discloses-risk»" in problem.expected.en for problem in problems)
    (root / "disclosures.yaml").write_text(f"JP:\n{about}  guideline: g\n  requirement: none\n", encoding="utf-8")
    assert [problem.field for problem in validate(root, today=TODAY).problems] == ["JP.requirement"]
    (root / "disclosures.yaml").write_text("XX: {}\n", encoding="utf-8")
    assert {problem.rule for problem in validate(root, today=TODAY).problems} == {"disclosures-file"}


def test_decisions_are_examined(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    (root / "inbox").mkdir()
    (root / "inbox" / "decisions.yaml").write_text(
        "decisions:\n- proposal: a/b\n  action: applaud\n  'on': '2026-01-01'\n  source_hash: x\n", encoding="utf-8"
    )
    (problem,) = validate(root, today=TODAY).problems
    assert (problem.rule, problem.field, problem.line) == ("decisions-file", "decisions[0].action", 3)
