"""``evreg review``: what to review next, the state of an entry's review, and signing."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import click

from evreg.commands.inbox_view import printable
from evreg.commands.review_input import in_both_languages, known_group, month_named, one_entry, optional_pair
from evreg.commands.review_view import (
    digest_lines,
    review_lines,
    review_record,
    task_record,
    task_rows,
)
from evreg.options import kb_option, lang_option
from evreg.tables import print_json, print_table
from kb import KnowledgeBase, load
from kb.files import find_root
from kb.orcid import known_orcid
from kb.problems import EvregError, Language, Message
from kb.review.agenda import Task, agenda, for_group, for_reviewer, in_month
from kb.review.policy import STAGES, Stage
from kb.review.signing import Signer, prepared, write
from kb.selection import find_entry, known_collection


@click.group()
def review() -> None:
    """See what is to be reviewed, look at the review of an entry, sign it."""


@review.command()
@click.option("--due", metavar="YYYY-MM", help="Only what is due in that month.")
@click.option("--overdue", is_flag=True, help="Only what is overdue.")
@click.option("--collection", help="Only one collection.")
@click.option("--reviewer", metavar="ORCID", help="Only what this person can sign.")
@click.option("--group", metavar="CODE", help="Only what this working group looks after.")
@click.option("--limit", type=click.IntRange(min=1), default=30, show_default=True, help="Rows of the table.")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table")
@kb_option
@lang_option
def queue(
    due: str | None,
    overdue: bool,
    collection: str | None,
    reviewer: str | None,
    group: str | None,
    limit: int,
    format_: Literal["table", "json"],
    kb_path: Path | None,
    lang: Language,
) -> None:
    """List what to review: overdue, changed after signing, due this month, awaiting another sign-off, drafts.

    Within each: the earliest day first (drafts and those awaiting: the doubtful first, then those most relied on).
    """
    kb, today = load(kb_path), date.today()
    tasks = agenda(kb, today)
    if due is not None:
        month = month_named(due)
        tasks = [task for task in tasks if in_month(task.due, month)]
    if overdue:
        tasks = [task for task in tasks if "overdue" in task.reasons]
    if collection is not None:
        tasks = [task for task in tasks if task.key[0] == known_collection(collection)]
    if group is not None:
        tasks = for_group(kb, tasks, kb.reviewers.groups[known_group(kb, group)])
    if reviewer is not None:
        tasks = for_reviewer(kb, tasks, known_orcid(reviewer, "--reviewer"))
    _print_tasks(kb, tasks, limit, format_, lang)


def _print_tasks(kb: KnowledgeBase, tasks: list[Task], limit: int, format_: str, lang: Language) -> None:
    if format_ == "json":
        print_json([task_record(task) for task in tasks])
        return
    shown = tasks[:limit]
    if shown:
        headings = (
            ("entry", "why", "due", "confidence") if lang == "en" else ("エントリー", "理由", "期限", "確からしさ")
        )
        print_table(headings, task_rows(kb, shown, lang))
    total = len(tasks)
    click.echo(f"{len(shown)} of {total} (--limit)" if lang == "en" else f"{total}件中{len(shown)}件(--limit)")


@review.command()
@click.argument("id_", metavar="ID")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@kb_option
@lang_option
def show(id_: str, format_: str, kb_path: Path | None, lang: Language) -> None:
    """Show the state of an entry's review: sign-offs, whether they cover the content, what changed since."""
    kb = load(kb_path)
    found = find_entry(kb, id_)
    if format_ == "json":
        records = [review_record(kb, entry) for entry in found]
        print_json(records[0] if len(records) == 1 else records)
        return
    for number, entry in enumerate(found):
        click.echo("\n".join(([""] if number else []) + [printable(line) for line in review_lines(kb, entry, lang)]))


@review.command()
@click.argument("id_", metavar="ID")
@click.option("--orcid", required=True, help="ORCID iD of the person who signs.")
@click.option("--status", type=click.Choice(STAGES), required=True, help="What is signed.")
@click.option("--coi-en", required=True, help="Statement of conflicts of interest, in English.")
@click.option("--coi-ja", required=True, help="The same in Japanese.")
@click.option("--name", help="Full name; else from the register.")
@click.option("--affiliation-en", help="Affiliation in English; else from the register.")
@click.option("--affiliation-ja", help="Affiliation in Japanese; else from the register.")
@click.option("--organisation", help="Code or name of the organisation; else from the register.")
@click.option("--group", help="Code of the working group; else from the register.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Day of the sign-off; today by default.")
@click.option("--yes", is_flag=True, help="Sign without being asked.")
@click.option("--wait", default=0.0, help="Seconds to wait for another writer.")
@kb_option
@lang_option
def sign(
    id_: str,
    orcid: str,
    status: Stage,
    coi_en: str,
    coi_ja: str,
    name: str | None,
    affiliation_en: str | None,
    affiliation_ja: str | None,
    organisation: str | None,
    group: str | None,
    on: datetime | None,
    yes: bool,
    wait: float,
    kb_path: Path | None,
    lang: Language,
) -> None:
    """Sign an entry as it is; it is shown first, and nothing is written when it has errors."""
    root, today = find_root(kb_path), date.today()
    kb = load(root)
    entry = one_entry(kb, id_)
    signer = Signer(
        orcid.strip(), in_both_languages("--coi", coi_en, coi_ja), name, optional_pair(affiliation_en, affiliation_ja),
        organisation, group,
    )  # fmt: skip
    day = on.date() if on else today
    signing = prepared(root, f"{entry.COLLECTION}/{entry.id}", signer, status, day, today)
    click.echo("\n".join(printable(line) for line in digest_lines(kb, signing, lang)))
    if not any(problem.level == "error" for problem in signing.problems) and not yes:
        _ask(lang)
    for path in write(root, signing, today, wait):
        click.echo(f"{path}: {'signed' if lang == 'en' else '署名した'}")


def _ask(lang: Language) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise EvregError(
            "--yes",
            Message("Nobody can be asked here.", "ここでは確認を求めることができない。"),
            Message("A terminal, or --yes.", "端末での実行、又は--yesの指定が必要である。"),
            Message("Read what is shown, then add --yes.", "表示された内容を確かめ、--yesを付けて実行する。"),
        )
    question = "Sign this?" if lang == "en" else "この内容に署名するか"
    click.confirm(question, abort=True)
