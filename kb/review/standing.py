"""The review status that counts: what the sign-offs bear out for the content as it is, never more than the file says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from kb.models.core import Entry, SignOff
from kb.orcid import is_orcid
from kb.review.content_hash import content_hash, edition_of
from kb.review.policy import STAGES, Need, ReviewPolicy, Stage
from kb.review.register import Register

#: Why a sign-off does not count: the content changed since, the person signed before it in the same list, or the
#: sign-off is not well-formed (which ``evreg validate`` explains).
Fault = Literal["changed", "repeated", "malformed"]
DRAFT = "draft"


class Signature(NamedTuple):
    """A sign-off and what it is worth today."""

    sign_off: SignOff
    #: None when it counts.
    fault: Fault | None

    @property
    def counts(self) -> bool:
        """True when it covers the content as it is."""
        return self.fault is None


class ReviewStanding(NamedTuple):
    """What the sign-offs of an entry are worth."""

    #: The status that counts.
    status: str
    #: The status that the file names.
    claimed: str
    signatures: tuple[Signature, ...]
    #: True when sign-offs bore the claimed status out until the content changed.
    lapsed: bool
    #: True when they would not bear it out whatever the content.
    unfounded: bool

    @property
    def counting(self) -> tuple[SignOff, ...]:
        """The sign-offs that cover the content as it is."""
        return tuple(signature.sign_off for signature in self.signatures if signature.counts)


def has_review(entry: Entry) -> bool:
    """True when there is anything to find out: a sign-off, or a status that needs some."""
    return bool(entry.review.by) or entry.review.status != DRAFT


def standing_of(entry: Entry, policy: ReviewPolicy, register: Register) -> ReviewStanding:
    """What the sign-offs of an entry are worth, the status in its file being a claim."""
    signatures = tuple(_signatures(entry, policy))
    claimed = entry.review.status
    borne_out = highest((item.sign_off for item in signatures if item.counts), policy, register)
    signed = highest((item.sign_off for item in signatures if item.fault in (None, "changed")), policy, register)
    status = min(claimed, borne_out, key=_rank)
    return ReviewStanding(
        status=status,
        claimed=claimed,
        signatures=signatures,
        lapsed=_rank(status) < min(_rank(claimed), _rank(signed)),
        unfounded=_rank(signed) < _rank(claimed),
    )


def counting(entry: Entry, standing: ReviewStanding) -> Entry:
    """The entry with the status that counts."""
    if standing.status == entry.review.status:
        return entry
    return entry.model_copy(update={"review": entry.review.model_copy(update={"status": standing.status})})


def is_met(need: Need, sign_offs: Sequence[SignOff], register: Register) -> bool:
    """True when these sign-offs of different people are enough for a status."""
    return len(sign_offs) >= need.people and len(organisations(sign_offs, register)) >= need.organisations


def organisations(sign_offs: Iterable[SignOff], register: Register) -> set[str]:
    """The different organisations of sign-offs."""
    return {register.organisation_key(item.organisation) for item in sign_offs}


def signed_for(stage: Stage, sign_offs: Iterable[SignOff]) -> list[SignOff]:
    """Those that signed ``stage`` or more."""
    return [item for item in sign_offs if _rank(item.status) >= _rank(stage)]


def highest(sign_offs: Iterable[SignOff], policy: ReviewPolicy, register: Register) -> str:
    """The highest status for which these sign-offs of different people are enough."""
    listed, reached = list(sign_offs), DRAFT
    for stage in STAGES:
        if not is_met(policy.requirements.of(stage), signed_for(stage, listed), register):
            break
        reached = stage
    return reached


def _signatures(entry: Entry, policy: ReviewPolicy) -> Iterable[Signature]:
    seen: set[str] = set()
    hashes: dict[str, str] = {}
    for item in entry.review.by:
        yield Signature(item, _fault(item, entry, policy, seen, hashes))
        seen.add(item.orcid)


def _fault(item: SignOff, entry: Entry, policy: ReviewPolicy, seen: set[str], hashes: dict[str, str]) -> Fault | None:
    edition = edition_of(item.hash)
    if not is_orcid(item.orcid) or item.status not in STAGES or edition not in policy.content:
        return "malformed"
    if item.orcid in seen:
        return "repeated"
    if edition not in hashes:
        hashes[edition] = content_hash(entry, policy, edition)
    return None if hashes[edition] == item.hash else "changed"


def _rank(status: str) -> int:
    return STAGES.index(status) + 1 if status in STAGES else 0
