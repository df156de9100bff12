"""The form's words: labels in both languages, the reader's own first, and hints in the reader's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple, Protocol

from pydantic.fields import FieldInfo

from kb.models.base import Model
from kb.problems import Language, Message
from kb.vocabulary import Vocabularies

_OTHER: Final[Mapping[Language, Language]] = {"en": "ja", "ja": "en"}
#: Characters of an English description; «Kind of event.» and its like are what the label says.
_WORTH_READING: Final = 25
DATE: Final = Message(
    "As exactly as the source gives it: 2024, 2024-05 or 2024-05-17.",
    "資料に記された精度で記入する:2024、2024-05、2024-05-17。",
)
PATTERN: Final = Message("Written in another way than allowed here.", "ここで使える書き方ではありません。")
SOURCE_KEYS: Final = Message(
    "Keys of this entry's own sources, such as s1: one a line.",
    "このエントリーの資料のキー(s1など)を一行に一つ記入する。",
)
ONE_A_LINE: Final = Message("One a line.", "一行に一つ記入する。")
TRUTH: Final = {True: Message("Yes", "はい"), False: Message("No", "いいえ")}
ID: Final = Message(
    "Chosen once for a new entry (a-z, 0-9, hyphens) and never changed: it is the permanent address.",
    "新しいエントリーで一度だけ決め(半角小文字・数字・ハイフン)、以後は変更しない。恒久的なアドレスとなる。",
)


class Labels(Protocol):
    """Short names in one language, as the site's labels give them."""

    def field(self, model: type[Model], name: str) -> str:
        """Short name of a model's field."""

    def collection(self, name: str) -> str:
        """Name of a collection in the plural."""

    def one(self, name: str) -> str:
        """Name of one of its entries."""

    def about(self, name: str) -> str:
        """What the collection holds."""


class Words(NamedTuple):
    """Words for a person who reads ``language``."""

    language: Language
    labels: Mapping[Language, Labels]
    vocabularies: Vocabularies

    def say(self, message: Message) -> str:
        """A sentence in the reader's language."""
        return message.ja if self.language == "ja" else message.en

    def both(self, en: str, ja: str) -> str:
        """``Title / 名称``, the reader's language first; one word when both languages use the same."""
        own, other = (en, ja) if self.language == "en" else (ja, en)
        return own if own == other else f"{own} / {other}"

    def quoted(self, text: str) -> str:
        """A label inside a sentence."""
        return f"「{text}」" if self.language == "ja" else f"«{text}»"

    def field(self, model: type[Model], name: str) -> str:
        """Label of a field."""
        return self.both(*(self.labels[language].field(model, name) for language in ("en", "ja")))

    def hint(self, model: type[Model], name: str) -> str:
        """Explanation of a field; empty when it is too short to say more than the label."""
        info = model.model_fields[name]
        text = _description(info, self.language)
        said = text.rstrip(".。") == self.labels[self.language].field(model, name)
        return "" if said or len(info.description or "") < _WORTH_READING else text

    def options(self, vocabulary: str) -> list[dict[str, Any]]:
        """Codes of a vocabulary with their labels in both languages."""
        codes = self.vocabularies[vocabulary]
        return [{"label": self.both(str(item["en"]), str(item["ja"])), "value": code} for code, item in codes.items()]

    def truth(self) -> list[dict[str, Any]]:
        """Yes and no."""
        return [{"label": self.both(*message), "value": value} for value, message in TRUTH.items()]

    def collection(self, name: str) -> str:
        """A collection in the reader's language."""
        return self.labels[self.language].collection(name)


def _description(info: FieldInfo, language: Language) -> str:
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    return str(extra.get("description_ja", "")) if language == "ja" else info.description or ""
