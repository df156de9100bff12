"""English words: one key for British and American spellings and for the forms of a word."""

from __future__ import annotations

import re
from functools import lru_cache
from threading import Lock
from typing import Final, Protocol, cast

#: British spellings by rule, after the lists of Oxford's «British and Spelling» and the NLM's SPECIALIST variants.
#: The results are keys, not words: «source» may become «sorce», as it does on both sides.
_BRITISH: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile("(?:ae|oe)(?=[a-z])"), "e"),
    (re.compile("our"), "or"),
    (re.compile("is(?=(?:e[drs]?|ers|ing|able|ations?)$)"), "iz"),
    (re.compile("(?<=[a-z])ys(?=(?:e[drs]?|ers|ing)$)"), "yz"),
    (re.compile("^(fib|cent|lit|met|tit|calib|theat)re"), r"\1er"),
    (re.compile("^(label|model|cancel|travel|channel)l(?=ed$|ing$)"), r"\1"),
    (re.compile("ogue$"), "og"),
    (re.compile("ageing"), "aging"),
    (re.compile("^(program)me"), r"\1"),
    (re.compile("^(licen|defen|offen)c"), r"\1s"),
    (re.compile("sulph"), "sulf"),
    (re.compile("^(enrol|fulfil)(?!l)"), r"\1l"),
    (re.compile("^grey"), "gray"),
    (re.compile("atory$"), "ation"),
)
#: «our» and «four» are words of their own.
_SHORTEST_BRITISH: Final = 5
#: PyStemmer's objects keep their state between letters and must not be shared by threads.
_ONE_AT_A_TIME: Final = Lock()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem (Snowball English) of a folded word in American spelling; other scripts and numbers as they are.

    >>> stem("tumourigenicity") == stem("tumorigenicity"), stem("nebulised") == stem("nebulizes")
    (True, True)
    """
    if not (word.isascii() and word.isalpha()) or len(word) < 3:
        return word
    if len(word) >= _SHORTEST_BRITISH:
        for pattern, american in _BRITISH:
            word = pattern.sub(american, word)
    with _ONE_AT_A_TIME:
        return _stemmer().stemWord(word)


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - PyStemmer's own spelling


@lru_cache(maxsize=1)
def _stemmer() -> _Stemmer:
    import Stemmer

    return cast("_Stemmer", Stemmer.Stemmer("english"))
