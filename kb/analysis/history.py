"""Earlier states of the knowledge base out of the git repository that holds it; read by dulwich, no program is run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from weakref import finalize

from kb.analysis.states import NOTHING, State, Stored
from kb.models import COLLECTIONS

if TYPE_CHECKING:
    from dulwich.objects import Commit, Tree
    from dulwich.repo import Repo

#: ``HEAD~3`` and ``v1^`` count along first parents; dulwich itself reads names and hashes only.
_ANCESTOR = re.compile(r"(?P<name>.+?)(?P<steps>(?:~\d{0,6}|\^)+)")
_STEP = re.compile(r"~(\d*)|\^")


class Span(NamedTuple):
    """What the commits of one day made of the entries."""

    #: ``YYYY-MM-DD`` in UTC.
    day: str
    before: State
    after: State


class Days(NamedTuple):
    """The days with commits, latest first."""

    spans: tuple[Span, ...]
    #: Day of the latest commit; empty before the first one.
    until: str
    #: False when a clone without its older commits ends inside the time asked for.
    complete: bool


class History:
    """The commits of the repository around a knowledge base."""

    def __init__(self, repository: Repo, folder: str) -> None:
        self._repository, self._folder = repository, folder
        self._shallow = repository.get_shallow()
        # States are read when they are compared: the files stay open as long as one of them is in use.
        finalize(self, repository.close)

    @classmethod
    def around(cls, root: Path) -> History | None:
        """The history of the folder ``root`` (which holds ``entries``); None when it is in no repository."""
        from dulwich.errors import NotGitRepository
        from dulwich.repo import Repo

        try:
            repository = Repo.discover(str(root.resolve()))
        except NotGitRepository:
            return None
        top = Path(repository.path).resolve()
        if not root.resolve().is_relative_to(top):
            repository.close()
            return None
        folder = root.resolve().relative_to(top).as_posix()
        return cls(repository, "" if folder == "." else folder)

    @property
    def shallow(self) -> bool:
        """True when the clone was made without its older commits."""
        return bool(self._shallow)

    def head(self) -> str | None:
        """Hash of the latest commit; None before the first one."""
        try:
            return self._repository.head().decode()
        except KeyError:
            return None

    def find(self, name: str) -> str | None:
        """Hash of the commit that a hash, its beginning, a branch, a tag or ``HEAD~2`` names; None without one."""
        from dulwich.objectspec import parse_commit

        if not name.strip("/") or "//" in f"{name}/":  # dulwich warns that it will refuse such names
            return None
        match = _ANCESTOR.fullmatch(name)
        try:
            commit = parse_commit(self._repository, (match["name"] if match else name).encode())
            for count in _STEP.findall(match["steps"]) if match else ():
                for _ in range(int(count or 1)):
                    commit = self._commit(commit.parents[0])
        except (KeyError, ValueError, IndexError):
            return None
        return commit.id.decode()

    def last_before(self, moment: datetime) -> str | None:
        """Hash of the latest commit of the present line that is older than ``moment``; None when none is stored."""
        return next((commit.id.decode() for commit in self._line() if commit.commit_time < moment.timestamp()), None)

    def state(self, commit: str) -> State:
        """The entries at a commit; none when it had no folder of entries."""
        found = self._commit(commit.encode())
        entries = self._folder_in(self._tree(found.tree), (*filter(None, self._folder.split("/")), "entries"))
        stored = {
            (collection, stem): Stored(blob.decode(), partial(self._content, blob))
            for collection in COLLECTIONS
            for stem, blob in (self._files(entries, collection) if entries else ())
        }
        return State(commit[:10], _day(found), stored)

    def states(self) -> Iterator[State]:
        """The entries at every commit of the present line, the latest first, as far as they are stored."""
        return (self.state(commit.id.decode()) for commit in self._line())

    def days(self, window: timedelta) -> Days:
        """The days that changed entries, back to ``window`` before the latest commit.

        A day's ``before`` is the state that the last earlier commit left.
        """
        ends: dict[str, Commit] = {}
        base: Commit | None = None
        commit: Commit | None = None
        for commit in self._line():
            latest = next(iter(ends.values()), commit)
            if commit.commit_time < latest.commit_time - window.total_seconds():
                base = commit
                break
            ends.setdefault(_day(commit), commit)
        if commit is None:
            return Days((), "", True)
        # The line may also have ended at its beginning, or where a shallow clone was cut off.
        complete = base is not None or not commit.parents
        states = [(day, self.state(end.id.decode())) for day, end in ends.items()]
        befores = [state for _, state in states[1:]] + [self.state(base.id.decode()) if base else NOTHING]
        spans = [Span(day, before, after) for (day, after), before in zip(states, befores, strict=True)]
        known = spans if complete else spans[:-1]
        return Days(tuple(span for span in known if _differ(span)), states[0][0], complete)

    def _line(self) -> Iterator[Commit]:
        """Commits from the latest back along first parents, as far as they are stored."""
        name = self.head()
        while name is not None:
            commit = self._commit(name.encode())
            yield commit
            more = bool(commit.parents) and commit.id not in self._shallow
            name = commit.parents[0].decode() if more else None

    def _commit(self, name: bytes) -> Commit:
        from dulwich.objects import Commit

        found = self._repository[name]
        if not isinstance(found, Commit):
            raise KeyError(name)
        return found

    def _tree(self, name: bytes) -> Tree:
        from dulwich.objects import Tree

        found = self._repository[name]
        if not isinstance(found, Tree):
            raise KeyError(name)
        return found

    def _folder_in(self, tree: Tree, path: tuple[str, ...]) -> Tree | None:
        for part in path:
            try:
                _, name = tree[part.encode()]
                tree = self._tree(name)
            except KeyError:
                return None
        return tree

    def _files(self, tree: Tree, *path: str) -> Iterator[tuple[str, bytes]]:
        """Stem and blob of every entry file at any depth, as :func:`kb.files.entry_files` finds them in a folder."""
        import stat

        folder = self._folder_in(tree, path)
        for item in folder.items() if folder else ():
            name = item.path.decode("utf-8", "replace")
            if stat.S_ISDIR(item.mode):
                yield from self._files(tree, *path, name)
            elif stat.S_ISREG(item.mode) and name.endswith(".yaml"):
                yield name.removesuffix(".yaml"), item.sha

    def _content(self, blob: bytes) -> bytes:
        return self._repository[blob].as_raw_string()


def _day(commit: Commit) -> str:
    return datetime.fromtimestamp(commit.commit_time, UTC).date().isoformat()


def _differ(span: Span) -> bool:
    before, after = ({key: file.blob for key, file in state.entries.items()} for state in (span.before, span.after))
    return before != after
