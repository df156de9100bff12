"""Where the English text uses a term of the glossary, the Japanese text uses the glossary's Japanese term.

Another word for it is right Japanese, so this is a note and no warning: within one atlas a term has one rendering. Only the
Japanese side is looked at. English words for a Japanese term differ with inflection and with each country's law («drug»,
«pharmaceutical», «medicinal product»), which a list of synonyms cannot tell apart; variants that the glossary advises
against are found by ``preferred-terms`` in both languages. Titles are passed over: they follow those of documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from kb.checks.preferred_terms import own_words
from kb.checks.quotations import without_quotations
from kb.checks.rule import Context, EntryRule, Subject
from kb.checks.texts import FoundText
from kb.checks.variants import FoundVariant, Lexicon, stands_alone
from kb.models.glossary import Term
from kb.problems import FieldPath, Finding, Message


class _Renderings(NamedTuple):
    """Other Japanese words for terms, and the English term of each preferred Japanese one."""

    lexicon: Lexicon
    english: Mapping[str, str]


@lru_cache(maxsize=4)
def _renderings(known: tuple[tuple[str, str, str], ...]) -> _Renderings:
    variants = [(synonym, preferred) for _, preferred, synonym in known]
    return _Renderings(Lexicon(variants), {preferred: english for english, preferred, _ in known})


def _check(subject: Subject, context: Context) -> Iterator[Finding]:
    if not context.renderings or isinstance(subject.entry, Term):
        return
    known = _renderings(context.renderings)
    for path, pair in subject.pairs:
        english, japanese = pair["en"], pair["ja"]
        terms = {term for term in known.lexicon.mentioned(japanese) if term not in japanese}
        if not any(known.english[term].lower() in english.lower() for term in terms):
            continue
        if path[0] == "title" or not own_words(subject, FoundText((*path, "ja"), "ja", japanese)):
            continue
        for found in known.lexicon.find(japanese):
            term = known.english[found.preferred]
            if found.preferred in terms and _uses(without_quotations(english), term):
                yield _finding((*path, "ja"), found, term)


def _uses(text: str, term: str) -> bool:
    """True when an English text uses a term as a word of its own, in any capitals."""
    lowered, wanted = text.lower(), term.lower()
    at = lowered.find(wanted)
    while at >= 0:
        if stands_alone(text, at, at + len(wanted)):
            return True
        at = lowered.find(wanted, at + 1)
    return False


def _finding(path: FieldPath, found: FoundVariant, term: str) -> Finding:
    return Finding(
        path,
        Message(
            f"The English text says «{term}», the Japanese text «{found.variant}».",
            f"英語の文の「{term}」を、日本語の文では「{found.variant}」としている。",
        ),
        Message(
            f"The glossary renders «{term}» as «{found.preferred}».",
            f"用語集では「{term}」を「{found.preferred}」と訳す。",
        ),
        Message(
            f"Write «{found.proposed}» where the same is meant.",
            f"同じ意味であれば「{found.proposed}」と改める。",
        ),
    )


RULE = EntryRule(
    name="renderings-agree",
    level="info",
    description=Message(
        "A term of the glossary is rendered by the glossary's term in the other language.",
        "用語集の用語は、他方の言語でも用語集の用語で表すこと。",
    ),
    check=_check,
)
