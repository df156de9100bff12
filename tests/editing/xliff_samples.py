"""A small knowledge base of translated texts, exports of it, and edits of exports as a translation tool makes them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from editing.xliff.writing import ExportedEntry, xliff
from kb import load
from kb.problems import Language
from kb.translations.overview import entry_states
from tests.entries import minimal
from tests.samples import write_kb

QUESTIONS = [{"en": "Who makes it?", "ja": "誰が作るか。"}, {"en": "When?", "ja": "いつか。"}]
KEY = ("claims", "c")


def claims_kb(folder: Path, **changes: Any) -> Path:
    """A knowledge base of one claim with two questions."""
    return write_kb(folder, claims=[minimal("claims", "c", **({"questions": QUESTIONS} | changes))])


def exported(root: Path, source: Language = "en") -> bytes:
    """Every pair of a knowledge base."""
    kb = load(root)
    return xliff((ExportedEntry(entry, entry_states(kb, entry)) for entry in kb), source)


def saved(folder: Path, content: bytes | str) -> Path:
    """A file as a tool saves it."""
    path = folder / "t.xlf"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path
