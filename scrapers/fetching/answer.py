"""What a source answered."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from kb.problems import EvregError
from scrapers.unknown_bytes import decoded_text

_CHARSET = re.compile(r"charset=[\"']?([\w:-]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """A whole answer; ``body`` is decompressed and within the size limit.

    Attributes:
        source: Name in the register.
        asked: The address that was asked for, without keys.
        url: The address that answered after redirects, without keys.
        status: HTTP status.
        content_type: The header as sent; empty when there was none.
        body: The decoded bytes.
        unchanged: The same content as the last time: the server said so (304), or the bytes are the same.
        downloaded: Whether the body came over the network now.
        retrieved: When the server was asked, UTC with zone.
        headers: Further headers, names in lower case.
        redirects: Status of each redirect on the way, in order.
    """

    source: str
    asked: str
    url: str
    status: int
    content_type: str
    body: bytes = field(repr=False)
    unchanged: bool
    downloaded: bool
    retrieved: datetime
    headers: dict[str, str] = field(repr=False)
    redirects: tuple[int, ...] = ()

    @cached_property
    def sha256(self) -> str:
        """Digest of the body, hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()

    @cached_property
    def text(self) -> str:
        """The body as text, in the encoding of :func:`scrapers.unknown_bytes.decoded_text`.

        Of what is no text, bytes that are not UTF-8 become U+FFFD; strict readers (``scrapers.reading``) work on ``body``.
        """
        try:
            return decoded_text(self.body, self.url, self.charset)[0]
        except EvregError:
            return self.body.decode("utf-8", "replace")

    @property
    def charset(self) -> str | None:
        """The encoding that the server states."""
        found = _CHARSET.search(self.content_type)
        return found[1] if found else None
