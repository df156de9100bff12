"""What scrapers propose and people decide: ``kb/inbox/<source>/<key>.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import JsonValue

from kb.models.base import Localized, Model, PartialDate, Slug, Text, described
from kb.observed import ENTRY
from kb.problems import EvregError, Message, near_miss
from kb.record_files import read_record, records_in, write_record

FOLDER = "inbox"
#: Fields that say when a scraper worked, not what the source states.
_DAYS_OF_WORK = frozenset(("accessed", "verified"))
Kind = Literal["new-entry", "change", "conflict", "source-changed", "source-gone", "retraction", "notice"]


class Change(Model):
    """One field before and after."""

    field: Text = described("Dotted field of the entry.", "フィールド(ドット区切り)。")
    old: JsonValue = described("Value now; absent when there is none.", "現在の値。", None)
    new: JsonValue = described("Value proposed.", "提案する値。", None)


class Proposal(Model):
    """Something that a person should decide."""

    source: Slug = described("Name of the source in the register.", "登録簿における情報源の名称。")
    key: Slug = described("Name of the proposal within its source.", "情報源内での提案の名称。")
    kind: Kind = described("Kind of proposal.", "提案の種別。")
    entry: Text = described("Collection and id, also of a new entry.", "コレクションとID。", pattern=ENTRY)
    words: Localized = described("What changed, in words.", "変更内容の説明。")
    url: Text = described("Where the source states it.", "情報源のアドレス。")
    confidence: Literal["high", "medium", "low"] = described("How sure it is.", "確からしさ。")
    reasons: tuple[Localized, ...] = described("Rules that led to it; guesses say so.", "根拠とした規則。", ())
    changes: tuple[Change, ...] = described("Fields that would change.", "変更するフィールド。", ())
    draft: dict[str, JsonValue] | None = described("The whole new entry.", "新規エントリー全体。", None)
    source_hash: Text = described("Hash of what the source states.", "情報源の内容のハッシュ値。")
    found: PartialDate = described("When it was first proposed.", "最初に提案した日。")

    @property
    def id(self) -> str:
        """Source and key: the name by which people decide."""
        return f"{self.source}/{self.key}"


def proposal_file(root: Path, id_: str) -> Path:
    """Where a proposal is kept."""
    return root / FOLDER / f"{id_}.yaml"


def write_proposal(root: Path, proposal: Proposal) -> bool:
    """Put a proposal into the inbox; True when it is new or says something else than before.

    Raises:
        EvregError: when the file that is there cannot be read.
        OSError: when it cannot be written.
    """
    path = proposal_file(root, proposal.id)
    if path.is_file():
        proposal = _as_first_found(proposal, read_record(path, Proposal))
    return write_record(path, proposal)


def _as_first_found(proposal: Proposal, before: Proposal) -> Proposal:
    """The proposal with the day on which it was first found, also inside drafts (accessed, verified).

    As long as the source states the same, another run on another day must not change a byte.
    """
    update: dict[str, Any] = {"found": before.found}
    if proposal.source_hash == before.source_hash:
        update["draft"] = _redated(proposal.draft, proposal.found, before.found)
        update["changes"] = tuple(
            change.model_copy(update={"new": _redated(change.new, proposal.found, before.found)})
            for change in proposal.changes
        )
    return proposal.model_copy(update=update)


def _redated(value: Any, now: str, then: str) -> Any:
    if isinstance(value, dict):
        return {
            name: then if name in _DAYS_OF_WORK and item == now else _redated(item, now, then)
            for name, item in value.items()
        }
    return [_redated(item, now, then) for item in value] if isinstance(value, list) else value


def remove_proposal(root: Path, id_: str) -> None:
    """Take a proposal out of the inbox, if it is there."""
    proposal_file(root, id_).unlink(missing_ok=True)


def read_proposals(root: Path) -> dict[str, Proposal]:
    """Source and key -> proposal.

    Raises:
        EvregError: when one of them cannot be read.
    """
    return {proposal.id: proposal for proposal in records_in(root / FOLDER, Proposal)}


def find_proposal(root: Path, id_: str) -> Proposal:
    """The proposal of that id, or the only one with that key.

    Raises:
        EvregError: when there is none, or several sources have one.
    """
    proposals = read_proposals(root)
    matching = [item for name, item in proposals.items() if id_ in (name, item.key)]
    if len(matching) == 1:
        return matching[0]
    names: list[Any] = [item.id for item in matching] or list(proposals)
    near = near_miss(id_, names) if not matching else Message("", "")
    raise EvregError(
        f"{FOLDER}/{id_}",
        Message(f"There is no such proposal.{near.en}", f"該当する提案がない。{near.ja}")
        if not matching
        else Message("Several sources have one.", "複数の情報源に該当する提案がある。"),
        Message("The id of a proposal: source/key.", "「情報源/名称」の形の提案IDを指定する。"),
        Message("See «evreg inbox list».", "「evreg inbox list」で確かめる。"),
    )
