"""Nothing stands as a fact that was only remembered: it belongs among the open questions until somebody reads it.

«Recall» and 「記憶」 have other meanings too. A recall of products, the recall of words in a memory test and memory as
an ability are known by what the other language says: 回収, 想起, «memory» without «from».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kb.checks.rule import Context, EntryRule, Subject
from kb.checks.texts import FoundText
from kb.problems import Finding, Message, shorten

#: Parts where it may be said, and parts that hold the words of others.
_EXEMPT: Final = frozenset(
    ("open_questions", "sources", "wording", "synonyms", "avoid", "original", "as_registered", "url")
)
#: Ids and codes of several parts say nothing: «kr-guideline-recall» is a name.
_CODE = re.compile(r"[a-z0-9.]+(?:-[a-z0-9.]+)+")

_REMEMBERED_EN = re.compile(
    r"\b(?:(?:from|by) memory(?! (?:clinics?|units?|services?|[TB]\b|cells?|CD\d|loss|impairment))|memory only\b)",
    re.IGNORECASE,
)
_RECALL = re.compile(r"\brecall(?:ed|ing)?\b", re.IGNORECASE)
#: Recalls of products, and recall as a task of memory tests or a bias of surveys, in texts without a Japanese side.
_OTHER_RECALL = re.compile(
    r"\b(?:product|drug|device|food|cosmetic|lot|batch|market|safety|urgent|voluntary|mandatory|nationwide|class [I1-3]+"
    r"|dietary|delayed|immediate|free|cued|word)[- ]recalls?\b"
    r"|\brecalls? (?:notice|order|bias|procedure|plan|system|database|alert|of (?:all|products?|lots?|batch(?:es)?|vials?))\b"
    r"|\brecall(?:ed|ing) (?:all|its|lots?|products?|batch(?:es)?|units?|vials?|voluntarily)\b",
    re.IGNORECASE,
)
_OTHER_RECALL_JA = re.compile(r"回収|リコール|想起|(?:遅延|自由|単語|即時|手がかり)再生")
_REMEMBERED_JA = re.compile(
    r"(?<!免疫)(?<!作業)(?<!短期)(?<!長期)(?<!空間)(?<!学習)(?<!学習・)(?<!認知・)(?<!エピソード)"
    r"記憶(?!力|障害|機能|低下|喪失|検査|課題|保持|形成|容量|媒体|装置|型|[TB]細胞|CD|・学習|・認知|と学習|や学習|・思考)"
)
#: 「記憶による」 tells where a statement comes from, whatever the text is about.
_FROM_MEMORY_JA = re.compile(r"記憶(?:によ|に基づ|のみ|から(?:挙|記|書)|では、)|[(（]記憶[)）]")
_ABILITY_EN = re.compile(r"\bmemor(?:y|ies)\b|\bremember|\bcogniti", re.IGNORECASE)


def _check(subject: Subject, _context: Context) -> Iterator[Finding]:
    whole = subject.whole
    if "記憶" not in whole and "ecall" not in whole and "ECALL" not in whole and "emory" not in whole:
        return
    sides = {found.path: found.text for found in subject.texts}
    for found in subject.texts:
        if not _EXEMPT.intersection(found.path) and (word := _remembered(found, _other_side(found, sides))):
            yield _finding(found, word)


def _other_side(found: FoundText, sides: dict[tuple[str | int, ...], str]) -> str:
    """The same text in the other language; nothing when it has none."""
    last = found.path[-1]
    other = {"en": "ja", "ja": "en"}.get(last) if isinstance(last, str) else None
    return sides.get((*found.path[:-1], other), "") if other else ""


def _remembered(found: FoundText, other: str) -> str | None:
    """The words that say so; None when nothing does."""
    if found.language == "ja":
        if match := _FROM_MEMORY_JA.search(found.text):
            return match.group()
        match = _REMEMBERED_JA.search(found.text)
        ability = _ABILITY_EN.search(other) and not _REMEMBERED_EN.search(other) and not _RECALL.search(other)
        return match.group() if match and not ability else None
    if match := _REMEMBERED_EN.search(found.text):
        return match.group()
    match = None if _CODE.fullmatch(found.text) else _RECALL.search(_OTHER_RECALL.sub(" ", found.text))
    if match is None or (_OTHER_RECALL_JA.search(other) and "記憶" not in other):
        return None
    return match.group()


def _finding(found: FoundText, word: str) -> Finding:
    return Finding(
        found.path,
        Message(
            f"«{word}» in «{shorten(found.text)}»: this was remembered, not read.",
            f"「{shorten(found.text)}」の「{word}」は、読んだものではなく記憶によることを示す。",
        ),
        Message("Facts that somebody read in a source.", "資料で確認した事実のみを記載する。"),
        Message(
            "Move it to «open_questions», or read a source and name it.",
            "「open_questions」に移すか、資料を読んで根拠を示す。",
        ),
    )


RULE = EntryRule(
    name="no-recall",
    level="error",
    description=Message("Nothing from memory stands as a fact.", "記憶による事項が事実として記載されていないこと。"),
    check=_check,
)
