"""Whether words that make a claim are asserted: not when denied, asked, told of others, or said of another product."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from kb.claims.hits import Hits, Span
from kb.claims.segments import Segment
from kb.claims.specification import Specification

#: Why words are not counted as an assertion.
Reason = Literal["asked", "reported", "denied", "other-product", "whole-text"]

#: How far ahead a denial such as «does not» reaches, in characters.
REACH: Final = 70
#: Distinct wordings of one concept that count towards the genre of a text.
MOST_CUES: Final = 6
#: A text reports when its cues of reporting outweigh those of an offer by this much.
MARGIN: Final = 4.2
#: Sentences of the texts on which weights and margin were fitted; in longer ones wordings count in proportion.
TYPICAL: Final = 12

#: Concepts that deny: the whole sentence, what follows, what goes before.
DENIALS: Final = ("denial", "denial-before", "denial-after")


class Genre(NamedTuple):
    """Whether a text as a whole reports, and which of its words say so."""

    reports: bool
    report: float
    offer: float
    #: Concepts that spoke for reporting.
    cues: tuple[int, ...]


def genre_of(spec: Specification, found: Mapping[int, int], sentences: int) -> Genre:
    """Weigh the cues of a text by their density, so that a long advertisement is not taken for a report.

    Args:
        spec: The patterns; a concept's ``genre`` and ``weight`` say what its words speak for.
        found: Concept -> number of its distinct wordings in the text.
        sentences: Sentences and list items of the text.
    """
    density = min(1.0, TYPICAL / max(sentences, 1))
    totals = {"report": 0.0, "offer": 0.0}
    cues = []
    for concept, count in sorted(found.items()):
        _, _, _, genre, weight = spec.concepts[concept]
        if genre in totals:
            totals[genre] += weight * min(count * density, MOST_CUES)
            if genre == "report":
                cues.append(concept)
    reports = totals["report"] - totals["offer"] >= MARGIN
    return Genre(reports, totals["report"], totals["offer"], tuple(cues))


def reason_to_set_aside(
    spec: Specification, segment: Segment, hits: Hits, before: Hits, spans: Sequence[Span], *, denies: bool
) -> tuple[Reason, int | None] | None:
    """Why the words in ``spans`` do not assert, and the concept that shows it; None when they do.

    Args:
        spec: The patterns.
        segment: The sentence.
        hits: Its concepts.
        before: Concepts of its heading or of the sentence before.
        spans: The words that make the claim.
        denies: Whether the claim itself denies something; then only a denial of a denial counts against it.
    """
    place = spec.place
    if segment.is_question:
        return "asked", None
    if hits.get(place["attribution"]):
        return "reported", place["attribution"]
    if before.get(place["attribution-onward"]) or hits.get(place["attribution-onward"]):
        return "reported", place["attribution-onward"]
    for name in ("denial-of-denial",) if denies else DENIALS:
        if any(_denies(name, cue, spans, hits, place) for cue in hits.get(place[name], ())):
            return "denied", place[name]
    if hits.get(place["other-product"]) and not hits.get(place["ev-product"]):
        return "other-product", place["other-product"]
    return None


def speaks_of_another_product(spec: Specification, sentences: Iterable[Hits]) -> bool:
    """Whether a text names another product, and none of ours without denying it."""
    place = spec.place
    denials = [place[name] for name in DENIALS]
    other = False
    for hits in sentences:
        if place["ev-product"] in hits and not any(denial in hits for denial in denials):
            return False
        other = other or place["other-product"] in hits or place["other-treatment"] in hits
    return other


def _denies(name: str, cue: Span, spans: Sequence[Span], hits: Hits, place: Mapping[str, int]) -> bool:
    if any(cue[0] < end and start < cue[1] for start, end in spans):
        return False  # The words of the claim itself, such as «no side effects».
    first, last = spans[0][0], max(end for _, end in spans)
    if name == "denial-before" and not (cue[0] <= last and first - cue[1] <= REACH):
        return False
    if name == "denial-after" and cue[0] < first:
        return False
    between = sorted((cue[1], first) if cue[1] <= first else (last, cue[0]))
    return not any(between[0] <= start < between[1] + 1 for start, _ in hits.get(place["contrast"], ()))
