"""The search protocol: which words were looked for in which source, what was found, taken and left out, and why."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kb.models.base import Localized, Model, PartialDate, Slug, Text, described
from kb.record_files import read_record, records_in, write_record

FOLDER = "searches"


class Excluded(Model):
    """One hit that was not proposed."""

    id: Text = described("How the source calls it.", "情報源における識別子。")
    reason: Localized = described("Why it was left out.", "除外した理由。")


class Search(Model):
    """One query to one source."""

    source: Slug = described("Name of the source in the register.", "登録簿における情報源の名称。")
    key: Slug = described("Name of the query within its source.", "情報源内での検索の名称。")
    query: Text = described("The query as sent.", "送信した検索式。")
    on: PartialDate = described("When this result was first seen.", "この結果を最初に確認した日。")
    hits: int = described("Records found.", "該当件数。", ge=0)
    known: tuple[Text, ...] = described("Hits that are entries already.", "収載済みのもの。", ())
    proposed: tuple[Text, ...] = described("Hits that were proposed.", "提案したもの。", ())
    excluded: tuple[Excluded, ...] = described("Hits that were left out.", "除外したもの。", ())


def write_search(root: Path, search: Search) -> bool:
    """Keep a search; True when its result differs from the one before. The same result changes no byte.

    Raises:
        EvregError: when the file that is there cannot be read.
        OSError: when it cannot be written.
    """
    path = root / FOLDER / search.source / f"{search.key}.yaml"
    if path.is_file() and read_record(path, Search).model_copy(update={"on": search.on}) == search:
        return False
    return write_record(path, search)


def read_searches(root: Path) -> Iterable[Search]:
    """All searches by source and name.

    Raises:
        EvregError: when one of them cannot be read.
    """
    return tuple(records_in(root / FOLDER, Search))
