"""Small specifications, so that a test says in itself which words it speaks of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import kb
from kb.claims import Checked, Specification, check, specification_of
from kb.models.claims import DetectionRule
from tests.entries import minimal
from tests.samples import write_kb

#: The frames that the checker knows by name, with a word or two each.
FRAMES = """
ev-product: {label: {en: product, ja: 製品}, en: [exosome*], ja: [エクソソーム]}
other-product: {label: {en: other, ja: 他}, en: [minoxidil]}
other-treatment: {label: {en: other, ja: 他}, en: [prp]}
denial: {label: {en: denial, ja: 否定}, en: [has not been shown], ja: [確認されていな]}
denial-before: {label: {en: denial, ja: 否定}, en: [does not, not], exceptions: [not only]}
denial-after: {label: {en: denial, ja: 否定}, ja: [ではありません], exceptions: [夢ではありません]}
denial-of-denial: {label: {en: denial, ja: 否定}, ja: [わけではありません]}
contrast: {label: {en: contrast, ja: 逆接}, en: [but], ja: ["が、"]}
attribution: {label: {en: told, ja: 伝聞}, en: [clinics claim], ja: [とうたう], genre: report, weight: 1}
attribution-onward: {label: {en: told, ja: 伝聞}, en: [beware of]}
study: {label: {en: study, ja: 研究}, en: [randomised, placebo, endpoint], genre: report, weight: 3}
house: {label: {en: house, ja: 当院}, en: [our clinic], ja: [当院], genre: offer, weight: 5}
"""
WORDS = """
knee: {label: {en: knee, ja: 膝}, en: [knee*], ja: [膝, ひざ]}
heal: {label: {en: heal, ja: 治す}, en: [heal*, regrow*], ja: [治, 再生]}
cancer: {label: {en: cancer, ja: がん}, ja: [がん, ガン], exceptions: [がんば]}
harm: {label: {en: harm, ja: 副作用}, ja: [副作用]}
none: {label: {en: none, ja: ない}, ja: [ない, ゼロ]}
count: {label: {en: count, ja: 個数}, en: ["# billion"], ja: ["#億個"]}
rate: {label: {en: rate, ja: 率}, en: ["#% of"], ja: ["#%の方"]}
cure-quickly: {label: {en: quick cure, ja: 早い治癒}, en: [cure .. quickly]}
"""
RULES: dict[str, list[dict[str, Any]]] = {
    "claim-knee": [{"all": ["@knee", "@heal"], "across": True, "window": 40}],
    "claim-harmless": [{"all": ["@harm", "@none"], "window": 20, "denies": True}],
    "claim-count": [{"all": ["@count"], "needs": ["@ev-product"]}],
    "claim-rate": [{"all": ["@rate"]}],
    "claim-quick": [{"all": ["@cure-quickly"], "unless": ["slowly"]}],
    "claim-cancer": [{"all": ["@cancer", "@heal"]}],
}


def specification(
    folder: Path, rules: dict[str, list[dict[str, Any]]] | None = None, words: str = WORDS
) -> Specification:
    """Compiled from a knowledge base written to ``folder``."""
    given = RULES if rules is None else rules
    claims = [minimal("claims", name, detection=found) for name, found in given.items()]
    root = write_kb(folder, claims=claims)
    (root / "lexicons").mkdir()
    (root / "lexicons" / "frames.yaml").write_text(FRAMES, encoding="utf-8")
    (root / "lexicons" / "words.yaml").write_text(words, encoding="utf-8")
    return specification_of(kb.load(root), root)


def rule(**fields: Any) -> DetectionRule:
    return DetectionRule.model_validate(fields)


def said(text: str, spec: Specification) -> list[tuple[str, str]]:
    """(claim, words) of each finding."""
    return [(finding.claim, text[finding.start : finding.end]) for finding in check(text, spec).findings]


def reasons(text: str, spec: Specification) -> list[tuple[str, str | None]]:
    """(claim, reason) of what was set aside."""
    found: Checked = check(text, spec)
    return [(finding.claim, finding.reason) for finding in found.set_aside]
