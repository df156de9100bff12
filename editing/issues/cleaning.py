"""What people type into a form, made fit for an entry: no hidden characters, no comments, nobody's address."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from kb.problems import Message

#: Characters of the longest answer that is taken over; longer ones belong into the source.
LONGEST: Final = 4_000
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_BREAKS = re.compile(r"[ \t]*\n[ \t]*")
_SPACES = re.compile(r"[ \t\u00a0]+")
_BETWEEN_JAPANESE = re.compile(r"(?<=[\u3001-\u30ff\u3400-\u9fff]) (?=[\u3001-\u30ff\u3400-\u9fff])")
#: Where a person or a firm can be reached; the private route is meant for these.
_REACHES_SOMEBODY: Final[tuple[tuple[re.Pattern[str], Message], ...]] = (
    (re.compile(r"[\w.+-]+@[\w-]+\.\w+"), Message("a mail address", "メールアドレス")),
    (re.compile(r"(?:https?://|www\.)\S", re.IGNORECASE), Message("a web address", "ウェブアドレス")),
    (re.compile(r"\b[\w-]+\.(?:com|net|org|jp|info|clinic|shop|site|co\.\w\w)\b", re.IGNORECASE | re.ASCII),
     Message("a web address", "ウェブアドレス")),
    (re.compile(r"(?<![\w.])(?:\+[1-9]|0[1-9])(?:[ ()-]?\d){8,}"), Message("a telephone number", "電話番号")),
    (re.compile(r"〒|\d+丁目|\d+番地|(?<![A-Za-z])@[A-Za-z]"), Message("a postal address or an account", "住所又はアカウント名")),
)  # fmt: skip


def without_hidden(text: str) -> str:
    """``text`` with plain line ends, composed characters and without any that nobody sees (controls, directions, widths)."""
    plain = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
    return "".join(character for character in plain if character in "\n\t" or _is_seen(character))


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def answer(text: str) -> str:
    """An answer without HTML comments, on as few lines as it has paragraphs."""
    shown = _COMMENT.sub("", text).strip()
    return _SPACES.sub(" ", re.sub(r"\n{3,}", "\n\n", _BREAKS.sub("\n", shown)))


def one_line(text: str) -> str:
    """An answer as one paragraph; a line break between Japanese characters leaves no space."""
    return _BETWEEN_JAPANESE.sub("", " ".join(text.split()))


def reaches_somebody(text: str) -> Message | None:
    """What in the text tells where a person or a firm can be reached; None for nothing."""
    folded = unicodedata.normalize("NFKC", text)
    return next((what for pattern, what in _REACHES_SOMEBODY if pattern.search(folded)), None)
