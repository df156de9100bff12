"""A web address leads to a public host over http or https and carries nothing that a link must not carry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from kb.checks.rule import Context, EntryRule, Subject
from kb.checks.texts import FoundText
from kb.problems import Finding, Message, shorten

#: White space, control and invisible characters, and those that RFC 3986 (appendix C) names as delimiters of an
#: address in text; browsers read a backslash as a slash (WHATWG URL). Raw letters of other scripts are allowed.
_UNWANTED = re.compile(r"[\s\x00-\x1f\x7f-\x9f\\<>\"`\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]")
#: RFC 6761 (localhost), RFC 6762 (local), RFC 8375 (home.arpa), ICANN 2024 (internal): never public hosts.
_PRIVATE_SUFFIXES: Final = ("localhost", "local", "internal", "home.arpa", "localdomain")
#: A host whose last part is a number is read as an IPv4 address (WHATWG URL, «ends in a number»).
_NUMERIC_END = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)$", re.ASCII)

_SCHEME = Message("It does not begin with http:// or https://.", "http://又はhttps://で始まっていない。")
_CHARACTERS = Message(
    'It holds a space, a control character or one of \\ < > " `.', '空白・制御文字、又は\\ < > " `のいずれかを含む。'
)
_CREDENTIALS = Message("It holds a user name or password.", "利用者名又はパスワードを含む。")
_NO_HOST = Message("It has no complete host name.", "完全なホスト名がない。")
_PRIVATE = Message("Its host is not on the public internet.", "ホストが公開のインターネット上にない。")
_MALFORMED = Message("It cannot be read as an address.", "アドレスとして読み取れない。")


def _check(subject: Subject, _context: Context) -> Iterator[Finding]:
    for found in subject.named("url", "archived"):
        if fault := fault_of(found.text):
            yield _finding(found, fault)


def fault_of(url: str) -> Message | None:
    """What is wrong with an address; None when nothing is."""
    if _UNWANTED.search(url):
        return _CHARACTERS
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return _MALFORMED
    if parts.scheme not in ("http", "https"):
        return _SCHEME
    return _CREDENTIALS if "@" in parts.netloc else _host_fault(host, parts)


def _host_fault(host: str, parts: SplitResult) -> Message | None:
    name = unicodedata.normalize("NFKC", host).replace("。", ".").rstrip(".").lower()
    if "[" in parts.netloc:
        return _address_fault(name)
    if name.endswith(_PRIVATE_SUFFIXES) and re.search(r"(?:^|\.)(?:" + "|".join(_PRIVATE_SUFFIXES) + ")$", name):
        return _PRIVATE
    if _NUMERIC_END.search(name):
        return _address_fault(name)
    labels = name.split(".")
    return None if len(labels) > 1 and all(_is_label(label) for label in labels) else _NO_HOST


def _is_label(label: str) -> bool:
    """RFC 1035: 1 to 63 letters, digits and hyphens; letters of other scripts pass, underscores occur."""
    return 0 < len(label) < 64 and label.replace("-", "a").replace("_", "a").isalnum() and label[0] != "-" != label[-1]


def _address_fault(host: str) -> Message | None:
    try:
        address = ip_address(host)
    except ValueError:
        return _MALFORMED
    return None if _is_public(address) else _PRIVATE


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    """False for private, loopback, link-local (cloud metadata), shared, reserved and multicast addresses."""
    if isinstance(address, IPv6Address) and (address.ipv4_mapped or address.sixtofour):
        return _is_public(address.ipv4_mapped or address.sixtofour or IPv4Address(0))
    return address.is_global and not address.is_multicast


def _finding(found: FoundText, fault: Message) -> Finding:
    return Finding(
        found.path,
        Message(f"«{shorten(found.text)}»: {fault.en}", f"「{shorten(found.text)}」について、{fault.ja}"),
        Message(
            "An address of a public web page: http or https, host with a dot, no user name, no spaces.",
            "公開されたウェブページのアドレス(httpまたはhttps、ドットを含むホスト名、利用者名・空白なし)とする。",
        ),
        Message(
            "Copy the address from the browser; write spaces as %20.",
            "ブラウザーからアドレスを写す。空白は%20と書く。",
        ),
    )


RULE = EntryRule(
    name="urls",
    level="error",
    description=Message("Web addresses are complete and public.", "アドレスが完全であり、公開のものであること。"),
    check=_check,
)
