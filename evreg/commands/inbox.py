"""``evreg inbox``: what scrapers propose, and what people decide."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import click

from evreg.commands.inbox_view import shown, summary_rows
from evreg.options import kb_option, lang_option
from evreg.tables import print_json, print_table
from kb.accepting import accept as accept_proposal
from kb.accepting import reject as reject_proposal
from kb.accepting import snooze as snooze_proposal
from kb.decisions import is_settled, read_decisions
from kb.files import find_root
from kb.problems import EvregError, Language, Message
from kb.proposals import Proposal, find_proposal, read_proposals
from kb.record_files import plain
from kb.report_text import error_text

_by_option = click.option("--by", help="Who decides.")
_wait_option = click.option("--wait", default=0.0, help="Seconds to wait for another writer.")
_format_option = click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table")
_ids = click.argument("ids", nargs=-1, required=True, metavar="ID...")
_KEYS = {
    "en": "[a]ccept  [r]eject  [s]nooze 30 days  [n]ext  [q]uit",
    "ja": "[a]採用  [r]却下  [s]30日保留  [n]次へ  [q]終了",
}


@click.group(invoke_without_command=True)
@kb_option
@lang_option
@click.pass_context
def inbox(context: click.Context, kb_path: Path | None, lang: Language) -> None:
    """Decide about what live sources propose; without a command one key decides on each, in a terminal."""
    if context.invoked_subcommand:
        return
    root = find_root(kb_path)
    if sys.stdin.isatty() and sys.stdout.isatty():
        _decide_one_by_one(root, lang)
    else:
        _print_list(root, "table", lang)


@inbox.command("list")
@_format_option
@kb_option
@lang_option
def list_(format_: str, kb_path: Path | None, lang: Language) -> None:
    """List the open proposals."""
    _print_list(find_root(kb_path), format_, lang)


@inbox.command()
@click.argument("id_", metavar="ID")
@_format_option
@kb_option
@lang_option
def show(id_: str, format_: str, kb_path: Path | None, lang: Language) -> None:
    """Show one proposal with the values before and after."""
    proposal = find_proposal(find_root(kb_path), id_)
    if format_ == "json":
        print_json(plain(proposal))
    else:
        click.echo(shown(proposal, lang))


@inbox.command()
@_ids
@_by_option
@_wait_option
@kb_option
@lang_option
def accept(ids: tuple[str, ...], by: str | None, wait: float, kb_path: Path | None, lang: Language) -> None:
    """Write what the proposals say; each is checked first, and one that does not fit does not stop the others."""
    root = find_root(kb_path)

    def act(proposal: Proposal) -> str:
        return str(accept_proposal(root, proposal, date.today(), by, wait))

    _each(root, ids, lang, act)


@inbox.command()
@_ids
@click.option("--reason", required=True, help="Why; remembered, so that it is not proposed again.")
@_by_option
@_wait_option
@kb_option
@lang_option
def reject(
    ids: tuple[str, ...], reason: str, by: str | None, wait: float, kb_path: Path | None, lang: Language
) -> None:
    """Remember that the proposals are not followed, and why."""
    root = find_root(kb_path)

    def act(proposal: Proposal) -> str:
        reject_proposal(root, proposal, date.today(), reason, by, wait)
        return {"en": "rejected", "ja": "却下"}[lang]

    _each(root, ids, lang, act)


@inbox.command()
@_ids
@click.option("--until", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Day on which to ask again.")
@_by_option
@_wait_option
@kb_option
@lang_option
def snooze(
    ids: tuple[str, ...], until: datetime, by: str | None, wait: float, kb_path: Path | None, lang: Language
) -> None:
    """Ask again on a day."""
    root, day = find_root(kb_path), until.date()

    def act(proposal: Proposal) -> str:
        snooze_proposal(root, proposal, date.today(), day, by, wait)
        return f"→ {day.isoformat()}"

    _each(root, ids, lang, act)


def _open_proposals(root: Path) -> list[Proposal]:
    decisions, today = read_decisions(root), date.today()
    return [item for item in read_proposals(root).values() if not is_settled(item, decisions, today)]


def _print_list(root: Path, format_: str, lang: Language) -> None:
    proposals = _open_proposals(root)
    if format_ == "json":
        print_json([{"id": item.id} | plain(item) for item in proposals])
        return
    if proposals:
        headings = ("id", "kind", "what") if lang == "en" else ("ID", "種別", "内容")
        print_table(headings, summary_rows(proposals, lang))
    click.echo(f"{len(proposals)} open proposals" if lang == "en" else f"未決の提案{len(proposals)}件")


def _each(root: Path, ids: tuple[str, ...], lang: Language, act: Callable[[Proposal], str]) -> None:
    """Act on each proposal; exit code 1 when one could not be acted on, after all others were."""
    failed = False
    for id_ in dict.fromkeys(ids):
        try:
            proposal = find_proposal(root, id_)
            click.echo(f"{proposal.id}: {act(proposal)}")
        except EvregError as error:
            failed = True
            click.echo(error_text(error, lang), err=True)
    if failed:
        sys.exit(1)


def _decide_one_by_one(root: Path, lang: Language) -> None:
    proposals = _open_proposals(root)
    for number, proposal in enumerate(proposals, 1):
        click.echo(f"\n({number}/{len(proposals)}) {shown(proposal, lang)}\n{_KEYS[lang]}")
        try:
            if not _decide(root, proposal, lang):
                return
        except EvregError as error:
            click.echo(error_text(error, lang), err=True)
    click.echo("No more proposals." if lang == "en" else "提案は以上です。")


def _decide(root: Path, proposal: Proposal, lang: Language) -> bool:
    """Act on one key; False to stop."""
    today = date.today()
    while True:
        key = click.getchar().lower()
        if key == "a":
            click.echo(str(accept_proposal(root, proposal, today)))
        elif key == "r":
            reason = click.prompt("Reason" if lang == "en" else "理由").strip()
            if not reason:
                raise _no_reason(proposal)
            reject_proposal(root, proposal, today, reason)
        elif key == "s":
            snooze_proposal(root, proposal, today, date.fromordinal(today.toordinal() + 30))
        elif key not in ("n", "q"):
            continue
        return key != "q"


def _no_reason(proposal: Proposal) -> EvregError:
    return EvregError(
        proposal.id,
        Message("No reason was given.", "理由が入力されていない。"),
        Message("A reason in a few words.", "短い理由を入力する。"),
        Message("Decide on it again later.", "後で改めて決定する。"),
    )
