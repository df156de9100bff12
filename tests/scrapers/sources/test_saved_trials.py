from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kb.models import model_of
from kb.observed import Observation
from kb.proposals import Proposal
from kb.searches import Search
from scrapers.faults import SourceFault
from scrapers.fetching import Answer
from scrapers.source import SourceModule
from scrapers.sources import ictrp, jrct, umin
from scrapers.sources.saved_trials import phase_of
from tests.entries import minimal
from tests.scrapers.conftest import MakeFetcher
from tests.scrapers.sources.small_kb import knowledge_base, visit

MODULES: dict[str, SourceModule] = {"ictrp": ictrp.MODULE, "jrct": jrct.MODULE, "umin": umin.MODULE}
NCT = "NCT09999001"


@pytest.fixture
def run(make_fetcher: MakeFetcher, tmp_path: Path) -> Any:
    def running(
        name: str, *texts: str | bytes, trials: Any = (), **options: Any
    ) -> tuple[list[Observation], list[Proposal], list[Search]]:
        files = []
        for number, text in enumerate(texts):
            file = tmp_path / f"saved-{number}"
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
            files.append(file)
        kb = knowledge_base({"trials": trials})
        one = visit(make_fetcher(name, attended=True), kb, files=tuple(files), **options)
        module = MODULES[name]
        assert module.observe is not None
        assert module.discover is not None
        found = [*module.observe(one), *module.discover(one)]
        observations = [item for item in found if isinstance(item, Observation)]
        return observations, [item for item in found if isinstance(item, Proposal)], one.searches

    return running


def checked(proposal: Proposal) -> dict[str, Any]:
    """The draft, which must fit the model of entries."""
    assert proposal.draft is not None
    model_of("trials").model_validate(proposal.draft)
    return dict(proposal.draft)


def trial(number: str, registry: str = "ClinicalTrials.gov", **changes: Any) -> dict[str, Any]:
    return minimal("trials", "known", registrations=[{"registry": registry, "number": number}], **changes)


# ------------------------------------------------------------------------------------------------ ICTRP


def record(**changes: str) -> str:
    fields = {
        "TrialID": NCT,
        "Last_Refreshed_on": "16 November 2026",
        "Public_title": "Inhaled exosomes for lung injury",
        "Scientific_title": "A trial of MSC-derived exosomes",
        "Primary_sponsor": "Example University",
        "Date_registration": "03/11/2026",
        "Date_registration3": "20261103",
        "Source_Register": "ClinicalTrials.gov",
        "web_address": f"https://clinicaltrials.gov/study/{NCT}",
        "Recruitment_Status": "Not Recruiting",
        "Date_enrollement": "December 1, 2026",
        "Target_size": "24",
        "Study_type": "Interventional",
        "Phase": "Phase 1/Phase 2",
        "Countries": "Korea, Republic of;Denmark",
        "Contact_Firstname": "Hanako",
        "Contact_Email": "hanako@example.org",
        "Condition": "Lung injury&lt;br&gt;ARDS",
        "Intervention": "Biological: MSC exosomes &lt;script&gt;alert(1)&lt;/script&gt;",
        "Primary_outcome": "Adverse events",
        "Secondary_ID": "",
        **changes,
    }
    return "<Trial>" + "".join(f"<{name}>{value}</{name}>" for name, value in fields.items()) + "</Trial>"


def export(*records: str, root: str = "Trials_downloaded_from_ICTRP") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><{root}>{"".join(records)}</{root}>'


def _saved(text: str) -> Answer:
    return Answer("ictrp", "f", "f", 200, "", text.encode(), False, False, datetime.now(UTC), {})


def test_an_exported_trial_becomes_a_draft(run: Any) -> None:
    _, (proposal,), (search,) = run("ictrp", export(record()))
    draft = checked(proposal)
    assert (proposal.kind, proposal.entry) == ("new-entry", f"trials/{NCT.lower()}")
    assert draft["phase"] == "1-2"
    assert draft["countries"] == ["KR"]
    assert draft["dates"] == {"registered": "2026-11-03"}
    assert draft["enrolment"] == {"count": 24, "type": "planned"}
    assert draft["status"] == "unknown"
    assert draft["review"] == {"status": "draft", "verified": "2026-11-23"}
    assert search.proposed == (NCT,)


def test_contacts_and_markup_stay_outside(run: Any) -> None:
    found = run("ictrp", export(record()))
    text = "".join(item.model_dump_json() for group in found for item in group)
    for word in ("Hanako", "hanako@", "alert", "<br", "script"):
        assert word not in text


def test_the_coarse_status_never_contradicts_an_entry(run: Any) -> None:
    (found,), proposals, (search,) = run("ictrp", export(record()), trials=[trial(NCT)])
    assert "status" not in found.facts
    assert found.facts["enrolment.count"] == 24
    assert found.source_version == "2026-11-16"
    assert proposals == []
    assert search.known == (NCT,)


def test_several_numbers_of_one_trial_are_one_trial(run: Any) -> None:
    japanese = record(
        TrialID="JPRN-jRCT2099000001",
        Secondary_ID=NCT,
        web_address="https://jrct.mhlw.go.jp/en-latest-detail/jRCT2099000001",
    )
    third = record(TrialID="JPRN-UMIN000099001", Secondary_ID="jRCT2099000001;U1111-1234-5678")
    _, (proposal,), _ = run("ictrp", export(record(), japanese, third))
    numbers = {item["number"] for item in checked(proposal)["registrations"]}
    assert numbers == {NCT, "jRCT2099000001", "UMIN000099001", "U1111-1234-5678"}
    (found,), (more,), _ = run("ictrp", export(japanese), trials=[trial(NCT)])
    assert found.entry == "trials/known"
    assert (more.kind, more.changes[0].field) == ("change", "registrations")


def test_an_export_as_the_portal_writes_it(run: Any) -> None:
    """Every value ends with a line break and blanks; a trial of CTIS, whose registration is there in one form only."""
    one = record(
        TrialID="CTIS2024-519999-11-00", web_address="https://euclinicaltrials.eu/app/#/view/2024-519999-11-00?lang=en",
        Date_registration3="", Date_registration="08/04/2026", Date_enrollement="16/04/2026", Countries="Spain;England;Japan",
        Study_type="Interventional clinical trial of medicinal product",
        Phase="Human pharmacology (Phase I): yes Therapeutic exploratory (Phase II): yes Therapeutic use - (Phase IV): no",
        Condition="Lung injury;ARDS &lt;br&gt;MedDRA version: 20.0Level: PT;Therapeutic area: Diseases [C] - x;J80",
        Intervention="Drug: saline;Biological: exosomes, inhaled; twice", Secondary_ID="U1111-1234-5678;2022-003999-30",
    )  # fmt: skip
    (found,), _, _ = run(
        "ictrp", export(one.replace("</", "\n    </")), trials=[trial("2024-519999-11-00", registry="CTIS")]
    )
    assert found.facts["dates.registered"] == "2026-04-08"
    assert found.facts["dates.start"] == "2026-04-16"
    assert (found.facts["phase"], found.facts["kind"]) == ("1-2", "interventional")
    assert found.facts["countries"] == ["ES", "GB", "JP"]
    (facts,), _ = ictrp.read(_saved(export(one)))
    assert facts.conditions == ("Lung injury", "ARDS")
    assert [item.name for item in facts.interventions] == ["Drug: saline", "Biological: exosomes, inhaled; twice"]


def test_a_scientific_title_stands_in_for_the_public_one(run: Any) -> None:
    _, (proposal,), _ = run("ictrp", export(record(Public_title="\n  ")))
    assert checked(proposal)["title"]["en"] == "A trial of MSC-derived exosomes"


def test_an_export_in_utf_16(run: Any) -> None:
    text = export(record()).replace("UTF-8", "UTF-16")
    assert len(run("ictrp", text.encode("utf-16"))[1]) == 1


@pytest.fixture
def narrow_cells() -> Iterator[int]:
    """The widest cell that csv reads, in characters; it belongs to the process, and libraries of other tests raise it."""
    before = csv.field_size_limit(1_000)
    yield 1_000
    csv.field_size_limit(before)


def test_a_cell_that_no_reader_takes_is_a_fault(run: Any, narrow_cells: int) -> None:
    with pytest.raises(SourceFault) as fault:
        run("ictrp", f'TrialID,public_title\n{NCT},"{"x" * (narrow_cells + 1)}"\n')
    assert "field limit" in fault.value.found.en


@pytest.mark.parametrize("root", ["Trials_central", "x"])
def test_the_root_may_have_any_name(run: Any, root: str) -> None:
    assert len(run("ictrp", export(record(), root=root))[1]) == 1


def test_csv_has_other_names_for_the_same(run: Any) -> None:
    text = (
        "TrialID,SecondaryIDs,public_title,url,study_type,phase,Date_registration,Date_enrollement,Target_size,Countries,"
        "Conditions,Interventions,Public_Contact_Email\r\n"
        'ChiCTR2600099001,,"Exosomes, inhaled",https://www.chictr.org.cn/x,Interventional study,I,2026-10-02,'
        "2026-09-01,Group:20;,China,ARDS,exosomes,someone@example.org\r\n"
    )
    _, (proposal,), _ = run("ictrp", f"\ufeff{text}")
    draft = checked(proposal)
    assert draft["registrations"] == [{"registry": "ChiCTR", "number": "ChiCTR2600099001"}]
    assert draft["dates"]["start"] == "2026-09-01"
    assert draft["registration_timing"] == "retrospective"
    assert "enrolment" not in draft
    assert "someone@" not in proposal.model_dump_json()


def test_what_is_not_plain_is_quoted_and_marked(run: Any) -> None:
    odd = record(Date_enrollement="03-2026 or later", Study_type="Basic Science", Phase="Phase 3/Phase 4")
    _, (proposal,), _ = run("ictrp", export(odd))
    notes = str(checked(proposal)["notes"])
    assert "03-2026 or later" in notes
    assert "Guess: interventional" in notes
    assert "Phase 3/Phase 4" in notes
    assert proposal.draft is not None
    assert proposal.draft["phase"] == "unknown"


def test_an_unknown_registry_is_named(run: Any) -> None:
    _, proposals, (search,) = run("ictrp", export(record(TrialID="XYZ-1")))
    assert proposals == []
    assert search.excluded[0].id == "XYZ-1"


def test_a_trial_that_measures_exosomes_is_left_out(run: Any) -> None:
    measured = record(
        Public_title="Serum exosomes as biomarker", Scientific_title="Diagnosis", Study_type="Observational", Intervention="None"
    )  # fmt: skip
    _, proposals, (search,) = run("ictrp", export(measured))
    assert proposals == []
    assert search.excluded[0].id == NCT


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<html><body>x</body></html>", "No export"),
        (export(), "No export"),
        ("a,b\n1,2\n", "No export"),
        ("", "No export"),
        (export(record())[:-30], "XML"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a><Trial/></a>', "XML"),
        (export("<Trial><TrialID>NCT09999001</TrialID></Trial>"), "title"),
        (export(record(web_address="javascript:alert(1)")), "javascript"),
        (export(record(Date_registration3="00010101")), "Date_registration3"),
        (export(record(Date_registration3="", Date_registration="2026-11-03")), "Date_registration"),
        (export(record(Last_Refreshed_on="yesterday")), "Last_Refreshed_on"),
    ],
)
def test_other_files_are_faults(run: Any, body: str, words: str) -> None:
    with pytest.raises(SourceFault) as fault:
        run("ictrp", body)
    assert words in fault.value.found.en
    assert fault.value.url == "saved-0"


@pytest.mark.parametrize("name", list(MODULES))
def test_without_a_file_it_says_what_to_do(run: Any, make_fetcher: MakeFetcher, name: str) -> None:
    with pytest.raises(SourceFault) as fault:
        run(name)
    assert "--file" in fault.value.remedy.en
    with pytest.raises(SourceFault):
        make_fetcher(name)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Phase I/II", "1-2"), ("第Ⅱ・Ⅲ相/Phase II,III", "2-3"), ("PHASE2", "2"), ("2a", "2"), ("0", "early-1"),
        ("Early Phase 1", "early-1"), ("N/A", "na"), ("該当せず/Not applicable", "na"), ("III/IV", None), ("", None),
        ("Human pharmacology (Phase I): yes\nTherapeutic exploratory (Phase II): no", "1"),
    ],
)  # fmt: skip
def test_phases(text: str, code: str | None) -> None:
    assert phase_of(text) == code


# ------------------------------------------------------------------------------------------------- jRCT


def jrct_page(*, status: str = "募集中 | Recruiting", size: str = "20", extra: str = "", **changes: str) -> str:
    rows = {
        "研究の種別": "特定臨床研究",
        "初回公表日": "令和8年10月1日",
        "最終公表日": "令和8年11月2日",
        "研究名称": "細胞外小胞の臨床研究",
        "臨床研究実施計画番号": "jRCTs031260099",
        "平易な研究名称 / Public Title（Acronym）": "エクソソームによる肺障害の治療 | Exosomes for lung injury",
        "氏名 / Name": "山田太郎 | Taro Yamada",
        "所属機関（実施医療機関） / Affiliation": "ある大学病院 | Example University Hospital",
        "電子メールアドレス": "taro@example.jp",
        "担当者所属機関 / Affiliation": "別の部署 | Another office",
        "試験のフェーズ / Phase": "第Ⅰ・Ⅱ相",
        "第1症例登録日": "",
        "実施期間（終了日）": "令和10年3月31日",
        "実施予定被験者数": size,
        "試験の種類 / Study Type": "介入研究 | Interventional",
        "臨床研究を実施する国（日本以外） / Countries of Recruitment（Except Japan）": "なし | none",
        "対象疾患名 / Health Condition(s) or Problem(s) Studied": "急性肺障害 | Acute lung injury",
        "介入の内容 / Intervention(s)": "MSC由来エクソソームの吸入<br>1日1回 | Inhalation of MSC exosomes",
        "主たる評価項目 / Primary Outcome(s)": "安全性 | Safety",
        "進捗状況 / Recruitment status": status,
        "ID番号 / Secondary ID No.": NCT,
        **changes,
    }
    body = "".join(
        f"<tr><th colspan=2>{label}</th>{''.join(f'<td class=space>{cell}</td>' for cell in value.split(' | '))}</tr>"
        for label, value in rows.items()
    )
    return f"<!doctype html><html><meta charset=utf-8><body><table class='table'>{body}{extra}</table></body></html>"


def test_a_saved_jrct_page(run: Any) -> None:
    _, (proposal,), _ = run("jrct", jrct_page())
    draft = checked(proposal)
    assert proposal.entry == "trials/jrcts031260099"
    assert draft["title"]["ja"] == "エクソソームによる肺障害の治療"
    assert draft["title"]["en"] == "Exosomes for lung injury"
    assert draft["origin"] == "ja"
    assert {item["number"] for item in draft["registrations"]} == {"jRCTs031260099", NCT}
    assert (draft["phase"], draft["status"], draft["status_as_of"]) == ("1-2", "recruiting", "2026-11-02")
    assert draft["dates"] == {"registered": "2026-10-01", "completion": "2028-03-31"}
    assert draft["countries"] == ["JP"]
    assert draft["sponsor"]["name"]["en"] == "Example University Hospital"
    for word in ("山田", "Yamada", "taro@"):
        assert word not in proposal.model_dump_json()


def test_a_page_about_a_trial_that_we_have(run: Any) -> None:
    ours = trial(NCT, status="not-yet-recruiting", status_as_of="2026-09")
    (found,), (more,), _ = run("jrct", jrct_page(status="募集終了 | Not Recruiting"), trials=[ours])
    assert found.facts["status"] == "active-not-recruiting"
    assert found.facts["status_as_of"] == "2026-11-02"
    assert found.url == "https://jrct.mhlw.go.jp/latest-detail/jRCTs031260099"
    assert more.changes[0].field == "registrations"


def test_clinics_are_not_named(run: Any) -> None:
    label = "所属機関（実施医療機関） / Affiliation"
    _, (proposal,), _ = run("jrct", jrct_page(**{label: "ひみつクリニック | Himitsu Clinic"}))
    assert checked(proposal)["sponsor"] == {"name_withheld": True}
    assert "ひみつ" not in proposal.model_dump_json()
    assert "Himitsu" not in proposal.model_dump_json()


def test_an_english_page(run: Any) -> None:
    rows = {
        "Trial ID": "jRCTs031260099", "Date of registration": "Oct. 01, 2026", "Last modified on": "April. 27, 2026",
        "Public Title": "Exosomes for lung injury", "Study Type": "Interventional", "Phase": "N/A",
        "Recruitment Status": "Not Recruiting", "Intervention(s)": "exosomes", "Countries / Regions of Recruitment": "Japan/Korea, Republic of",
    }  # fmt: skip
    body = "".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in rows.items())
    _, (proposal,), _ = run("jrct", f"<html><body><table>{body}</table></body></html>")
    draft = checked(proposal)
    assert (draft["phase"], draft["status"], draft["status_as_of"]) == ("na", "unknown", "2026-04-27")
    assert draft["title"]["en"] == "Exosomes for lung injury"
    assert draft["title"]["translated"] == ["ja"]
    assert draft["dates"]["registered"] == "2026-10-01"


def test_an_english_page_of_a_trial_from_japiccti(run: Any) -> None:
    rows = [
        ("Trial ID", "jRCT2080229999"), ("Date of registration", "Aug. 06, 2019"), ("Last modified on", "April. 27, 2024"),
        ("Public Title", "-"), ("Scientific Title", "Exosomes for lung injury"), ("Recruitment Status", "completed"),
        ("Date of First Enrolment", "Oct. 01, 2019"), ("Study Type", "Interventional"), ("Phase", "2"),
        ("Intervention(s)", "investigational material(s)"), ("", "Generic name etc : EVX-1 exosomes"),
        ("", "INN of investigational material : -"), ("", "control material(s)"), ("", "Generic name etc : saline"),
        ("Primary Sponsor", "Example Pharma"), ("Secondary ID No.", NCT), ("Name of Other Registries", "ClinicalTrials.gov"),
        ("Secondary ID No.", "-"), ("Countries / Regions of Recruitment", "Japan/North America/Europe"),
        ("Completion Date or Terminated date", "April. 13, 2023"),
    ]  # fmt: skip
    body = "".join(f"<tr>{f'<th>{label}</th>' if label else ''}<td>{value}</td></tr>" for label, value in rows)
    page = f"<html><body><table>{body}</table></body></html>"
    _, (proposal,), _ = run("jrct", page)
    draft = checked(proposal)
    assert (draft["phase"], draft["status"], draft["countries"]) == ("2", "completed", ["JP"])
    assert draft["title"]["en"] == "Exosomes for lung injury"
    assert draft["dates"] == {"registered": "2019-08-06", "start": "2019-10-01", "completion": "2023-04-13"}
    assert {item["number"] for item in draft["registrations"]} == {"jRCT2080229999", NCT}
    (facts,), _ = jrct.read(_saved(page))
    assert [item.name for item in facts.interventions] == ["EVX-1 exosomes"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "utf-16"])
def test_a_page_in_the_encoding_of_the_browser(run: Any, encoding: str) -> None:
    page = jrct_page(**{"試験のフェーズ / Phase": "2"}).replace(
        "utf-8", "shift_jis" if encoding == "cp932" else encoding
    )
    _, (proposal,), _ = run("jrct", page.encode(encoding))
    assert checked(proposal)["title"]["ja"] == "エクソソームによる肺障害の治療"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<html><body>Login</body></html>", "臨床研究実施計画番号"),
        (jrct_page(臨床研究実施計画番号="12345"), "12345"),
        (jrct_page(status="募集検討中"), "募集検討中"),
        (jrct_page(初回公表日="先日", 最終公表日="先日"), "先日"),
        (jrct_page(最終公表日="0001年1月1日"), "0001"),
        ("", "臨床研究実施計画番号"),
        (b"\xff\xfe\x00<", "臨床研究実施計画番号"),
    ],
)
def test_other_pages_are_faults(run: Any, body: str, words: str) -> None:
    with pytest.raises(SourceFault) as fault:
        run("jrct", body)
    assert words in fault.value.found.en


def test_markup_in_a_saved_page_becomes_text(run: Any) -> None:
    label = "平易な研究名称 / Public Title（Acronym）"
    hostile = "エクソソーム&lt;script&gt;x()&lt;/script&gt;<script>y()</script> | Exosomes <img src=x onerror=z()>"
    _, (proposal,), _ = run("jrct", jrct_page(**{label: hostile}))
    for word in ("y()", "onerror", "<img"):
        assert word not in proposal.model_dump_json()


def test_two_saved_pages_of_one_run(run: Any) -> None:
    other = jrct_page(臨床研究実施計画番号="jRCTb032260001", **{"ID番号 / Secondary ID No.": ""})
    _, proposals, _ = run("jrct", jrct_page(), other)
    assert [item.entry for item in proposals] == ["trials/jrcts031260099", "trials/jrctb032260001"]


# ------------------------------------------------------------------------------------------------- UMIN


def umin_page(status: str = "限定募集中/Enrolling by invitation", **changes: str) -> str:
    rows = {
        "BACK": "TOP",
        "試験進捗状況": status,
        "UMIN試験ID": "UMIN000099001",
        "一般公開日（本登録希望日）": "2026/10/05",
        "最終更新日": "2026/11/01",
        "一般向け試験名/Public title": "エクソソーム点鼻の試験|Intranasal exosomes",
        "一般向け試験名略称/Acronym": "略|EXO",
        "日本/Japan": "日本/Japan",
        "対象疾患名/Condition": "認知症|Dementia",
        "試験のフェーズ/Developmental phase": "第Ⅱ相/Phase II",
        "主要アウトカム評価項目/Primary outcomes": "安全性|Safety",
        "試験の種類/Study type": "介入/Interventional",
        "介入1/Interventions/Control_1": "エクソソーム|Exosomes",
        "目標参加者数/Target sample size": "30",
        "姓": "佐藤",
        "Email/Email": "sato@example.jp",
        "機関名/Institute": "ある大学|",
        "機関名/Organization": "財団|A foundation",
        "試験ID1/Study ID_1": "jRCT1030260001",
        "URL(日本語)": "https://center6.umin.ac.jp/cgi-open-bin/ctr/ctr_view.cgi?recptno=R000099001",
        **changes,
    }
    body = "".join(
        f"<tr><td>{label}<td>{'<td>'.join(value.split('|'))}\r\n" for label, value in rows.items()
    )  # UMIN leaves cells open.
    return f"<html><head><meta charset='UTF-8'></head><body><table>{body}</table>"


def test_a_saved_umin_page(run: Any) -> None:
    _, (proposal,), _ = run("umin", umin_page())
    draft = checked(proposal)
    assert proposal.entry == "trials/umin000099001"
    assert proposal.url.endswith("recptno=R000099001")
    assert draft["status"] == "enrolling-by-invitation"
    assert draft["phase"] == "2"
    assert draft["dates"] == {"registered": "2026-10-05"}
    assert draft["acronym"] == "EXO"
    assert draft["sponsor"]["name"]["ja"] == "ある大学"
    assert {item["number"] for item in draft["registrations"]} == {"UMIN000099001", "jRCT1030260001"}
    for word in ("佐藤", "sato@"):
        assert word not in proposal.model_dump_json()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (umin_page(status="検討中/Thinking"), "検討中"),
        (umin_page(最終更新日="11/01/2026"), "最終更新日"),
        (umin_page(UMIN試験ID="R000099001"), "R000099001"),
        (umin_page(**{"試験の種類/Study type": "占い/Oracle"}), "占い"),
        ("<html></html>", "UMIN試験ID"),
    ],
)
def test_other_umin_pages_are_faults(run: Any, body: str, words: str) -> None:
    with pytest.raises(SourceFault) as fault:
        run("umin", body)
    assert words in fault.value.found.en


def test_a_file_that_is_not_there(run: Any, make_fetcher: MakeFetcher, tmp_path: Path) -> None:
    one = visit(make_fetcher("umin", attended=True), knowledge_base({}), files=(tmp_path / "none.html",))
    assert umin.MODULE.discover is not None
    with pytest.raises(SourceFault, match="Not readable"):
        list(umin.MODULE.discover(one))


def test_the_same_file_says_the_same(run: Any) -> None:
    ours = trial(NCT)
    first, second = run("jrct", jrct_page(), trials=[ours]), run("jrct", jrct_page(), trials=[ours], today=date(2026, 11, 24))  # fmt: skip
    assert [item.hash for item in first[0]] == [item.hash for item in second[0]]
    assert [item.source_hash for item in first[1]] == [item.source_hash for item in second[1]]


def umin_page_since(*, japanese: bool = True) -> str:
    """The same trial under headings; the table above them has labels in ``th``."""
    rows = {
        "試験進捗状況|Recruitment status": "参加者募集終了－試験継続中/No longer recruiting",
        "UMIN試験ID|Unique ID issued by UMIN": "UMIN000099001",
        "科学的試験名|Scientific Title": "エクソソーム点鼻の比較試験|A randomised trial of exosomes",
        "一般公開日（本登録希望日）|Date of disclosure of the study information": "2026/10/05",
        "最終更新日|Last modified on": "2026/11/01",
    }
    blocks = {
        "一般向け試験名/Public title": ("エクソソーム点鼻の試験", "Intranasal exosomes"),
        "試験実施地域/Region": "<table><tr><td>日本/Japan</td></tr><tr><td>アジア(日本以外)/Asia(except Japan)</td></tr></table>",
        "対象疾患名/Condition": ("認知症", "Dementia"),
        "試験のフェーズ/Developmental phase": "<p>第Ⅱ相/Phase II</p>",
        "主要アウトカム評価項目/Primary outcomes": ("安全性", "Safety"),
        "試験の種類/Study type": "<p>介入/Interventional</p>",
        "介入1/Interventions/Control_1": ("エクソソーム", "Exosomes"),
        "介入2/Interventions/Control_2": ("", ""),
        "目標参加者数/Target sample size": "<p>30</p>",
        "責任研究者/Name of lead principal investigator": "<table><tr><td>姓</td><td>佐藤</td></tr></table>",
        "機関名/Institute": ("ある大学", "Example University"),
        "試験ID1/Study ID_1": "<p>jRCT1030260001</p>",
        "倫理委員会による承認日/Date of IRB": "<table><tr><td>2026</td><td>年</td><td>09</td><td>月</td></tr></table>",
    }

    def word(text: str, mark: str) -> str:
        ja, _, en = text.partition(mark)
        return text if japanese and mark == "/" else ja if japanese or not en else en

    head = "".join(f"<tr><th>{word(label, '|')}</th><td>{word(text, '|')}</td></tr>" for label, text in rows.items())
    body = ""
    for label, text in blocks.items():
        if isinstance(text, str):
            said = text
        elif japanese:
            said = f"<p>日本語<br />\r\n{text[0]}</p><p>英語<br />\r\n{text[1]}</p>"
        else:
            said = f"<p>{text[1]}</p>"
        body += f"<div id=Input_vew_Mandatory><h3>{word(label, '/')}</h3><tr>{said}</div><hr>"
    return f"<html><meta charset=UTF-8><body><div class=wrap><table class=explain_table>{head}</table><h2>基本情報</h2>{body}"


@pytest.mark.parametrize("japanese", [True, False])
def test_a_umin_page_with_headings(run: Any, japanese: bool) -> None:
    page = umin_page_since(japanese=japanese)
    _, (proposal,), _ = run("umin", page)
    draft = checked(proposal)
    assert (draft["status"], draft["status_as_of"]) == ("active-not-recruiting", "2026-11-01")
    assert (draft["phase"], draft["countries"], draft["enrolment"]["count"]) == ("2", ["JP"], 30)
    assert draft["title"]["en"] == "Intranasal exosomes"
    assert draft["dates"] == {"registered": "2026-10-05"}
    assert {item["number"] for item in draft["registrations"]} == {"UMIN000099001", "jRCT1030260001"}
    (facts,), _ = umin.read(_saved(page))
    assert facts.titles.get("ja") == ("エクソソーム点鼻の試験" if japanese else None)
    assert [item.name for item in facts.interventions] == (["エクソソーム"] if japanese else []) + ["Exosomes"]
    assert facts.sponsor == "Example University"
    assert "佐藤" not in proposal.model_dump_json()
