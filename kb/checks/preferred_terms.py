"""Texts use the terms that the glossary prefers, not the variants it advises against.

Words of others may differ: names, titles of documents as issued, quotations, phrases of advertisements and texts in
the original language are passed over. The glossary speaks about variants; of its texts only the definitions of other
terms are examined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from kb.checks.quotations import without_quotations
from kb.checks.rule import Context, EntryRule, Subject
from kb.checks.texts import FoundText
from kb.models.glossary import Term
from kb.problems import Finding, Language, Message

#: Parts of an entry that repeat what others wrote.
_WORDS_OF_OTHERS: Final = frozenset(("wording", "original", "as_registered", "synonyms", "avoid", "sources"))
#: Fields with names of bodies; names of methods and pathways are our own words.
_NAMES: Final = frozenset(("sponsor", "issuer", "authority", "authorities", "developer"))
#: Collections whose titles are the titles of documents, studies and acts, unless marked as our translation.
_TITLED_BY_OTHERS: Final = frozenset(("guidelines", "trials", "enforcement"))
_LANGUAGES: Final[tuple[Language, ...]] = ("en", "ja")


class _Variant(NamedTuple):
    """A variant, what to write instead, and the preferred terms inside which the variant may stand."""

    variant: str
    preferred: str
    inside: tuple[str, ...]


class _Lexicon:
    """The avoided variants of one language.

    One alternation finds candidates in lower-case text; what stands around a candidate decides in a second step.
    A pattern with the boundaries inside took forty times as long, because it cannot skip by the first letter.
    """

    def __init__(self, language: Language, avoided: Sequence[tuple[str, str, str]]) -> None:
        preferred = {term for lang, _, term in avoided if lang == language}
        self._terms: dict[str, _Variant] = {}
        for lang, variant, term in avoided:
            if lang == language and variant:
                inside = tuple(other.lower() for other in preferred if variant.lower() in other.lower())
                self._terms.setdefault(variant.lower(), _Variant(variant, term, inside))
        longest_first = sorted(self._terms, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def find(self, text: str) -> Iterator[_Variant]:
        """The avoided variants in ``text``, each once."""
        lowered = text.lower()
        if self._pattern is None or not self._pattern.search(lowered):
            return
        own = without_quotations(text)
        lowered = own.lower()
        found: dict[str, _Variant] = {}
        for match in self._pattern.finditer(lowered):
            term = self._terms[match.group()]
            if _stands_alone(own, match.start(), match.end()) and _as_meant(term, own, lowered, match.start()):
                found[term.variant] = term
        yield from found.values()


@lru_cache(maxsize=4)
def _lexicons(avoided: tuple[tuple[str, str, str], ...]) -> dict[Language, _Lexicon]:
    return {language: _Lexicon(language, avoided) for language in _LANGUAGES}


def _stands_alone(text: str, start: int, end: int) -> bool:
    """True when no letter of the same kind continues the word; an English plural ending may follow."""
    if start and _kind(text[start - 1]) and _kind(text[start - 1]) == _kind(text[start]):
        return False
    rest = text[end : end + 3]
    if _kind(text[end - 1]) == "latin":
        rest = re.sub(r"^e?s(?![A-Za-z])", "", rest)
    return not rest or not _kind(rest[0]) or _kind(rest[0]) != _kind(text[end - 1])


def _kind(character: str) -> str:
    """Katakana and Latin words end where their letters end; kanji and hiragana run on."""
    if "ァ" <= character <= "ヺ" or character == "ー":
        return "katakana"
    return "latin" if character.isascii() and character.isalnum() else ""


def _as_meant(term: _Variant, text: str, lowered: str, start: int) -> bool:
    """False inside a preferred term, and for an abbreviation in other capitals than the glossary's."""
    for other in term.inside:
        begin = start - other.find(term.variant.lower())
        if begin >= 0 and lowered.startswith(other, begin):
            return False
    written = text[start : start + len(term.variant)]
    return term.variant.islower() or written == term.variant or not term.variant.isupper()


def _check(subject: Subject, context: Context) -> Iterator[Finding]:
    if not context.avoided:
        return
    lexicons = _lexicons(context.avoided)
    for found in subject.texts:
        if found.language and _own_words(subject, found):
            for term in lexicons[found.language].find(found.text):
                if not isinstance(subject.entry, Term) or term.preferred != subject.data["title"][found.language]:
                    yield _finding(found, term)


def _own_words(subject: Subject, found: FoundText) -> bool:
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


def _finding(found: FoundText, term: _Variant) -> Finding:
    return Finding(
        found.path,
        Message(
            f"«{term.variant}» is a variant that the glossary advises against.",
            f"「{term.variant}」は用語集が使用を避けるよう示す表記である。",
        ),
        Message(f"The glossary prefers «{term.preferred}».", f"用語集の推奨表記は「{term.preferred}」である。"),
        Message(
            "Write the preferred term, or put the words of others in quotation marks.",
            "推奨表記に改める。他者の文言であれば「」で囲む。",
        ),
    )


RULE = EntryRule(
    name="preferred-terms",
    level="warning",
    description=Message("Texts use the glossary's preferred terms.", "用語集の推奨表記を用いること。"),
    check=_check,
)
