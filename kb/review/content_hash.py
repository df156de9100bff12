"""The hash of an entry's content: the same however the file is written, another one as soon as its substance differs."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

from kb.models.core import Entry
from kb.review.policy import ContentRules, ReviewPolicy

#: Edition of the rules, a colon, SHA-256 in hexadecimal.
FORM: Final = re.compile(r"(?P<edition>[^:\s]+):[0-9a-f]{64}")
_WHITE_SPACE: Final = re.compile(r"\s+")


def content_hash(entry: Entry, policy: ReviewPolicy, edition: str | None = None) -> str:
    """``edition:hash`` of what a sign-off covers.

    The values come from the model, so that key order, quoting, comments, numbers written in another way and values that
    equal the default make no difference. A field that the model gains later changes no hash until an entry uses it.

    Args:
        entry: The entry.
        policy: The rules of sign-off.
        edition: Edition of the rules; by default the one of new sign-offs.

    Raises:
        KeyError: when the policy has no such edition.
    """
    name = policy.signed_with if edition is None else edition
    rules = policy.content[name]
    content = {"collection": entry.COLLECTION, **_content(entry, rules)}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"{name}:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def edition_of(signed: str) -> str | None:
    """The edition in a hash; None for what is no hash."""
    match = FORM.fullmatch(signed)
    return match["edition"] if match else None


def _content(entry: Entry, rules: ContentRules) -> dict[str, Any]:
    data: dict[str, Any] = entry.model_dump(mode="json", exclude_defaults=True)
    for path in rules.paths():
        _remove(data, path)
    normalised: dict[str, Any] = _normalised(data, rules)
    return normalised


def _remove(value: Any, path: Sequence[str]) -> None:
    if isinstance(value, list):
        for item in value:
            _remove(item, path)
    elif isinstance(value, dict):
        if len(path) == 1:
            value.pop(path[0], None)
        else:
            _remove(value.get(path[0]), path[1:])


def _normalised(value: Any, rules: ContentRules) -> Any:
    if isinstance(value, dict):
        return {key: _normalised(item, rules) for key, item in value.items()}
    if isinstance(value, list):
        return [_normalised(item, rules) for item in value]
    if not isinstance(value, str):
        return value
    text = value if rules.unicode == "as-written" else unicodedata.normalize("NFC", value)
    return text if rules.white_space == "as-written" else _WHITE_SPACE.sub(" ", text).strip()
