"""From a text to the claims it makes: findings, and what was found but is not asserted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kb.claims.folding import fold
from kb.claims.framing import Genre, Reason, genre_of, reason_to_set_aside, speaks_of_another_product
from kb.claims.hits import Hits, find_hits, word_end
from kb.claims.languages import Detected, language_of
from kb.claims.rules import Match, matches
from kb.claims.segments import Segment, segments
from kb.claims.specification import Specification


@dataclass(frozen=True, slots=True)
class Finding:
    """Words that make a claim; ``start`` and ``end`` count code points of the original text."""

    claim: str
    start: int
    end: int
    #: The decisive words within, as (start, end).
    words: tuple[tuple[int, int], ...]
    #: The concepts they name, by their lexicon names.
    concepts: tuple[str, ...]
    #: Why they are not asserted; None in findings proper.
    reason: Reason | None = None
    #: The concept that shows the reason, if one does.
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a text says."""

    language: Detected
    findings: tuple[Finding, ...]
    #: Found but denied, asked, told of others or said of another product.
    set_aside: tuple[Finding, ...]
    genre: Genre
    #: Concepts named anywhere.
    concepts: frozenset[str]


def check(text: str, spec: Specification) -> Checked:
    """Read a text; time grows linearly with its length."""
    parts = segments(fold(text))
    hits = {id(part): find_hits(part.text, spec) for part in parts}
    counts = _counts(parts, hits)
    genre = genre_of(spec, counts, len(parts))
    whole = frozenset(counts)
    found: list[Finding] = []
    for part in parts:
        found.extend(_findings(part, hits, whole, spec, genre))
    if speaks_of_another_product(spec, hits.values()):
        found = [replace(finding, reason="other-product", cue="other-product") for finding in found]
    found.sort(key=lambda finding: (finding.start, finding.end, finding.claim))
    return Checked(
        language_of(parts),
        tuple(finding for finding in found if finding.reason is None),
        tuple(finding for finding in found if finding.reason is not None),
        genre,
        frozenset(spec.concepts[number][0] for number in whole),
    )


def _counts(parts: list[Segment], hits: dict[int, Hits]) -> dict[int, int]:
    """Concept -> distinct wordings in the text."""
    wordings: dict[int, set[str]] = {}
    for part in parts:
        for concept, spans in hits[id(part)].items():
            wordings.setdefault(concept, set()).update(part.text[start:end] for start, end in spans)
    return {concept: len(words) for concept, words in wordings.items()}


def _findings(
    part: Segment, hits: dict[int, Hits], whole: frozenset[int], spec: Specification, genre: Genre
) -> list[Finding]:
    own = hits[id(part)]
    context = hits[id(part.context)] if part.context else {}
    best: dict[str, Match] = {}
    introduced = part.context is not None and part.context.introduces(part)
    for match in matches(spec, own, context, whole, introduced=introduced):
        known = best.get(match.rule.claim)
        if known is None or len(match.rule.all) > len(known.rule.all):
            best[match.rule.claim] = match
    return [_finding(part, match, own, context, spec, genre) for match in best.values()]


def _finding(part: Segment, match: Match, own: Hits, context: Hits, spec: Specification, genre: Genre) -> Finding:
    start, end = match.span
    set_aside = reason_to_set_aside(spec, part, own, context, match.spans, denies=match.rule.denies)
    if set_aside is None and genre.reports:
        set_aside = "whole-text", max(genre.cues, key=lambda cue: (spec.concepts[cue][4], -cue))
    reason, cue = set_aside or (None, None)
    named = {
        concept for alternatives in match.rule.all for concept in alternatives if concept in own or concept in context
    }
    return Finding(
        match.rule.claim,
        part.starts[start],
        part.ends[word_end(part.text, end) - 1],
        tuple((part.starts[first], part.ends[word_end(part.text, last) - 1]) for first, last in match.spans),
        tuple(spec.concepts[concept][0] for concept in sorted(named)),
        reason,
        None if cue is None else spec.concepts[cue][0],
    )
