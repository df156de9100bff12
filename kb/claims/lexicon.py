"""Concepts and the words for them, shared by the rules of all claims (``kb/lexicons/*.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from pydantic import ValidationError

from kb.models.base import Localized, Model, Slug, Text, described
from kb.problems import EvregError, Message, field_name
from kb.yaml12 import read_yaml

FOLDER: Final = "lexicons"


class Concept(Model):
    """One idea and the ways to say it.

    A term is written as it is read, with three signs: ``*`` at the end of an English word stands for any ending, ``#`` for a
    number in figures or kanji, `` .. `` for up to 24 other characters of the same sentence.
    """

    label: Localized = described("What the concept is called in explanations.", "説明に用いる名称。")
    en: tuple[Text, ...] = described("English terms.", "英語の語句。", ())
    ja: tuple[Text, ...] = described("Japanese terms.", "日本語の語句。", ())
    includes: tuple[Slug, ...] = described("Concepts whose terms count as well.", "語句を含める他の概念。", ())
    exceptions: tuple[Text, ...] = described(
        "Longer wordings in which the terms mean something else.", "語句が別の意味になる、より長い表現。", ()
    )
    genre: Literal["offer", "report"] | None = described(
        "What the terms make likely of the whole text: that it offers a treatment, or reports.",
        "文章全体の性格(治療の勧誘か、報告・解説か)を示す場合に記す。",
        None,
    )
    weight: float = described("How much it says of the whole text.", "文章全体の性格を示す重み。", 0.0, ge=0, le=5)


def read_lexicons(root: Path) -> Mapping[str, Concept]:
    """All concepts of a knowledge base; those that ship with the package when it brings none.

    Raises:
        EvregError: a file cannot be read, or two of them define one concept.
    """
    folder = root / FOLDER
    if not folder.is_dir():
        folder = Path(__file__).parent.parent / FOLDER
    found: dict[str, Concept] = {}
    for path in sorted(folder.glob("*.yaml")):
        for name, data in read_yaml(path).items():
            if name in found:
                raise _twice(path, name)
            found[name] = _concept(path, name, data)
    return MappingProxyType(found)


def _concept(path: Path, name: str, data: object) -> Concept:
    try:
        return Concept.model_validate(data)
    except ValidationError as errors:
        first = errors.errors()[0]
        place = f"{name}.{field_name(first['loc'])}"
        raise EvregError(
            f"{FOLDER}/{path.name}: {place}",
            Message(f"{first['msg']}.", f"値がモデルに合わない({first['msg']})。"),
            Message(
                "A concept with «label», «en», «ja», «includes», «exceptions», «genre», «weight».",
                "概念には「label」「en」「ja」「includes」「exceptions」「genre」「weight」を記す。",
            ),
            Message("Compare with a neighbouring concept.", "前後の概念の書き方に合わせる。"),
        ) from None


def _twice(path: Path, name: str) -> EvregError:
    return EvregError(
        f"{FOLDER}/{path.name}: {name}",
        Message(f"The concept «{name}» is defined twice.", f"概念「{name}」が二度定義されている。"),
        Message("One home for each concept.", "概念は一か所だけで定義する。"),
        Message("Merge the two, or rename one.", "一つにまとめるか、名称を変える。"),
    )
