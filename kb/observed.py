"""What live sources state about entries now: ``kb/observed/<source>/<id>.yaml``, written by scrapers only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from kb.models.base import SLUG, Model, PartialDate, Slug, Text, described
from kb.record_files import read_record, records_in, write_record

FOLDER = "observed"
#: Collection and id.
ENTRY = rf"^[a-z-]+/{SLUG.removeprefix('^').removesuffix('$')}$"


class Observation(Model):
    """The facts of one entry as one source states them."""

    source: Slug = described("Name of the source in the register.", "登録簿における情報源の名称。")
    entry: Text = described("Collection and id.", "コレクションとID。", pattern=ENTRY)
    url: Text = described("Where the source states it.", "情報源のアドレス。")
    retrieved: PartialDate = described("When these facts were first seen.", "この内容を最初に確認した日。")
    source_version: Text | None = described("The source's own version.", "情報源の版。", None)
    hash: Text = described("SHA-256 of the facts.", "事実のSHA-256。", pattern=r"^[0-9a-f]{64}$")
    facts: dict[str, JsonValue] = described("Field of the entry -> value.", "エントリーのフィールドとその値。")


def observation(
    source: str, entry: str, url: str, retrieved: str, facts: Mapping[str, Any], source_version: str | None = None
) -> Observation:
    """An observation with its hash.

    Args:
        source: Name in the register.
        entry: Collection and id.
        url: Page or answer that states the facts.
        retrieved: Day, ``YYYY-MM-DD``.
        facts: Dotted field of the entry -> value in the codes of our vocabularies.
        source_version: What the source calls this state, e.g. the day of its last update.
    """
    ordered = {name: facts[name] for name in sorted(facts)}
    return Observation(
        source=source, entry=entry, url=url, retrieved=retrieved, source_version=source_version,
        hash=facts_hash(ordered), facts=ordered,
    )  # fmt: skip


def facts_hash(facts: Mapping[str, Any]) -> str:
    """SHA-256 over facts, whatever their order."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def observed_file(root: Path, source: str, entry: str) -> Path:
    """Where the observation of an entry is kept."""
    return root / FOLDER / source / f"{entry.partition('/')[2]}.yaml"


def write_observed(root: Path, found: Observation) -> bool:
    """Keep an observation; True when the source states something else than before.

    The same facts leave the file as it is, to the byte, also when they are retrieved on another day.

    Raises:
        EvregError: when the file that is there cannot be read.
        OSError: when it cannot be written.
    """
    path = observed_file(root, found.source, found.entry)
    if path.is_file():
        before = read_record(path, Observation)
        if (before.hash, before.url, before.entry) == (found.hash, found.url, found.entry):
            return False
    return write_record(path, found)


def read_observed(root: Path) -> dict[str, tuple[Observation, ...]]:
    """Collection and id -> what sources state of the entry.

    Raises:
        EvregError: when a file cannot be read.
    """
    found: dict[str, list[Observation]] = {}
    for item in records_in(root / FOLDER, Observation):
        found.setdefault(item.entry, []).append(item)
    return {entry: tuple(items) for entry, items in found.items()}
