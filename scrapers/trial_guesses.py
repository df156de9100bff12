"""What a record of a trial suggests about its product: guesses by word rules kept as data, each with the word behind it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from kb.models.base import Localized
from kb.vocabulary import packaged_vocabularies
from kb.yaml12 import read_yaml

_DATA = Path(__file__).parent / "data" / "trial_guesses.yaml"
#: Not \\w: in Japanese text a Latin word has kana or kanji on both sides.
_LATIN: Final = "[0-9A-Za-zÀ-ɏ]"
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

Kind = Literal["cell", "tissue", "donor", "ev_type", "route", "condition", "area"]
_VOCABULARIES: Final[dict[Kind, str]] = {
    "cell": "cell-sources",
    "tissue": "tissues",
    "donor": "donors",
    "ev_type": "ev-types",
    "route": "routes",
    "condition": "conditions",
    "area": "indication-areas",
}
_NAMES: Final[dict[Kind, Localized]] = {
    "cell": Localized(en="EV source", ja="EVの由来"),
    "tissue": Localized(en="tissue", ja="組織"),
    "donor": Localized(en="donor", ja="ドナー"),
    "ev_type": Localized(en="type of preparation", ja="製剤の種別"),
    "route": Localized(en="route", ja="投与経路"),
    "condition": Localized(en="condition", ja="疾患コード"),
    "area": Localized(en="indication area", ja="疾患領域"),
}


class Guess(NamedTuple):
    """A code of our vocabulary and the word of the record that suggests it."""

    kind: Kind
    code: str
    word: str
    area: str = ""

    @property
    def reason(self) -> Localized:
        """The guess in words, marked as one."""
        labels, name = packaged_vocabularies(), _NAMES[self.kind]
        vocabulary = _VOCABULARIES[self.kind]
        en, ja = (labels.label(vocabulary, self.code, language) for language in ("en", "ja"))
        return Localized(
            en=f"Guess: {name.en} «{en}», because the record says «{self.word}».",
            ja=f"推定: {name.ja}を「{ja}」とした(登録情報の「{self.word}」による)。",
        )


class _Rule(NamedTuple):
    code: str
    pattern: re.Pattern[str]
    area: str
    unless: frozenset[str]


def first_guess(kind: Kind, *scopes: Sequence[str]) -> Guess | None:
    """The first rule of ``kind`` that finds a word, looked for in the narrowest scope first."""
    for scope in scopes:
        found = all_guesses(kind, scope)
        if found:
            return found[0]
    return None


def all_guesses(kind: Kind, *scopes: Sequence[str]) -> tuple[Guess, ...]:
    """Every rule of ``kind`` that finds a word in the first scope where any does."""
    for scope in scopes:
        text = unicodedata.normalize("NFKC", "\n".join(scope))
        matches = ((rule, rule.pattern.search(text)) for rule in _rules()[kind])
        found = [(rule, " ".join(match[0].split())) for rule, match in matches if match]
        codes = {rule.code for rule, _ in found}
        kept = [Guess(kind, rule.code, word, rule.area) for rule, word in found if not codes & rule.unless]
        if kept:
            return tuple(kept)
    return ()


@cache
def _rules() -> dict[str, tuple[_Rule, ...]]:
    data: dict[str, list[dict[str, Any]]] = read_yaml(_DATA)
    return {kind: tuple(_rule(**rule) for rule in rules) for kind, rules in data.items()}


def _rule(code: str, words: Iterable[str], area: str = "", unless: Iterable[str] = ()) -> _Rule:
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile("|".join(_word(word) for word in longest_first), re.IGNORECASE)
    return _Rule(str(code), pattern, area, frozenset(unless))


def _word(word: str) -> str:
    spelt = re.sub(r"(?:\\?[ -])+", r"[\\s\\-‐–]*", re.escape(unicodedata.normalize("NFKC", word)))
    spelt = spelt.replace(r"\*", f"{_LATIN}*")
    return spelt if _CJK.search(word) else rf"(?<!{_LATIN}){spelt}(?!{_LATIN})"
