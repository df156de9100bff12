"""``evreg comment``."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from evreg.options import kb_option
from kb import load
from kb.files import find_root
from kb.problems import EvregError


@click.command()
@click.option(
    "--since",
    required=True,
    metavar="REV|DATE|DIR",
    help="State before the change: a commit, a day or a folder.  [required]",
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write instead of printing.")
@kb_option
def comment(since: str, out: Path | None, kb_path: Path | None) -> None:
    """Say in both languages what a pull request changes, with the pages concerned before and after, as Markdown."""
    from kb.analysis.changes import compare
    from kb.analysis.laid_out import lay_out
    from kb.analysis.since import state_named
    from kb.analysis.states import folder_state
    from kb.atomic import write_text
    from publish.change_comment import change_comment

    root = find_root(kb_path)
    before = state_named(since, root)
    with TemporaryDirectory() as folder:
        try:
            earlier = load(lay_out(before, root, Path(folder)))
        except EvregError:  # An earlier state need not fit the present models.
            earlier = None
        text = change_comment(earlier, load(root), compare(before, folder_state(root)))
    if out:
        write_text(out, text)
    else:
        click.echo(text, nl=False)
