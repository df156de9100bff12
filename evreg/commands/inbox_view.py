"""Proposals as text for a terminal. What sources say may hold anything: control characters are not printed."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from typing import Any

from kb.canonical import dump
from kb.problems import Language, shorten
from kb.proposals import Change, Proposal

_KINDS = {
    "new-entry": ("new entry", "新規エントリー"),
    "change": ("change", "変更"),
    "conflict": ("disagreement", "不一致"),
    "source-changed": ("source changed", "資料の変更"),
    "source-gone": ("source gone", "資料の消失"),
    "retraction": ("retraction", "撤回"),
    "notice": ("notice", "通知"),
}
_WORDS = {
    "en": {"source": "source", "confidence": "confidence", "why": "why", "accept": "accept with"},
    "ja": {"source": "情報源", "confidence": "確からしさ", "why": "根拠", "accept": "採用するには"},
}


def summary_rows(proposals: Iterable[Proposal], lang: Language) -> Iterator[tuple[str, str, str]]:
    """Id, kind and words of each proposal."""
    for item in proposals:
        words = item.words.ja if lang == "ja" else item.words.en
        yield item.id, _KINDS[item.kind][lang == "ja"], shorten(printable(words), 200)


def shown(proposal: Proposal, lang: Language) -> str:
    """A whole proposal: what changed, the values before and after, why, and how to accept it."""
    say = _WORDS[lang]
    words = proposal.words.ja if lang == "ja" else proposal.words.en
    lines = [
        f"{proposal.id}  [{_KINDS[proposal.kind][lang == 'ja']}]  {proposal.entry}",
        printable(words),
        *(line for change in proposal.changes for line in _difference(change)),
        *(_draft(proposal.draft) if proposal.draft else ()),
        *(f"{say['source']}: {printable(url)}" for url in (proposal.url, *(other.url for other in proposal.also))),
        f"{say['confidence']}: {proposal.confidence}",
        *(f"{say['why']}: {printable(item.ja if lang == 'ja' else item.en)}" for item in proposal.reasons),
        f"{say['accept']}: evreg inbox accept {proposal.id}",
    ]
    return "\n".join(lines)


def printable(text: str) -> str:
    """A text without control characters and marks that turn the direction of writing."""
    return "".join(character if _is_printable(character) else "�" for character in text)


def _is_printable(character: str) -> bool:
    return character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")


def _difference(change: Change) -> Iterator[str]:
    yield f"  {printable(change.field)}"
    before, after = _lines(change.old), _lines(change.new)
    for line in list(unified_diff(before, after, lineterm="", n=1))[2:]:
        if not line.startswith("@@"):
            yield f"    {printable(line)}"


def _lines(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, dict | list):
        return dump(value).rstrip("\n").split("\n")
    return (value if isinstance(value, str) else json.dumps(value)).split("\n")


def _draft(draft: dict[str, Any]) -> Iterator[str]:
    for line in dump(draft).rstrip("\n").split("\n"):
        yield f"    + {printable(line)}"
