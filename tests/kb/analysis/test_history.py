"""States out of git: by commit, by day, day by day, and what a clone without history says."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from dulwich import porcelain

from kb.analysis.changes import touched
from kb.analysis.history import History
from kb.analysis.recent_changes import MOST_LISTED, recent_changes
from kb.analysis.since import state_named
from kb.analysis.states import folder_state
from kb.problems import EvregError
from tests.repository import Repository
from tests.samples import term

_WINDOW = timedelta(days=90)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Commits of three days; the second day has two."""
    made = Repository(tmp_path / "clone")
    (made.folder / "README").write_text("x")
    made.commit_files("2026-01-01")
    made.commit("2026-01-02", glossary=[term("a")])
    made.commit("2026-01-02", glossary=[term("b")])
    made.commit("2026-03-01", glossary=[term("a", confidence="high")])
    return made


def _history(repository: Repository) -> History:
    found = History.around(repository.root)
    assert found is not None
    return found


def test_a_folder_and_the_commit_of_it_are_the_same_state(repository: Repository) -> None:
    history = _history(repository)
    head = history.head()
    assert head is not None
    state = history.state(head)
    assert (state.name, state.day) == (head[:10], "2026-03-01")
    assert set(state.entries) == {("glossary", "a"), ("glossary", "b")}
    assert touched(state, folder_state(repository.folder)) == []


@pytest.mark.parametrize(
    ("name", "entries"),
    [
        ("HEAD", 2), ("HEAD~1", 2), ("HEAD~2", 1), ("HEAD^^", 1), ("master~2", 1), ("2026-01-02", 2), ("2026-02", 2),
        ("2026", 2), ("2030-01-01", 2),
    ],
)  # fmt: skip
def test_names_of_states(repository: Repository, name: str, entries: int) -> None:
    assert len(state_named(name, repository.root).entries) == entries


def test_a_hash_and_its_beginning_and_a_folder_are_names(repository: Repository) -> None:
    head = _history(repository).head() or ""
    for name in (head, head[:8], str(repository.folder), str(repository.root)):
        assert len(state_named(name, repository.root).entries) == 2


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2025-12-31", "There is no commit before the end of 2025-12-31. The history begins later."),
        ("2026-02-30", "no day of the calendar"),
        ("2026-01-01", "holds no entries yet"),
        ("HEAD~9", "no folder, no date and no commit"),
        ("nonsense", "no folder, no date and no commit"),
        ("", "no folder, no date and no commit"),
        ("a//b", "no folder, no date and no commit"),
        ("refs/heads/", "no folder, no date and no commit"),
        ("HEAD:kb", "no folder, no date and no commit"),
        ("@{u}", "no folder, no date and no commit"),
        ("^", "no folder, no date and no commit"),
        ("v1\udcff", "no folder, no date and no commit"),
        ("../..", "folder «entries»"),
    ],
)
def test_names_that_mean_no_state(repository: Repository, name: str, said: str) -> None:
    with pytest.raises(EvregError) as caught:
        state_named(str(repository.folder / name) if name.startswith("..") else name, repository.root)
    assert said in caught.value.found.en
    assert caught.value.found.ja != caught.value.found.en


def test_without_a_repository_that_is_said(repository: Repository, tmp_path: Path) -> None:
    shutil.copytree(repository.root, tmp_path / "copy" / "kb")
    assert recent_changes(tmp_path / "copy" / "kb") is None
    with pytest.raises(EvregError, match="no git history"):
        state_named("HEAD", tmp_path / "copy" / "kb")


def test_a_repository_without_commits_has_no_history(tmp_path: Path) -> None:
    empty = Repository(tmp_path / "empty")
    (empty.root / "entries").mkdir(parents=True)
    assert recent_changes(empty.root) is None
    with pytest.raises(EvregError, match="no git history"):
        state_named("HEAD", empty.root)


def test_days_hold_all_commits_of_a_day_and_nothing_that_left_the_entries_alone(repository: Repository) -> None:
    found = _history(repository).days(_WINDOW)
    assert (found.until, found.complete) == ("2026-03-01", True)
    assert [(span.day, len(touched(span.before, span.after))) for span in found.spans] == [
        ("2026-03-01", 1),
        ("2026-01-02", 2),
    ]


def test_the_window_ends_before_older_days(repository: Repository) -> None:
    found = _history(repository).days(timedelta(days=30))
    assert [(span.day, len(span.before.entries)) for span in found.spans] == [("2026-03-01", 2)]


def test_a_shallow_clone_says_so_and_compares_only_what_it_has(repository: Repository, tmp_path: Path) -> None:
    porcelain.clone(str(repository.folder), str(tmp_path / "shallow"), depth=1).close()
    shallow = tmp_path / "shallow" / "kb"
    history = History.around(shallow)
    assert history is not None
    assert history.shallow
    found = history.days(_WINDOW)
    assert (found.spans, found.complete) == ((), False)
    with pytest.raises(EvregError, match="shallow"):
        state_named("2026-01-02", shallow)
    with pytest.raises(EvregError, match="shallow"):
        state_named("HEAD~1", shallow)


def test_recent_changes_count_an_import_and_list_a_days_work(repository: Repository) -> None:
    repository.commit("2026-03-02", glossary=[term(f"t{number}") for number in range(MOST_LISTED + 1)])
    found = recent_changes(repository.root)
    assert found is not None
    assert [(day.day, day.examined, day.began) for day in found.days] == [
        ("2026-03-02", False, False),
        ("2026-03-01", True, False),
        ("2026-01-02", True, True),
    ]
    assert found.days[0].changes.counts() == {"glossary": {"added": MOST_LISTED + 1}}


def test_a_new_commit_is_seen_at_once(repository: Repository) -> None:
    before = recent_changes(repository.root)
    repository.commit("2026-03-03", glossary=[term("c")])
    after = recent_changes(repository.root)
    assert before is not None
    assert after is not None
    assert (before.until, after.until) == ("2026-03-01", "2026-03-03")
