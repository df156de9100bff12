"""The whole check: read, model, entry rules, rules across entries, exceptions.

Entries are examined one after another and only their facts are kept, so memory grows with the number of
entries by about a kilobyte each and not by their text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from pydantic import ValidationError

from kb.checks import ENTRY_RULES, WHOLE_RULES
from kb.checks.rule import Context, FactsIndex, Subject
from kb.decoding import decode
from kb.exceptions import Exceptions
from kb.facts import Facts, facts_of
from kb.facts_cache import FactsCache
from kb.files import EntryFile, entry_file, entry_files, misplaced_files
from kb.model_problems import model_findings
from kb.models import model_of
from kb.parallel import mapped
from kb.problems import EvregError, Finding, Level, Message, Problem, YamlProblem, field_name
from kb.side_files import side_file_problems
from kb.vocabulary import vocabularies_of
from kb.yaml12 import compose, locate, parse

#: Called after each file with the number of files done and of all files.
Progress = Callable[[int, int], None]


@dataclass
class Report:
    """What a validation found."""

    files: int = 0
    problems: list[Problem] = field(default_factory=list)

    def count(self, level: Level) -> int:
        """Number of problems of one level."""
        return sum(1 for problem in self.problems if problem.level == level)

    def failed(self, strict: bool = False) -> bool:
        """True when there is an error, or with ``strict`` also a warning."""
        return self.count("error") > 0 or (strict and self.count("warning") > 0)


def validate(
    root: Path,
    paths: Sequence[Path] = (),
    progress: Progress | None = None,
    today: date | None = None,
    cache: FactsCache | None = None,
    drafts: Mapping[Path, bytes] | None = None,
) -> Report:
    """Check a knowledge base, or some of its files with all their links.

    Args:
        root: The folder that holds ``entries``.
        paths: Files or folders to report on; everything when empty.
        progress: Called after each file.
        today: The day that counts as present, for dates and staleness.
        cache: Facts of unchanged files, which spare reading them when only ``paths`` are examined.
        drafts: Entry files as they would be, in place of what is on disk; they need not exist yet.

    Raises:
        EvregError: when one of ``paths`` is no entry, or the exceptions file cannot be read.
    """
    exceptions = Exceptions(root)
    drafts = drafts or {}
    files = list(entry_files(root))
    files += [entry_file(path, root) for path in drafts if path not in {file.path for file in files}]
    wanted = wanted_files(files, paths, root)
    run = _Run(Context(vocabularies_of(root), (), today or date.today(), root), wanted, cache, drafts)
    # The glossary comes first: it names the variants that the other texts are examined for.
    done = 0
    for part in (True, False):
        some = [file for file in files if (file.collection == "glossary") is part]
        # With a cache, one file among many is read sooner than processes are started.
        for reading in map(run.read, some) if paths else mapped(run.read, some):
            run.take(reading)
            done += 1
            if progress:
                progress(done, len(files))
    run.check_whole()
    problems = [problem for problem, entry in run.found if not exceptions.accepts(problem, entry)]
    problems += [item for item in misplaced_files(root) if not paths or Path(item.file) in wanted]
    if not paths:
        problems += side_file_problems(root, FactsIndex(run.facts))
        problems += exceptions.unused()
    problems.sort(key=lambda problem: (problem.file, problem.line, problem.column, problem.rule))
    return Report(len(wanted), problems)


def wanted_files(files: Sequence[EntryFile], paths: Sequence[Path], root: Path) -> set[Path]:
    """The files that ``paths`` (files or folders) mean; all of them when there are none.

    Raises:
        EvregError: when a path is no entry.
    """
    if not paths:
        return {file.path for file in files}
    entries, shown = (root / "entries").resolve(), (root / "entries").as_posix() + "/"
    wanted: set[Path] = set()
    for path in paths:
        place = path.resolve()
        above = entries.is_relative_to(place)
        below = place.relative_to(entries).as_posix() if place.is_relative_to(entries) else None
        inside = {
            file.path
            for file in files
            if above or below == file.name.removeprefix(shown) or file.name.startswith(f"{shown}{below}/")
        }
        if not inside and not any(Path(item.file).resolve() == place for item in misplaced_files(root)):
            raise EvregError(
                str(path),
                Message("This is no entry of the knowledge base.", "ナレッジベースのエントリーではない。"),
                Message(
                    f"A file or folder below {root / 'entries'}.",
                    f"{root / 'entries'}以下のファイル又はフォルダーを指定する。",
                ),
                Message(
                    "Check the path, or choose another knowledge base with --kb.",
                    "パスを確かめるか、--kbで別のナレッジベースを指定する。",
                ),
            )
        wanted |= inside or {path}
    return wanted


class _Reading(NamedTuple):
    """What reading one file gave."""

    file: EntryFile
    facts: Facts | None
    problems: list[Problem]


class _Run:
    """State of one validation."""

    def __init__(
        self, context: Context, wanted: set[Path], cache: FactsCache | None, drafts: Mapping[Path, bytes]
    ) -> None:
        self.context = context
        self.wanted = wanted
        self.cache = cache
        self.drafts = drafts
        self.facts: list[Facts] = []
        self.found: list[tuple[Problem, str]] = []

    def read(self, file: EntryFile) -> _Reading:
        """Facts and problems of one file; changes nothing here, so that another process may do it."""
        examine = file.path in self.wanted
        drafted = file.path in self.drafts
        known = self.cache.get(file) if self.cache is not None and not examine and not drafted else None
        if known is not None:
            return _Reading(file, known, [])
        try:
            data, node = parse(self._content(file.path))
            if not isinstance(data, dict):
                raise _no_mapping(data)
        except YamlProblem as problem:
            return _Reading(file, None, [unreadable(file.name, problem)] if examine else [])
        found = examine_entry(file, data, self.context) if examine else ()
        return _Reading(file, facts_of(file, data), [placed(file.name, *finding, node) for finding in found])

    def take(self, reading: _Reading) -> None:
        """Remember what one file gave."""
        file, facts, problems = reading
        self.found.extend((problem, f"{file.collection}/{file.stem}") for problem in problems)
        if facts is None:
            return
        self.facts.append(facts)
        if self.cache is not None and file.path not in self.drafts:
            self.cache.put(file, facts)
        if facts.avoided:
            self.context = self.context._replace(avoided=self.context.avoided + facts.avoided)
        if facts.renderings:
            self.context = self.context._replace(renderings=self.context.renderings + facts.renderings)

    def _content(self, path: Path) -> bytes:
        return self.drafts[path] if path in self.drafts else _content(path)

    def check_whole(self) -> None:
        """Apply the rules that compare entries."""
        index = FactsIndex(self.facts, {path.as_posix() for path in self.wanted})
        for rule in WHOLE_RULES:
            for facts, finding in rule.check(index):
                if Path(facts.file) in self.wanted:
                    node = compose(decode(self._content(Path(facts.file))))
                    problem = placed(facts.file, rule.name, rule.level, finding, node)
                    self.found.append((problem, f"{facts.collection}/{facts.stem}"))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise YamlProblem(
            Message(f"The file cannot be opened: {reason}.", f"ファイルを開けない({reason})。"),
            Message("A file that may be read.", "読み取り可能なファイルでなければならない。"),
            Message("Check that it exists and its permissions.", "ファイルの有無と権限を確かめる。"),
            rule="unreadable",
        ) from None


def examine_entry(file: EntryFile, data: dict[str, Any], context: Context) -> Iterator[tuple[str, Level, Finding]]:
    """Rule name, level and finding for one entry by itself: the model first, the rules when it holds."""
    model = model_of(file.collection)
    try:
        entry = model.model_validate(data, context={"vocabularies": context.vocabularies})
    except ValidationError as errors:
        for name, finding in model_findings(errors, model, context.vocabularies):
            yield name, "error", finding
        return
    subject = Subject(file, entry, data)
    for rule in ENTRY_RULES:
        if not rule.collections or file.collection in rule.collections:
            for finding in rule.check(subject, context):
                yield rule.name, rule.level, finding


def placed(name: str, rule: str, level: Level, finding: Finding, node: yaml.Node | None) -> Problem:
    """The problem at the place in the file where the finding's path points."""
    line, column = locate(node, finding.path)
    return Problem(
        name, line, column, field_name(finding.path), rule, level, finding.found, finding.expected, finding.remedy
    )


def unreadable(name: str, problem: YamlProblem) -> Problem:
    """The problem of a file that is not readable as YAML."""
    return Problem(
        name, problem.line, problem.column, "", problem.rule, "error", problem.found, problem.expected, problem.remedy
    )


def _no_mapping(data: Any) -> YamlProblem:
    what = (
        Message("The file is empty.", "ファイルが空である。")
        if data is None
        else Message("The file holds a list or a single value.", "ファイルの内容がリスト又は単一の値である。")
    )
    return YamlProblem(
        what,
        Message("A mapping that begins with «id:».", "「id:」で始まるマッピングとする。"),
        Message(
            "Start from a template: «evreg new COLLECTION ID».", "「evreg new COLLECTION ID」のひな形から書き始める。"
        ),
        rule="mapping",
    )
