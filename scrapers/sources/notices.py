"""How a module words something that a person should read: safe names, hashes, and the entry at which it is shown."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from typing import Literal
from urllib.parse import quote, urljoin, urlsplit

from kb.models.base import MAX_ID_LENGTH, Localized
from kb.problems import Message
from kb.proposals import Change, Kind, Proposal
from scrapers.faults import SourceFault, unexpected
from scrapers.reading import Place
from scrapers.source import Visit

Confidence = Literal["high", "medium", "low"]


#: Blanks, controls, quotes, brackets and the backslash.
_UNSAFE = re.compile(r"[\s\x00-\x1f\x7f<>\"\\^`{|}]")


def digest(*parts: str) -> str:
    """SHA-256 over texts, hexadecimal; where one ends and the next begins counts."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def slug(*identifiers: str) -> str:
    """A file name for identifiers in any script; equal only when they are, because of the hash at its end."""
    text = unicodedata.normalize("NFKD", "-".join(identifiers)).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", text).strip("-")
    mark = digest(*identifiers)[:8]
    return f"{words[: MAX_ID_LENGTH - 20].strip('-')}-{mark}".strip("-")


def web_address(place: Place, link: str) -> str:
    """``link`` as an absolute http(s) address; signs that no address may hold are written as %XX (RFC 3986, 2.1).

    Publishers write blanks in names of files; browsers leave out line breaks and encode the rest (WHATWG URL, 4.4).

    Raises:
        SourceFault: it is something else, such as ``javascript:``.
    """
    try:
        plain = re.sub(r"[\t\r\n]", "", link.strip())
        address = urljoin(place.url, _UNSAFE.sub(lambda sign: quote(sign[0]), plain))
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if (
        parts.scheme in ("http", "https")
        and parts.hostname
        and not _UNSAFE.search(parts.netloc)
        and "%" not in parts.netloc
    ):
        return address
    raise unexpected(
        place.source,
        place.url,
        Message(f"A link leads to «{link[:60]}».", f"リンク先が「{link[:60]}」である。"),
        Message("An http or https address.", "http又はhttpsのアドレスを想定している。"),
    )


def jurisdiction_entry(visit: Visit, code: str) -> str:
    """The profile at which news of a jurisdiction is shown.

    Raises:
        SourceFault: the register names a jurisdiction without a profile.
    """
    for id_, profile in visit.kb.jurisdictions.items():
        if profile.code == code:
            return f"jurisdictions/{id_}"
    raise SourceFault(
        "unexpected",
        visit.source.name,
        "",
        Message(f"There is no profile of «{code}».", f"「{code}」の国・地域ページがない。"),
        Message("A jurisdiction with an entry.", "エントリーのある国・地域を想定している。"),
        Message(
            "Add the entry, or correct scrapers/sources.yaml.",
            "エントリーを追加するか、scrapers/sources.yamlを訂正する。",
        ),
    )


def notice(  # noqa: PLR0913  # one argument for each field of a proposal
    visit: Visit,
    key: str,
    entry: str,
    words: Localized,
    url: str,
    stated: str,
    *,
    kind: Kind = "notice",
    confidence: Confidence = "medium",
    reasons: Iterable[Localized] = (),
    changes: Iterable[Change] = (),
) -> Proposal:
    """Something to read.

    Args:
        visit: The visit that found it.
        key: Slug, unique within the source.
        entry: Collection and id of the entry at which it is shown.
        words: What happened, in own words.
        url: Where the source states it.
        stated: What the source states, in full; only its hash is kept.
        kind: Kind of proposal.
        confidence: How sure it is.
        reasons: Rules that led to it.
        changes: Fields that would change.
    """
    return Proposal(
        source=visit.source.name,
        key=key,
        kind=kind,
        entry=entry,
        words=words,
        url=url,
        confidence=confidence,
        reasons=tuple(reasons),
        changes=tuple(changes),
        source_hash=digest(stated),
        found=visit.today.isoformat(),
    )


def localized(message: Message) -> Localized:
    """A message as a pair of texts of the model."""
    return Localized(en=message.en, ja=message.ja)
