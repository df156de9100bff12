"""What was considered and left out, with the reason: ``kb/excluded.yaml``, published as a list."""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter

from kb.models.base import Localized, Model, PartialDate, Slug, described
from kb.yaml12 import read_yaml


class ExcludedRecord(Model):
    """A record that is deliberately no entry."""

    id: Slug = described("Its id in the material.", "元の資料におけるID。")
    title: Localized = described("What it was.", "内容。")
    reason: Localized = described("Why it is left out.", "除外した理由。")
    on: PartialDate = described("Day of the decision.", "判断した日。")


EXCLUDED_RECORDS = TypeAdapter(tuple[ExcludedRecord, ...])


def excluded_records(root: Path) -> tuple[ExcludedRecord, ...]:
    """The records left out, in the order of the file; none when there is no file.

    Raises:
        YamlProblem: when the file cannot be read.
        pydantic.ValidationError: when an item does not fit.
    """
    path = root / "excluded.yaml"
    return EXCLUDED_RECORDS.validate_python(read_yaml(path) or []) if path.is_file() else ()
