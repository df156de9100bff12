"""ORCID iDs: their form and the check character that notices a mistyped digit."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from kb.problems import EvregError, Message, shorten

#: Sixteen characters in four groups, the last one a check character («Structure of the ORCID Identifier», ORCID).
PATTERN: Final = r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$"
#: The iD of ORCID's own record for demonstrations.
EXAMPLE: Final = "0000-0002-1825-0097"
_FORM: Final = re.compile(PATTERN, re.ASCII)
_ADDRESS: Final = re.compile(r"^(?:https?://)?(?:www\.)?orcid\.org/|[\s/]+$", re.IGNORECASE)
#: Sixteen digits with whatever somebody wrote between the groups.
_LOOSE: Final = re.compile(r"\d{15}[\dX]", re.ASCII)


def check_character(digits: str) -> str:
    """The last character of an ORCID iD (ISO/IEC 7064, MOD 11-2).

    Args:
        digits: The first fifteen digits; hyphens are passed over.
    """
    total = 0
    for digit in digits.replace("-", ""):
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def is_orcid(text: str) -> bool:
    """True for a well-formed iD whose check character fits."""
    return bool(_FORM.match(text)) and check_character(text[:-1]) == text[-1]


def orcid_hint(text: str) -> Message:
    """What is probably meant, or what the check character says; empty for an iD that is right.

    The check character notices every single mistyped digit but cannot tell which one it is, so no digit is put right
    by guessing: only the form is.
    """
    if is_orcid(text):
        return Message("", "")
    meant = _rewritten(text)
    if meant is not None and is_orcid(meant):
        return Message(f" Did you mean «{meant}»?", f"「{meant}」ではないか。")
    if meant is None:
        return Message("", "")
    fits = check_character(meant[:-1])
    return Message(
        f" After «{shorten(meant[:-1])}» the check character would be «{fits}», not «{meant[-1]}»: a digit is mistyped.",
        f"「{shorten(meant[:-1])}」に続く検査文字は「{meant[-1]}」ではなく「{fits}」であり、いずれかの数字が誤っている。",
    )


def known_orcid(text: str, where: str) -> str:
    """``text`` when it is an iD.

    Raises:
        EvregError: otherwise; ``where`` says how the person gave it.
    """
    if is_orcid(text):
        return text
    hint = orcid_hint(text)
    raise EvregError(
        where,
        Message(f"«{shorten(text)}» is no ORCID iD.{hint.en}", f"「{shorten(text)}」はORCID iDではない。{hint.ja}"),
        Message(
            f"An ORCID iD with a correct check character, as {EXAMPLE}.",
            f"検査文字の正しいORCID iD(例: {EXAMPLE})とする。",
        ),
        Message("Copy it again from orcid.org.", "orcid.orgの記録から写し直す。"),
    )


def _rewritten(text: str) -> str | None:
    """The text in the form of an iD; None when it has not sixteen characters of one."""
    bare = _ADDRESS.sub("", unicodedata.normalize("NFKC", text).strip())
    digits = re.sub(r"[\s‐-―−-]+", "", bare).upper()
    if not _LOOSE.fullmatch(digits):
        return None
    return "-".join(digits[start : start + 4] for start in range(0, 16, 4))
