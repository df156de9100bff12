"""Drafts of entries from answers: only what the reporter said, everything else an open question."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, Final

from editing.issues.bilingual import language_of, name_in_both, statement_in_both, summary_in_both
from editing.issues.cleaning import one_line
from editing.issues.issue import Issue
from editing.issues.reading import Answers
from kb.checks.urls import fault_of
from kb.problems import EvregError, Message, shorten

#: Words of a title that go into an id; ids stay readable and far below the limit of file names.
_ID_WORDS: Final = 8
_ID_LENGTH: Final = 80
#: Questions whose absence is no open question, because one language is enough.
_SETTLED_OTHERWISE: Final = frozenset(("summary_en", "summary_ja", "indication_en", "indication_ja", "read"))
_UNREAD: Final = {
    "en": "No editor has compared this draft with its source yet; it rests on a reader's report.",
    "ja": "読者の報告に基づく下書きであり、編集者による資料との照合は済んでいない。",
}


def guideline_draft(answers: Answers, issue: Issue, day: str) -> dict[str, Any]:
    """The entry of a document.

    Args:
        answers: Of the form ``new-guideline``.
        issue: Where they were given.
        day: Day that stands for «accessed» and «verified» (YYYY-MM-DD).

    Raises:
        EvregError: when the address is none.
    """
    title, origin, code = _line(answers, "title"), answers.given["origin"], answers.given["jurisdiction"]
    issuer = _line(answers, "issuer")
    dates = {name: value for name in ("issued", "effective") if (value := answers.get(name))}
    number = answers.get("document_number")
    year = (answers.get("issued") or "")[:4]
    return {
        "id": _id((code, year, answers.get("title_en") or title), (code, "issue", str(issue.number))),
        **_named(answers, title, origin),
        "jurisdiction": code,
        "issuer": name_in_both(issuer, language_of(issuer)),
        **{name: answers.given[name] for name in ("document_type", "legal_force", "status", "applies_to_ev")},
        **({"dates": dates} if dates else {}),
        **({"document_numbers": [one_line(number)]} if number else {}),
        "url": _address(answers, issue),
        "languages": [origin],
        **_core(answers, _address(answers, issue), title, ("primary", issuer), day),
    }


def trial_draft(answers: Answers, issue: Issue, day: str) -> dict[str, Any]:
    """The entry of a trial; its sponsor is never taken from a report.

    Raises:
        EvregError: when the address is none, or no condition is named.
    """
    title, number, registry = _line(answers, "title"), _line(answers, "number"), answers.given["registry"]
    en, ja = (_optional_line(answers, f"indication_{language}") for language in ("en", "ja"))
    if not en and not ja:
        raise _no_condition(issue)
    country, route = answers.get("country"), answers.get("route")
    draft = {
        "id": _id((number,), ("trial", "issue", str(issue.number))),
        **_named(answers, title, answers.given["origin"]),
        "kind": answers.given["kind"],
        "registrations": [{"registry": registry, "number": number}],
        **({"countries": [country]} if country else {}),
        "phase": answers.given["phase"],
        "status": answers.given["status"],
        "status_as_of": day,
        "indication": statement_in_both(en, ja),
        "indication_area": answers.given["indication_area"],
        "ev_source": {"cell": answers.given["cell"]},
        "ev_type": answers.given["ev_type"],
        **({"routes": [route]} if route else {}),
        **_core(answers, _address(answers, issue), title, ("registry", registry), day),
    }
    draft["open_questions"].append(
        {"en": "The sponsor is to be taken from the registry.", "ja": "実施者は登録情報から確認する必要がある。"}
    )
    return draft


#: Form -> collection and the function that makes a draft of it.
DRAFTS: Final[dict[str, tuple[str, Callable[[Answers, Issue, str], dict[str, Any]]]]] = {
    "new-guideline": ("guidelines", guideline_draft),
    "new-trial": ("trials", trial_draft),
}


def _named(answers: Answers, title: str, origin: str) -> dict[str, Any]:
    given = {language: _optional_line(answers, f"title_{language}") for language in ("en", "ja")}
    names: dict[str, Any] = dict(name_in_both(title, origin, given["en"], given["ja"]))
    translated = [language for language, text in given.items() if text and language != origin]
    summaries = (answers.get("summary_en"), answers.get("summary_ja"))
    return {
        "title": {**names, **({"translated": translated} if translated else {})},
        "origin": origin,
        "summary": summary_in_both(*(one_line(text) if text else None for text in summaries)),
    }


def _core(answers: Answers, url: str, title: str, kind: tuple[str, str], day: str) -> dict[str, Any]:
    read = answers.get("read") or "not-read"
    source = {
        "key": "s1",
        "url": url,
        "title": title,
        "publisher": kind[1],
        "kind": kind[0],
        "read": read,
        "accessed": day,
        "supports": ["title"] if read == "not-read" else ["title", "summary", "status"],
    }
    return {
        "sources": [source],
        "confidence": "low",
        "open_questions": list(_open_questions(answers)),
        "review": {"status": "draft", "verified": day},
    }


def _open_questions(answers: Answers) -> Iterator[dict[str, str]]:
    yield dict(_UNREAD)
    missing = [field for field in answers.unanswered() if field.id not in _SETTLED_OTHERWISE]
    if missing:
        yield {
            "en": f"Not given in the report: {'; '.join(field.label.en for field in missing)}.",
            "ja": f"報告に記載がない事項: {'、'.join(field.label.ja for field in missing)}。",
        }


def _line(answers: Answers, id_: str) -> str:
    return one_line(answers.given[id_])


def _optional_line(answers: Answers, id_: str) -> str | None:
    given = answers.get(id_)
    return one_line(given) if given else None


def _id(wanted: tuple[str, ...], otherwise: tuple[str, ...]) -> str:
    """An id of ASCII words; ``otherwise`` when the last part of ``wanted`` leaves none."""
    *before, name = wanted
    words = _words(name)[:_ID_WORDS]
    chosen = [*(word for part in before for word in _words(part)), *words] if words else list(otherwise)
    while len("-".join(chosen)) > _ID_LENGTH and len(chosen) > 1:
        chosen.pop()
    return "-".join(chosen).lower()[:_ID_LENGTH].strip("-")


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z0-9]+", plain.lower())


def _address(answers: Answers, issue: Issue) -> str:
    url = answers.given["url"].strip()
    fault = fault_of(url)
    if fault is None:
        return url
    return_to = next(field for field in answers.form.fields if field.id == "url")
    raise EvregError(
        issue.name,
        Message(
            f"«{shorten(url)}» under «{return_to.heading}»: {fault.en}",
            f"「{return_to.heading}」の「{shorten(url)}」について、{fault.ja}",
        ),
        Message(
            "One address of a public web page (http or https).",
            "公開されたウェブページのアドレス(http又はhttps)を一つ記す。",
        ),
        Message(
            "Edit the issue and copy the address from the browser.", "issueを編集し、ブラウザーからアドレスを写す。"
        ),
    )


def _no_condition(issue: Issue) -> EvregError:
    return EvregError(
        issue.name,
        Message("No condition is named.", "対象疾患の記載がない。"),
        Message("The condition treated, in English or in Japanese.", "対象疾患を英語又は日本語で記す。"),
        Message("Edit the issue and add it.", "issueを編集し、追記する。"),
    )
