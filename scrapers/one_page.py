"""One page that a person names: fetched as politely as any source, read once, kept nowhere."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Final

from kb.models.base import Localized
from scrapers.fetching import Answer, Fetcher, Limits
from scrapers.fetching.addresses import HostPort
from scrapers.page_text import MOST_BYTES, PageText, page_text
from scrapers.register import RobotsDecision, Source, Terms

_AS_ASKED: Final = Localized(
    en="One page at the request of a person, under the rules of its own site.",
    ja="利用者が指定した1ページのみを、掲載元の規約の下で取得する。",
)
#: Not in the register: the register lists sources that are read regularly.
_SOURCE: Final = Source(
    name="page",
    title=Localized(en="A page named by a person", ja="利用者が指定したページ"),
    publisher=Localized(en="The owner of the page", ja="ページの掲載者"),
    access="open",
    terms=Terms(says=_AS_ASKED),
    attribution=_AS_ASKED,
    pace=1.0,
    max_megabytes=MOST_BYTES / 1_000_000,
    schedule="by-hand",
    robots=RobotsDecision(decision="obey", reason=_AS_ASKED),
)
#: A person waits for the answer.
_LIMITS: Final = Limits(connect=10, read=15, total=40, max_bytes=MOST_BYTES, retries=1, longest_wait=10)


def read_page(url: str, *, limits: Limits = _LIMITS, allowance: Collection[HostPort] = ()) -> PageText:
    """Fetch a page and take its text out.

    Args:
        url: Absolute http or https address.
        limits: Times and sizes.
        allowance: Host and port pairs that may be reached although they are not public; for tests.

    Raises:
        SourceFault: robots.txt forbids it, the address is not public, or no whole answer came.
        EvregError: the page holds no text that can be read.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        with Fetcher(_SOURCE, Path(folder), limits=limits, allowance=allowance, attended=True) as fetcher:
            answer = fetcher.get(url)
        return page_text(answer.body, answer.url, _charset(answer))


def _charset(answer: Answer) -> str | None:
    _, _, value = answer.content_type.lower().partition("charset=")
    return value.partition(";")[0].strip(" \"'") or None
