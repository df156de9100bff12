"""What is wrong with the files that record pairs of texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kb.checks.rule import FactsIndex
from kb.models import COLLECTIONS
from kb.problems import Message, Problem, YamlProblem, near_miss
from kb.translations.records import FOLDER, parse_records, written_records

RULE = "translation-state"


def translation_file_problems(root: Path, index: FactsIndex) -> Iterator[Problem]:
    """Files that cannot be read, belong to no entry, or are not written in the one way."""
    for path in sorted((root / FOLDER).glob("*/*.txt")):
        yield from _problems(path, index)


def _problems(path: Path, index: FactsIndex) -> Iterator[Problem]:
    content = path.read_bytes()
    try:
        records = parse_records(content)
    except YamlProblem as problem:
        yield _problem(path, problem.line, problem.found, problem.expected, problem.remedy)
        return
    collection, id_ = path.parent.name, path.stem
    if collection not in COLLECTIONS or index.find(id_, collection) is None:
        near = near_miss(id_, index.names.get(collection, ()))
        yield _problem(
            path,
            1,
            Message(
                f"There is no entry {collection}/{id_}.{near.en}", f"エントリー{collection}/{id_}がない。{near.ja}"
            ),
            Message("The name of an entry of the knowledge base.", "既存のエントリーの名称とする。"),
            Message("Rename the file as the entry, or remove it.", "エントリーに合わせて改名するか、削除する。"),
        )
    elif written_records(records).encode() != content:
        yield _problem(
            path,
            1,
            Message("The lines are not in order, or one stands twice.", "行の順序が異なるか、同じ行が重複している。"),
            Message("Lines in the order of their characters, each once.", "文字順に並べ、各行を一度だけ記す。"),
            Message(
                "Run «evreg translations record» to write it in order.",
                "「evreg translations record」を実行すると整う。",
            ),
        )


def _problem(path: Path, line: int, found: Message, expected: Message, remedy: Message) -> Problem:
    return Problem(path.as_posix(), line, 1, "", RULE, "error", found, expected, remedy)
