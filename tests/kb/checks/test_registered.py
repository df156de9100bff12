"""Every rule file is registered, named after its rule and has its test."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

import kb.checks
from kb.checks import ENTRY_RULES, WHOLE_RULES
from kb.checks.rule import Rule
from kb.models import COLLECTIONS

RULES: list[Rule] = [*ENTRY_RULES, *WHOLE_RULES]
#: What several rules share.
SHARED = {"__init__", "rule", "texts", "quotations", "partial_dates", "latin_words", "variants"}


def test_every_rule_file_is_registered() -> None:
    folder = Path(kb.checks.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - SHARED
    assert files == {rule.name.replace("-", "_") for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_named_after_its_file_and_tested(rule: Rule) -> None:
    name = rule.name.replace("-", "_")
    assert import_module(f"kb.checks.{name}").RULE is rule
    assert (Path(__file__).parent / f"test_{name}.py").is_file()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_describes_itself_in_both_languages(rule: Rule) -> None:
    assert rule.description.en.endswith(".")
    assert rule.description.ja.endswith("。")


def test_rules_apply_to_collections_that_exist() -> None:
    assert {name for rule in ENTRY_RULES for name in rule.collections} <= set(COLLECTIONS)
