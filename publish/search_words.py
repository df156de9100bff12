"""What the reader's search knows of an entry beyond its visible text: facets, numbers as people type them, synonyms.

The words stand in an element with the attribute ``hidden``: indexed by Pagefind, but neither shown nor read aloud.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from markupsafe import Markup

from kb import KnowledgeBase
from kb.models.core import Entry
from kb.models.glossary import Term
from publish.glossary_words import words_for
from publish.search_facets import date_of, facets_of
from publish.site import Site
from publish.templating import render

_SEPARATORS = re.compile(r"[\s./()‐-―-]+")
_KATAKANA = re.compile("[ァ-ヺー]{3,}")
_LARGE = str.maketrans("ァィゥェォッャュョヮヵヶヂヅ", "アイウエオツヤユヨワカケジズ", "ー")
#: Names up to this length are often typed whole.
_LONGEST_LATIN, _LONGEST_OTHER = 40, 20
_VU = {"ヴァ": "バ", "ヴィ": "ビ", "ヴェ": "ベ", "ヴォ": "ボ", "ヴ": "ブ"}


def hidden_words(site: Site, entry: Entry) -> Markup:
    """The element with the facets and words of one entry."""
    return render(
        "search_words",
        facets=[f"{facet}:{code}" for facet, codes in facets_of(entry).items() for code in codes],
        collection=site.labels.one(entry.COLLECTION),
        date=date_of(entry),
        identifiers=list(identifiers(entry)),
        exact=list(exact_tokens(entry)),
        synonyms=[*site.glossary_words.around(entry), *dict.fromkeys(citations(entry))],
    )


def identifiers(entry: Entry) -> Iterator[str]:
    """Ids, former ids and registry numbers, as written and closed up in small letters: ``nct04276987``."""
    numbers = [registration.number for registration in getattr(entry, "registrations", ())]
    numbers += getattr(entry, "document_numbers", None) or ()
    written = (entry.id, *entry.aliases, *numbers)
    closed = (_SEPARATORS.sub("", unicodedata.normalize("NFKC", number)).lower() for number in numbers)
    digits = (match[0] for number in numbers for match in re.finditer(r"\d{5,}", number))
    yield from dict.fromkeys(filter(None, (*written, *closed, *digits)))


def exact_tokens(entry: Entry) -> Iterator[str]:
    """A made-up word for each name of the entry: whoever types a name whole finds its entry first.

    Pagefind weighs words one by one, so that a page which repeats the words of a title comes before the page that bears
    it. ``token`` in ``docs/assets/search/normalise.js`` makes the same word from what is typed.
    """
    names = [entry.title.en, entry.title.ja, entry.title.original or "", getattr(entry, "acronym", None) or ""]
    names += [*words_for(entry)] if isinstance(entry, Term) else []
    yield from dict.fromkeys(token(name) for name in names if name and _is_short(name))


def _is_short(name: str) -> bool:
    """Long titles are found by their words; made-up words for them would only make the index larger."""
    return len(name) <= (_LONGEST_LATIN if name.isascii() else _LONGEST_OTHER)


def citations(entry: Entry) -> Iterator[str]:
    """DOIs and PubMed numbers of the sources, which stand among words that the index leaves out."""
    for source in entry.sources:
        yield from filter(None, (source.doi, source.pmid))


def token(name: str) -> str:
    """FNV-1a of the name without case, punctuation and variants of kana, written in letters only."""
    text = "".join(
        sign for sign in unicodedata.normalize("NFKC", name).lower() if unicodedata.category(sign)[0] in "LN"
    )
    number = 2166136261
    for sign in folded_kana(text):
        number = (number ^ ord(sign)) * 16777619 & 0xFFFFFFFF
    return "evx" + "".join("bcdfghjklmnpqrtv"[number >> shift & 15] for shift in range(24, -1, -4))


def folded_kana(word: str) -> str:
    """A katakana word without the differences of spelling that readers make: long vowels, small kana, ヴ.

    ``fold`` in ``docs/assets/search/normalise.js`` does the same to what is typed.
    """
    for variant, plain in _VU.items():
        word = word.replace(variant, plain)
    return word.translate(_LARGE)


def spellings(kb: KnowledgeBase) -> str:
    """Folded katakana word -> how the atlas spells it, as JSON; avoided variants lead to the preferred word."""
    counted: Counter[str] = Counter()
    for entry in kb:
        texts = (entry.title.ja, *(entry.synonyms.ja if isinstance(entry, Term) else ()))
        counted.update(word for text in texts for word in _KATAKANA.findall(text))
    found: dict[str, str] = {}
    for word, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        found.setdefault(folded_kana(word), word)
    found |= {
        folded_kana(variant): term.title.ja
        for term in kb.glossary.values()
        if _KATAKANA.fullmatch(term.title.ja)
        for variant in term.avoid.ja
        if _KATAKANA.fullmatch(variant)
    }
    return json.dumps(dict(sorted(found.items())), ensure_ascii=False, separators=(",", ":")) + "\n"
