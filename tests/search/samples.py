"""A small knowledge base for the tests of the search, with something of every kind."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from kb import KnowledgeBase, load
from tests.entries import minimal, source
from tests.reviewing import CARBERRY, PSYCHOCERAMIST, signed
from tests.samples import attribute, guideline, term, write_kb


def entries() -> dict[str, list[dict[str, Any]]]:
    """Plain data by collection (``_`` for ``-``)."""
    return {
        "glossary": [
            term(
                "exosome",
                title={"en": "exosome", "ja": "エクソソーム"},
                summary={"en": "EV that originates in the endosome.", "ja": "エンドソームに由来する小胞である。"},
                reading="えくそそーむ",
                abbreviations=["EXO"],
                synonyms={"en": ["exosomes"], "ja": ["エキソソーム"], "zh": ["外泌体"]},
                avoid={"ja": ["エクソゾーム"]},
            ),
            term(
                "extracellular-vesicle",
                title={"en": "extracellular vesicle", "ja": "細胞外小胞"},
                summary={"en": "Particle released from a cell.", "ja": "細胞から放出される粒子である。"},
                abbreviations=["EV"],
            ),
            term(
                "potency-assay",
                title={"en": "potency assay", "ja": "力価試験"},
                summary={"en": "Quantitative test of a lot.", "ja": "ロットの定量的な試験である。"},
                synonyms={"en": ["bioassay"], "ja": ["ポテンシーアッセイ"]},
                related={"en": ["functional test"]},
            ),
            term(
                "nasal-administration",
                title={"en": "intranasal administration", "ja": "点鼻投与"},
                summary={"en": "Giving a product through the nose.", "ja": "鼻から投与すること。"},
                abbreviations=["IN"],
            ),
        ],
        "attributes": [
            attribute(
                "potency-wnt",
                title={"en": "Potency: WNT suppression", "ja": "力価:WNT抑制"},
                summary={"en": "Reduction of WNT signals.", "ja": "WNTシグナルの抑制。"},
            ),
            attribute(
                "endotoxin",
                title={"en": "Bacterial endotoxin", "ja": "エンドトキシン"},
                summary={"en": "Lipopolysaccharide per dose.", "ja": "1回当たりのリポ多糖量。"},
            ),
        ],
        "guidelines": [
            guideline(
                "us-fda-potency",
                title={"en": "Potency Tests for Cellular Products (guidance)", "ja": "細胞製品の力価試験(ガイダンス)"},
                summary={"en": "FDA asks for a potency assay of each lot.", "ja": "FDAは各ロットの力価試験を求める。"},
                jurisdiction="US",
                issuer={"en": "FDA", "ja": "米国食品医薬品局"},
                document_numbers=["FDA-2008-D-0520"],
                dates={"issued": "2011-01-28"},
                requirements=[
                    {
                        "topic": "potency",
                        "attribute": "potency-wnt",
                        "level": "required",
                        "statement": {"en": "Measure & report potency.", "ja": "力価を測定して報告する。"},
                        "basis": "text",
                        "sources": ["s1"],
                    }
                ],
            ),
            signed(
                "guidelines",
                guideline(
                    "jp-asrm",
                    title={"en": "Act on Safety (PMD Act)", "ja": "再生医療等の安全性の確保等に関する法律(薬機法)"},
                    summary={"en": "Law on regenerative medicine.", "ja": "再生医療に関する法律である。"},
                    dates={"issued": "2013-11"},
                    requirements=[],
                ),
                CARBERRY,
                PSYCHOCERAMIST,
            ),
            guideline(
                "jp-ads",
                title={"en": "Advertising guideline", "ja": "広告ガイドライン"},
                summary={"en": "What clinics may advertise.", "ja": "診療所の広告について。"},
                dates={"issued": "2018"},
                requirements=[],
            ),
        ],
        "trials": [
            minimal(
                "trials",
                "nct04276987",
                title={"en": "Inhaled exosomes in severe pneumonia", "ja": "重症肺炎に対するエクソソーム吸入"},
                summary={"en": "Phase 1 trial of inhaled exosomes.", "ja": "エクソソーム吸入の第I相試験。"},
                registrations=[{"registry": "ClinicalTrials.gov", "number": "NCT04276987"}],
                countries=["CN"],
                dates={"start": "2020-02"},
                indication={"en": "Pneumonia", "ja": "肺炎"},
                conditions=["pneumonia"],
                routes=["inhalation"],
                sources=[source(doi="10.1186/s13287-022-02900-5")],
            ),
            minimal(
                "trials",
                "nct05000000",
                title={"en": "Exosomes in knee osteoarthritis", "ja": "変形性膝関節症に対するエクソソーム"},
                summary={"en": "Phase 2 trial in osteoarthritis of the knee.", "ja": "変形性膝関節症の第II相試験。"},
                registrations=[{"registry": "ClinicalTrials.gov", "number": "NCT05000000"}],
                countries=["JP"],
                phase="2",
                status="recruiting",
                dates={"start": "2024-03"},
                indication={"en": "Knee osteoarthritis", "ja": "変形性膝関節症"},
                indication_area="musculoskeletal",
                conditions=["knee-osteoarthritis"],
            ),
        ],
        "claims": [
            minimal(
                "claims",
                "claim-knee",
                title={"en": "Regenerates knee cartilage", "ja": "膝軟骨の再生"},
                summary={"en": "Injection regrows cartilage.", "ja": "注射で軟骨が再生するという主張。"},
                wording={"en": ["avoid knee surgery"], "ja": ["膝の痛みが消える"]},
            ),
            minimal(
                "claims",
                "claim-hair",
                title={"en": "Hair regrowth", "ja": "発毛・薄毛の改善"},
                summary={"en": "Exosomes regrow hair in alopecia.", "ja": "エクソソームで発毛するという主張。"},
            ),
        ],
        "enforcement": [
            minimal(
                "enforcement",
                "us-letter",
                title={"en": "Warning Letter to A Labs", "ja": "A Labsへの警告書"},
                summary={"en": "FDA wrote about exosome products.", "ja": "エクソソーム製品に関する書簡。"},
                date="2024-05-01",
            )
        ],
    }


def write_search_kb(folder: Path) -> Path:
    """Write the knowledge base below ``folder`` and return its root."""
    return write_kb(folder, **entries())


@lru_cache(maxsize=1)
def search_kb() -> KnowledgeBase:
    """The knowledge base, read once for all tests of a process."""
    return load(write_search_kb(Path(mkdtemp(prefix="evreg-test-search-"))))
