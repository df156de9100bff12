"""The rules by which a claim is recognised name concepts that a lexicon defines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from kb.checks.rule import Context, EntryRule, Subject
from kb.claims.lexicon import read_lexicons
from kb.claims.specification import is_wordless
from kb.models.claims import Claim
from kb.problems import EvregError, FieldPath, Finding, Message, near_miss


@lru_cache(maxsize=4)
def _concepts(root: Path) -> frozenset[str]:
    try:
        return frozenset(read_lexicons(root))
    except EvregError:
        return frozenset()  # The lexicon itself is reported as what is wrong.


def _words(claim: Claim) -> Iterator[tuple[FieldPath, str]]:
    for number, rule in enumerate(claim.detection):
        for field in ("all", "unless", "needs"):
            for place, part in enumerate(getattr(rule, field)):
                for word in part.split("|"):
                    yield ("detection", number, field, place), word.strip()


def _check(subject: Subject, context: Context) -> Iterator[Finding]:
    if not isinstance(subject.entry, Claim) or not subject.entry.detection:
        return
    known = _concepts(context.root)
    for path, word in _words(subject.entry):
        name = word.removeprefix("@")
        if is_wordless(word):
            yield Finding(
                path,
                Message(f"«{word}» has a part without letters.", f"「{word}」に文字のない部分がある。"),
                Message("Words, with «|» between alternatives.", "語句を記し、選択肢は「|」で区切る。"),
                Message("Remove the empty part.", "空の部分を取り除く。"),
            )
        elif word.startswith("@") and known and name not in known:
            near = near_miss(name, known)
            yield Finding(
                path,
                Message(f"No lexicon defines «{name}».{near.en}", f"概念「{name}」を定義した語彙集がない。{near.ja}"),
                Message("A concept of kb/lexicons, written «@name».", "kb/lexiconsにある概念を「@名称」で指定する。"),
                Message("Mend the name, or add the concept.", "名称を直すか、語彙集に概念を加える。"),
            )


RULE = EntryRule(
    name="known-concepts",
    level="error",
    description=Message("Detection rules name known concepts.", "認識規則が定義済みの概念を用いていること。"),
    check=_check,
    collections=("claims",),
)
