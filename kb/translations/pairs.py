"""Every text that an entry holds in both languages, found in plain data or in its model alike."""

from __future__ import annotations

import types
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from typing import Annotated, Any, Final, NamedTuple, Union, get_args, get_origin

from kb.models.base import Localized, Model
from kb.models.core import Entry
from kb.problems import Language

#: Hexadecimal digits kept of SHA-256: 48 bits tell the texts of one entry (at most some hundreds) apart.
HASH_LENGTH: Final = 12
OTHER: Final[Mapping[Language, Language]] = {"en": "ja", "ja": "en"}


class TextPair(NamedTuple):
    """One statement in both languages.

    Attributes:
        field: Dotted, with places in lists: ``questions.0``.
        en: English text.
        ja: Japanese text.
    """

    field: str
    en: str
    ja: str

    @property
    def hashes(self) -> tuple[str, str]:
        """Short hashes of the English and the Japanese text."""
        return text_hash(self.en), text_hash(self.ja)

    def text(self, language: Language) -> str:
        """The text in one language."""
        return self.ja if language == "ja" else self.en


def text_hash(text: str) -> str:
    """A short hash of a text; white space and the Unicode form (NFC) do not count."""
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:HASH_LENGTH]


def pattern_of(field: str) -> str:
    """``requirements.3.statement`` without places in lists: ``requirements.statement``."""
    return ".".join(part for part in field.split(".") if not part.isdecimal())


def pairs_of_data(data: Any) -> tuple[TextPair, ...]:
    """The pairs of an entry's plain data, in the order of the file."""
    # A rule among the checks reads pairs: importing them above would be a circle.
    from kb.checks.rule import bilingual_texts

    return tuple(TextPair(".".join(map(str, path)), found["en"], found["ja"]) for path, found in bilingual_texts(data))


def pairs_of_entry(entry: Entry) -> tuple[TextPair, ...]:
    """The pairs of an entry, in the order of its model."""
    return tuple(_pairs(entry, ""))


def _pairs(value: Any, field: str) -> Iterator[TextPair]:
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _pairs(item, f"{field}.{index}")
    elif isinstance(value, Model):
        if isinstance(value, Localized):
            yield TextPair(field, value.en, value.ja)
        for name in _holders(type(value)):
            yield from _pairs(getattr(value, name), f"{field}.{name}" if field else name)


@cache
def _holders(model: type[Model]) -> tuple[str, ...]:
    """The fields of a model below which texts in both languages may stand."""
    return tuple(name for name, field in model.model_fields.items() if _may_hold(field.annotation))


def _may_hold(annotation: Any) -> bool:
    if get_origin(annotation) in (Annotated, tuple, Union, types.UnionType):
        return any(map(_may_hold, get_args(annotation)))
    if not (isinstance(annotation, type) and issubclass(annotation, Model)):
        return False
    return issubclass(annotation, Localized) or bool(_holders(annotation))
