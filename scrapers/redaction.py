"""Keys and contact addresses in query strings: taken out of whatever is stored, shown or logged."""

from __future__ import annotations

import logging
import re
from urllib.parse import urlsplit, urlunsplit

#: Query parameters with which the known sources carry a key or the user's address
#: (NCBI, openFDA, data.go.kr, CiNii, law.go.kr, Crossref: their API documents).
SECRET_PARAMETERS = ("api_key", "apikey", "api-key", "key", "serviceKey", "appid", "OC", "token", "email", "mailto")

_PAIR = re.compile(rf"([?&;](?:{'|'.join(SECRET_PARAMETERS)})=)[^&;#\s'\")]*", re.IGNORECASE)
_NAMES = frozenset(name.lower() for name in SECRET_PARAMETERS)
#: Loggers of the libraries that write whole addresses.
_LOGGERS = (
    "urllib3.connectionpool",
    "urllib3.util.retry",
    "requests_cache.session",
    "requests_cache.policy.actions",
    "requests_cache.backends.base",
    "requests_ratelimiter.requests_ratelimiter",
)


def redacted(text: str) -> str:
    """``text`` with the values of secret parameters replaced by an ellipsis."""
    return _PAIR.sub(r"\1…", text)


def without_secrets(url: str) -> str:
    """``url`` without user name, password and secret query parameters; other parameters keep order and spelling."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return redacted(url)
    query = "&".join(pair for pair in parts.query.split("&") if pair.partition("=")[0].lower() not in _NAMES)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query=query))


class _WithoutSecrets(logging.Filter):
    """Rewrites a record before any handler sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redacted(record.getMessage()), ()
        return True


_FILTER = _WithoutSecrets()


def guard_logs() -> None:
    """Keep secrets out of the log lines of the HTTP libraries; calling it again changes nothing."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_FILTER)
