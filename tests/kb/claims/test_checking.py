from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.claims import Specification, check
from tests.kb.claims.small import reasons, said, specification


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> Specification:
    return specification(tmp_path_factory.mktemp("claims"))


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("Exosomes heal your knees.", [("claim-knee", "heal your knees")]),
        ("膝の軟骨を再生します。", [("claim-knee", "膝の軟骨を再生")]),
        ("ひざの軟骨を再\n  生します。", [("claim-knee", "ひざの軟骨を再\n  生")]),
        ("膝が痛い?当院の注射で治ります。", [("claim-knee", "治")]),
        ("再生する部位\n・膝\n・首", [("claim-knee", "膝")]),
        ("副作用がない。", [("claim-harmless", "副作用がない")]),
        ("副作用ゼロ✨", [("claim-harmless", "副作用ゼロ")]),
        ("Exosomes: 50 billion each", [("claim-count", "50 billion")]),
        ("エクソソーム五百億個", [("claim-count", "五百億個")]),
        ("ninety-five per cent of guests", [("claim-rate", "ninety-five per cent of")]),
        ("９８％の方", [("claim-rate", "９８％の方")]),
        ("It cures you quickly.", []),
        ("A cure that works quickly.", [("claim-quick", "cure that works quickly")]),
        ("ガンが治る。", [("claim-cancer", "ガンが治")]),
    ],
)
def test_what_is_said(spec: Specification, text: str, findings: list[tuple[str, str]]) -> None:
    assert said(text, spec) == findings


@pytest.mark.parametrize(
    "text",
    [
        "Unhealed kneeling.",  # Words begin where they begin
        "膝のことは、また別の長い話になりますので、ここでは詳しく触れずにおきますが、いずれ機会を改めまして風邪は治る。",
        "Knees. Weather. Regrow.",  # Further away than one sentence
        "50 billion dollars",  # Nothing of exosomes
        "がんばって治す。",
        "A cure, slowly then quickly.",
        "",
        "🙂" * 50,
    ],
)
def test_what_is_not_said(spec: Specification, text: str) -> None:
    assert said(text, spec) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Do exosomes heal knees?", "asked"),
        ("Exosomes do not heal knees.".replace("do not", "does not"), "denied"),
        ("It has not been shown to heal knees.", "denied"),
        ("膝が治るものではありません。", "denied"),
        ("膝の再生は確認されていない。", "denied"),
        ("副作用がないわけではありません。", "denied"),
        ("Some clinics claim it heals knees.", "reported"),
        ("膝が再生するとうたう施設がある。", "reported"),
        ("Beware of this. It heals knees.", "reported"),
        ("Minoxidil heals knees.", "other-product"),
        ("PRP heals knees. We offer no exosomes, we do not.".replace("We offer no", "It is not"), "other-product"),
        ("Randomised, placebo, endpoint: it heals knees.", "whole-text"),
    ],
)
def test_what_is_set_aside(spec: Specification, text: str, reason: str) -> None:
    assert said(text, spec) == []
    assert {found for _, found in reasons(text, spec)} == {reason}


@pytest.mark.parametrize(
    "text",
    [
        "It is not only safe, it heals knees.",
        "We do not promise miracles, but it heals knees.".replace("do not", "does not"),
        "手術ではありませんが、膝が再生します。",
        "膝の再生も夢ではありません。",
        "Randomised, placebo, endpoint: our clinic heals knees.",
    ],
)
def test_what_only_looks_denied(spec: Specification, text: str) -> None:
    assert [claim for claim, _ in said(text, spec)] == ["claim-knee"]


def test_a_finding_explains_itself(spec: Specification) -> None:
    text = "当院では膝を治します。"
    (finding,) = check(text, spec).findings
    assert finding.concepts == ("knee", "heal")
    assert [text[start:end] for start, end in finding.words] == ["膝", "治"]
    assert (finding.reason, finding.cue) == (None, None)
    (aside,) = check("膝が治るものではありません。", spec).set_aside
    assert (aside.reason, aside.cue) == ("denied", "denial-after")


def test_each_claim_once_a_sentence(spec: Specification) -> None:
    assert [claim for claim, _ in said("膝が治る、膝が再生する。膝が治る。", spec)] == ["claim-knee", "claim-knee"]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.sampled_from("膝治副作用ないが、。?! 10億個%ofhealknee\n✔✨ｶﾞ\u200b不"), max_size=120))
def test_no_text_breaks_it(spec: Specification, text: str) -> None:
    found = check(text, spec)
    for finding in (*found.findings, *found.set_aside):
        assert 0 <= finding.start < finding.end <= len(text)
        assert all(finding.start <= start < end <= finding.end for start, end in finding.words)
    assert (not found.findings) or all(finding.reason is None for finding in found.findings)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("膝が痛い方へ", "ja"),
        ("再生医療提供機関", "ja"),
        ("This is the text of a flyer about the knee.", "en"),
        ("Short flyer", "en"),
        ("外泌體治療可以讓您恢復青春活力並改善全身健康狀況", "other"),
        ("엑소좀은 피부를 재생합니다", "other"),
        ("Los exosomas regeneran la rodilla y mejoran la piel sin efectos", "other"),
        ("Экзосомы лечат колени", "other"),
        ("123 !!", "none"),
        ("", "none"),
    ],
)
def test_the_language_is_said_not_guessed(spec: Specification, text: str, language: str) -> None:
    assert check(text, spec).language == language


def test_withdrawn_claims_find_nothing(tmp_path: Path) -> None:
    empty = specification(tmp_path, rules={})
    assert check("膝が治る", empty).findings == ()
