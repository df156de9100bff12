"""Does a text speak of extracellular vesicles? Wide queries find candidates; this sorts them, and a person decides.

vesicle words, after noise is taken out?  --no-->  secretome words? secretome : noise found? noise : none
          | yes
measured and not given?  --yes-->  biomarker
          | no
       vesicles
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from kb.problems import Message
from kb.yaml12 import read_yaml

Verdict = Literal["vesicles", "biomarker", "secretome", "noise", "none"]

_DATA = Path(__file__).parent / "data" / "ev_words.yaml"
#: Not \\w: in Japanese text a Latin word has kana or kanji on both sides.
_LATIN = "[0-9A-Za-zÀ-ɏ]"
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class EvReading:
    """The verdict and every word on which it rests, as found in the text, in order and without repeats."""

    verdict: Verdict
    vesicles: tuple[str, ...] = ()
    secretome: tuple[str, ...] = ()
    noise: tuple[str, ...] = ()
    measured: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    @property
    def reason(self) -> Message:
        """The verdict in words, with its evidence."""
        en, ja = _REASONS[self.verdict]
        words = ", ".join((self.vesicles or self.secretome or self.noise)[:5])
        measured = ", ".join(self.measured[:5])
        return Message(en.format(words=words, measured=measured), ja.format(words=words, measured=measured))


_REASONS: dict[Verdict, Message] = {
    "vesicles": Message("Names vesicles: {words}.", "小胞への言及がある({words})。"),
    "biomarker": Message(
        "Names vesicles ({words}) as something measured ({measured}), with no word of giving them.",
        "小胞への言及({words})は測定対象としてのもの({measured})で、投与を示す語がない。",
    ),
    "secretome": Message(
        "Names the secretome, not vesicles: {words}.", "小胞ではなく培養上清等への言及がある({words})。"
    ),
    "noise": Message("Another thing of the same name: {words}.", "同名の別のものである({words})。"),
    "none": Message("No word of the vocabulary.", "語彙に該当する語がない。"),
}


def read_text(*texts: str) -> EvReading:
    """Classify title, summary and other texts of one item together."""
    text = _normal("\n".join(texts))
    noise, rest = _found("noise", text), _patterns()["noise"].sub(" ", text)
    vesicles, secretome = _found("vesicles", rest), _found("secretome", rest)
    measured, given = _found("measured", rest), _found("given", rest)
    return EvReading(_verdict(vesicles, secretome, noise, measured, given), vesicles, secretome, noise, measured, given)


def search_words(*languages: str, groups: Iterable[str] = ("vesicles",)) -> list[str]:
    """The words of ``languages`` for a query at a source, without stars, in the order of the vocabulary."""
    words = (word for group in groups for language in languages for word in vocabulary()[group].get(language, []))
    return list(dict.fromkeys(str(word).replace("*", "") for word in words))


@cache
def vocabulary() -> dict[str, Any]:
    """``group -> language -> words``, as published on the methodology page."""
    data: dict[str, Any] = read_yaml(_DATA)
    return data


def _verdict(
    vesicles: tuple[str, ...],
    secretome: tuple[str, ...],
    noise: tuple[str, ...],
    measured: tuple[str, ...],
    given: tuple[str, ...],
) -> Verdict:
    if vesicles:
        return "biomarker" if measured and not given else "vesicles"
    if secretome:
        return "secretome"
    return "noise" if noise else "none"


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _found(group: str, text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match[0] for match in _patterns()[group].finditer(text)))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {group: _pattern(languages) for group, languages in vocabulary().items()}


def _pattern(languages: dict[str, list[str]]) -> re.Pattern[str]:
    parts = []
    for language, words in languages.items():
        # Longest first, so that a match is never cut short by a shorter word.
        one = "|".join(_word(_normal(word)) for word in sorted(words, key=len, reverse=True))
        parts.append(f"(?:{one})" if language == "exact" else f"(?i:{one})")
    return re.compile("|".join(parts))


def _word(word: str) -> str:
    spelt = re.sub(r"(?:\\?[ -])+", r"[\\s\\-‐–]*", re.escape(word)).replace(r"\*", f"{_LATIN}*")
    return spelt if _CJK.search(word) else rf"(?<!{_LATIN}){spelt}(?!{_LATIN})"
