"""What may be said of the registered trials for a use: how many, as of when, where; never more than the records hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kb.analysis.claim_trials import TrialsOfUse
from kb.analysis.tally import Count
from kb.analysis.trials import Report
from kb.knowledge_base import KnowledgeBase
from kb.models.base import Localized
from kb.problems import Language

_LISTED: Final = {"en": ", ", "ja": "、"}
_NO_USE: Final = {
    "en": "The statement is not about one use, so no trials are counted for it.",
    "ja": "特定の用途に関する主張ではないため、試験は数えていない。",
}
_NO_RECORDS: Final = {
    "en": "This knowledge base holds no record of a trial registry, so nothing can be said of trials.",
    "ja": "本データベースに試験登録の記録がないため、試験については何も述べられない。",
}
_NONE: Final = {
    "en": "No registered trial was found for this use, as of {day}, in these registries: {registries}.",
    "ja": "この用途の登録試験は、{day}時点で、次の登録機関には見いだせなかった:{registries}。",
}
_ELSEWHERE: Final = {"en": "There may be trials elsewhere.", "ja": "他に試験が存在する可能性はある。"}
_ONE: Final = {
    "en": "1 registered trial was found for this use, as of {day}, in these registries: {registries}.",
    "ja": "この用途の登録試験は、{day}時点で、次の登録機関に1件を確認した:{registries}。",
}
_SEVERAL: Final = {
    "en": "{count} registered trials were found for this use, as of {day}, in these registries: {registries}.",
    "ja": "この用途の登録試験は、{day}時点で、次の登録機関に{count}件を確認した:{registries}。",
}
_WITHOUT: Final = {
    "en": "None was found for: {missing}.",
    "ja": "次を対象とするものは見いだせなかった:{missing}。",
}
_NEWEST: Final = {
    "en": "The newest status on record is of {day}.",
    "ja": "記録された状況のうち最も新しいものは{day}時点である。",
}
_NO_REPORT: Final = {
    "en": "No report of results is on record here.",
    "ja": "結果の報告は、本データベースには記録されていない。",
}
_NO_PROOF: Final = {
    "en": "A registration shows neither that a treatment works nor that it may be sold.",
    "ja": "登録は、治療の有効性を示すものでも、提供が認められたことを示すものでもない。",
}
_ONE_OTHER: Final = {
    "en": "1 further study in people is on record here without a registry number.",
    "ja": "このほか、登録番号のない、ヒトでの研究1件が記録されている。",
}
_OTHERS: Final = {
    "en": "{count} further studies in people are on record here without a registry number.",
    "ja": "このほか、登録番号のない、ヒトでの研究{count}件が記録されている。",
}
_PHASES: Final = {"en": "Phase", "ja": "相"}
_STATUSES: Final = {"en": "Status", "ja": "状況"}
_TESTED: Final = {"en": "Product tested", "ja": "試験された製剤"}
_REPORTS: Final = {"en": "Reports of results on record", "ja": "記録された結果報告"}
_OTHER_REPORTS: Final = {"en": "Reports of their results", "ja": "それらの結果報告"}
_NOT_STATED: Final = {"en": "primary outcome not stated", "ja": "主要評価項目の記載なし"}


def trials_in_words(kb: KnowledgeBase, found: TrialsOfUse) -> Localized:
    """The registered trials for a use in a few sentences.

    A lack of trials is said of the registries and the day to which the records refer, not of the world; a number of trials
    is said to prove nothing.
    """
    return Localized(en=" ".join(_sentences(kb, found, "en")), ja="".join(_sentences(kb, found, "ja")))


def _sentences(kb: KnowledgeBase, found: TrialsOfUse, language: Language) -> Iterator[str]:
    if not found.indications:
        yield _NO_USE[language]
        return
    if not found.registries:
        yield _NO_RECORDS[language]
        return
    count = len(found.trials)
    first = _NONE if not count else _ONE if count == 1 else _SEVERAL
    registries = _labels(kb, "registries", found.registries, language)
    yield first[language].format(count=count, day=found.as_of, registries=registries)
    if count:
        yield from _figures(kb, found, language)
    yield from _others(kb, found, language)
    yield (_NO_PROOF if count else _ELSEWHERE)[language]


def _figures(kb: KnowledgeBase, found: TrialsOfUse, language: Language) -> Iterator[str]:
    missing = [count.code for count in found.by_indication if not count.number]
    if missing:
        yield _WITHOUT[language].format(missing=_labels(kb, "conditions", missing, language))
    yield _counted(kb, _PHASES, "phases", found.by_phase, language)
    yield _counted(kb, _STATUSES, "trial-statuses", found.by_status, language)
    yield _counted(kb, _TESTED, "ev-types", found.by_ev_type, language)
    if found.newest_status:
        yield _NEWEST[language].format(day=found.newest_status)
    if found.reports:
        yield _outcomes(kb, _REPORTS, found.reports, language)
    else:
        yield _NO_REPORT[language]


def _others(kb: KnowledgeBase, found: TrialsOfUse, language: Language) -> Iterator[str]:
    count = len(found.without_number)
    if count:
        yield (_ONE_OTHER if count == 1 else _OTHERS)[language].format(count=count)
    if found.other_reports:
        yield _outcomes(kb, _OTHER_REPORTS, found.other_reports, language)


def _outcomes(kb: KnowledgeBase, heading: dict[str, str], found: Iterable[Report], language: Language) -> str:
    counted = Counter(report.result.outcome or "not-reported" for report in found)
    labels = {code: kb.label("result-outcomes", code, language) for code in counted}
    return _listed(heading, counted, labels | {"not-reported": _NOT_STATED[language]}, language)


def _labels(kb: KnowledgeBase, vocabulary: str, codes: Iterable[str], language: Language) -> str:
    return _LISTED[language].join(kb.label(vocabulary, code, language) for code in codes)


def _counted(
    kb: KnowledgeBase, heading: dict[str, str], vocabulary: str, counts: Iterable[Count], language: Language
) -> str:
    numbers = dict(counts)
    return _listed(heading, numbers, {code: kb.label(vocabulary, code, language) for code in numbers}, language)


def _listed(heading: dict[str, str], numbers: Mapping[str, int], labels: Mapping[str, str], language: Language) -> str:
    form, whole = ("{} ({})", "{}: {}.") if language == "en" else ("{}{}件", "{}:{}。")
    items = (form.format(labels[code], number) for code, number in numbers.items())
    return whole.format(heading[language], _LISTED[language].join(items))
