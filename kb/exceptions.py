"""Findings that editors accept, each with its reason: ``kb/exceptions.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from kb.models.base import Localized, Model, Text, described
from kb.problems import EvregError, Message, Problem
from kb.yaml12 import read_yaml


class AcceptedFinding(Model):
    """One accepted finding."""

    rule: Text = described("Name of the rule.", "規則の名称。")
    entry: Text = described(
        "Collection and id, as «trials/nct04276987».", "「trials/nct04276987」の形のコレクションとID。"
    )
    field: Text | None = described("Field; all fields when absent.", "フィールド。省略時はすべて。", None)
    reason: Localized = described("Why it is right as it is.", "このままでよい理由。")


class Exceptions:
    """The accepted findings of one knowledge base, and which of them were needed."""

    def __init__(self, root: Path) -> None:
        self.path = root / "exceptions.yaml"
        self.accepted: tuple[AcceptedFinding, ...] = _read(self.path)
        self._used: set[int] = set()

    def accepts(self, problem: Problem, entry: str) -> bool:
        """True when an exception covers ``problem``; remembers that it was needed."""
        for index, item in enumerate(self.accepted):
            if item.rule == problem.rule and item.entry == entry and item.field in (None, problem.field):
                self._used.add(index)
                return True
        return False

    def unused(self) -> Iterator[Problem]:
        """An error for every exception that no longer triggers."""
        for index, item in enumerate(self.accepted):
            if index not in self._used:
                yield Problem(
                    self.path.as_posix(),
                    1,
                    1,
                    f"[{index}]",
                    "unused-exception",
                    "error",
                    Message(
                        f"The exception for «{item.rule}» at {item.entry} no longer triggers.",
                        f"{item.entry}の規則「{item.rule}」に対する例外は、もはや該当しない。",
                    ),
                    Message("Every exception is still needed.", "例外はすべて必要なものに限る。"),
                    Message("Remove it from the file.", "この例外を削除する。"),
                )


def _read(path: Path) -> tuple[AcceptedFinding, ...]:
    if not path.is_file():
        return ()
    try:
        return TypeAdapter(tuple[AcceptedFinding, ...]).validate_python(read_yaml(path) or [])
    except ValidationError as errors:
        raise EvregError(
            path.as_posix(),
            Message(f"{errors.error_count()} values do not fit.", f"適合しない値が{errors.error_count()}件ある。"),
            Message(
                "A list of {rule, entry, field?, reason{en, ja}}.",
                "{rule, entry, field?, reason{en, ja}}のリストとする。",
            ),
            Message("Correct the file.", "ファイルを訂正する。"),
        ) from None


def without_accepted(problems: Iterable[tuple[Problem, str]], exceptions: Exceptions) -> list[Problem]:
    """The problems that no exception covers; each comes with its entry as ``collection/id``."""
    return [problem for problem, entry in problems if not exceptions.accepts(problem, entry)]
