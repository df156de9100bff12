from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb.accepting import accept
from kb.models.trials import Trial
from kb.validation import validate
from kb.vocabulary import packaged_vocabularies
from scrapers.trial_drafts import draft_of, proposal
from scrapers.trial_facts import ArmFacts, Intervention, TrialFacts, credible_dates, registration_timing
from scrapers.trial_guesses import _VOCABULARIES, _rules, all_guesses, first_guess
from scrapers.trial_matching import Number
from scrapers.trial_wording import name_pair, pair, words_of
from tests.samples import write_kb

TODAY = date(2026, 11, 23)
FACTS = TrialFacts(
    publisher="A registry",
    number=Number("jRCT", "jRCTs031190136"),
    url="https://jrct.mhlw.go.jp/latest-detail/jRCTs031190136",
    titles={"en": "Exosomes for dry eye"},
)


def entry(**changes: Any) -> dict[str, Any]:
    made = draft_of(replace(FACTS, **changes), TODAY).entry
    Trial.model_validate(made)
    return made


def accepted(tmp_path: Path, facts: TrialFacts) -> dict[str, Any]:
    """The draft, after it was accepted into an empty knowledge base without any finding."""
    root = write_kb(tmp_path, trials=[])
    found = proposal("jrct", facts, TODAY, "low")
    accept(root, found, TODAY)
    assert not validate(root, today=TODAY).problems
    assert found.draft is not None
    return found.draft


# --- Rules


def test_every_rule_leads_to_a_code_of_its_vocabulary() -> None:
    labels = packaged_vocabularies()
    for kind, rules in _rules().items():
        for rule in rules:
            assert rule.code in labels[_VOCABULARIES[kind]], (kind, rule.code)  # type: ignore[index]
            assert not rule.area or rule.area in labels["indication-areas"]
            assert all(other in labels["conditions"] for other in rule.unless)


@pytest.mark.parametrize(
    ("kind", "text", "code", "word"),
    [
        ("cell", "human umbilical cord mesenchymal stem cell exosomes", "msc", "mesenchymal"),
        ("cell", "iPSC-derived MSC exosomes", "ipsc", "iPSC"),
        ("cell", "Platelet-derived exosomes", "platelet", "Platelet"),
        ("cell", "ginseng exosomes", "plant", "ginseng"),
        ("cell", "臍帯由来間葉系幹細胞エクソソーム", "msc", "間葉系"),
        ("tissue", "Wharton's jelly of the umbilical cord", "wharton-jelly", "Wharton"),
        ("tissue", "臍帯由来", "umbilical-cord", "臍帯"),
        ("donor", "Allogenic donors", "allogeneic", "Allogenic"),
        ("ev_type", "siRNA in exosomes", "loaded", "siRNA"),
        ("ev_type", "MSC-conditioned  medium", "conditioned-medium", "conditioned medium"),
        ("route", "by nebulizer", "inhalation", "nebulizer"),
        ("route", "点滴静注", "intravenous", "点滴"),
        ("condition", "Osteoarthritis, Knee", "knee-osteoarthritis", "Osteoarthritis, Knee"),
        ("condition", "COVID‐19 pneumonia", "covid-19", "COVID"),
        ("area", "Bladder pain", "urological", "Bladder"),
    ],
)
def test_words_and_what_they_suggest(kind: Any, text: str, code: str, word: str) -> None:
    guess = first_guess(kind, [text])
    assert guess is not None
    assert guess.code == code
    assert word.lower() in guess.word.lower()
    assert guess.word in guess.reason.en
    assert guess.reason.en.startswith("Guess: ")
    assert guess.reason.ja.startswith("推定: ")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("tissue", "dental clinic"),
        ("condition", "Burnout"),
        ("route", "gelatin"),
        ("cell", "explanted"),
        ("condition", "Totals"),
    ],
)
def test_parts_of_words_suggest_nothing(kind: Any, text: str) -> None:
    assert first_guess(kind, [text]) is None


def test_the_narrower_text_counts_first() -> None:
    assert [guess.code for guess in all_guesses("route", ["inhaled"], ["intravenous antibiotics"])] == ["inhalation"]
    assert [guess.code for guess in all_guesses("route", ["exosomes"], ["intravenous antibiotics"])] == ["intravenous"]


def test_a_precise_condition_replaces_the_general_one() -> None:
    codes = [guess.code for guess in all_guesses("condition", ["Knee Osteoarthritis", "Hair Loss", "Wound"])]
    assert codes == ["knee-osteoarthritis", "hair-loss", "wound"]


# --- Drafts


def test_the_least_that_a_registry_can_say(tmp_path: Path) -> None:
    draft = accepted(tmp_path, replace(FACTS, titles={}))
    assert draft["title"] == {
        "en": "Trial registered as jRCTs031190136",
        "ja": "臨床試験(jRCTs031190136)",
        "translated": ["en", "ja"],
    }
    assert draft["status"] == draft["phase"] == "unknown"
    assert draft["indication_area"] == "other"
    assert draft["ev_source"] == {"cell": "unspecified", "donor": "unspecified"}
    assert "enrolment" not in draft
    assert draft["sources"][0]["kind"] == "registry"


def test_a_japanese_record(tmp_path: Path) -> None:
    facts = replace(
        FACTS,
        titles={"ja": "ドライアイに対するエクソソーム点眼"},
        language="ja",
        conditions=("ドライアイ",),
        interventions=(Intervention("エクソソーム点眼液", "1日4回　点眼する。"),),
        arms=(ArmFacts("点眼群", "他家臍帯由来MSC"), ArmFacts("プラセボ群", role="comparator")),
        outcomes=("角結膜染色スコア",),
        sponsor="国立大学法人 例大学",
        stopped="症例登録の遅れ",
    )
    draft = accepted(tmp_path, facts)
    assert draft["title"]["ja"] == "ドライアイに対するエクソソーム点眼"
    assert draft["title"]["translated"] == ["en"]
    assert draft["conditions"] == ["dry-eye"]
    assert draft["routes"] == ["eye-drops"]
    assert draft["primary_outcomes"] == [{"en": "As registered: “角結膜染色スコア”", "ja": "角結膜染色スコア"}]
    assert draft["sponsor"]["name"] == {"en": "Registered as “国立大学法人 例大学”", "ja": "国立大学法人例大学"}
    assert draft["comparator"]["ja"] == "プラセボ群"


def test_a_chinese_record_keeps_its_title(tmp_path: Path) -> None:
    facts = replace(
        FACTS, number=Number("ChiCTR", "ChiCTR2400083627"), titles={"zh": "外泌体治疗干眼症的研究"}, language="zh",
        conditions=("干眼症",), sponsor="示例大学附属医院",
    )  # fmt: skip
    draft = accepted(tmp_path, facts)
    assert draft["title"]["original"] == "外泌体治疗干眼症的研究"
    assert draft["title"]["translated"] == ["en", "ja"]
    assert draft["indication"]["ja"] == "登録上の疾患名「干眼症」"


def test_what_the_registry_does_not_name_is_not_an_arm() -> None:
    given = Intervention("MSC exosomes", "inhaled")
    arms = (
        ArmFacts("Low dose", "1 mL", interventions=("MSC exosomes",)),
        ArmFacts("Standard care", "drugs", interventions=("Drugs",)),
        ArmFacts("Placebo", role="comparator", interventions=("Saline",)),
    )
    made = entry(interventions=(given, Intervention("Saline")), arms=arms)
    assert [arm["as_registered"] for arm in made["arms"]] == ["1 mL"]
    assert made["comparator"] == {"en": "Placebo", "ja": "登録上の記載「Placebo」"}
    assert made["product"] == {"name": "MSC exosomes"}
    assert made["ev_declared_active"] == "yes"
    assert entry(interventions=(given,))["arms"] == [
        {"label": {"en": "MSC exosomes", "ja": "登録上の記載「MSC exosomes」"}, "as_registered": "inhaled"}
    ]


def test_numbers_without_a_code_and_of_other_entries_are_notes() -> None:
    others = (Number("DRKS", "DRKS00012345"), Number("EudraCT", "2020-001978-29"), Number("ISRCTN", "ISRCTN33578935"))
    made = draft_of(replace(FACTS, others=others), TODAY, {"2020-001978-29"}).entry
    assert [item["number"] for item in made["registrations"]] == ["jRCTs031190136", "ISRCTN33578935"]
    assert "DRKS00012345 (DRKS), 2020-001978-29 (EudraCT)" in made["notes"][0]["en"]


def test_healthy_people_count_only_where_nobody_is_ill() -> None:
    assert entry(conditions=("Healthy Volunteers",))["indication_area"] == "healthy-volunteers"
    assert entry(conditions=("Healthy", "Dry Eye"))["conditions"] == ["dry-eye"]


def test_outcomes_are_short_and_each_once() -> None:
    many = (f"Outcome {number}" for number in range(30))
    made = entry(outcomes=("Word recall", "N/A", *many, "Outcome 1"))
    assert len(made["primary_outcomes"]) == 12
    assert made["primary_outcomes"][0]["en"] == "Outcome 0"


# --- Dates


@pytest.mark.parametrize(
    ("registered", "start", "timing"),
    [
        ("2026-01-01", "2026-01-01", "prospective"), ("2026-01-02", "2026-01-01", "retrospective"),
        ("2026-01-01", "2026-02", "prospective"), ("2026-02-01", "2026-02", "unknown"), ("2026-03-01", "2026-02", "retrospective"),
        (None, "2026-02", "unknown"), ("2026-02-01", None, "unknown"),
    ],
)  # fmt: skip
def test_registered_before_or_after_the_start(registered: str | None, start: str | None, timing: str) -> None:
    dates = {name: value for name, value in (("registered", registered), ("start", start)) if value}
    assert registration_timing(dates) == timing


def test_dates_that_cannot_be_are_left_out() -> None:
    facts = replace(FACTS, status="completed", registered="2027-01-01", start="2027", completion="2026-01")
    assert credible_dates(facts, TODAY) == {}
    assert credible_dates(replace(facts, status="withdrawn"), TODAY) == {"start": "2027"}


# --- Words


@pytest.mark.parametrize("text", ["", "N/A", "-", "TBD", "None", "…", "Not Applicable", "\u200b", "\ufffd", None])
def test_placeholders_say_nothing(text: str | None) -> None:
    assert words_of(text) == ""


def test_long_texts_are_cut_visibly() -> None:
    assert words_of("word " * 500).endswith(" […]")
    assert len(words_of("x" * 5_000)) <= 600


def test_quotations_are_not_nested() -> None:
    assert pair("Pain 「VAS」").ja == "登録上の記載「Pain 『VAS』」"
    assert pair("疼痛の“VAS”スコアの変化").en == "As registered: “疼痛の‘VAS’スコアの変化”"


@pytest.mark.parametrize(
    ("name", "language", "ja"),
    [
        ("Example University", "en", "Example University"),
        ("Regional city hospital of the north", "en", "「Regional city hospital of the north」(登録上の名称)"),
        ("北京大学第三医院", "zh", "登録上の名称「北京大学第三医院」"),
        ("慶應義塾大学病院", "ja", "慶應義塾大学病院"),
        ("Больница", "ru", "登録上の名称「Больница」"),
    ],
)
def test_names_of_institutions(name: str, language: str, ja: str) -> None:
    assert name_pair(name, language).ja == ja
