"""What ``evreg review`` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kb import KnowledgeBase
from kb.amending import file_of
from kb.change_words import change_lines
from kb.knowledge_base import key_of
from kb.models.core import Entry
from kb.problems import Language, Message, Problem, shorten
from kb.record_files import plain
from kb.report_text import problem_text
from kb.review.agenda import Task, due_day
from kb.review.lapse import changes_since
from kb.review.policy import STAGES
from kb.review.signing import Signing
from kb.review.standing import ReviewStanding, Signature
from kb.review.words import lacking, signature_words, who
from kb.yaml12 import read_yaml

REASON_WORDS: dict[str, Message] = {
    "overdue": Message("overdue", "期限超過"),
    "lapsed": Message("changed after it was signed", "署名後に変更"),
    "due": Message("due this month", "今月が期限"),
    "awaiting": Message("waits for another sign-off", "追加の署名待ち"),
    "draft": Message("not signed", "未署名"),
}


def said(message: Message, lang: Language) -> str:
    """A message in one language."""
    return message.ja if lang == "ja" else message.en


def task_rows(kb: KnowledgeBase, tasks: Sequence[Task], lang: Language) -> list[tuple[str, ...]]:
    """Entry, reasons, day on which it is due, confidence."""
    comma = "、" if lang == "ja" else ", "
    return [
        (
            "/".join(task.key),
            comma.join(said(REASON_WORDS[reason], lang) for reason in task.reasons),
            task.due.isoformat(),
            kb.label("confidence-levels", task.confidence, lang),
        )
        for task in tasks
    ]


def task_record(task: Task) -> dict[str, Any]:
    """A task for programs."""
    return {
        "collection": task.key[0],
        "id": task.key[1],
        "reasons": list(task.reasons),
        "status": task.status,
        "due": task.due.isoformat(),
        "confidence": task.confidence,
        "relied_on": task.relied_on,
    }


def review_record(kb: KnowledgeBase, entry: Entry) -> dict[str, Any]:
    """The state of an entry's review for programs."""
    standing = kb.standings.get(key_of(entry))
    return {
        "collection": entry.COLLECTION,
        "id": entry.id,
        "status": entry.review.status,
        "claimed": standing.claimed if standing else entry.review.status,
        "lapsed": bool(standing and standing.lapsed),
        "verified": entry.review.verified,
        "due": due_day(entry, kb.review_policy).isoformat(),
        "sign_offs": [
            {**plain(item.sign_off), "counts": item.counts, "fault": item.fault}
            for item in (standing.signatures if standing else ())
        ],
        "sources": [{"key": source.key, "read": source.read, "title": source.title} for source in entry.sources],
    }


def review_lines(kb: KnowledgeBase, entry: Entry, lang: Language) -> Iterator[str]:
    """The state of an entry's review: what counts, who signed, what changed since, what was read."""
    ja = lang == "ja"
    standing = kb.standings.get(key_of(entry))
    yield f"{entry.COLLECTION}/{entry.id}"
    yield entry.title.ja if ja else entry.title.en
    status = kb.label("review-states", entry.review.status, lang)
    yield f"{'段階' if ja else 'status'}: {status}"
    if standing is not None and standing.claimed != standing.status:
        claimed = kb.label("review-states", standing.claimed, lang)
        yield f"  {'ファイルの記載' if ja else 'the file says'}: {claimed}"
    yield f"{'資料との照合日' if ja else 'verified'}: {entry.review.verified}"
    yield f"{'次回確認の期限' if ja else 'due'}: {due_day(entry, kb.review_policy).isoformat()}"
    yield from _needs(kb, standing, lang)
    if standing is None or not standing.signatures:
        yield "署名: まだない" if ja else "sign-offs: none yet"
    for item in standing.signatures if standing else ():
        yield from _signature(kb, entry, item, lang)
    yield from source_lines(kb, entry, lang)


def _needs(kb: KnowledgeBase, standing: ReviewStanding | None, lang: Language) -> Iterator[str]:
    if standing is None:
        return
    reached = STAGES.index(standing.status) + 1 if standing.status in STAGES else 0
    for stage in STAGES[reached:]:
        yield f"  {said(lacking(stage, standing, kb.review_policy, kb.reviewers), lang)}"


def _signature(kb: KnowledgeBase, entry: Entry, signature: Signature, lang: Language) -> Iterator[str]:
    item, ja = signature.sign_off, lang == "ja"
    stage = kb.label("review-states", item.status, lang)
    yield f"- {who(item)}, {shorten(item.affiliation.ja if ja else item.affiliation.en)}"
    yield f"  {stage}, {item.on}"
    interest = item.conflict_of_interest.ja if ja else item.conflict_of_interest.en
    yield f"  {'利益相反' if ja else 'conflict of interest'}: {shorten(interest, 300)}"
    yield f"  {said(signature_words(signature), lang)}"
    if signature.fault == "changed":
        yield from (f"    {line}" for line in _changes(kb, entry, signature, lang))


def _changes(kb: KnowledgeBase, entry: Entry, signature: Signature, lang: Language) -> list[str]:
    if kb.root is None:
        return []
    file = file_of(kb.root, "/".join(key_of(entry)))
    data = read_yaml(file.path)
    lapse = changes_since(kb.root, file, data, signature.sign_off, kb.review_policy, kb.vocabularies)
    if lapse is None:
        unknown = Message(
            "The history here does not have the signed content: what changed is not known.",
            "手元の履歴に署名時の内容がないため、変更箇所は不明である。",
        )
        return [said(unknown, lang)]
    until = Message(
        f"As signed until {lapse.day} (history of the repository); since then:",
        f"{lapse.day}までは署名時のまま(リポジトリの履歴による)。その後の変更:",
    )
    return [said(until, lang), *change_lines(entry.COLLECTION, lapse.changes, kb.vocabularies, lang)]


def source_lines(kb: KnowledgeBase, entry: Entry, lang: Language) -> Iterator[str]:
    """How far each source was read."""
    yield "資料:" if lang == "ja" else "sources:"
    for source in entry.sources:
        depth = kb.label("reading-depths", source.read, lang)
        yield f"  {source.key} [{depth}] {shorten(source.title, 80)}"


def digest_lines(kb: KnowledgeBase, signing: Signing, lang: Language) -> Iterator[str]:
    """What somebody is about to sign."""
    entry, ja = signing.entry, lang == "ja"
    yield signing.file.name
    yield entry.title.ja if ja else entry.title.en
    yield shorten(entry.summary.ja if ja else entry.summary.en, 400)
    yield f"{'確からしさ' if ja else 'confidence'}: {kb.label('confidence-levels', entry.confidence, lang)}"
    requirements = len(getattr(entry, "requirements", ()))
    if requirements:
        yield f"{'要求事項' if ja else 'requirements'}: {requirements}"
    yield from source_lines(kb, entry, lang)
    unread = sum(source.read == "not-read" for source in entry.sources)
    if unread:
        yield f"! 未読の資料が{unread}件ある。" if ja else f"! {unread} of the sources were not read."
    for label, items in (("未確認事項", entry.open_questions), ("資料間の不一致", entry.conflicts)):
        if items:
            words = {"未確認事項": "open questions", "資料間の不一致": "conflicting sources"}[label]
            yield f"! {label if ja else words}: {len(items)}"
    yield from problem_lines(signing.problems, lang)
    stage = kb.label("review-states", signing.standing.status, lang)
    yield f"{'署名後の段階' if ja else 'status once signed'}: {stage}"
    if signing.standing.status != "approved":
        yield f"  {said(lacking('approved', signing.standing, kb.review_policy, kb.reviewers), lang)}"


def problem_lines(problems: Sequence[Problem], lang: Language) -> Iterator[str]:
    """Errors and warnings; notes are left out."""
    yield from (problem_text(problem, lang) for problem in problems if problem.level != "info")
