from __future__ import annotations

import pytest

import kb
from scrapers.countries import countries_of, country_code
from scrapers.trial_matching import (
    Number,
    entry_of,
    known_numbers,
    number_of,
    numbers_in,
    numbers_of,
    same_trials,
)
from tests.entries import minimal
from tests.scrapers.sources.small_kb import knowledge_base


@pytest.mark.parametrize(
    ("written", "registry", "number"),
    [
        ("NCT04276987", "ClinicalTrials.gov", "NCT04276987"),
        ("nct 4276987", "ClinicalTrials.gov", "NCT04276987"),
        ("ＮＣＴ０４２７６９８７", "ClinicalTrials.gov", "NCT04276987"),
        ("JPRN-jRCT2031200136", "jRCT", "jRCT2031200136"),
        ("JRCTS031190136", "jRCT", "jRCTs031190136"),
        ("JPRN-UMIN000027821", "UMIN-CTR", "UMIN000027821"),
        ("UMIN-CTR UMIN000027821", "UMIN-CTR", "UMIN000027821"),
        ("chictr2400083627", "ChiCTR", "ChiCTR2400083627"),
        ("ChiCTR-TRC-12002345", "ChiCTR", "ChiCTR-TRC-12002345"),
        ("irct20200127046282n10", "IRCT", "IRCT20200127046282N10"),
        ("KCT0005523", "CRIS", "KCT0005523"),
        ("CTRI/2021/05/033456", "CTRI", "CTRI/2021/05/033456"),
        ("ACTRN12620000944932p", "ANZCTR", "ACTRN12620000944932"),
        ("ISRCTN 33578935", "ISRCTN", "ISRCTN33578935"),
        ("EUCTR2020-001978-29-GB", "EudraCT", "2020-001978-29"),
        ("EudraCT: 2020-001978-29", "EudraCT", "2020-001978-29"),
        ("EUCTR2020-001978-29-Outside-EU/EEA", "EudraCT", "2020-001978-29"),
        ("CTIS2024-512498-29-00", "CTIS", "2024-512498-29-00"),
        ("2024-512498-29", "CTIS", "2024-512498-29-00"),
        ("U1111-1291-0283", "UTN", "U1111-1291-0283"),
        ("IRAS ID: 284162", "IRAS", "284162"),
        ("DRKS00012345", "DRKS", "DRKS00012345"),
        ("RBR-6k5n7T", "REBEC", "RBR-6k5n7t"),
    ],
)
def test_numbers_are_known_however_they_are_written(written: str, registry: str, number: str) -> None:
    assert number_of(written) == Number(registry, number)
    assert numbers_in(f"registered as {written}, later") == (Number(registry, number),)


@pytest.mark.parametrize(
    "text", ["", "284162", "R01-12345", "XNCT04276987", "NCT142769871", "jRCT123", "2020-1978-29", "KCT00055231"]
)
def test_what_is_no_number(text: str) -> None:
    assert numbers_in(text) == ()
    assert number_of(text) is None


def test_several_numbers_are_not_one() -> None:
    text = "NCT04276987; NCT04276987, ISRCTN33578935"
    assert [number for _, number in numbers_in(text)] == ["NCT04276987", "ISRCTN33578935"]
    assert number_of(text) is None


def test_every_number_of_the_knowledge_base_is_read_as_it_stands() -> None:
    base = kb.load()
    odd = [
        (trial.id, registration.number)
        for trial in base.trials.values()
        for registration, number in zip(trial.registrations, numbers_of(trial), strict=True)
        if (number.registry, number.number) != (registration.registry, registration.number)
    ]
    assert odd == []


@pytest.mark.parametrize(
    ("number", "slug"),
    [
        (Number("ClinicalTrials.gov", "NCT04276987"), "nct04276987"),
        (Number("CTRI", "CTRI/2021/05/033456"), "ctri-2021-05-033456"),
        (Number("CTIS", "2024-512498-29-00"), "ctis-2024-512498-29-00"),
        (Number("EudraCT", "2020-001978-29"), "eudract-2020-001978-29"),
        (Number("IRAS", "284162"), "iras-284162"),
    ],
)
def test_names_of_entries(number: Number, slug: str) -> None:
    assert number.slug == slug


def registered(id_: str, *numbers: tuple[str, str], **changes: object) -> dict[str, object]:
    return minimal(
        "trials", id_, registrations=[{"registry": name, "number": number} for name, number in numbers], **changes
    )


def test_the_entry_of_a_trial() -> None:
    both = (("ClinicalTrials.gov", "NCT00000001"), ("EudraCT", "2020-001978-29"))
    eu, former = ("CTIS", "2024-512498-29-00"), "nct00000009"
    entries = [registered("a", *both), registered("b", eu), registered("c", aliases=[former])]
    base = knowledge_base({"trials": entries})
    known = known_numbers(base)

    def entry(*numbers: str) -> str | None:
        return entry_of([number for text in numbers if (number := number_of(text))], known, base)

    assert entry("ISRCTN33578935", "NCT00000001") == "a"
    assert entry("2024-512498-29-02") == "b"
    assert entry("NCT00000009") == "c"
    assert entry("ISRCTN33578935", "2020-001978-29") == "a"
    # Another NCT number: a study of its own under the EudraCT number of its parent.
    assert entry("NCT00000002", "2020-001978-29") is None
    assert entry("NCT00000003") is None


def test_one_trial_in_several_registries_is_merged() -> None:
    items = [
        "NCT00000001",
        "ISRCTN33578935",
        "jRCT2031200136 NCT00000001",
        "KCT0005523",
        "ISRCTN33578935 jRCT2031200136",
    ]
    assert same_trials(items, numbers_in) == [
        ["NCT00000001", "jRCT2031200136 NCT00000001", "ISRCTN33578935", "ISRCTN33578935 jRCT2031200136"],
        ["KCT0005523"],
    ]


def test_countries() -> None:
    assert country_code("  RUSSIAN   Federation ") == "RU"
    assert country_code("日本") == "JP"
    assert country_code("European Union") is None
    assert country_code("Arizona (United States)") is None
    found = countries_of(["England", "Denmark", "", "Wales", "Japan", "Denmark"])
    assert found == (("GB", "JP"), ("Denmark",))
