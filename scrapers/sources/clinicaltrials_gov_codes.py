"""Codes of ClinicalTrials.gov in our vocabularies and in words.

Every table is complete for its enumeration in ``openapi-2.0.5.yaml``; labels follow ``/studies/enums``.
"""

from __future__ import annotations

from typing import Final

STATUSES: Final = {
    "ACTIVE_NOT_RECRUITING": "active-not-recruiting",
    "COMPLETED": "completed",
    "ENROLLING_BY_INVITATION": "enrolling-by-invitation",
    "NOT_YET_RECRUITING": "not-yet-recruiting",
    "RECRUITING": "recruiting",
    "SUSPENDED": "suspended",
    "TERMINATED": "terminated",
    "WITHDRAWN": "withdrawn",
    # The four states of expanded access.
    "AVAILABLE": "expanded-access",
    "NO_LONGER_AVAILABLE": "expanded-access",
    "TEMPORARILY_NOT_AVAILABLE": "expanded-access",
    "APPROVED_FOR_MARKETING": "expanded-access",
    # Withheld: the record of a device is not public yet. Unknown: not verified for two years after its completion date.
    "WITHHELD": "unknown",
    "UNKNOWN": "unknown",
}
KINDS: Final = {
    "INTERVENTIONAL": "interventional",
    "OBSERVATIONAL": "observational",
    "EXPANDED_ACCESS": "expanded-access",
}
PHASES: Final = {
    frozenset({"NA"}): "na",
    frozenset({"EARLY_PHASE1"}): "early-1",
    frozenset({"PHASE1"}): "1",
    frozenset({"PHASE1", "PHASE2"}): "1-2",
    frozenset({"PHASE2"}): "2",
    frozenset({"PHASE2", "PHASE3"}): "2-3",
    frozenset({"PHASE3"}): "3",
    frozenset({"PHASE4"}): "4",
}
ENROLMENTS: Final = {"ACTUAL": "actual", "ESTIMATED": "planned", None: "unknown"}
COMPARATORS: Final = ("ACTIVE_COMPARATOR", "PLACEBO_COMPARATOR", "SHAM_COMPARATOR", "NO_INTERVENTION")
DESIGN: Final = {
    "RANDOMIZED": ("randomised", "無作為化"),
    "NON_RANDOMIZED": ("non-randomised", "非無作為化"),
    "NA": ("", ""),
    "SINGLE_GROUP": ("single group", "単群"),
    "PARALLEL": ("parallel groups", "並行群間"),
    "CROSSOVER": ("crossover", "クロスオーバー"),
    "FACTORIAL": ("factorial", "要因計画"),
    "SEQUENTIAL": ("sequential", "逐次割付"),
    "NONE": ("open label", "非盲検"),
    "SINGLE": ("single-masked", "単盲検"),
    "DOUBLE": ("double-masked", "二重盲検"),
    "TRIPLE": ("triple-masked", "三重盲検"),
    "QUADRUPLE": ("quadruple-masked", "四重盲検"),
    "COHORT": ("cohort", "コホート"),
    "CASE_CONTROL": ("case-control", "症例対照"),
    "CASE_ONLY": ("case-only", "症例のみ"),
    "CASE_CROSSOVER": ("case-crossover", "ケースクロスオーバー"),
    "ECOLOGIC_OR_COMMUNITY": ("ecologic or community", "生態学的・地域"),
    "FAMILY_BASED": ("family-based", "家系"),
    "DEFINED_POPULATION": ("defined population", "特定集団"),
    "NATURAL_HISTORY": ("natural history", "自然歴"),
    "OTHER": ("other model", "その他のモデル"),
    "RETROSPECTIVE": ("retrospective", "後ろ向き"),
    "PROSPECTIVE": ("prospective", "前向き"),
    "CROSS_SECTIONAL": ("cross-sectional", "横断"),
}
PURPOSES: Final = {
    "TREATMENT": ("treatment", "治療"),
    "PREVENTION": ("prevention", "予防"),
    "DIAGNOSTIC": ("diagnosis", "診断"),
    "ECT": ("educational, counselling or training", "教育・相談・訓練"),
    "SUPPORTIVE_CARE": ("supportive care", "支持療法"),
    "SCREENING": ("screening", "スクリーニング"),
    "HEALTH_SERVICES_RESEARCH": ("health services research", "保健医療サービス研究"),
    "BASIC_SCIENCE": ("basic science", "基礎科学"),
    "DEVICE_FEASIBILITY": ("device feasibility", "医療機器の実施可能性"),
    "OTHER": ("other purpose", "その他の目的"),
}
