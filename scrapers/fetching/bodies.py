"""Reading a body in pieces: size measured after decompression, truncation noticed, a bomb never held."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from urllib3.exceptions import HTTPError, ProtocolError, ReadTimeoutError
from urllib3.response import BaseHTTPResponse

from kb.problems import Message, shorten
from scrapers import faults
from scrapers.fetching.exchange import Exchange

#: What requests offer in Accept-Encoding: the codings that the standard library decodes piece by piece.
ACCEPTED_CODINGS = "gzip, deflate"

_PIECE = 65_536
#: zlib finds out by itself whether a stream has a gzip or a zlib header (zlib manual, inflateInit2).
_GZIP_OR_ZLIB = 47


def read_body(raw: BaseHTTPResponse, now: Exchange, limit: int) -> bytes:
    """The decoded body.

    Args:
        raw: An answer whose body has not been read.
        now: The exchange it belongs to.
        limit: Most bytes of the decoded body.

    Raises:
        SourceFault: ``too-large``, ``too-slow``, ``truncated``, or ``unexpected`` for an unknown or broken coding.
    """
    declared = raw.headers.get("Content-Length", "")
    if declared.isdecimal() and (len(declared) > 15 or int(declared) > limit):
        raise faults.too_large(now.source, now.url, limit)
    body = bytearray()
    try:
        for piece in _decoded(raw, now):
            body += piece
            if len(body) > limit:
                raise faults.too_large(now.source, now.url, limit)
    except (HTTPError, OSError) as error:
        now.check_time()
        raise _broken(error, now) from None
    now.check_time()  # An answer that ends with the connection looks complete when the deadline ended it.
    return bytes(body)


def _broken(error: Exception, now: Exchange) -> faults.SourceFault:
    if isinstance(error, ReadTimeoutError | TimeoutError):
        return faults.too_slow(now.source, now.url, now.limits.read)
    if isinstance(error, ProtocolError | OSError):
        return faults.truncated(now.source, now.url)
    return faults.unreachable(now.source, now.url, str(error))


def _decoded(raw: BaseHTTPResponse, now: Exchange) -> Iterator[bytes]:
    coding = raw.headers.get("Content-Encoding", "").strip().lower()
    pieces = raw.stream(_PIECE, decode_content=False)
    if coding in ("", "identity"):
        return pieces
    if coding in ("gzip", "x-gzip", "deflate"):
        return _inflated(pieces, now)
    raise faults.unexpected(
        now.source,
        now.url,
        Message(f"The answer is coded as «{shorten(coding)}».", f"応答の符号化が「{shorten(coding)}」である。"),
        Message(f"One of: {ACCEPTED_CODINGS}.", f"次のいずれかとする: {ACCEPTED_CODINGS}。"),
    )


def _inflated(pieces: Iterator[bytes], now: Exchange) -> Iterator[bytes]:
    stream = None
    for piece in pieces:
        data = piece
        while data:
            if stream is None or stream.eof:  # A gzip file may hold several members (RFC 1952, 2.2).
                stream = zlib.decompressobj(_window(data, new=stream is None))
            try:
                yield stream.decompress(data, _PIECE)
            except zlib.error:
                raise _not_compressed(now) from None
            data = stream.unused_data if stream.eof else stream.unconsumed_tail
    if stream is not None and not stream.eof:
        yield stream.flush(_PIECE)
        if not stream.eof:
            raise faults.truncated(now.source, now.url)


def _window(data: bytes, *, new: bool) -> int:
    # Some servers send "deflate" without the zlib header that RFC 9110, 8.4.1.2, asks for.
    has_header = data[:1] == b"\x1f" or (data[0] & 0x0F == 8 and data[0] >> 4 <= 7)
    return _GZIP_OR_ZLIB if has_header or not new else -zlib.MAX_WBITS


def _not_compressed(now: Exchange) -> faults.SourceFault:
    return faults.unexpected(
        now.source,
        now.url,
        Message("The answer says it is compressed and is not.", "圧縮されているとされる応答が圧縮データではない。"),
        Message("A gzip or deflate stream.", "gzip又はdeflateのデータを想定している。"),
    )
