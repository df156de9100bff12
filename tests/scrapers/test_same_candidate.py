"""One trial that several registries propose: one proposal, whoever was heard first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

import kb
from evreg.commands.inbox_view import shown
from kb.accepting import accept, reject
from kb.decisions import read_decisions
from kb.proposals import Proposal, find_proposal, read_proposals
from kb.validation import validate
from scrapers.errand import Errand
from scrapers.report import Report
from scrapers.run import enrich
from scrapers.source import SourceModule, Visit
from scrapers.trial_discovery import Discovery
from scrapers.trial_facts import Intervention, TrialFacts
from scrapers.trial_matching import Number
from tests.samples import write_kb
from tests.scrapers.fake_source import means, tree
from tests.scrapers.server import Loopback

TODAY = date(2026, 11, 23)
NCT, CTIS = Number("ClinicalTrials.gov", "NCT09000001"), Number("CTIS", "2024-512345-12-00")
ISRCTN = Number("ISRCTN", "ISRCTN12345678")
EUDRACT = Number("EudraCT", "2020-001234-12")


def facts(own: Number, *others: Number, title: str = "Inhaled exosomes for ARDS") -> TrialFacts:
    return TrialFacts(
        publisher=own.registry, number=own, others=others, url=f"https://example.org/{own.number}", titles={"en": title},
        kind="interventional", status="recruiting", status_as_of="2026-11", interventions=(Intervention("MSC exosomes"),),
    )  # fmt: skip


#: Source -> what its search finds; the link between the first two stands in the second only.
FOUND = {
    "clinicaltrials-gov": [facts(NCT), facts(Number("ClinicalTrials.gov", "NCT09000002"))],
    "eu-ctis": [facts(CTIS, NCT)],
    "isrctn": [facts(ISRCTN, EUDRACT, CTIS)],
    "ictrp": [facts(NCT, title="Inhaled exosomes, as exported"), facts(Number("jRCT", "jRCTs031190136"))],
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return write_kb(tmp_path, trials=[])


def run(
    root: Path,
    server: Loopback,
    *names: str,
    found: Mapping[str, list[TrialFacts]] = FOUND,
    day: date = TODAY,
) -> Report:
    def module(name: str) -> SourceModule:
        def discover(visit: Visit) -> Iterator[Proposal]:
            yield from Discovery(visit).search("words", "exosome", found[name])

        return SourceModule(name, discover=discover)

    using = means(server, root.parent, {name: module(name) for name in FOUND})
    report = enrich(root, Errand(names, day, files=(root,)), using)
    assert report.failed == ()
    return report


def test_one_trial_of_four_sources_is_one_proposal_that_names_them(root: Path, server: Loopback) -> None:
    report = run(root, server, *FOUND)
    proposals = read_proposals(root)
    assert set(proposals) == {
        "clinicaltrials-gov/nct09000001", "clinicaltrials-gov/nct09000002", "ictrp/jrcts031190136",
    }  # fmt: skip
    one = proposals["clinicaltrials-gov/nct09000001"]
    assert [part.source for part in one.also] == ["eu-ctis", "isrctn", "ictrp"]
    for words in (one.words.en, one.words.ja):
        assert all(name in words for name in ("NCT09000001", "eu-ctis", "2024-512345-12-00", "isrctn", "ictrp"))
    assert one.draft is not None
    assert one.draft["registrations"] == [item._asdict() for item in (NCT, CTIS, ISRCTN, FOUND["isrctn"][0].others[0])]
    said = [proposal.id for item in report.sources for proposal in item.kept.proposed]
    assert sorted(said) == sorted(proposals)
    assert find_proposal(root, "isrctn/isrctn12345678") == one
    for lang in ("en", "ja"):
        assert all(f"https://example.org/{item.number}" in shown(one, lang) for item in (NCT, CTIS, ISRCTN))  # type: ignore[arg-type]


@pytest.mark.parametrize("order", [("ictrp", *names) for names in permutations(tuple(FOUND)[:3])])
def test_the_order_of_the_runs_does_not_matter(
    root: Path, server: Loopback, tmp_path: Path, order: tuple[str, ...]
) -> None:
    run(root, server, *FOUND)
    wanted = tree(root)
    other = write_kb(tmp_path / "other", trials=[])
    for name in order:
        run(other, server, name)
    assert tree(other) == wanted
    for name in reversed(order):  # another day, each alone: nothing new, no byte
        report = run(other, server, name, day=date(2026, 11, 30))
        assert not any(item.kept.changed for item in report.sources)
    assert tree(other) == wanted


def test_accepting_writes_one_entry_with_all_numbers_and_pages(root: Path, server: Loopback) -> None:
    run(root, server, *FOUND)
    accept(root, find_proposal(root, "clinicaltrials-gov/nct09000001"), TODAY)
    assert not validate(root, today=TODAY).problems
    (trial,) = kb.load(root).trials.values()
    assert {item.number for item in trial.registrations} >= {NCT.number, CTIS.number, ISRCTN.number}
    assert [(page.key, page.url) for page in trial.sources] == [
        ("s1", "https://example.org/NCT09000001"),
        ("s2", "https://example.org/2024-512345-12-00"),
        ("s3", "https://example.org/ISRCTN12345678"),
    ]
    run(root, server, *FOUND)
    assert set(read_proposals(root)) == {"clinicaltrials-gov/nct09000002", "ictrp/jrcts031190136"}


def test_rejected_once_it_is_rejected_for_every_source(root: Path, server: Loopback) -> None:
    run(root, server, "clinicaltrials-gov", "eu-ctis")
    reject(root, find_proposal(root, "clinicaltrials-gov/nct09000001"), TODAY, "Exosomes are measured.")
    assert {item.proposal for item in read_decisions(root)} == {
        "clinicaltrials-gov/nct09000001", "eu-ctis/ctis-2024-512345-12-00",
    }  # fmt: skip
    # The export has not been seen before; it names a number that was rejected.
    run(root, server, *FOUND, found=FOUND | {"isrctn": []})
    assert set(read_proposals(root)) == {"clinicaltrials-gov/nct09000002", "ictrp/jrcts031190136"}
    renewed = [replace(FOUND["eu-ctis"][0], status="completed")]
    run(root, server, "eu-ctis", found=FOUND | {"eu-ctis": renewed})
    assert "eu-ctis/ctis-2024-512345-12-00" in read_proposals(root)


def test_what_one_of_them_says_anew_changes_its_part_only(root: Path, server: Loopback) -> None:
    run(root, server, "clinicaltrials-gov", "eu-ctis")
    before = find_proposal(root, "clinicaltrials-gov/nct09000001")
    renewed = [replace(FOUND["eu-ctis"][0], status="completed", titles={"en": "Renewed title"})]
    (source,) = run(root, server, "eu-ctis", found=FOUND | {"eu-ctis": renewed}).sources
    after = find_proposal(root, "clinicaltrials-gov/nct09000001")
    assert (source.kept.proposals_merged, source.kept.proposals_new) == (1, 0)
    assert "Renewed title" in after.words.en
    assert (after.source_hash, after.found) == (before.source_hash, before.found)
    assert after.also[0].source_hash != before.also[0].source_hash


def test_an_extension_under_the_number_of_its_parent_stays_a_trial_of_its_own(root: Path, server: Loopback) -> None:
    shared = Number("EudraCT", "2020-001234-12")
    parent, extension = facts(NCT, shared), facts(Number("ClinicalTrials.gov", "NCT09000009"), shared)
    europe = facts(CTIS, shared, Number("ClinicalTrials.gov", "NCT09000009"))
    found = FOUND | {"clinicaltrials-gov": [parent], "ictrp": [extension], "eu-ctis": [europe]}
    run(root, server, "clinicaltrials-gov", "ictrp", "eu-ctis", found=found)
    assert set(read_proposals(root)) == {"clinicaltrials-gov/nct09000001", "eu-ctis/ctis-2024-512345-12-00"}
    assert [part.key for part in find_proposal(root, "eu-ctis/ctis-2024-512345-12-00").also] == ["nct09000009"]
