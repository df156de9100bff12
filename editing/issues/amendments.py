"""Corrections and translations: proposals for the inbox, never edits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

from editing.issues.bilingual import language_of
from editing.issues.cleaning import one_line
from editing.issues.issue import Issue
from editing.issues.reading import Answers
from editing.issues.reports import Report, proposed, report_on
from kb.amending import amended
from kb.change_words import change_lines, field_words
from kb.checks.urls import fault_of
from kb.field_values import value_at
from kb.files import EntryFile
from kb.models.base import Localized
from kb.problems import EvregError, Language, Message, YamlProblem, shorten
from kb.proposals import Change, Kind, Proposal
from kb.saving import errors_after
from kb.vocabulary import vocabularies_of


def correction(root: Path, answers: Answers, issue: Issue, today: date) -> Proposal:
    """A correction: a change when it names a field and fits, else a notice in the reporter's words.

    Raises:
        EvregError: when there is no such entry, or the address of the source is none.
    """
    report = report_on(root, answers, issue, today)
    url = answers.given["url"].strip()
    if fault := fault_of(url):
        raise _no_source(issue, url, fault)
    wanted = one_line(answers.given["correct"])
    field = _field(report, answers.get("field"), wanted)
    change = _change(report, field, wanted) if field else None
    source = Localized(en=f" Source given: {url}", ja=f" 報告された資料: {url}")
    return _proposal(report, change, field, wanted, source)


def translation(root: Path, answers: Answers, issue: Issue, today: date) -> Proposal:
    """A better wording of one side of a text.

    Raises:
        EvregError: when there is no such entry, or the field holds no text in both languages.
    """
    report = report_on(root, answers, issue, today)
    given, language = _dotted(answers.given["field"]), answers.given["language"]
    field = given if given.endswith(f".{language}") else f"{given.removesuffix('.en').removesuffix('.ja')}.{language}"
    if not isinstance(value_at(report.data, field), str):
        raise _no_text(issue, report.file, answers.given["field"])
    wanted = one_line(answers.given["wording"])
    reason = answers.get("reason")
    why = Localized(en=f" Reason given: {one_line(reason)}", ja=f" 理由: {one_line(reason)}") if reason else None
    return _proposal(report, _change(report, field, wanted), field, wanted, why)


#: Form -> the function that makes a proposal of it.
AMENDMENTS: Final[dict[str, Callable[[Path, Answers, Issue, date], Proposal]]] = {
    "correction": correction,
    "translation": translation,
}


def _proposal(
    report: Report, change: Change | None, field: str | None, wanted: str, more: Localized | None
) -> Proposal:
    def words(language: Language) -> str:
        return _words(report, change, field, wanted, language) + (getattr(more, language) if more else "")

    kind: Kind = "change" if change else "notice"
    return proposed(report, kind, (change,) if change else (), Localized(en=words("en"), ja=words("ja")))


def _words(report: Report, change: Change | None, field: str | None, wanted: str, language: Language) -> str:
    name, collection = report.issue.name, report.file.collection
    lead = {"en": f"Issue {name}: ", "ja": f"issue {name}: "}[language]
    if change:
        return lead + change_lines(collection, [change], vocabularies_of(report.root), language)[0]
    where = f"{field_words(collection, field, language)}: " if field else ""
    return lead + where + ({"en": "should say «{}»", "ja": "「{}」とすべきとの指摘"}[language].format(wanted))


def _change(report: Report, field: str, wanted: str) -> Change | None:
    """The change of one value; None when the entry would not be valid with it."""
    old = value_at(report.data, field)
    if isinstance(old, dict | list) or old is None or str(old) == wanted:
        return None
    change = Change(field=field, old=old, new=_typed(old, wanted))
    try:
        text = amended(report.file.path.read_bytes(), report.file, [change])
    except (EvregError, YamlProblem):
        return None
    return None if errors_after(report.root, {report.file: text}, report.today) else change


def _typed(old: Any, wanted: str) -> Any:
    """The answer as a value of the kind that stands there; text when it is none."""
    if isinstance(old, bool):
        return {"true": True, "false": False}.get(wanted.lower(), wanted)
    if isinstance(old, int) and wanted.replace(",", "").isdecimal():
        return int(wanted.replace(",", ""))
    return wanted


def _field(report: Report, given: str | None, wanted: str) -> str | None:
    """The dotted field that a reporter means; of a text in both languages the side that was written."""
    field = _dotted(given or "")
    value = value_at(report.data, field) if field else None
    if isinstance(value, dict) and {"en", "ja"} <= value.keys():
        return f"{field}.{language_of(wanted)}"
    return field if value is not None else None


def _dotted(given: str) -> str:
    return one_line(given).strip("`«»「」 ").replace("[", ".").replace("]", "").replace(" › ", ".")


def _no_source(issue: Issue, url: str, fault: Message) -> EvregError:
    return EvregError(
        issue.name,
        Message(f"The source «{shorten(url)}»: {fault.en}", f"資料「{shorten(url)}」について、{fault.ja}"),
        Message("One address of a public web page.", "公開されたウェブページのアドレスを一つ記す。"),
        Message(
            "Edit the issue and copy the address from the browser.", "issueを編集し、ブラウザーからアドレスを写す。"
        ),
    )


def _no_text(issue: Issue, file: EntryFile, field: str) -> EvregError:
    return EvregError(
        issue.name,
        Message(
            f"{file.collection}/{file.stem} has no text in both languages at «{shorten(field)}».",
            f"{file.collection}/{file.stem}の「{shorten(field)}」には両言語の文がない。",
        ),
        Message(
            "A field such as «summary» or «requirements.0.statement».",
            "「summary」「requirements.0.statement」などの項目とする。",
        ),
        Message("Edit the issue and correct the name of the field.", "issueを編集し、項目名を訂正する。"),
    )
