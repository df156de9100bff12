"""The rule placeholder-text."""

from __future__ import annotations

import pytest

from kb.checks.placeholder_text import RULE
from tests.entries import source
from tests.kb.checks.examining import examine, paths


@pytest.mark.parametrize(
    "text",
    [
        "TODO",
        "TODO: write this.",
        "Dose TBD.",
        "To be written (tbd: dose)",
        "xxx",
        "Issued on xxxx.",
        "Lorem ipsum dolor",
        "???",
        "What is it???",
        "N/A",
        "n/a",
        "-",
        "…",
        " ",
        "XXX",
        "placeholder text",
    ],
)
def test_placeholders_are_found(text: str) -> None:
    assert paths(examine(RULE, "surveys", summary={"en": text, "ja": "記載である。"})) == [("summary", "en")]


@pytest.mark.parametrize("text", ["要翻訳", "要翻訳: 本文", "未入力", "？？？", "仮"])
def test_japanese_placeholders_are_found(text: str) -> None:
    assert paths(examine(RULE, "surveys", summary={"en": "A text.", "ja": text})) == [("summary", "ja")]


@pytest.mark.parametrize(
    "text",
    [
        "Is it known?",
        "Chapter XXX of the Act",
        "The todo list of the agency",
        "The method was n/a in two of five.",
        "A-B",
        "Exxxon",
        "Not stated.",
    ],
)
def test_real_text_passes(text: str) -> None:
    assert examine(RULE, "surveys", summary={"en": text, "ja": "仮承認の制度である。翻訳を要しない。"}) == []


def test_all_texts_but_addresses_are_examined() -> None:
    sources = [source(url="https://example.org/?q=???&TODO", title="TBD")]
    assert paths(examine(RULE, "surveys", sources=sources)) == [("sources", 0, "title")]


def test_the_level_is_error() -> None:
    assert RULE.level == "error"
