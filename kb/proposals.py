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


class Also(Model):
    """Another source that proposes the same new entry."""

    source: Slug = described("Name of the source in the register.", "登録簿における情報源の名称。")
    key: Slug = described("Name of its own proposal.", "その情報源での提案の名称。")
    words: Localized = described("The new entry in its words.", "その情報源による新規エントリーの説明。")
    url: Text = described("Where it states it.", "その情報源のアドレス。")
    source_hash: Text = described("Hash of what it states.", "その情報源の内容のハッシュ値。")
    registrations: tuple[dict[str, str], ...] = described("Numbers that it states.", "その情報源が示す登録番号。", ())
    records: tuple[dict[str, JsonValue], ...] = described("Its page, as a source of the entry.", "出典の記載。", ())

    @property
    def id(self) -> str:
        """The id that its own proposal would have."""
        return f"{self.source}/{self.key}"


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
    also: tuple[Also, ...] = described("Other sources with the same new entry.", "同じ新規エントリーの他の情報源。", ())
    found: PartialDate = described("When it was first proposed.", "最初に提案した日。")

    @property
    def id(self) -> str:
        """Source and key: the name by which people decide."""
        return f"{self.source}/{self.key}"

    def whole(self) -> Proposal:
        """The proposal with what the other sources add: their words, their numbers and their pages.

        A file keeps what each source states apart, so that a run that hears only one of them can renew its part.
        """
        if not self.also:
            return self
        words = Localized(
            en=" ".join((self.words.en, *(f"Also in {item.source}: {item.words.en}" for item in self.also))),
            ja="".join((self.words.ja, *(f"{item.source}にも記載がある({item.words.ja})。" for item in self.also))),
        )
        return self.model_copy(update={"words": words, "draft": _completed(self.draft or {}, self.also)})


def _completed(draft: dict[str, JsonValue], also: tuple[Also, ...]) -> dict[str, JsonValue]:
    numbers: list[Any] = [*_list(draft, "registrations"), *(item for other in also for item in other.registrations)]
    once = [item for place, item in enumerate(numbers) if item not in numbers[:place]]
    whole: dict[str, Any] = {**draft, **({"registrations": once} if once else {})}
    pages: list[Any] = [*_list(draft, "sources")]
    for record in (record for other in also for record in other.records):
        if all(record.get("url") != page.get("url") for page in pages):
            # A page can only support what the entry has.
            supports = [name for name in _list(record, "supports") if name in whole]
            pages.append({**record, "key": f"s{len(pages) + 1}", "supports": supports})
    return {**whole, "sources": pages} if pages else whole


def _list(draft: dict[str, JsonValue], field: str) -> list[JsonValue]:
    value = draft.get(field)
    return value if isinstance(value, list) else []


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
    # A run that heard this source alone says nothing about the others.
    update: dict[str, Any] = {"found": before.found, "also": proposal.also or before.also}
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
    """Source and key -> proposal, with what other sources add to it.

    Raises:
        EvregError: when one of them cannot be read.
    """
    return {proposal.id: proposal.whole() for proposal in records_in(root / FOLDER, Proposal)}


def find_proposal(root: Path, id_: str) -> Proposal:
    """The proposal of that id, or the only one with that key; also under the id that another source gives it.

    Raises:
        EvregError: when there is none, or several sources have one.
    """
    proposals = read_proposals(root)
    matching = [item for item in proposals.values() if id_ in _names(item)]
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


def _names(proposal: Proposal) -> set[str]:
    """What a proposal can be called by."""
    others = (name for other in proposal.also for name in (other.id, other.key))
    return {proposal.id, proposal.key, *others}
