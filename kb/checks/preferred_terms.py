"""Texts use the terms that the glossary prefers, not the variants it advises against; each finding proposes the new wording.

Words of others may differ: names, titles of documents as issued, quotations, phrases of advertisements and texts in
the original language are passed over. The glossary speaks about variants; of its texts only the definitions of other
terms are examined.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from kb.checks.rule import Context, EntryRule, Subject
from kb.checks.texts import FoundText
from kb.checks.variants import FoundVariant, Lexicon
from kb.models.glossary import Term
from kb.problems import Finding, Language, Message

#: Parts of an entry that repeat what others wrote.
_WORDS_OF_OTHERS: Final = frozenset(("wording", "original", "as_registered", "synonyms", "avoid", "sources"))
#: Fields with names of bodies; names of methods and pathways are our own words.
_NAMES: Final = frozenset(("sponsor", "issuer", "authority", "authorities", "developer"))
#: Collections whose titles are the titles of documents, studies and acts, unless marked as our translation.
_TITLED_BY_OTHERS: Final = frozenset(("guidelines", "trials", "enforcement"))
_LANGUAGES: Final[tuple[Language, ...]] = ("en", "ja")


@lru_cache(maxsize=4)
def _lexicons(avoided: tuple[tuple[str, str, str], ...]) -> dict[Language, Lexicon]:
    return {
        language: Lexicon([(variant, term) for lang, variant, term in avoided if lang == language])
        for language in _LANGUAGES
    }


def _check(subject: Subject, context: Context) -> Iterator[Finding]:
    if not context.avoided:
        return
    lexicons = _lexicons(context.avoided)
    for found in subject.texts:
        if found.language and own_words(subject, found):
            for term in lexicons[found.language].find(found.text):
                if not isinstance(subject.entry, Term) or term.preferred != subject.data["title"][found.language]:
                    yield _finding(found, term)


def own_words(subject: Subject, found: FoundText) -> bool:
    """False for names, titles as issued, phrases of advertisements and other words that are not the editors' own."""
    if isinstance(subject.entry, Term):
        return found.path[0] == "summary"
    if _WORDS_OF_OTHERS.intersection(found.path) or (found.path[0] in _NAMES and "role" not in found.path):
        return False
    return not _official_title(subject, found)


def _official_title(subject: Subject, found: FoundText) -> bool:
    return (
        found.path[0] == "title"
        and subject.file.collection in _TITLED_BY_OTHERS
        and found.language not in subject.entry.title.translated
    )


def _finding(found: FoundText, term: FoundVariant) -> Finding:
    return Finding(
        found.path,
        Message(
            f"«{term.variant}» is a variant that the glossary advises against.",
            f"「{term.variant}」は用語集が使用を避けるよう示す表記である。",
        ),
        Message(f"The glossary prefers «{term.preferred}».", f"用語集の推奨表記は「{term.preferred}」である。"),
        Message(
            f"Write «{term.proposed}», or put the words of others in quotation marks.",
            f"「{term.proposed}」と改める。他者の文言であれば引用符で囲む。",
        ),
    )


RULE = EntryRule(
    name="preferred-terms",
    level="warning",
    description=Message("Texts use the glossary's preferred terms.", "用語集の推奨表記を用いること。"),
    check=_check,
)
