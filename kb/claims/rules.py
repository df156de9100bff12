"""Where the parts of a rule come together in one sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.claims.hits import Hits, Span
from kb.claims.specification import Rule, Specification


class Match(NamedTuple):
    """A rule that a sentence fulfils."""

    rule: Rule
    #: The words of this sentence that fulfil it, by start.
    spans: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """From the first to the last of them."""
        return self.spans[0][0], max(end for _, end in self.spans)


def matches(
    spec: Specification, own: Hits, context: Hits, whole: frozenset[int], *, introduced: bool
) -> Iterator[Match]:
    """The rules a sentence fulfils, in the order of the rules.

    Args:
        spec: The patterns.
        own: Concepts of the sentence.
        context: Concepts of its heading or of the sentence before.
        whole: Concepts anywhere in the text.
        introduced: Whether the context names a subject that this sentence answers: a question or a heading. Only then may
            a rule's first part, what the claim is about, stand there alone.
    """
    candidates = {number for concept in (*own, *context) for number in spec.rules_by_concept.get(concept, ())}
    for number in sorted(candidates):
        rule = spec.rules[number]
        if any(concept in own for concept in rule.unless):
            continue
        if rule.needs and whole.isdisjoint(rule.needs):
            continue
        found = _together(rule, own, context, introduced)
        if found:
            yield Match(rule, found)


def _together(rule: Rule, own: Hits, context: Hits, introduced: bool) -> tuple[Span, ...]:
    """The closest spans of all parts; empty when one part is missing or they stand too far apart."""
    here: list[list[Span]] = []
    for number, part in enumerate(rule.all):
        spans = sorted(span for concept in part for span in own.get(concept, ()))
        if spans:
            here.append(spans)
        elif not (rule.across and (number or introduced) and any(concept in context for concept in part)):
            return ()
    if not here:
        return ()
    here.sort(key=len)
    best = min((_around(anchor, here[1:]) for anchor in here[0]), key=lambda spans: (_width(spans), spans))
    return best if not rule.window or _width(best) <= rule.window else ()


def _around(anchor: Span, others: Sequence[Sequence[Span]]) -> tuple[Span, ...]:
    return tuple(sorted({anchor, *(_nearest(anchor, spans) for spans in others)}))


def _nearest(anchor: Span, spans: Sequence[Span]) -> Span:
    at = bisect_left(spans, anchor)
    near = spans[max(0, at - 1) : at + 1]
    return min(near, key=lambda span: (_width((anchor, span)), span))


def _width(spans: Sequence[Span]) -> int:
    return max(end for _, end in spans) - min(start for start, _ in spans)
