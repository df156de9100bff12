"""What a run leaves out because the last one read it: only while nothing that it is compared with has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kb.accepting import reject
from kb.observed import Observation, observation
from kb.proposals import Proposal, find_proposal
from scrapers.errand import Errand, Means
from scrapers.recall import LONGEST
from scrapers.run import enrich
from scrapers.source import SourceModule, Visit
from tests.entries import minimal
from tests.samples import write_kb
from tests.scrapers.fake_source import NAME, candidate, means
from tests.scrapers.server import Loopback

TODAY = date(2026, 7, 2)


class Module:
    """A source of one version, which it reads unless the last whole run has read it."""

    def __init__(self) -> None:
        self.version, self.reads, self.breaks = "v1", 0, False

    def observe(self, visit: Visit) -> Iterator[Observation | Proposal]:
        if visit.is_read("version", self.version):
            return
        self.reads += 1
        facts = {"status": "terminated", "acronym": "EV"}
        yield observation(NAME, "trials/t1", "https://example.org/", visit.today.isoformat(), facts)
        yield candidate(NAME, "t9", visit.today.isoformat())
        if self.breaks:
            raise ValueError("broken")
        visit.note_read("version", self.version)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return write_kb(tmp_path, trials=[minimal("trials") | {"id": "t1"}])


class Runs:
    """Runs of :class:`Module`; each call says whether the source was read."""

    def __init__(self, root: Path, using: Means, module: Module) -> None:
        self.root, self.using, self.module = root, using, module

    def __call__(self, day: date = TODAY, **changes: Any) -> bool:
        before = self.module.reads
        enrich(self.root, Errand((NAME,), day, **changes), self.using)
        return self.module.reads > before


@pytest.fixture
def run(root: Path, server: Loopback, tmp_path: Path) -> Runs:
    module = Module()
    return Runs(root, means(server, tmp_path, {NAME: SourceModule(NAME, observe=module.observe)}), module)


def test_the_same_version_is_read_once(run: Runs) -> None:
    assert [run(), run(), run()] == [True, False, False]
    run.module.version = "v2"
    assert [run(), run()] == [True, False]


def test_after_a_week_everything_is_read_again(run: Runs) -> None:
    days = [TODAY + timedelta(days) for days in (0, LONGEST - 1, LONGEST, LONGEST + 1)]
    assert [run(day) for day in days] == [True, False, True, False]
    assert run(TODAY - timedelta(days=30))  # a note from days to come counts for nothing


def _touch(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda root: _touch(root, "entries/trials/t1.yaml", "status: completed", "status: terminated"),
        lambda root: _touch(root, f"observed/{NAME}/t1.yaml", "EV", "EW"),
        lambda root: (root / "observed" / NAME / "t1.yaml").unlink(),
        lambda root: (root / "inbox" / NAME / "t9.yaml").unlink(),
        lambda root: reject(root, find_proposal(root, "t9"), TODAY, "No vesicles."),
    ],
    ids=["entry", "observed", "observed-gone", "proposal-gone", "decision"],
)
def test_what_it_is_compared_with_has_changed(run: Runs, root: Path, change: Callable[[Path], object]) -> None:
    assert [run(), run()] == [True, False]
    change(root)
    assert [run(), run()] == [True, False]
    assert (root / "observed" / NAME / "t1.yaml").is_file()


@pytest.mark.parametrize("part", [{"limit": 5}, {"since": TODAY}, {"offline": True}, {"dry_run": True}])
def test_a_part_or_a_trial_run_is_no_reading(run: Runs, part: dict[str, Any]) -> None:
    run(**part)
    assert run()
    if "dry_run" not in part:
        assert run(**part)  # nor does it rest on one


def test_a_run_that_failed_is_no_reading(run: Runs) -> None:
    run.module.breaks = True
    assert run()
    run.module.breaks = False
    assert run()


@pytest.mark.parametrize("text", ["", "[]", '{"notes": {"version": {"hash": "x", "day": "today"}}}', "\x00"])
def test_a_memory_that_cannot_be_read_holds_nothing(run: Runs, tmp_path: Path, text: str) -> None:
    run()
    (file,) = (tmp_path / "http").glob("*.read.json")
    file.write_text(text, encoding="utf-8")
    assert [run(), run()] == [True, False]
