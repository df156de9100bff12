"""A whole run: what is written, what is left alone, and what happens when it is cut off."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import kb
from kb.accepting import accept, reject, snooze
from kb.observed import Observation, observation, read_observed
from kb.problems import EvregError
from kb.proposals import Proposal, find_proposal, read_proposals
from kb.searches import read_searches
from kb.validation import validate
from kb.writing_lock import writing
from scrapers.errand import Errand, Means, usual_means
from scrapers.register import Bounds
from scrapers.report import Report
from scrapers.run import enrich
from scrapers.source import SourceModule, Visit
from tests.entries import minimal
from tests.samples import write_kb
from tests.scrapers.fake_source import MODULE, NAME, candidate, means, script, tree
from tests.scrapers.server import Loopback, Reply

TODAY = date(2026, 7, 2)
CHECKOUT = Path(__file__).parents[2]
TRIALS = ("t1", "t2", "t3")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return write_kb(tmp_path, trials=[minimal("trials") | {"id": name} for name in TRIALS])


@pytest.fixture
def friendly(server: Loopback) -> Loopback:
    """t1 was terminated, t2 and t3 are as the entries say; the search finds t9 besides."""
    script(
        server,
        {
            "t1": {"status": "terminated", "as_of": "2026-06-30", "people": 12},
            "t2": {"status": "completed"},
            "t3": {"status": "completed"},
        },
        ["t1", "t2", "t3", "t9"],
    )
    return server


def run(root: Path, using: Means, day: date = TODAY, names: tuple[str, ...] = (NAME,), **changes: Any) -> Report:
    return enrich(root, Errand(names, day, **changes), using)


# --- What is written


def test_disagreements_become_proposals_and_facts_are_kept(root: Path, friendly: Loopback, tmp_path: Path) -> None:
    report = run(root, means(friendly, tmp_path))
    (source,) = report.sources
    assert source.fault is None
    assert (source.asked, source.unchanged, source.kept.observed, source.kept.observations_changed) == (4, 0, 3, 3)
    assert set(read_proposals(root)) == {f"{NAME}/t1-status", f"{NAME}/t9"}
    proposal = find_proposal(root, "t1-status")
    assert proposal.words.en == "Status: Completed → Terminated (ClinicalTrials.gov, as of 2026-06-30)"
    assert proposal.words.ja.endswith("(ClinicalTrials.gov、2026-06-30時点)")
    assert [(change.field, change.old, change.new) for change in proposal.changes] == [
        ("status", "completed", "terminated"),
        ("status_as_of", "2026-05", "2026-06-30"),
    ]
    facts = {entry: found[0].facts for entry, found in read_observed(root).items()}
    assert facts["trials/t1"]["enrolment.count"] == 12
    assert [(search.hits, search.proposed) for search in read_searches(root)] == [(4, ("t9",))]
    assert validate(root).count("error") == 0


def test_the_same_again_downloads_nothing_and_changes_no_byte(root: Path, friendly: Loopback, tmp_path: Path) -> None:
    run(root, means(friendly, tmp_path))
    before, sent = tree(root), friendly.body_bytes
    (source,) = run(root, means(friendly, tmp_path), date(2026, 7, 9)).sources
    assert friendly.body_bytes == sent
    assert (source.asked, source.unchanged, source.downloaded_bytes) == (4, 4, 0)
    assert not source.kept.changed
    assert tree(root) == before


def test_accepting_ends_the_disagreement(root: Path, friendly: Loopback, tmp_path: Path) -> None:
    run(root, means(friendly, tmp_path))
    for proposal in read_proposals(root).values():
        accept(root, proposal, TODAY)
    entry = kb.load(root).trials["t1"]
    assert (entry.status, entry.status_as_of) == ("terminated", "2026-06-30")
    script(friendly, {"t9": {"status": "completed"}}, [*TRIALS, "t9"])
    run(root, means(friendly, tmp_path))
    assert read_proposals(root) == {}


def test_what_the_source_takes_back_leaves_the_inbox(root: Path, friendly: Loopback, tmp_path: Path) -> None:
    run(root, means(friendly, tmp_path))
    script(friendly, {"t1": {"status": "completed"}}, ["t9"])
    (source,) = run(root, means(friendly, tmp_path)).sources
    assert source.kept.proposals_removed == 1
    assert set(read_proposals(root)) == {f"{NAME}/t9"}


def test_a_snoozed_proposal_stays_until_its_day(root: Path, friendly: Loopback, tmp_path: Path) -> None:
    run(root, means(friendly, tmp_path))
    snooze(root, find_proposal(root, "t1-status"), TODAY, date(2026, 8, 1))
    script(friendly, {"t1": {"status": "completed"}}, [])
    run(root, means(friendly, tmp_path))
    assert f"{NAME}/t1-status" in read_proposals(root)
    run(root, means(friendly, tmp_path), date(2026, 8, 2))
    assert f"{NAME}/t1-status" not in read_proposals(root)


def test_what_was_rejected_comes_back_only_with_news(root: Path, friendly: Loopback, tmp_path: Path) -> None:
    run(root, means(friendly, tmp_path))
    for proposal in read_proposals(root).values():
        reject(root, proposal, TODAY, "The registry is behind.")
    script(friendly, {"t1": {"status": "terminated", "as_of": "2026-07-01"}}, ["t9"])
    (source,) = run(root, means(friendly, tmp_path)).sources
    assert (source.kept.settled, read_proposals(root)) == (2, {})  # another date is no other status
    script(friendly, {"t1": {"status": "recruiting"}}, ["t9"])
    run(root, means(friendly, tmp_path))
    assert set(read_proposals(root)) == {f"{NAME}/t1-status"}


def test_a_dry_run_reports_the_same_and_writes_nothing(root: Path, friendly: Loopback, tmp_path: Path) -> None:
    before = tree(root)
    with writing(root):  # it does not even need the lock
        tried = run(root, means(friendly, tmp_path / "a"), dry_run=True)
    assert tree(root) == before
    done = run(root, means(friendly, tmp_path / "b"))
    assert tried.sources[0].kept == done.sources[0].kept
    assert tree(root) != before


def test_offline_says_what_is_missing_and_else_needs_no_server(root: Path, friendly: Loopback, tmp_path: Path) -> None:
    (source,) = run(root, means(friendly, tmp_path), offline=True).sources
    assert source.fault is not None
    assert "--offline" in source.fault.remedy.en
    run(root, means(friendly, tmp_path))
    asked = len(friendly.seen)
    assert run(root, means(friendly, tmp_path), offline=True).failed == ()
    assert len(friendly.seen) == asked


def test_a_limit_of_candidates_holds_also_when_a_module_forgets_it(
    root: Path, friendly: Loopback, tmp_path: Path
) -> None:
    script(friendly, {}, [f"new-{number}" for number in range(9)])
    (source,) = run(root, means(friendly, tmp_path), limit=2).sources
    assert (source.kept.observed, source.kept.proposals_new) == (3, 3)


# --- Faults


def _three(server: Loopback, folder: Path) -> Means:
    def breaks(visit: Visit) -> Iterator[Proposal]:
        yield candidate(visit.source.name, "t8", "2026-07-02")
        raise ZeroDivisionError("hidden")

    modules = {NAME: MODULE, "isrctn": SourceModule("isrctn", discover=breaks), "pubmed": MODULE}
    using = means(server, folder, modules)
    away = using.sources["pubmed"].model_copy(update={"base": f"{server.url}/nowhere"})
    return Means({**using.sources, "pubmed": away}, modules.__getitem__, using.cache, using.limits, using.allowance)


def test_a_fault_stops_one_source_and_leaves_everything_of_it(root: Path, friendly: Loopback, tmp_path: Path) -> None:
    report = run(root, _three(friendly, tmp_path), names=("isrctn", "pubmed", NAME))
    assert [(item.name, item.fault is None) for item in report.sources] == [
        ("isrctn", False), ("pubmed", False), (NAME, True),
    ]  # fmt: skip
    mistake, missing = (item.fault for item in report.failed)
    assert mistake is not None
    assert "test_run.py" in mistake.found.en or "collecting.py" in mistake.found.en
    assert "ZeroDivisionError" in mistake.found.ja
    assert missing is not None
    assert "404" in missing.found.en
    assert {path.name for path in (root / "inbox").iterdir()} == {NAME}


@pytest.mark.parametrize("reply", [
    Reply({"id": "t2", "status": "UNHEARD_OF"}), Reply("<html>Maintenance</html>"), Reply(status=500), Reply({"id": "t2"}),
    Reply(b'{"id": "t2", "sta', content_type="application/json"), Reply(cut=5, body={"id": "t2", "status": "completed"}),
])  # fmt: skip
def test_a_changed_or_broken_source_changes_nothing(
    root: Path, friendly: Loopback, tmp_path: Path, reply: Reply
) -> None:
    run(root, means(friendly, tmp_path))
    script(friendly, {"t1": {"status": "recruiting"}}, ["t10"])
    friendly.say("/api/v2/studies/t2", reply)
    before = tree(root)
    report = run(root, means(friendly, tmp_path))
    assert [item.name for item in report.failed] == [NAME]
    assert tree(root) == before


def test_facts_that_fit_no_entry_or_no_model_are_a_fault(root: Path, friendly: Loopback, tmp_path: Path) -> None:
    def stating(entry: str, facts: dict[str, Any], source: str = NAME) -> SourceModule:
        def observe_one(visit: Visit) -> Iterator[Observation | Proposal]:
            yield observation(source, entry, "https://example.org/", "2026-07-02", facts)

        return SourceModule(NAME, observe=observe_one)

    for module, words in (
        (stating("trials/none", {"status": "completed"}), "trials/none"),
        (stating("nonsense/t1", {"status": "completed"}), "nonsense/t1"),
        (stating("trials/t1", {"status": "no-code"}), "no-code"),
        (stating("trials/t1", {"status": "terminated"}, "isrctn"), "isrctn"),
    ):
        (source,) = run(root, means(friendly, tmp_path, {NAME: module})).sources
        assert source.fault is not None
        assert words in source.fault.found.en
    assert set(tree(root)) == {f"entries/trials/{name}.yaml" for name in TRIALS}


def test_a_file_that_cannot_be_read_is_the_fault_of_its_source(root: Path, friendly: Loopback, tmp_path: Path) -> None:
    run(root, means(friendly, tmp_path))
    (root / "inbox" / NAME / "t9.yaml").write_text("[", encoding="utf-8")
    script(friendly, {"t1": {"status": "recruiting"}}, ["t10"])
    (source,) = run(root, means(friendly, tmp_path)).sources
    assert source.fault is not None
    assert "t9.yaml" in source.fault.where
    assert find_proposal_status(root) == "terminated"


def find_proposal_status(root: Path) -> object:
    (found,) = (item for item in (root / "inbox" / NAME).glob("t1-status.yaml"))
    return "terminated" if "terminated" in found.read_text(encoding="utf-8") else "other"


def test_sources_marked_manual_need_a_person(root: Path, friendly: Loopback, tmp_path: Path) -> None:
    def read_files(visit: Visit) -> Iterator[Proposal]:
        for file in visit.files:
            yield candidate(visit.source.name, file.stem, "2026-07-02")

    using = means(friendly, tmp_path, {"ictrp": SourceModule("ictrp", discover=read_files)})
    (source,) = run(root, using, names=("ictrp",)).sources
    assert source.fault is not None
    assert "--file" in source.fault.remedy.en
    assert run(root, using, names=("ictrp",), files=(tmp_path / "t7.xml",)).failed == ()
    assert set(read_proposals(root)) == {"ictrp/t7"}


# --- Ten thousand at once


def _flood(visit: Visit) -> Iterator[Proposal]:
    for number in range(10_000):
        yield candidate(visit.source.name, f"new-{number}", "2026-07-02", "x" * 2_000)


def test_more_than_a_person_can_read_is_a_fault(root: Path, friendly: Loopback, tmp_path: Path) -> None:
    using = means(friendly, tmp_path, {NAME: SourceModule(NAME, discover=_flood)})
    before = tree(root)
    (source,) = run(root, using).sources
    assert source.fault is not None
    assert "2,000" in source.fault.found.en
    assert "--limit" in source.fault.remedy.en
    assert tree(root) == before
    few = means(
        friendly, tmp_path, {NAME: SourceModule(NAME, discover=_flood)}, expected={"proposals": Bounds(min=0, max=5)}
    )
    assert run(root, few).failed
    assert len(run(root, few, limit=5).sources[0].kept.proposed) == 5


_FLOOD = """
import os, sys
os.fsync = lambda _: None  # memory is looked at, not the disk
from datetime import date
from pathlib import Path
from tests.scrapers.test_run import NAME, _flood, run
from tests.scrapers.fake_source import means
from tests.scrapers.server import Loopback
from scrapers.register import Bounds
from scrapers.source import SourceModule
folder = Path(sys.argv[1])
with Loopback() as server:
    using = means(server, folder, {NAME: SourceModule(NAME, discover=_flood)}, expected={"proposals": Bounds(min=0, max=10_000)})
    report = run(folder / "kb", using, dry_run=True)
assert report.sources[0].fault is None, report.sources[0].fault
assert report.sources[0].kept.proposals_new == 10_000
print(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process its own peak, without its parent's")
def test_ten_thousand_candidates_fit_into_200_megabytes(root: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FLOOD, str(tmp_path)], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) / 1024 < 200


# --- Several at once, and sudden ends


def test_a_second_run_waits_or_says_so(root: Path, friendly: Loopback, tmp_path: Path) -> None:
    with writing(root), pytest.raises(EvregError, match="Another program"):
        run(root, means(friendly, tmp_path))
    assert friendly.seen == []


def test_sources_are_asked_side_by_side(root: Path, friendly: Loopback, tmp_path: Path) -> None:
    names = ("clinicaltrials-gov", "isrctn", "pubmed", "crossref")
    meeting = threading.Barrier(len(names))

    def discover(visit: Visit) -> Iterator[Proposal]:
        meeting.wait(timeout=30)  # Asked one after another, the first would wait in vain and break the barrier.
        yield candidate(visit.source.name, "new-1", "2026-07-02")

    using = means(friendly, tmp_path, {name: SourceModule(name, discover=discover) for name in names})
    report = run(root, using, names=names)
    assert report.failed == ()
    assert [item.name for item in report.sources] == list(names)


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9")
def test_killed_at_any_moment_the_next_run_finishes_the_same(
    root: Path, friendly: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)  # the process dies here, not the machine
    whole = tmp_path / "whole"
    shutil.copytree(root, whole)
    started = time.perf_counter()
    run(whole, means(friendly, tmp_path / "first"))
    usual, wanted = time.perf_counter() - started, tree(whole)
    moments, cut_off = random.Random(7), 0
    for number in range(30):
        base = tmp_path / f"round-{number}"
        shutil.copytree(root, base)
        using = means(friendly, tmp_path / f"cache-{number}")
        child = multiprocessing.get_context("fork").Process(target=run, args=(base, using))
        child.start()
        time.sleep(moments.uniform(0.1, 1.1) * usual)
        child.kill()
        child.join()
        cut_off += tree(base) != wanted
        assert validate(base).count("error") == 0
        read_proposals(base)
        kb.load(base).observations  # noqa: B018 - reading is the test
        assert run(base, using).failed == ()
        assert tree(base) == wanted
    assert cut_off  # otherwise nothing was tried


def test_the_modules_that_are_installed_can_be_read() -> None:
    using = usual_means()
    for name in using.sources:
        assert using.module(name).name == name
