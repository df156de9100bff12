"""What the terms register says to readers: who is asked, on whose terms, how often.

The register (``scrapers/sources.yaml``) is data that two packages need and only one of them acts on. It is read here as
data, so that ``publish`` shows it without knowing the scrapers; what they demand of it beyond this is checked there.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from kb.models.base import Localized
from kb.yaml12 import read_yaml

#: Beside this package, in a checkout and in a wheel.
REGISTER = Path(__file__).parents[1] / "scrapers" / "sources.yaml"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


class TermsSummary(_Part):
    """Where the terms stand, when a person read them and what they say."""

    url: str | None = None
    read: str | None = None
    says: Localized


class FeedSummary(_Part):
    """One news feed or list."""

    publisher: Localized
    jurisdiction: str
    url: str
    terms: Localized | None = None


class SourceSummary(_Part):
    """One source; ``pace`` is seconds between two requests to one host."""

    title: Localized
    publisher: Localized
    base: str | None = None
    access: str
    by_hand: Localized | None = None
    terms: TermsSummary
    attribution: Localized
    pace: float
    concurrency: int = 1
    schedule: str
    feeds: tuple[FeedSummary, ...] = ()


_REGISTER = TypeAdapter(dict[str, SourceSummary])


def register_summary(path: Path = REGISTER) -> dict[str, SourceSummary]:
    """Name -> source, in the order of the file; empty when there is no file.

    Raises:
        YamlProblem: when the file cannot be read.
        pydantic.ValidationError: when a source lacks what readers are told.
    """
    return _REGISTER.validate_python(read_yaml(path) or {}) if path.is_file() else {}
