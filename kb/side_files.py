"""Checks of the files beside the entries: vocabularies, lexicons, what scrapers wrote and what was left out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kb import decisions, observed, proposals, searches
from kb.checks.rule import FactsIndex
from kb.claims.lexicon import FOLDER, Concept
from kb.excluded import EXCLUDED_RECORDS, ExcludedRecord
from kb.models import COLLECTIONS
from kb.models.base import Model, Text
from kb.observed import Observation
from kb.problems import FieldPath, Message, Problem, YamlProblem, field_name, shorten
from kb.proposals import Proposal
from kb.review import policy, register
from kb.review.file_problems import policy_faults, register_faults
from kb.searches import Search
from kb.translations.file_problems import translation_file_problems
from kb.yaml12 import locate, parse

_VOCABULARY: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[Text, dict[str, Any]])


def side_file_problems(root: Path, index: FactsIndex) -> Iterator[Problem]:
    """Everything wrong with vocabularies, lexicons, disclosures, decisions and records beside the entries."""
    for path in sorted((root / "vocabularies").glob("*.yaml")):
        yield from _file_problems(path, _vocabulary_problems)
    yield from _lexicon_problems(root)
    yield from _disclosure_problems(root, index)
    excluded = root / "excluded.yaml"
    if excluded.is_file():
        yield from _file_problems(excluded, lambda data: _excluded_problems(data, index))
    written = ((observed.FOLDER, Observation), (proposals.FOLDER, Proposal), (searches.FOLDER, Search))
    for folder, model in written:
        for path in sorted((root / folder).glob("*/*.yaml")):
            yield from _file_problems(path, partial(_record_problems, model=model, index=index))
    if (root / decisions.FILE).is_file():
        yield from _file_problems(root / decisions.FILE, _decision_problems)
    yield from translation_file_problems(root, index)
    for name, faults in ((policy.FILE, policy_faults), (register.FILE, register_faults)):
        if (root / name).is_file():
            yield from _file_problems(root / name, faults)


def _disclosure_problems(root: Path, index: FactsIndex) -> Iterator[Problem]:
    # Imported here: checking one entry does not need the claim checker.
    from kb.claims.disclosures import FILE
    from kb.claims.file_problems import disclosure_faults

    if not (root / FILE).is_file():
        return
    concepts: set[str] = set()
    for path in (root / FOLDER).glob("*.yaml"):
        with suppress(YamlProblem):  # told where the lexicons are examined
            data, _ = parse(path.read_bytes())
            concepts.update(data if isinstance(data, dict) else ())
    yield from _file_problems(root / FILE, partial(disclosure_faults, index=index, concepts=concepts))


def _decision_problems(data: Any) -> Iterator[_Fault]:
    try:
        decisions.Decisions.model_validate(data or {})
    except ValidationError as errors:
        for error in errors.errors():
            name = field_name(error["loc"])
            yield (
                "decisions-file",
                error["loc"],
                Message(f"«{name}» does not fit: {error['msg']}.", f"「{name}」が適合しない({error['msg']})。"),
                Message("What «evreg inbox» writes.", "「evreg inbox」の書式とする。"),
                Message("Restore the line from the history.", "履歴から元の行を復元する。"),
            )


def _lexicon_problems(root: Path) -> Iterator[Problem]:
    """Concepts that do not fit, and concepts that two lexicons define."""
    homes: dict[str, str] = {}

    def check(data: Any, path: Path) -> Iterator[_Fault]:
        for name, concept in (data if isinstance(data, dict) else {}).items():
            if name in homes:
                yield (
                    "lexicon-file",
                    (name,),
                    Message(
                        f"«{name}» is also defined in {homes[name]}.", f"「{name}」は{homes[name]}でも定義されている。"
                    ),
                    Message("One home for each concept.", "概念は一か所だけで定義する。"),
                    Message("Merge the two, or rename one.", "一つにまとめるか、名称を変える。"),
                )
            homes.setdefault(name, path.name)
            try:
                Concept.model_validate(concept)
            except ValidationError as errors:
                for error in errors.errors():
                    yield (
                        "lexicon-file",
                        (name, *error["loc"]),
                        Message(f"The value does not fit: {error['msg']}.", f"値がモデルに合わない({error['msg']})。"),
                        Message("«label», «en», «ja», «includes», «exceptions», «genre», «weight».",
                                "「label」「en」「ja」「includes」「exceptions」「genre」「weight」を記す。"),
                        Message("Compare with a neighbouring concept.", "前後の概念の書き方に合わせる。"),
                    )  # fmt: skip

    for path in sorted((root / FOLDER).glob("*.yaml")):
        yield from _file_problems(path, partial(check, path=path))


def _file_problems(path: Path, check: Any) -> Iterator[Problem]:
    try:
        data, node = parse(path.read_bytes())
    except YamlProblem as problem:
        yield Problem(
            path.as_posix(), problem.line, problem.column, "", problem.rule, "error",
            problem.found, problem.expected, problem.remedy,
        )  # fmt: skip
        return
    for rule, place, found, expected, remedy in check(data):
        line, column = locate(node, place)
        yield Problem(path.as_posix(), line, column, field_name(place), rule, "error", found, expected, remedy)


_Fault = tuple[str, FieldPath, Message, Message, Message]


def _record_problems(data: Any, model: type[Model], index: FactsIndex) -> Iterator[_Fault]:
    """A file that scrapers write: it fits its model, and what it is about exists."""
    remedy = Message(
        "Remove the file; the next run of «evreg enrich» writes it again.",
        "ファイルを削除する。次回の「evreg enrich」で再作成される。",
    )
    try:
        record = model.model_validate(data)
    except ValidationError as errors:
        for error in errors.errors():
            name, value = field_name(error["loc"]), shorten(error["input"])
            found = Message(f"«{name}» does not fit: «{value}».", f"「{name}」の値「{value}」が適合しない。")
            yield (
                "scraped-file",
                error["loc"],
                found,
                Message("What the scrapers write.", "収集プログラムの書式とする。"),
                remedy,
            )
        return
    if not isinstance(record, Observation | Proposal):
        return
    collection, _, id_ = record.entry.partition("/")
    new = isinstance(record, Proposal) and record.kind == "new-entry"
    if not new and (collection not in COLLECTIONS or index.find(id_, collection) is None):
        yield (
            "scraped-file",
            ("entry",),
            Message(f"There is no entry {collection}/{id_}.", f"エントリー{collection}/{id_}がない。"),
            Message("An entry of the knowledge base.", "既存のエントリーでなければならない。"),
            remedy,
        )


def _vocabulary_problems(data: Any) -> Iterator[_Fault]:
    items = data if isinstance(data, dict) else {}
    if not items:
        yield (
            "vocabulary-file",
            (),
            Message("No «code: {en, ja}» lines.", "「コード: {en, ja}」の行がない。"),
            Message(
                "At least one code with a label in both languages.", "両言語の表示名をもつコードが一つ以上必要である。"
            ),
            Message("Restore the file from the history.", "履歴からファイルを復元する。"),
        )
    for code, item in items.items():
        labels = item if isinstance(item, dict) else {}
        if not all(isinstance(labels.get(language), str) and labels[language].strip() for language in ("en", "ja")):
            yield (
                "vocabulary-file",
                (code,),
                Message(f"«{code}» lacks a label.", f"「{code}」の表示名が欠けている。"),
                Message("Both «en» and «ja».", "「en」と「ja」の両方が必要である。"),
                Message("Add the missing label.", "欠けている表示名を追加する。"),
            )


def _excluded_problems(data: Any, index: FactsIndex) -> Iterator[_Fault]:
    try:
        records: tuple[ExcludedRecord, ...] = EXCLUDED_RECORDS.validate_python(data or [])
    except ValidationError as errors:
        for error in errors.errors():
            yield (
                "excluded-file",
                error["loc"],
                Message(f"«{field_name(error['loc'])}» does not fit.", f"「{field_name(error['loc'])}」が適合しない。"),
                Message(
                    "A list of {id, title{en, ja}, reason{en, ja}, on}.",
                    "{id, title{en, ja}, reason{en, ja}, on}のリストとする。",
                ),
                Message("Correct the item.", "項目を訂正する。"),
            )
        return
    for number, record in enumerate(records):
        if index.find(record.id, *COLLECTIONS) is not None:
            yield (
                "excluded-file",
                (number, "id"),
                Message(
                    f"«{record.id}» is excluded and yet an entry.",
                    f"「{record.id}」は除外とされているが、エントリーが存在する。",
                ),
                Message("One of the two.", "いずれか一方とする。"),
                Message("Remove the item or the entry.", "この項目又はエントリーを取り除く。"),
            )
