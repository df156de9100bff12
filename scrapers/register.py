"""The terms register (``sources.yaml``): what may be read, at what pace, on whose terms, by whom."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator

from kb.models.base import Localized, Model, PartialDate, Slug, Text
from kb.problems import EvregError, Message, YamlProblem, field_name, near_miss, shorten
from kb.yaml12 import read_yaml
from scrapers.faults import SourceFault

#: api: made for programs · open: public pages and files · permission: ask the operator first · manual: a person fetches.
Access = Literal["api", "open", "permission", "manual"]

REGISTER = Path(__file__).parent / "sources.yaml"
_Address = Annotated[str, Field(pattern=r"^https?://[^\s@]+$")]


class Terms(Model):
    """Where the terms of use stand, when a person read them, and what they say."""

    url: _Address | None = None
    read: PartialDate | None = None
    says: Localized


class Bounds(Model):
    """A count outside of ``min`` … ``max`` stops the source; so does a fall by more than ``shrink`` (0-1) of the last."""

    min: int = Field(ge=0)
    max: int = Field(ge=0)
    shrink: float | None = Field(None, ge=0, le=1)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min > self.max:
            raise ValueError("min is larger than max")
        return self


class RobotsDecision(Model):
    """Whether robots.txt counts for this source, and why."""

    decision: Literal["obey", "override"]
    reason: Localized


class ListMarks(Model):
    """CSS selectors of a page that lists news without a feed."""

    item: Text
    title: Text
    link: Text
    date: Text | None = None
    date_form: Text | None = None


class Feed(Model):
    """One news feed or list; a new one needs no code."""

    id: Slug
    publisher: Localized
    jurisdiction: Annotated[str, Field(pattern=r"^(?:[A-Z]{2}|INT)$")]
    url: _Address
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    form: Literal["feed", "list"] = "feed"
    select: ListMarks | None = None
    terms: Localized | None = None

    @model_validator(mode="after")
    def _selectors(self) -> Self:
        if (self.form == "list") != (self.select is not None):
            raise ValueError("a list needs select, a feed has none")
        return self


class Source(Model):
    """One source: who publishes it and how it may be asked.

    Units: ``pace`` seconds between two requests to one host; ``concurrency`` requests under way to one host;
    ``max_megabytes`` decompressed size of one answer in MB.
    """

    name: Slug
    title: Localized
    publisher: Localized
    base: _Address | None = None
    access: Access
    by_hand: Localized | None = None
    terms: Terms
    attribution: Localized
    pace: float = Field(ge=0, le=60)
    concurrency: int = Field(1, ge=1, le=8)
    max_megabytes: float = Field(32, gt=0, le=200)
    schedule: Literal["daily", "weekly", "monthly", "by-hand"]
    robots: RobotsDecision
    expected: dict[str, Bounds] = Field({})
    #: Query parameter -> environment variable that may hold it.
    keys: dict[str, str] = Field({})
    feeds: list[Feed] = Field([])

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.access in ("permission", "manual") and self.by_hand is None:
            raise ValueError("a source marked permission or manual says by_hand what a person does")
        if len({feed.id for feed in self.feeds}) != len(self.feeds):
            raise ValueError("two feeds have the same id")
        return self

    @property
    def unattended(self) -> bool:
        """Whether a run without a person may ask this source."""
        return self.access in ("api", "open")

    def secrets(self, environment: Mapping[str, str]) -> dict[str, str]:
        """The query parameters whose variables are set in ``environment``."""
        return {name: environment[variable] for name, variable in self.keys.items() if environment.get(variable)}


def load_register(path: Path = REGISTER) -> dict[str, Source]:
    """All sources by name, in the order of the file.

    Raises:
        EvregError: the file cannot be read or breaks a rule; the message names file and field.
    """
    try:
        data = read_yaml(path)
    except (OSError, YamlProblem) as error:
        raise _bad_register(str(path), str(error)) from None
    if not isinstance(data, dict):
        raise _bad_register(str(path), f"{type(data).__name__} in place of a mapping")
    return {name: _source(path, name, fields) for name, fields in data.items()}


@cache
def register() -> dict[str, Source]:
    """The register that ships with the package."""
    return load_register()


def source_named(name: str, sources: Mapping[str, Source] | None = None) -> Source:
    """The source called ``name``.

    Raises:
        EvregError: no such source; the nearest name is offered.
    """
    known = register() if sources is None else sources
    if name in known:
        return known[name]
    near = near_miss(name, known)
    raise EvregError(
        shorten(name),
        Message(f"No source has this name.{near.en}", f"この名称の情報源はない。{near.ja}"),
        Message(f"One of: {', '.join(known)}.", f"次のいずれかとする: {'、'.join(known)}。"),
        Message(
            "Correct the name; «evreg sources» lists them.", "名称を訂正する。一覧は「evreg sources」で表示される。"
        ),
    )


def refuse_unattended(source: Source) -> None:
    """Raise when ``source`` may be asked only by a person.

    Raises:
        SourceFault: ``by-hand``; the remedy says how the source is imported.
    """
    if source.unattended or source.by_hand is None:
        return
    raise SourceFault(
        "by-hand",
        source.name,
        "",
        Message(
            f"The register marks this source as «{source.access}»: {source.terms.says.en}",
            f"登録簿で「{source.access}」とされている情報源である。{source.terms.says.ja}",
        ),
        Message("Unattended runs read sources marked api or open.", "無人の実行はapi又はopenの情報源のみ読み取る。"),
        Message(source.by_hand.en, source.by_hand.ja),
    )


def _source(path: Path, name: str, fields: object) -> Source:
    if not isinstance(fields, dict):
        raise _bad_register(f"{path}: {name}", f"{type(fields).__name__} in place of a mapping")
    try:
        return Source.model_validate({"name": name, **fields})
    except ValidationError as error:
        first = error.errors()[0]
        raise _bad_register(f"{path}: {name}.{field_name(first['loc'])}", first["msg"]) from None


def _bad_register(where: str, reason: str) -> EvregError:
    return EvregError(
        where,
        Message(f"Not usable: {shorten(reason, 120)}.", f"使用できない({shorten(reason, 120)})。"),
        Message("Fields as in the other sources of this file.", "同じファイルの他の情報源と同じ形式とする。"),
        Message("Correct the line named.", "該当箇所を訂正する。"),
    )
