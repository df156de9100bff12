"""Writing entry files that people edited elsewhere: all of them valid and unchanged meanwhile, or none is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from kb.atomic import remove_left_overs, write_text
from kb.facts_cache import FactsCache
from kb.files import EntryFile
from kb.problems import EvregError, Message, Problem
from kb.translations.approving import note_new
from kb.validation import validate
from kb.writing_lock import writing


def problems_after(root: Path, drafts: Mapping[EntryFile, str], today: date) -> list[Problem]:
    """What validation would say of these files, alone and with all links; nothing is written.

    Raises:
        EvregError: when the knowledge base cannot be examined.
    """
    if not drafts:
        return []
    texts = {file.path: text.encode("utf-8") for file, text in drafts.items()}
    return validate(root, list(texts), today=today, cache=FactsCache(root), drafts=texts).problems


def errors_after(root: Path, drafts: Mapping[EntryFile, str], today: date) -> list[Problem]:
    """The errors among :func:`problems_after`.

    Raises:
        EvregError: when the knowledge base cannot be examined.
    """
    return [problem for problem in problems_after(root, drafts, today) if problem.level == "error"]


def save(
    root: Path,
    drafts: Mapping[EntryFile, str],
    expected: Mapping[EntryFile, bytes | None],
    today: date,
    wait: float = 0.0,
) -> list[Path]:
    """Write entries, each whole, when all of them are valid and nobody has changed them meanwhile.

    Texts that are new in both languages are recorded as a pair that nobody has examined yet.

    Args:
        root: The knowledge base.
        drafts: New text of each file.
        expected: What each file held when editing began; None where there was no file.
        today: The day that counts as present.
        wait: Seconds to wait for another writer.

    Returns:
        The files that differ now.

    Raises:
        EvregError: when a file was changed meanwhile, a draft has errors, or another program is writing.
        OSError: when a file cannot be written; it is then as before, and so are those after it.
    """
    with writing(root, wait):
        for file in drafts:
            remove_left_overs(file.path)
            if _content(file.path) != expected[file]:
                raise _changed_meanwhile(file)
        refuse_errors(errors_after(root, drafts, today))
        changed = [file for file, text in drafts.items() if expected[file] != text.encode("utf-8")]
        for file in changed:
            file.path.parent.mkdir(parents=True, exist_ok=True)
            write_text(file.path, drafts[file])
        note_new(root, changed, today)
    return [file.path for file in changed]


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _changed_meanwhile(file: EntryFile) -> EvregError:
    return EvregError(
        file.name,
        Message("The file was changed after editing began.", "編集の開始後にファイルが変更されている。"),
        Message("The file from which the edit started.", "編集を開始した時点のファイルでなければならない。"),
        Message(
            "Begin again; the new state is then merged with the edit.", "やり直す。新しい内容と編集内容が統合される。"
        ),
    )


def refuse_errors(errors: Sequence[Problem]) -> None:
    """Say why nothing is written when there are errors.

    Raises:
        EvregError: the first error, with the number of the others.
    """
    if not errors:
        return
    first, more = errors[0], len(errors) - 1
    raise EvregError(
        f"{first.file}:{first.line}:{first.column} {first.field}".rstrip(),
        Message(
            first.found.en + (f" ({more} more.)" if more else ""),
            first.found.ja + (f"(ほか{more}件)" if more else ""),
        ),
        first.expected,
        Message(f"{first.remedy.en} Nothing was written.", f"{first.remedy.ja}何も書き込んでいない。"),
    )
