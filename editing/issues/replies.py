"""What is answered on an issue, in both languages, as Markdown; nothing that the reporter wrote calls anybody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from editing.issues.drafting import Outcome
from kb.github_text import fitted, literal
from kb.problems import EvregError, Language

_SHOWN_WARNINGS: Final = 10
_LANGUAGES: Final[tuple[Language, Language]] = ("en", "ja")
_HEADINGS: Final[dict[Language, str]] = {"en": "English", "ja": "日本語"}
_PARTS: Final[dict[Language, tuple[str, str, str]]] = {
    "en": ("What is there", "What was expected", "What to do"),
    "ja": ("現状", "期待", "対処"),
}
_THANKS: Final[dict[Language, str]] = {"en": "Thank you for the report.", "ja": "ご報告ありがとうございます。"}
_ENTRY: Final[dict[Language, str]] = {
    "en": "A draft of the entry `{}` was made. It is marked as a draft with low confidence; an editor compares it "
    "with the source before it is published.",
    "ja": "エントリー`{}`の下書きを作成しました。確からしさは「低」、状態は「下書き」です。編集者が資料と照合してから公開します。",
}
_PROPOSAL: Final[dict[Language, str]] = {
    "en": "A proposal about the entry `{}` was put into the inbox. The entry itself is not changed until an editor accepts it.",
    "ja": "エントリー`{}`についての提案を受信箱に入れました。編集者が採用するまで、エントリー自体は変わりません。",
}
_REFUSED: Final[dict[Language, str]] = {
    "en": "No draft could be made of this report yet.",
    "ja": "この報告からは、まだ下書きを作成できません。",
}
_WARNINGS: Final[dict[Language, str]] = {"en": "For the editor:", "ja": "編集者の確認事項:"}
_MORE: Final[dict[Language, str]] = {"en": "and {} more", "ja": "ほか{}件"}
_SPACE: Final[dict[Language, str]] = {"en": " ", "ja": ""}
_LEFT_OUT: Final = "({n} …)"


def comment(outcome: Outcome) -> str:
    """The comment for one issue: English first, then Japanese."""
    return fitted(["\n\n".join(_paragraphs(outcome, language)) for language in _LANGUAGES], _LEFT_OUT)


def line(outcome: Outcome, language: Language) -> str:
    """What became of an issue, for a terminal."""
    if outcome.error:
        return f"{outcome.name}: {_REFUSED[language]}"
    return f"{outcome.name}: {outcome.proposal or outcome.entry} → {outcome.path}"


def _paragraphs(outcome: Outcome, language: Language) -> Iterator[str]:
    yield f"**{_HEADINGS[language]}**"
    if outcome.error:
        yield f"{_THANKS[language]}{_SPACE[language]}{_REFUSED[language]}"
        yield "\n".join(_four_parts(outcome.error, language))
        return
    words = _PROPOSAL if outcome.proposal else _ENTRY
    yield f"{_THANKS[language]}{_SPACE[language]}{words[language].format(outcome.entry)}"
    if outcome.warnings:
        yield "\n".join([_WARNINGS[language], "", *_warnings(outcome, language)])


def _four_parts(error: EvregError, language: Language) -> Iterator[str]:
    at = 0 if language == "en" else 1
    parts = (error.found, error.expected, error.remedy)
    for name, message in zip(_PARTS[language], parts, strict=True):
        yield f"- **{name}**: {literal(message[at])}"


def _warnings(outcome: Outcome, language: Language) -> Iterator[str]:
    at = 0 if language == "en" else 1
    for problem in outcome.warnings[:_SHOWN_WARNINGS]:
        yield f"- `{problem.rule}`: {literal(problem.found[at] + _SPACE[language] + problem.remedy[at])}"
    more = len(outcome.warnings) - _SHOWN_WARNINGS
    if more > 0:
        yield f"- {_MORE[language].format(more)}"
