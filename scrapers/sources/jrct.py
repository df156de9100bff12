"""jRCT: detail pages that a person saved, in Japanese or English (outline of 2020 and labels reported since; wire section 2).

English pages of trials taken over from JapicCTI write statuses in small letters, and what is given in rows without a label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.searches import Excluded
from scrapers.countries import countries_of
from scrapers.fetching.answer import Answer
from scrapers.sources.japanese_registries import JapanesePage, Labels
from scrapers.sources.saved_pages import LabelledPage
from scrapers.sources.saved_trials import module
from scrapers.trial_facts import Intervention, TrialFacts

#: 進捗状況 / Recruitment status. English "Not Recruiting" stands for 募集前 and 募集終了 and says neither.
_STATUS = {
    "募集前": "not-yet-recruiting", "募集中": "recruiting", "募集中断": "suspended", "募集終了": "active-not-recruiting",
    "研究終了": "completed", "中止": "terminated", "研究中止": "terminated", "試験終了": "completed",
    "試験中止": "terminated", "": "unknown", "Not Yet Recruiting": "not-yet-recruiting",
    "Pending": "not-yet-recruiting", "Recruiting": "recruiting", "Suspended": "suspended", "Complete": "completed",
    "Completed": "completed", "Discontinued": "terminated", "Terminated": "terminated", "Not Recruiting": "unknown",
}  # fmt: skip
#: 試験の種類 / Study Type.
_KINDS = {"介入研究": "interventional", "介入": "interventional", "観察研究": "observational", "観察": "observational",
          "Interventional": "interventional", "Observational": "observational", "": "interventional"}  # fmt: skip
_PAGE = "https://jrct.mhlw.go.jp/latest-detail/"


#: A line below «Intervention(s)», such as «Generic name etc : a», and where those of the comparator begin.
_NAMED = re.compile(r"(?:Generic name etc|INN of investigational material)\s*:\s*(.*)", re.IGNORECASE)
_MATERIALS = re.compile(r"(investigational|control) material\(s\)", re.IGNORECASE)


#: The labels of a detail page.
_LABELS = Labels(
    number=("臨床研究実施計画番号", "jRCT番号", "jRCT ID", "Trial ID"),
    others="secondaryid|他の臨床研究登録|id番号",
    title=("平易な研究名称", "Public Title", "研究名称", "Scientific Title"),
    scientific_title=("研究名称", "Scientific Title"),
    conditions=("対象疾患名", "Health Condition(s) or Problem(s) Studied", "Health Condition or Problem Studied"),
    institution=("所属機関(実施医療機関)", "Affiliation", "Primary Sponsor"),
    kind=("試験の種類", "Study Type"),
    phase=("試験のフェーズ", "Phase"),
    status=("進捗状況", "Recruitment Status"),
    size=("実施予定被験者数", "Target Sample Size", "Planned Sample Size"),
    registered=("初回公表日", "届出日", "Date of registration"),
)


def read(answer: Answer) -> tuple[list[TrialFacts], list[Excluded]]:
    """The one trial of a detail page.

    Raises:
        SourceFault: another page, or a word that jRCT is not known to use.
    """
    trial = JapanesePage(answer, "jRCT", _LABELS, labels_in_th=True)
    page = trial.page
    given = [*_described(page), *page.all("一般名称|販売名")]
    outcome = page.pair("主たる評価項目", "Primary Outcome(s)")[1] or page.one("主たる評価項目")
    facts = trial.facts(
        f"{_PAGE}{trial.number.number}",
        _STATUS,
        _KINDS,
        trial.day("最終公表日", "Last modified on") or trial.day(*_LABELS.registered),
        publisher="jRCT",
        start=trial.day(
            "第1症例登録日", "Actual date of first enrollment", "Date of First Enrolment", "Date of First Enrollment"
        ),
        completion=trial.day("実施期間(終了日)", "Completion Date", "Completion Date or Terminated date"),
        countries=("JP", *(code for code in _abroad(page) if code != "JP")),
        interventions=tuple(Intervention(text) for text in dict.fromkeys(given) if text),
        outcomes=tuple(filter(None, (outcome,))),
    )
    return [facts], []


def _described(page: LabelledPage) -> Iterator[str]:
    """The texts on what is given; of lines about materials, the names before those of the control."""
    labels = ("介入の内容", "Intervention(s)")
    yield from (text for text in page.pair(*labels) if not _MATERIALS.fullmatch(text))
    for line in page.more(*labels):
        kind, name = _MATERIALS.fullmatch(line), _NAMED.fullmatch(line)
        if kind and kind[1].lower() == "control":
            return
        if name and name[1].strip(" -"):
            yield name[1]


def _abroad(page: LabelledPage) -> tuple[str, ...]:
    label = "臨床研究を実施する国(日本以外)"
    ja, en = page.pair(label, "Countries of Recruitment(Except Japan)", "Countries / Regions of Recruitment")
    return countries_of(re.split(r"[、,;/]", en or ja)).codes


MODULE = module("jrct", read)
