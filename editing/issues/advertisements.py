"""A phrase of an advertisement: added to the claim that it makes, as a proposal; nobody's name is taken over."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final

from editing.issues.cleaning import one_line
from editing.issues.issue import Issue
from editing.issues.reading import Answers
from editing.issues.reports import entry_named, proposed, report_on
from kb import load
from kb.amending import amended
from kb.claims import check, specification_of
from kb.files import EntryFile
from kb.models.base import Localized
from kb.problems import EvregError, Message
from kb.proposals import Change, Proposal
from kb.saving import errors_after

#: What a name stands beside. Stricter than the rule for claims, because nobody reads a report before it is kept.
_SOMEBODY = re.compile(
    r"(?<![当本])(?:クリニック|医院|病院|診療所|美容外科|院長|先生)|株式会社|有限会社|医療法人|[®™]"
    r"|(?<!our )(?<!any )\b(?:clinics?|hospitals?|med(?:ical)? ?spas?)\b|\b(?:Dr|Prof|Inc|Ltd|LLC|GmbH)\b",
    re.IGNORECASE,
)
#: Characters of the longest phrase; whole advertisements are not kept.
LONGEST_PHRASE: Final = 200


def wording(root: Path, answers: Answers, issue: Issue, today: date) -> Proposal:
    """A phrase for the list of a claim; a notice when the claim has it already.

    Raises:
        EvregError: when the phrase is too long, names somebody, or makes no claim of the catalogue.
    """
    phrase, language = one_line(answers.given["wording"]), answers.given["language"]
    if len(phrase) > LONGEST_PHRASE:
        raise _too_long(issue, len(phrase))
    if _SOMEBODY.search(phrase):
        raise _names_somebody(issue)
    file = _claim(root, answers, issue, phrase)
    report = report_on(root, answers, issue, today, f"claims/{file.stem}")
    known = list(report.data["wording"].get(language, []))
    seen = _where(answers)
    if phrase in known:
        return proposed(report, "notice", (), _words(issue, "seen again", "再び確認された", phrase, seen))
    change = Change(field=f"wording.{language}", old=known or None, new=[*known, phrase])
    text = amended(file.path.read_bytes(), file, [change])
    if errors_after(root, {file: text}, today):
        raise _names_somebody(issue)
    return proposed(report, "change", (change,), _words(issue, "new wording", "新しい表現", phrase, seen))


def _claim(root: Path, answers: Answers, issue: Issue, phrase: str) -> EntryFile:
    """The claim that the reporter named, else the first one that the claim checker finds."""
    if given := answers.get("claim"):
        file = entry_named(root, one_line(given), issue.name)
        if file.collection == "claims":
            return file
        raise _no_claim(issue)
    checked = check(phrase, specification_of(load(root), root))
    found = [*checked.findings, *checked.set_aside]
    if not found:
        raise _no_claim(issue)
    return entry_named(root, f"claims/{found[0].claim}", issue.name)


def _where(answers: Answers) -> str:
    code = answers.get("jurisdiction")
    return f" ({code})" if code else ""


def _words(issue: Issue, en: str, ja: str, phrase: str, seen: str) -> Localized:
    return Localized(en=f"Issue {issue.name}: {en} «{phrase}»{seen}", ja=f"issue {issue.name}: {ja}「{phrase}」{seen}")


def _too_long(issue: Issue, length: int) -> EvregError:
    return EvregError(
        issue.name,
        Message(f"The wording has {length} characters.", f"表現が{length}字ある。"),
        Message(
            f"One sentence or phrase of at most {LONGEST_PHRASE} characters; advertisements are not copied.",
            f"{LONGEST_PHRASE}字以内の一文又は語句とする。広告の全文は収載しない。",
        ),
        Message("Edit the issue and keep the one phrase that matters.", "issueを編集し、要点となる表現だけを残す。"),
    )


def _names_somebody(issue: Issue) -> EvregError:
    """The refusal of a phrase; it is not quoted, for it may hold a name."""
    return EvregError(
        issue.name,
        Message(
            "The wording does not fit a claim: it may name a clinic, a firm or a person, or be in the other language.",
            "主張の表現として取り込めない。医療機関・企業・個人の名称を含むか、言語が異なる可能性がある。",
        ),
        Message("Only the words that advertise, in the language chosen.", "選んだ言語による宣伝文句だけを記す。"),
        Message("Edit the issue and leave the name out.", "issueを編集し、名称を除く。"),
    )


def _no_claim(issue: Issue) -> EvregError:
    return EvregError(
        issue.name,
        Message(
            "The wording makes none of the claims in the catalogue, as far as the program can tell.",
            "この表現は、プログラムの判定では既存のどの主張にも当たらない。",
        ),
        Message("The claim that it resembles, by its id (claim-…).", "近い主張のID(claim-…)が必要である。"),
        Message(
            "Edit the issue and name one, or leave it: an editor decides whether a new claim is needed.",
            "issueを編集してIDを記すか、そのままにする。新しい主張の要否は編集者が判断する。",
        ),
    )
