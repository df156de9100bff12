"""``evreg draft``."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from evreg.options import kb_option, lang_option
from evreg.tables import print_json
from kb.files import find_root
from kb.problems import Language
from kb.report_text import error_text

if TYPE_CHECKING:
    from pathlib import Path

    from editing.issues.drafting import Outcome


@click.command()
@click.argument("issues", type=click.File("rb"), metavar="FILE|-")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@click.option("--dry-run", is_flag=True, help="Write nothing.")
@click.option("--wait", default=0.0, help="Seconds to wait for another writer.")
@kb_option
@lang_option
def draft(issues: BinaryIO, format_: str, dry_run: bool, wait: float, kb_path: Path | None, lang: Language) -> None:
    """Make drafts and proposals of issues that were written with the forms; FILE is GitHub's JSON.

    Each issue is handled by itself; exit code 1 when one of them was refused, after all others were handled.
    """
    from editing.issues.drafting import draft_issues
    from editing.issues.issue import read_issues
    from editing.issues.replies import line

    outcomes = draft_issues(find_root(kb_path), read_issues(issues.read()), date.today(), dry_run, wait)
    if format_ == "json":
        print_json([_record(outcome) for outcome in outcomes])
    for outcome in outcomes if format_ == "text" else ():
        if outcome.error:
            click.echo(error_text(outcome.error, lang), err=True)
        else:
            click.echo(line(outcome, lang))
    sys.exit(1 if any(outcome.error for outcome in outcomes) else 0)


def _record(outcome: Outcome) -> dict[str, Any]:
    from editing.issues.replies import comment

    return {
        "issue": outcome.number,
        "name": outcome.name,
        "drafted": outcome.error is None,
        "form": outcome.form.id if outcome.form else None,
        "entry": outcome.entry,
        "proposal": outcome.proposal,
        "file": outcome.path.as_posix() if outcome.path else None,
        "comment": comment(outcome),
    }
