"""``evreg``: the entry point. Each command's module is imported only when it is called."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from evreg.language import reader_language
from kb.problems import EvregError, Message, YamlProblem, near_miss
from kb.report_text import error_text

#: Command -> module and function.
_COMMANDS = {
    "validate": ("evreg.commands.validate", "validate"),
    "fmt": ("evreg.commands.fmt", "fmt"),
    "new": ("evreg.commands.new", "new"),
    "draft": ("evreg.commands.draft", "draft"),
    "show": ("evreg.commands.show", "show"),
    "list": ("evreg.commands.list_entries", "list_entries"),
    "stats": ("evreg.commands.stats", "stats"),
    "schema": ("evreg.commands.schema", "schema"),
    "search": ("evreg.commands.search", "search"),
    "similar": ("evreg.commands.similar", "similar"),
    "duplicates": ("evreg.commands.duplicates", "duplicates"),
    "pathway": ("evreg.commands.pathway", "pathway"),
    "matrix": ("evreg.commands.matrix", "matrix"),
    "gap": ("evreg.commands.gap", "gap"),
    "claims": ("evreg.commands.claims", "claims"),
    "changes": ("evreg.commands.changes", "changes"),
    "comment": ("evreg.commands.comment", "comment"),
    "digest": ("evreg.commands.digest", "digest"),
    "export": ("evreg.commands.export", "export"),
    "sheet": ("evreg.commands.sheet", "sheet"),
    "inbox": ("evreg.commands.inbox", "inbox"),
    "review": ("evreg.commands.review", "review"),
    "translations": ("evreg.commands.translations", "translations"),
    "enrich": ("evreg.commands.enrich", "enrich"),
    "sources": ("evreg.commands.sources", "sources"),
    "site": ("evreg.commands.site", "site"),
    "serve": ("evreg.commands.serve", "serve"),
    "edit": ("evreg.commands.edit", "edit"),
}


class _LazyGroup(click.Group):
    """Imports a command when it is needed and offers the near miss when there is none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-"):
            near = near_miss(name, _COMMANDS)
            raise EvregError(
                "evreg",
                Message(f"«{name}» is not a command.{near.en}", f"「{name}」というコマンドはない。{near.ja}"),
                Message(f"One of: {', '.join(_COMMANDS)}.", f"次のいずれかとする: {'、'.join(_COMMANDS)}。"),
                Message("See «evreg --help».", "「evreg --help」を参照する。"),
            )
        return super().resolve_command(ctx, args)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="evreg")
def evreg() -> None:
    """EVReg, the open atlas of exosome regulation. エクソソーム規制アトラス."""


def main() -> None:
    """Run the command line; a problem for people is printed in four parts and ends with exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # Windows consoles may not speak UTF-8 by themselves.
    try:
        evreg(standalone_mode=True)
    except EvregError as error:
        click.echo(error_text(error, reader_language()), err=True)
        sys.exit(1)
    except YamlProblem as problem:
        place = f"{problem.line}:{problem.column}"
        told = EvregError(place, problem.found, problem.expected, problem.remedy)
        click.echo(error_text(told, reader_language()), err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        click.echo(error_text(_system_error(error), reader_language()), err=True)
        sys.exit(1)


def _system_error(error: OSError) -> EvregError:
    reason = error.strerror or type(error).__name__
    return EvregError(
        str(error.filename or "evreg"),
        Message(f"The system refused: {reason}.", f"システムが処理を拒否した({reason})。"),
        Message("Files and folders that may be read and written.", "読み書きできるファイルとフォルダーが必要である。"),
        Message("Check the path, the permissions and the free space.", "パス、権限、空き容量を確かめる。"),
    )
