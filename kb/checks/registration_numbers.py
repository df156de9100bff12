"""A registration number has the form in which its registry issues numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from kb.checks.rule import Context, EntryRule, Subject
from kb.models.trials import Registration, Trial
from kb.problems import Finding, Message, shorten


class _Form(NamedTuple):
    """How a registry writes its numbers: the pattern and one example."""

    pattern: re.Pattern[str]
    example: str


def _form(pattern: str, example: str) -> _Form:
    return _Form(re.compile(pattern, re.ASCII), example)


#: Code of the vocabulary «registries» -> form of its numbers.
FORMS: Final[dict[str, _Form]] = {
    # ClinicalTrials.gov API v2, schema of nctId.
    "ClinicalTrials.gov": _form(r"NCT\d{8}", "NCT04276987"),
    # jRCT: ten digits, or s (specified clinical research) or a, b, c (class of regenerative medicine) and nine digits.
    "jRCT": _form(r"jRCT(?:\d{10}|[abcs]\d{9})", "jRCT2031200136, jRCTs031190136"),
    # UMIN-CTR search form: UMIN and nine digits.
    "UMIN-CTR": _form(r"UMIN\d{9}", "UMIN000027821"),
    # ChiCTR: since 2017 year and running number; before, the type of study between hyphens.
    "ChiCTR": _form(r"ChiCTR(?:(?:1[6-9]|[2-9]\d)\d{8}|-[A-Z]{2,5}-\d{8})", "ChiCTR2400083627, ChiCTR-TRC-12002345"),
    # IRCT: a date (Gregorian, in the first years Iranian), the number of the registrant, N, the number of the trial.
    "IRCT": _form(r"IRCT\d{9,14}N\d{1,4}", "IRCT20200127046282N10"),
    # CRIS (Korea Disease Control and Prevention Agency): KCT and seven digits.
    "CRIS": _form(r"KCT\d{7}", "KCT0005523"),
    # CTRI (ICMR): year, month (in 2007-2009 three digits) and running number.
    "CTRI": _form(r"CTRI/\d{4}/\d{2,3}/\d{6}", "CTRI/2021/05/033456"),
    # ANZCTR: ACTRN and fourteen digits.
    "ANZCTR": _form(r"ACTRN\d{14}", "ACTRN12620000944932"),
    # ISRCTN (BMC): ISRCTN and eight digits.
    "ISRCTN": _form(r"ISRCTN\d{8}", "ISRCTN33578935"),
    # EudraCT: year, running number below 500000, check digits.
    "EudraCT": _form(r"20\d{2}-[0-4]\d{5}-\d{2}", "2020-001978-29"),
    # EU CT number (CTIS): running number from 500000 on, check digits, 00 or the number of the resubmission.
    "CTIS": _form(r"20\d{2}-5\d{5}-\d{2}-\d{2}", "2024-512498-29-00"),
    # WHO ICTRP, Universal Trial Number.
    "UTN": _form(r"U1111-\d{4}-\d{4}", "U1111-1291-0283"),
    # Integrated Research Application System (UK): a plain number.
    "IRAS": _form(r"\d{4,7}", "1005941"),
}

#: What exports put before a number: the WHO portal marks Japanese numbers with JPRN, EU numbers with EUCTR or CTIS.
_PREFIXES = re.compile(r"^(?:JPRN|EUCTR|CTIS|EudraCT|IRAS)[-:\s]*(?=\w)", re.IGNORECASE)


def _check(subject: Subject, _context: Context) -> Iterator[Finding]:
    if not isinstance(subject.entry, Trial):
        return
    for index, registration in enumerate(subject.entry.registrations):
        form = FORMS.get(registration.registry)
        if form is not None and not form.pattern.fullmatch(registration.number):
            yield _finding(index, registration, form)


def _finding(index: int, registration: Registration, form: _Form) -> Finding:
    registry, number = registration.registry, shorten(registration.number)
    near = _near(registration, form)
    return Finding(
        ("registrations", index, "number"),
        Message(
            f"«{number}» is not a number of {registry}.{near.en}",
            f"「{number}」は{registry}の登録番号ではない。{near.ja}",
        ),
        Message(f"A number of the form {form.example}.", f"{form.example}の形式の番号とする。"),
        Message(
            "Copy the number from the registry's page, or correct the registry.",
            "登録機関のページから番号を写すか、登録機関を訂正する。",
        ),
    )


def _near(registration: Registration, form: _Form) -> Message:
    bare = "".join(unicodedata.normalize("NFKC", registration.number).split())
    for candidate in (bare, _PREFIXES.sub("", bare)):
        if match := re.fullmatch(form.pattern.pattern, candidate, re.ASCII | re.IGNORECASE):
            written = _as_issued(match.group(), form)
            return Message(f" Did you mean «{written}»?", f"「{written}」ではないか。")
        for other, theirs in FORMS.items():
            if other != "IRAS" and theirs.pattern.fullmatch(candidate):
                return Message(f" It looks like one of {other}.", f"{other}の番号とみられる。")
    return Message("", "")


def _as_issued(number: str, form: _Form) -> str:
    """``number`` with the capitals of the registry; its example shows those of the prefix."""
    letters = re.match(r"[A-Za-z]*", form.example)
    prefix = letters.group() if letters else ""
    rest = number[len(prefix) :]
    written = (prefix + tail for tail in (rest, rest.lower(), rest.upper()))
    return next((candidate for candidate in written if form.pattern.fullmatch(candidate)), number)


RULE = EntryRule(
    name="registration-numbers",
    level="error",
    description=Message("Registration numbers have their registry's form.", "登録番号が登録機関の形式に従うこと。"),
    check=_check,
    collections=("trials",),
)
