"""The rules of sign-off as a knowledge base states them: ``review.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from pydantic import PositiveInt, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from kb.models.base import Model, Text, described
from kb.review.files import read_file

FILE: Final = "review.yaml"
Stage = Literal["reviewed", "approved"]
#: What can be signed, the least first; the codes of the vocabulary ``review-states`` but for the draft.
STAGES: Final[tuple[Stage, ...]] = ("reviewed", "approved")


class Need(Model):
    """What one status needs."""

    people: PositiveInt = described("People who have signed.", "署名した人数。")
    organisations: PositiveInt = described("Different organisations among them.", "異なる組織の数。")


class Requirements(Model):
    """What the statuses need."""

    reviewed: Need = described("For reviewed.", "査読済みの要件。")
    approved: Need = described("For approved.", "承認済みの要件。")

    def of(self, stage: Stage) -> Need:
        """What ``stage`` needs."""
        return self.approved if stage == "approved" else self.reviewed


class ContentRules(Model):
    """What of an entry a sign-off covers."""

    unicode: Literal["NFC", "as-written"] = described("Composition of characters.", "文字の合成。")
    white_space: Literal["collapsed", "as-written"] = described("White space within texts.", "文中の空白。")
    exempt: tuple[Text, ...] = described("Fields that may change, as sources[].archived.", "変更してよいフィールド。")

    @field_validator("exempt")
    @classmethod
    def _leaves_itself_out(cls, exempt: tuple[str, ...]) -> tuple[str, ...]:
        # A sign-off that covered the list of sign-offs would lapse by being written.
        if "review" not in exempt:
            raise PydanticCustomError("no_review", "the field «review» is missing")
        return exempt

    def paths(self) -> tuple[tuple[str, ...], ...]:
        """The exempt fields as names from the top; items of lists are not named."""
        return tuple(tuple(field.replace("[]", "").split(".")) for field in self.exempt)


class ReviewPolicy(Model):
    """The rules of sign-off."""

    requirements: Requirements = described("What each status needs.", "各段階の要件。")
    terms: dict[str, PositiveInt] = described("Collection or «default» -> months.", "種類又はdefaultごとの月数。")
    signed_with: Text = described("Edition of new sign-offs.", "新しい署名に用いる版。")
    content: dict[str, ContentRules] = described("Edition -> what it covers.", "版ごとの署名の対象。")

    @field_validator("terms")
    @classmethod
    def _has_default(cls, terms: dict[str, int]) -> dict[str, int]:
        if "default" not in terms:
            raise PydanticCustomError("no_default", "the key «default» is missing")
        return terms

    @field_validator("content")
    @classmethod
    def _has_edition(cls, content: dict[str, ContentRules], info: ValidationInfo) -> dict[str, ContentRules]:
        if info.data.get("signed_with") not in content:
            raise PydanticCustomError("no_edition", "the edition in «signed_with» is missing")
        return content

    def months(self, collection: str) -> int:
        """Months after which an entry of ``collection`` is due again."""
        return self.terms.get(collection, self.terms["default"])


def policy_of(root: Path | None) -> ReviewPolicy:
    """The rules of a knowledge base; the packaged ones when it brings none.

    Raises:
        EvregError: when the file does not fit.
    """
    own = root / FILE if root else None
    return read_file(own if own and own.is_file() else Path(__file__).parent.parent / FILE, ReviewPolicy)
