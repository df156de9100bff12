"""What every part of every entry is built from: text, dates, codes, references and the frozen model."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidationInfo,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from kb.vocabulary import Vocabularies, packaged_vocabularies

#: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` (the design's rule: a date is never more exact than its source).
PARTIAL_DATE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")

#: Lower-case ASCII words joined by hyphens: the file stem and the permalink of an entry.
#: Longer names do not fit the file systems and the address bars that they must pass.
MAX_ID_LENGTH = 120
SLUG = r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$"


class Model(BaseModel):
    """A frozen record that refuses unknown keys; numbers typed where text is meant keep their digits as written."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True, allow_inf_nan=False)


def described(en: str, ja: str, default: Any = ..., **options: Any) -> Any:
    """A field with its explanation in both languages; this is the one place such texts are kept.

    Args:
        en: What an editor should enter, in English.
        ja: The same in Japanese.
        default: The value when the key is absent; ``...`` makes the field required.
        options: Passed on to :func:`pydantic.Field`.
    """
    extra = {"description_ja": ja, **options.pop("json_schema_extra", {})}
    return Field(default, description=en, json_schema_extra=extra, **options)


def _real_partial_date(value: str) -> str:
    match = PARTIAL_DATE.match(value)
    if match is None:
        raise PydanticCustomError("partial_date", "not a date of the form YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        raise PydanticCustomError("partial_date", "no such day in the calendar") from None
    return value


class CodeOf:
    """Marks a text field as a code of one controlled vocabulary (``kb/vocabularies/<name>.yaml``)."""

    def __init__(self, vocabulary: str) -> None:
        self.vocabulary = vocabulary

    def _check(self, value: str, info: ValidationInfo) -> str:
        given: Vocabularies | None = info.context.get("vocabularies") if info.context else None
        vocabularies = packaged_vocabularies() if given is None else given
        if value not in vocabularies[self.vocabulary]:
            raise PydanticCustomError(
                "vocabulary", "not a code of the vocabulary {vocabulary}", {"vocabulary": self.vocabulary}
            )
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        produced = handler(schema)
        produced["enum"] = list(packaged_vocabularies()[self.vocabulary])
        produced["x-vocabulary"] = self.vocabulary
        return produced


class ReferenceTo:
    """Marks a text field as the id of an entry in one of the named collections, looked up in that order."""

    def __init__(self, *collections: str) -> None:
        self.collections = collections

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.str_schema(pattern=SLUG, max_length=MAX_ID_LENGTH, coerce_numbers_to_str=True)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        produced = handler(schema)
        produced["x-reference"] = list(self.collections)
        return produced


class SourceReference:
    """Marks a text field as the ``key`` of one of the entry's own sources."""


Text = Annotated[str, StringConstraints(min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=MAX_ID_LENGTH)]
PartialDate = Annotated[
    str, AfterValidator(_real_partial_date), Field(json_schema_extra={"pattern": PARTIAL_DATE.pattern})
]
SourceKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$"), SourceReference()]


class Localized(Model):
    """One statement in both languages."""

    en: Text = described("English wording.", "英語の記載。")
    ja: Text = described("Japanese wording.", "日本語の記載。")


class OriginalName(Localized):
    """A name in both languages and, where that is a third one, in its own language."""

    original: Text | None = described(
        "The name in the original language, when that is neither English nor Japanese.",
        "原語の名称(英語・日本語以外の場合)。",
        None,
    )
