"""What a person should know before paying for a treatment: reported harm, questions to ask, claims without support.

Everything is taken from the entries by rules that the page states; nothing is judged here anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from kb.knowledge_base import KnowledgeBase, standing
from kb.models.base import Localized
from kb.models.claims import Claim, Frequency
from kb.models.safety_events import SafetyEvent

#: Assessments from the firmest to the mildest; only the first three make a warning sign.
ASSESSMENTS: Final = ("false", "misleading", "unsupported", "unproven", "partly-supported")
WARNING: Final = frozenset(ASSESSMENTS[:3])
#: Claims about any treatment, whatever the illness: rules, safety, evidence, quality. They take turns in this order.
THEMES: Final = ("regulatory-claim", "safety-claim", "evidence-claim", "quality-claim")
QUESTIONS: Final = 10
WARNING_SIGNS: Final = 10
#: Relevance of events with products sold or tested as exosomes or conditioned medium; any other is a neighbour, which the
#: model says never counts as an EV event (``SafetyEvent.ev_relevance``).
OF_EXOSOMES: Final = frozenset(
    {
        "exosome-product",
        "conditioned-medium-product",
        "ev-trial",
        "names-exosome",
        "names-conditioned-medium",
        "ev-named-product",
    }
)
DEATHS_AND_INFECTIONS: Final = frozenset({"death", "infection", "infection-cluster", "skin-infection"})
#: Abbreviations such as BLA or HbA1c, which a lay reader cannot be expected to ask about.
_ABBREVIATION: Final = re.compile(r"[A-Z]{2,}|[A-Za-z]+\d|\d[A-Z]")
_LATIN_WORD: Final = re.compile(r"[A-Za-z]{2,}")
#: «532 of 669 institutions»: so many sellers were counted with the claim.
_COUNTED: Final = re.compile(r"(\d+) of (\d+)")
#: Japanese says in half the characters what English says (the questions of the first edition: 0.48).
_WIDTH_OF_JAPANESE: Final = 2


class Harm(NamedTuple):
    """Safety events of one group."""

    #: Deaths and infections, the newest first.
    gravest: tuple[SafetyEvent, ...]
    #: (kind, events), the most frequent kind first.
    kinds: tuple[tuple[str, tuple[SafetyEvent, ...]], ...]

    @property
    def number(self) -> int:
        """Events in the group; never people, of whom two reports may speak alike."""
        return sum(len(events) for _, events in self.kinds)

    @property
    def causality(self) -> Mapping[str, int]:
        """Degree of certainty that the product was the cause -> events; 0 for a degree that does not occur."""
        return Counter(event.causality.value for _, events in self.kinds for event in events)


class Question(NamedTuple):
    """A question to ask and the claim that raises it."""

    claim: Claim
    question: Localized


class WarningSign(NamedTuple):
    """A claim that the sources do not support, and how common it is."""

    claim: Claim
    #: The survey's figure by which it is ranked; None when no survey counted sellers.
    frequency: Frequency | None
    counted: int
    places: int


def harm(kb: KnowledgeBase) -> tuple[Harm, Harm]:
    """Events with exosome or conditioned-medium products, and events with neighbouring ones."""
    events = sorted(standing(kb.safety_events.values()), key=lambda event: (event.date or "", event.id), reverse=True)
    ours = [event for event in events if event.ev_relevance in OF_EXOSOMES]
    return _harm(ours), _harm([event for event in events if event.ev_relevance not in OF_EXOSOMES])


def _harm(events: Sequence[SafetyEvent]) -> Harm:
    counts = Counter(event.event_type for event in events)
    kinds = sorted(counts, key=lambda kind: (-counts[kind], kind))
    return Harm(
        tuple(event for event in events if event.event_type in DEATHS_AND_INFECTIONS),
        tuple((kind, tuple(event for event in events if event.event_type == kind)) for kind in kinds),
    )


def ten_questions(kb: KnowledgeBase) -> tuple[Question, ...]:
    """At most :data:`QUESTIONS` questions that fit any treatment.

    The themes take turns. Within a theme questions to claims assessed as false come first; then those to misleading claims
    and the rest, the claim seen in most places first. Of questions of equal rank the shortest comes first. Questions
    with abbreviations are left out.
    """
    queues = {theme: sorted(_plain_questions(kb, theme), key=_question_rank) for theme in THEMES}
    longest = max(map(len, queues.values()), default=0)
    turns = (queues[theme][turn] for turn in range(longest) for theme in THEMES if turn < len(queues[theme]))
    return tuple(turns)[:QUESTIONS]


def _plain_questions(kb: KnowledgeBase, theme: str) -> Iterator[Question]:
    for claim in standing(kb.claims.where(category=theme)):
        for question in claim.questions:
            if not _ABBREVIATION.search(question.en) and not _LATIN_WORD.search(question.ja):
                yield Question(claim, question)


def _question_rank(found: Question) -> tuple[int, int, int, str]:
    rank = ASSESSMENTS.index(found.claim.assessment.value)
    length = len(found.question.en) + _WIDTH_OF_JAPANESE * len(found.question.ja)
    return rank, -places_seen(found.claim) if rank else 0, length, found.claim.id


def warning_signs(kb: KnowledgeBase) -> tuple[WarningSign, ...]:
    """At most :data:`WARNING_SIGNS` claims assessed as false, misleading or unsupported, the commonest first.

    First those of which a survey counted sellers, by that number; then those seen in most places.
    """
    claims = (claim for claim in standing(kb.claims.values()) if claim.assessment.value in WARNING)
    signs = sorted(map(_sign, claims), key=lambda sign: (-sign.counted, -sign.places, sign.claim.id))
    return tuple(signs[:WARNING_SIGNS])


def _sign(claim: Claim) -> WarningSign:
    counts = [(int(found[1]), item) for item in claim.frequency if (found := _COUNTED.search(item.value.en))]
    counted, frequency = max(counts, key=lambda pair: pair[0], default=(0, None))
    return WarningSign(claim, frequency, counted, places_seen(claim))


def places_seen(claim: Claim) -> int:
    """In how many places the claim was seen."""
    return len({sighting.jurisdiction for sighting in claim.seen_in})
