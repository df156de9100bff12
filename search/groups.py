"""The groups of words that mean the same: from the glossary, the vocabularies and the everyday list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from kb import KnowledgeBase
from kb.models.glossary import Term
from search.lexicon import RELATED, Name
from search.names import FACET, facet_key, name_atoms, names_in, without_brackets
from search.words import collection_names, everyday_words, noise

#: Weights against 1 for a word as typed: a synonym, translation or abbreviation of the glossary; a word of the everyday
#: list. On the labelled queries 0.6 to 0.85 and 0.4 to 0.5 gave the same nDCG@10 within 0.003.
SYNONYM: Final = 0.75
EVERYDAY: Final = 0.45
#: Vocabulary -> facet, for the vocabularies whose labels are also words of their facet.
_CUES: Final = {"jurisdictions": "jurisdiction", "phases": "phase", "trial-statuses": "status"}
#: Codes whose labels say nothing.
_NO_CUES: Final = frozenset(("unknown", "na", "completed", "other"))


def groups_of(kb: KnowledgeBase) -> list[dict[str, Any]]:
    """The groups as plain data, so that an index can keep them: ``{names: [[atoms, weight]], facets: [term], term}``."""
    cues: dict[Name, str] = {}
    for name, facet in _cues(kb):
        cues.setdefault(name, facet)
    context = cues.keys() | {name_atoms(word) for words in everyday_words() for word in words}
    groups = [_group(_of_term(term, context), cues) | {"term": True} for term in kb.glossary.values()]
    groups += [_group(((word, EVERYDAY) for word in words), cues) for words in everyday_words()]
    groups += [_group(((word, EVERYDAY) for word in words), cues) for words in _labels(kb)]
    return [group for group in groups if len(group["names"]) + len(group["facets"]) > 1]


def _group(names: Iterable[tuple[str, float]], cues: Mapping[Name, str]) -> dict[str, Any]:
    weights: dict[Name, float] = {}
    for text, weight in names:
        name = name_atoms(text)
        if _telling(name):
            weights[name] = max(weights.get(name, 0.0), weight)
    facets = {cues[name] for name, weight in weights.items() if name in cues and weight > RELATED}
    return {
        "names": [[list(name), weight] for name, weight in weights.items()],
        "facets": sorted(facets),
        "term": False,
    }


def _telling(name: Name) -> bool:
    """False for names that are small words: IN (intranasal) is not what «trials in Iran» asks for."""
    return bool(name) and not all(atom in noise("en") for atom in name)


def _of_term(term: Term, context: Collection[Name]) -> Iterator[tuple[str, float]]:
    synonyms, avoid, related = term.synonyms, term.avoid, term.related
    same = (term.title.en, term.title.ja, term.reading, *term.abbreviations)
    same += (*synonyms.en, *synonyms.ja, *synonyms.ko, *synonyms.zh, *avoid.en, *avoid.ja)
    for texts, weight in ((filter(None, same), SYNONYM), ((*related.en, *related.ja), RELATED)):
        for text in texts:
            whole, *parts = names_in(text)
            yield whole, weight
            yield from ((part, weight) for part in parts if not _only_context(part, context))


def _only_context(part: str, context: Collection[Name]) -> bool:
    """True for what stands in brackets to tell one thing from another: (Japan), (marketing), (2021)."""
    return part.isdecimal() or name_atoms(part) in context


def _labels(kb: KnowledgeBase) -> Iterator[tuple[str, ...]]:
    """The names of each collection, and both labels of each code that is a facet."""
    for names in collection_names().values():
        yield names["en"], names["ja"], *names["words"]
    for vocabulary in _CUES:
        for code, item in kb.vocabularies[vocabulary].items():
            if code not in _NO_CUES:
                yield item["en"], item["ja"], without_brackets(item["en"]), without_brackets(item["ja"])


def _cues(kb: KnowledgeBase) -> Iterator[tuple[Name, str]]:
    """Name -> facet term."""
    for collection, names in collection_names().items():
        for word in (names["en"], names["ja"], *names["words"]):
            yield name_atoms(word), f"{FACET}{facet_key('collection', collection)}"
    for vocabulary, facet in _CUES.items():
        for code, item in kb.vocabularies[vocabulary].items():
            if code not in _NO_CUES:
                # Utah (United States) is not a name of the United States.
                for text in (item["en"], item["ja"], without_brackets(item["en"]), without_brackets(item["ja"])):
                    yield name_atoms(text), f"{FACET}{facet_key(facet, code)}"
