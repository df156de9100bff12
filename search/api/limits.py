"""What one request and all requests together may use."""

from __future__ import annotations

from typing import Final, NamedTuple

from search.query import MAX_CHARACTERS
from search.results import MAX_LIMIT, MAX_OFFSET

#: Characters of a query; :mod:`search.api.cost` counts parts, brackets and wildcards in it.
QUERY: Final = MAX_CHARACTERS
#: Words with an asterisk in one query: each stands for up to forty words.
WILDCARDS: Final = 8
#: Words of one query for which other spellings, or words that begin so, are looked for.
SPELLINGS: Final = 20
#: Characters of a text that suggestions are wanted for: they are compared with every word of the index.
BEGINNING: Final = 60
PAGE: Final = MAX_LIMIT
OFFSET: Final = MAX_OFFSET
#: Conditions ``where=facet=value`` in one request.
CONDITIONS: Final = 16
#: Bytes of path and query: 1,000 characters of Japanese are 9,000 bytes when they are percent-encoded.
ADDRESS: Final = 12_000


class Limits(NamedTuple):
    """Limits that depend on the machine.

    Attributes:
        seconds: Time for one request, waiting included.
        threads: Searches that run at once; they share one interpreter, so more of them only slow each other down.
        waiting: Requests that run or wait; more are sent away at once.
        kept: Bytes of answers that are kept for the next who asks the same.
    """

    seconds: float = 2.0
    threads: int = 2
    waiting: int = 64
    kept: int = 8_000_000
