"""What a source answered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from bs4.dammit import EncodingDetector
from requests.utils import get_encoding_from_headers

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


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
        """The body as text: byte order mark, then the header's charset, then the document's own, then UTF-8.

        Bytes that do not fit become U+FFFD; strict readers (``scrapers.reading``) work on ``body``.
        """
        for mark, name in _MARKS:
            if self.body.startswith(mark):
                return self.body[len(mark) :].decode(name, "replace")
        for encoding in (self._from_header(), EncodingDetector.find_declared_encoding(self.body, is_html=True)):
            if encoding:
                try:
                    return self.body.decode(encoding, "replace")
                except LookupError:
                    continue
        return self.body.decode("utf-8", "replace")

    def _from_header(self) -> str | None:
        # Without "charset=" requests would answer with defaults of 1999 (Latin-1 for all text).
        if "charset=" not in self.content_type.lower():
            return None
        return get_encoding_from_headers({"content-type": self.content_type})
