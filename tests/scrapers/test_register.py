from __future__ import annotations

from pathlib import Path

import pytest

from kb.problems import EvregError
from scrapers.register import REGISTER, load_register, register, source_named

NAMES = [
    "clinicaltrials-gov",
    "eu-ctis",
    "isrctn",
    "ictrp",
    "jrct",
    "umin",
    "pubmed",
    "crossref",
    "europe-pmc",
    "openfda",
    "fda-warning-letters",
    "fda-guidance",
    "federal-register",
    "egov-laws",
    "diet-record",
    "news",
    "source-watcher",
    "wayback",
    "clinic-observer",
]


def test_every_source_of_the_atlas_is_registered() -> None:
    assert list(register()) == NAMES
    assert {name for name, source in register().items() if not source.unattended} == {
        "ictrp", "jrct", "umin", "clinic-observer",
    }  # fmt: skip


def test_the_paces_that_operators_ask_for() -> None:
    pace = {name: source.pace for name, source in register().items()}
    assert pace["diet-record"] >= 3
    assert pace["clinicaltrials-gov"] >= 1
    assert pace["pubmed"] >= 1 / 3
    assert pace["openfda"] >= 60 / 240
    assert pace["fda-warning-letters"] >= 10
    assert pace["jrct"] >= 20
    assert all(seconds > 0 for seconds in pace.values())


def test_the_news_feeds_cover_the_authorities() -> None:
    feeds = register()["news"].feeds
    assert {"mhlw-news", "pmda-ja", "ema", "govuk", "caa", "tga-safety", "anvisa"} <= {feed.id for feed in feeds}
    assert any(feed.id.startswith("mfds") for feed in feeds)


def test_nobody_claims_to_have_read_terms_that_have_no_address() -> None:
    assert not [name for name, source in register().items() if source.terms.read and not source.terms.url]


def test_a_near_miss_is_offered() -> None:
    with pytest.raises(EvregError) as caught:
        source_named("clinicaltrial-gov")
    assert "«clinicaltrials-gov»" in caught.value.found.en
    assert "「clinicaltrials-gov」" in caught.value.found.ja


def test_keys_come_from_the_named_variables_only() -> None:
    pubmed = source_named("pubmed")
    assert pubmed.secrets({"EVREG_NCBI_KEY": "k", "api_key": "no", "EVREG_MAIL": ""}) == {"api_key": "k"}


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("access: api", "access: maybe", "clinicaltrials-gov.access"),
        ("pace: 1\n", "pace: fast\n", "clinicaltrials-gov.pace"),
        ("pace: 1\n", "pace: 1\n  paces: 2\n", "clinicaltrials-gov.paces"),
        ("decision: obey", "decision: ignore", "robots.decision"),
        ("access: api", "access: manual", "by_hand"),
        ("base: https://clinicaltrials.gov/api/v2", "base: clinicaltrials.gov", "clinicaltrials-gov.base"),
        ("{min: 20, max: 5000, shrink: 0.2}", "{min: 20, max: 5}", "min is larger"),
        ("clinicaltrials-gov:", "Clinical Trials:", "Clinical Trials.name"),
        ("clinicaltrials-gov:", "clinicaltrials-gov: {", "Not usable"),
    ],
)
def test_a_wrong_register_is_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(REGISTER.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(EvregError) as caught:
        load_register(file)
    assert named in f"{caught.value.where} {caught.value.found.en}"
    assert caught.value.remedy.ja


@pytest.mark.parametrize("text", ["[]", "", "isrctn: 1"])
def test_another_shape_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(EvregError, match="in place of a mapping"):
        load_register(file)
