"""Every source key that a statement lists is the key of one of the entry's sources."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks.rule import Context, EntryRule, Subject
from kb.problems import FieldPath, Finding, Message, near_miss, shorten
from kb.references import source_key_fields, values_at


def _check(subject: Subject, _context: Context) -> Iterator[Finding]:
    keys = [source.key for source in subject.entry.sources]
    for pattern in source_key_fields(subject.file.collection):
        for path, value in values_at(subject.data, pattern):
            if str(value) not in keys:
                yield _finding(path, str(value), keys)


def _finding(path: FieldPath, key: str, keys: list[str]) -> Finding:
    near = near_miss(key, keys)
    return Finding(
        path,
        Message(f"No source has the key «{shorten(key)}».{near.en}", f"キー「{shorten(key)}」の資料はない。{near.ja}"),
        Message(f"One of: {', '.join(keys)}.", f"次のいずれかとする: {'、'.join(keys)}。"),
        Message("Correct the key or add the source.", "キーを訂正するか、資料を追加する。"),
    )


RULE = EntryRule(
    name="source-keys-exist",
    level="error",
    description=Message("Statements point to sources that exist.", "記載が実在する資料を指していること。"),
    check=_check,
)
