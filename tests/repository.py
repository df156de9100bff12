"""Small git repositories that hold a knowledge base, made commit by commit without the program git."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dulwich import porcelain
from dulwich.repo import Repo

from tests.samples import write_kb

_WHO = b"A Tester <tester@example.org>"


class Repository:
    """A repository in a folder; entries are written and committed together."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        Repo.init(str(folder)).close()

    @property
    def root(self) -> Path:
        """The knowledge base."""
        return self.folder / "kb"

    def commit(self, day: str, **collections: list[dict[str, Any]]) -> str:
        """Write entries (see :func:`tests.samples.write_kb`) and commit everything at noon UTC; returns the hash."""
        if collections:
            write_kb(self.folder, **collections)
        return self.commit_files(day)

    def commit_files(self, day: str) -> str:
        """Commit what lies in the folder."""
        moment = int(datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC).timestamp())
        with Repo(str(self.folder)) as repository:
            porcelain.add(repository)
            made: bytes = porcelain.commit(
                repository,
                message=day.encode(),
                author=_WHO,
                committer=_WHO,
                author_timestamp=moment,
                commit_timestamp=moment,
                author_timezone=0,
                commit_timezone=0,
            )
        return made.decode()
