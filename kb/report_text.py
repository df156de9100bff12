"""How problems are written: for people, for programs and for GitHub's annotations."""

from __future__ import annotations

import json
from collections.abc import Iterable

from kb.problems import EvregError, Language, Message, Problem

_LABELS = {
    "en": {
        "found": "found",
        "expected": "expected",
        "remedy": "to do",
        "error": "error",
        "warning": "warning",
        "info": "info",
    },
    "ja": {"found": "現状", "expected": "期待", "remedy": "対処", "error": "エラー", "warning": "警告", "info": "情報"},
}


def problem_text(problem: Problem, language: Language) -> str:
    """A problem in four lines: where, what is there, what was expected, what to do."""
    labels = _LABELS[language]
    place = f"{problem.file}:{problem.line}:{problem.column}"
    head = f"{place}: {labels[problem.level]} [{problem.rule}] {problem.field}".rstrip()
    return "\n".join([head, *_parts(problem.found, problem.expected, problem.remedy, language)])


def error_text(error: EvregError, language: Language) -> str:
    """An error that stopped a command, in the same four lines."""
    head = f"{error.where}: {_LABELS[language]['error']}"
    return "\n".join([head, *_parts(error.found, error.expected, error.remedy, language)])


def _parts(found: Message, expected: Message, remedy: Message, language: Language) -> list[str]:
    labels, at = _LABELS[language], 0 if language == "en" else 1
    width = max(len(labels[name]) for name in ("found", "expected", "remedy"))
    return [
        f"    {labels[name]:<{width}}  {message[at]}"
        for name, message in (("found", found), ("expected", expected), ("remedy", remedy))
    ]


def problems_json(problems: Iterable[Problem]) -> str:
    """The JSON list of ``evreg validate --format json``."""
    return json.dumps([problem.as_json() for problem in problems], ensure_ascii=False, indent=2)


_GITHUB_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def github_annotation(problem: Problem, language: Language) -> str:
    """A workflow command that GitHub shows on the line (docs: «Workflow commands for GitHub Actions»)."""
    at = 0 if language == "en" else 1
    text = " ".join((problem.found[at], problem.expected[at], problem.remedy[at]))
    return (
        f"::{_GITHUB_LEVELS[problem.level]} file={_property(problem.file)},line={problem.line},col={problem.column},"
        f"title={_property(problem.rule)}::{_data(f'{problem.field}: {text}')}"
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
