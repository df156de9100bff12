"""Which language a person at the terminal reads."""

from __future__ import annotations

import os
import sys

from kb.problems import Language


def reader_language() -> Language:
    """``--lang`` anywhere on the command line, else ``EVREG_LANG``, else the locale; English otherwise."""
    arguments = sys.argv
    for index, argument in enumerate(arguments):
        if argument == "--lang" and arguments[index + 1 : index + 2] == ["ja"]:
            return "ja"
        if argument.startswith("--lang="):
            return "ja" if argument == "--lang=ja" else "en"
    if "--lang" in arguments:
        return "en"
    chosen = next(
        (value for name in ("EVREG_LANG", "LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), ""
    )
    return "ja" if chosen.lower().startswith("ja") else "en"
