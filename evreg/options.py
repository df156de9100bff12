"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from evreg.language import reader_language

kb_option: Callable[[Any], Any] = click.option(
    "--kb",
    "kb_path",
    type=click.Path(path_type=Path),
    help="Folder of another knowledge base (else EVREG_KB, else the packaged one).",
)
lang_option: Callable[[Any], Any] = click.option(
    "--lang",
    type=click.Choice(["en", "ja"]),
    default=reader_language,
    help="Language of the output (else EVREG_LANG, else the locale).",
)
