"""Small YAML files that hold one record each: strict to read, canonical and atomic to write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from kb.atomic import write_text
from kb.canonical import dump
from kb.models.base import Model
from kb.problems import EvregError, Message, YamlProblem, field_name, shorten
from kb.yaml12 import parse

RecordT = TypeVar("RecordT", bound=Model)


def plain(record: Model) -> dict[str, Any]:
    """A record as plain values, in the order of its fields, without what is not said."""
    return record.model_dump(mode="json", exclude_none=True, exclude_defaults=True)


def record_text(record: Model) -> str:
    """The canonical file of a record."""
    return dump(plain(record))


def write_record(path: Path, record: Model) -> bool:
    """Write a record unless the file already says the same; True when something changed.

    Raises:
        OSError: when the folder cannot be written; the old file is then untouched.
    """
    text = record_text(record)
    if path.is_file() and path.read_bytes() == text.encode("utf-8"):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, text)
    return True


def read_record(path: Path, model: type[RecordT]) -> RecordT:
    """Read one record.

    Raises:
        EvregError: when the file is no YAML, or does not fit the model; names the place.
    """
    try:
        data, _ = parse(path.read_bytes())
    except YamlProblem as problem:
        where = f"{path.as_posix()}:{problem.line}:{problem.column}"
        raise EvregError(where, problem.found, problem.expected, problem.remedy) from None
    try:
        return model.model_validate(data)
    except ValidationError as errors:
        raise _misfit(path, errors) from None


def records_in(folder: Path, model: type[RecordT]) -> Iterator[RecordT]:
    """The records below a folder by name; nothing when there is no such folder.

    Raises:
        EvregError: when one of them cannot be read.
    """
    for path in sorted(folder.glob("*/*.yaml")):
        yield read_record(path, model)


def _misfit(path: Path, errors: ValidationError) -> EvregError:
    first = errors.errors()[0]
    field, value = field_name(first["loc"]) or "-", shorten(first["input"])
    return EvregError(
        path.as_posix(),
        Message(f"«{field}» does not fit: «{value}».", f"「{field}」の値「{value}」が適合しない。"),
        Message("A file as the scrapers write it.", "収集プログラムが書き出した形式でなければならない。"),
        Message(
            "Restore the file from the history, or remove it: the next run writes it again.",
            "履歴から復元するか削除する。次回の実行で再作成される。",
        ),
    )
