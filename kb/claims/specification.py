"""What both matchers read: words, concepts, rules and frames of one knowledge base, as plain data."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, Final

from kb.claims.automaton import Automaton
from kb.claims.folding import fold
from kb.claims.lexicon import Concept, read_lexicons
from kb.claims.segments import segments
from kb.files import find_root
from kb.knowledge_base import KnowledgeBase, standing
from kb.problems import EvregError, Message, near_miss

#: Stands in a folded word for a number.
NUMBER: Final = "\ue000"
_GAP = " .. "
_PERCENT = re.compile(f"{NUMBER} ?(?:%|per ?cent|パーセント)")


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to make a claim; numbers are places in :attr:`Specification.concepts`."""

    claim: str
    #: Every one of these is said; each by any of its concepts.
    all: tuple[tuple[int, ...], ...]
    #: None of these in the same sentence.
    unless: tuple[int, ...]
    #: At least one of these anywhere in the text; empty: nothing is asked.
    needs: tuple[int, ...]
    #: Characters that the words may span; 0: the sentence.
    window: int
    #: Whether a part may stand in the heading or in the sentence before.
    across: bool
    #: Whether the claim itself denies something, so that a plain «not» does not count against it.
    denies: bool


@dataclass(frozen=True)
class Specification:
    """The compiled patterns."""

    #: (concept, label in English, label in Japanese, genre, weight).
    concepts: tuple[tuple[str, str, str, str, float], ...]
    #: (folded word, whether any ending may follow).
    words: tuple[tuple[str, bool], ...]
    #: (concept, words that follow one another, whether it only takes away).
    terms: tuple[tuple[int, tuple[int, ...], bool], ...]
    rules: tuple[Rule, ...]

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Concept -> its number."""
        return {concept[0]: number for number, concept in enumerate(self.concepts)}

    @cached_property
    def plain(self) -> tuple[Automaton, list[int]]:
        """The automaton of words without numbers, and the number of each of its words."""
        return self._automaton([number for number, (word, _) in enumerate(self.words) if NUMBER not in word])

    @cached_property
    def numbered(self) -> tuple[Automaton, list[int]]:
        """The automaton of words with numbers, and the number of each of its words."""
        return self._automaton([number for number, (word, _) in enumerate(self.words) if NUMBER in word])

    @cached_property
    def terms_by_word(self) -> Mapping[int, tuple[tuple[int, tuple[int, ...], bool], ...]]:
        """First word -> terms that begin with it."""
        found: dict[int, list[tuple[int, tuple[int, ...], bool]]] = {}
        for term in self.terms:
            found.setdefault(term[1][0], []).append(term)
        return {word: tuple(terms) for word, terms in found.items()}

    @cached_property
    def rules_by_concept(self) -> Mapping[int, tuple[int, ...]]:
        """Concept of a rule's first part -> rules."""
        found: dict[int, list[int]] = {}
        for number, rule in enumerate(self.rules):
            for concept in rule.all[0]:
                found.setdefault(concept, []).append(number)
        return {concept: tuple(numbers) for concept, numbers in found.items()}

    @cached_property
    def fingerprint(self) -> str:
        """Of everything that decides what is found."""
        return hashlib.sha256(json.dumps(self.as_data(), ensure_ascii=False).encode()).hexdigest()[:16]

    def as_data(self) -> dict[str, Any]:
        """For the browser, as JSON knows it; the form is that of :func:`kb.claims.browser_data.browser_data`."""
        from kb.claims.browser_data import browser_data

        return browser_data(self)

    def _automaton(self, numbers: list[int]) -> tuple[Automaton, list[int]]:
        return Automaton([self.words[number][0] for number in numbers]), numbers


def specification_of(kb: KnowledgeBase, root: Path | None = None) -> Specification:
    """Compile the patterns of a knowledge base; withdrawn claims have none.

    Raises:
        EvregError: a rule names a concept that no lexicon defines, or a term holds no letter.
    """
    builder = _Builder(dict(read_lexicons(root or find_root())))
    for claim in standing(kb.claims.values()):
        for number, rule in enumerate(claim.detection, 1):
            where = f"entries/claims/{claim.id}.yaml: detection[{number}]"
            builder.rule(where, claim.id, rule)
    return builder.built()


@dataclass
class _Builder:
    lexicon: dict[str, Concept]
    words: dict[tuple[str, bool], int] = field(default_factory=dict)
    concepts: dict[str, int] = field(default_factory=dict)
    terms: list[tuple[int, tuple[int, ...], bool]] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.concepts = {name: number for number, name in enumerate(self.lexicon)}
        for name, number in self.concepts.items():
            for term in dict.fromkeys(chain.from_iterable(_terms(self.lexicon, name))):
                self._term(f"lexicons: {name}", number, term)
            for term in self.lexicon[name].exceptions:
                self._term(f"lexicons: {name}", number, term, minus=True)

    def rule(self, where: str, claim: str, rule: Any) -> None:
        self.rules.append(
            Rule(
                claim,
                tuple(tuple(self._alternatives(where, part)) for part in rule.all),
                tuple(chain.from_iterable(self._alternatives(where, part) for part in rule.unless)),
                tuple(chain.from_iterable(self._alternatives(where, part) for part in rule.needs)),
                rule.window or 0,
                rule.across,
                rule.denies,
            )
        )

    def built(self) -> Specification:
        known = {number: name for name, number in self.concepts.items()}
        described = []
        for number in range(len(known)):
            concept = self.lexicon.get(known[number])
            if concept is None:
                described.append((known[number], known[number], known[number], "", 0.0))
            else:
                described.append(
                    (known[number], concept.label.en, concept.label.ja, concept.genre or "", concept.weight)
                )
        return Specification(tuple(described), tuple(self.words), tuple(self.terms), tuple(self.rules))

    def _alternatives(self, where: str, part: str) -> Iterable[int]:
        """The concepts of a part; a term without letters, which the check of entries reports, matches nothing."""
        for word in (piece.strip() for piece in part.split("|")):
            if is_wordless(word):
                continue
            if not word.startswith("@"):
                if word not in self.concepts:
                    self.concepts[word] = len(self.concepts)
                    self._term(where, self.concepts[word], word)
                yield self.concepts[word]
            elif word[1:] in self.lexicon:
                yield self.concepts[word[1:]]
            else:
                raise _unknown_concept(where, word[1:], self.lexicon)

    def _term(self, where: str, concept: int, term: str, *, minus: bool = False) -> None:
        if is_wordless(term):
            raise _empty_term(where, term)
        parts = []
        for part in term.split(_GAP):
            word = folded_word(part)
            key = (word.rstrip("*"), word.endswith("*"))
            parts.append(self.words.setdefault(key, len(self.words)))
        self.terms.append((concept, tuple(parts), minus))


def is_wordless(term: str) -> bool:
    """Whether a term has a part of which nothing stays in a folded sentence."""
    return not all(folded_word(part).rstrip("*") for part in term.split(_GAP))


def folded_word(word: str) -> str:
    """A word of a term as it stands in a folded sentence; ``#`` becomes :data:`NUMBER`, a final ``*`` stays."""
    bare, star = word.strip().removesuffix("*"), word.strip().endswith("*")
    found = segments(fold(_PERCENT.sub(f"{NUMBER}%", bare.replace("#", NUMBER))))
    return (found[0].text if found else "") + ("*" if star else "")


def _terms(lexicon: Mapping[str, Concept], name: str, above: tuple[str, ...] = ()) -> Iterable[tuple[str, ...]]:
    concept = lexicon[name]
    yield concept.en
    yield concept.ja
    for other in concept.includes:
        if other not in lexicon:
            raise _unknown_concept(f"lexicons: {name}.includes", other, lexicon)
        if other not in above:
            yield from _terms(lexicon, other, (*above, name))


def _unknown_concept(where: str, name: str, known: Iterable[str]) -> EvregError:
    near = near_miss(name, known)
    return EvregError(
        where,
        Message(f"No lexicon defines «{name}».{near.en}", f"概念「{name}」を定義した語彙集がない。{near.ja}"),
        Message("A concept of kb/lexicons, written «@name».", "kb/lexiconsにある概念を「@名称」で指定する。"),
        Message("Mend the name, or add the concept to a lexicon.", "名称を直すか、語彙集に概念を加える。"),
    )


def _empty_term(where: str, term: str) -> EvregError:
    return EvregError(
        where,
        Message(f"The term «{term}» has a part without letters.", f"語句「{term}」に文字のない部分がある。"),
        Message("Words, with « .. » between parts.", "語句を記し、間を空ける箇所は「 .. 」とする。"),
        Message("Remove the empty part.", "空の部分を取り除く。"),
    )
