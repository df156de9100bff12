"""Entries signed by people who do not exist, with hashes that fit their content.

Josiah Carberry is ORCID's own fictitious person; the other iDs only have a fitting check character.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from kb.models import model_of
from kb.orcid import check_character
from kb.review.content_hash import content_hash
from kb.review.policy import ReviewPolicy, policy_of
from tests.entries import sign_off


def orcid(number: int) -> str:
    """A well-formed iD that was made up."""
    digits = f"{number:015d}"
    text = digits + check_character(digits)
    return "-".join(text[start : start + 4] for start in range(0, 16, 4))


CARBERRY: Final[dict[str, Any]] = {}
#: Of another organisation than Carberry.
PSYCHOCERAMIST: Final[dict[str, Any]] = {
    "name": "Test Person Two",
    "orcid": orcid(1),
    "affiliation": {"en": "Test Institute", "ja": "試験用研究所"},
    "organisation": "test-institute",
}


def signed(
    collection: str, data: dict[str, Any], *people: dict[str, Any], status: str = "approved", **review: Any
) -> dict[str, Any]:
    """``data`` with that status and with the sign-off of each person over its content.

    Args:
        collection: Its collection.
        data: A valid entry.
        people: What differs from :func:`tests.entries.sign_off`; ``hash`` is worked out.
        status: The status that the entry claims.
        review: Further fields of the review.
    """
    return data | {"review": data["review"] | {"status": status, "by": sign_offs(collection, data, people)} | review}


def sign_offs(collection: str, data: dict[str, Any], people: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sign-offs over the content of ``data``."""
    covered = hash_of(collection, data)
    return [sign_off(hash=covered) | person for person in people]


def hash_of(collection: str, data: dict[str, Any], policy: ReviewPolicy | None = None) -> str:
    """The hash of an entry given as plain data."""
    return content_hash(model_of(collection).model_validate(data), policy or policy_of(None))
