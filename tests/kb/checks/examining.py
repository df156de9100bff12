"""Runs one rule over entries given as plain data, and looks at every message it gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from kb.checks.rule import Context, EntryRule, FactsIndex, Subject, WholeRule
from kb.facts import facts_of
from kb.files import EntryFile
from kb.models import model_of
from kb.problems import Finding, Message
from kb.vocabulary import packaged_vocabularies
from tests.entries import minimal

TODAY = date(2026, 7, 1)
#: Any text but the quotation marks by which :func:`assert_well_said` tells a quotation from the message.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="«»「」"), min_size=1, max_size=30)


def file_of(collection: str, id_: str = "e") -> EntryFile:
    return EntryFile(Path(f"kb/entries/{collection}/{id_}.yaml"), collection, f"kb/entries/{collection}/{id_}.yaml", 0)


def examine(
    rule: EntryRule,
    collection: str,
    *,
    today: date = TODAY,
    avoided: Sequence[tuple[str, str, str]] = (),
    **changes: Any,
) -> list[Finding]:
    """What ``rule`` finds in the smallest entry of ``collection`` with ``changes``."""
    data = minimal(collection, **changes)
    subject = Subject(file_of(collection, data["id"]), model_of(collection).model_validate(data), data)
    findings = list(rule.check(subject, Context(packaged_vocabularies(), tuple(avoided), today)))
    for finding in findings:
        assert_well_said(finding)
    return findings


def examine_whole(rule: WholeRule, *entries: tuple[str, dict[str, Any]]) -> list[tuple[str, Finding]]:
    """What ``rule`` finds in ``(collection, data)`` entries: ids with findings."""
    facts = (facts_of(file_of(collection, data["id"]), data) for collection, data in entries)
    found = [(facts.id, finding) for facts, finding in rule.check(FactsIndex(facts))]
    for _, finding in found:
        assert_well_said(finding)
    return found


def paths(findings: list[Finding]) -> list[tuple[str | int, ...]]:
    return [finding.path for finding in findings]


def assert_well_said(finding: Finding) -> None:
    """Three parts, two languages, each in its own script and with its own quotation marks."""
    assert finding.path
    for part in (finding.found, finding.expected, finding.remedy):
        _assert_bilingual(part)


def _assert_bilingual(message: Message) -> None:
    own = re.sub(r"«[^«»]*»", "", message.en)
    assert own.strip().endswith((".", "?"))
    assert not re.search(r"[぀-ヿ一-鿿「」]", re.sub(r"kb/\S+", "", own))
    assert re.search(r"[぀-ヿ]", message.ja)
    assert message.ja.endswith("。")
    assert "«" not in re.sub(r"「[^「」]*」", "", message.ja)
    assert "です" not in message.ja
    assert "ます" not in message.ja
