"""DOI, PubMed numbers and ORCID iDs are well formed, wherever they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from kb.checks.rule import Context, EntryRule, Subject
from kb.checks.texts import FoundText
from kb.orcid import EXAMPLE, is_orcid, orcid_hint
from kb.problems import Finding, Message, shorten

#: DOI Handbook, section 2.2: the directory indicator 10, a registrant code, a slash, a suffix of printing characters.
#: Registrant codes have four to nine digits so far (Crossref's advice on matching DOIs).
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s%\x00-\x1f\x7f-\x9f]+")
#: Crossref: what a DOI that was copied out of running text has too much at its end.
_AFTER_DOI = re.compile(r"[.,;:、。」)\]]+$")
_DOI_PREFIX = re.compile(r"^(?:https?://)?(?:(?:dx\.)?doi\.org/|doi:?\s*)", re.IGNORECASE)
#: NLM: a PubMed identifier is a number of one to eight digits without leading zeros.
_PMID = re.compile(r"[1-9]\d{0,7}", re.ASCII)

_EXPECTED: Final[dict[str, Message]] = {
    "doi": Message("A DOI without prefix, as 10.1002/jev2.12404.", "接頭辞のないDOI(例: 10.1002/jev2.12404)とする。"),
    "pmid": Message("One to eight digits, as 38326288.", "1〜8桁の数字(例: 38326288)とする。"),
    "orcid": Message(
        f"An ORCID iD with a correct check character, as {EXAMPLE}.",
        f"検査文字の正しいORCID iD(例: {EXAMPLE})とする。",
    ),
}
_REMEDY = Message("Copy the identifier again from its record.", "元の記録から識別子を写し直す。")


def _check(subject: Subject, _context: Context) -> Iterator[Finding]:
    for found in subject.named("doi", "pmid", "orcid"):
        if not _well_formed(found):
            yield _finding(found)


def _well_formed(found: FoundText) -> bool:
    if found.field == "doi":
        return bool(_DOI.fullmatch(found.text)) and found.text == _without_tail(found.text)
    if found.field == "pmid":
        return bool(_PMID.fullmatch(found.text))
    return is_orcid(found.text)


def _without_tail(doi: str) -> str:
    """``doi`` without punctuation at its end; a bracket that closes one inside the DOI belongs to it."""
    bare = doi
    while (match := _AFTER_DOI.search(bare)) and not _closes(bare):
        bare = bare[: max(match.start(), len(bare) - 1)]
    return bare


def _closes(doi: str) -> bool:
    pair = {")": "(", "]": "["}.get(doi[-1])
    return pair is not None and doi.count(pair) >= doi.count(doi[-1])


def _finding(found: FoundText) -> Finding:
    near = _near(found)
    return Finding(
        found.path,
        Message(
            f"«{shorten(found.text)}» is not a well-formed identifier.{near.en}",
            f"「{shorten(found.text)}」は識別子として正しい形式ではない。{near.ja}",
        ),
        _EXPECTED[found.field],
        _REMEDY,
    )


def _near(found: FoundText) -> Message:
    if found.field == "orcid":
        return orcid_hint(found.text)
    text = unicodedata.normalize("NFKC", found.text).strip()
    if found.field == "doi":
        text = _without_tail(_DOI_PREFIX.sub("", text).replace("%2F", "/").replace("%2f", "/"))
    else:
        text = re.sub(r"^(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/|PMID:?\s*)|/$", "", text, flags=re.IGNORECASE)
    if text != found.text and _well_formed(found._replace(text=text)):
        return Message(f" Did you mean «{shorten(text)}»?", f"「{shorten(text)}」ではないか。")
    return Message("", "")


RULE = EntryRule(
    name="identifiers",
    level="error",
    description=Message(
        "DOI, PubMed numbers and ORCID iDs are well formed.", "DOI・PubMed ID・ORCID iDの形式が正しいこと。"
    ),
    check=_check,
)
