"""Clinical trials and other clinical uses of EV products."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import NonNegativeFloat, NonNegativeInt

from kb.models.base import CodeOf, Localized, Model, OriginalName, PartialDate, ReferenceTo, SourceKey, Text, described
from kb.models.core import Entry, Event


class Registration(Model):
    """A number in a trial registry."""

    registry: Annotated[str, CodeOf("registries")] = described("Registry.", "登録機関。")
    number: Text = described("Number as the registry writes it.", "登録番号(登録機関の表記のまま)。")


class Sponsor(Model):
    """Who runs the trial."""

    name: OriginalName | None = described("Name as registered.", "登録上の名称。", None)
    name_withheld: bool = described(
        "True for private persons and clinics, whose names are not published here.",
        "個人や診療所であり名称を掲載しない場合はtrue。",
        False,
    )
    note: Localized | None = described("Remark.", "補足。", None)


class Enrolment(Model):
    """Number of participants."""

    count: NonNegativeInt = described("Number of people.", "人数。")
    type: Annotated[str, CodeOf("enrolment-types")] = described("Planned or actual.", "予定・実績の別。")
    note: Localized | None = described("Remark.", "補足。", None)


class TrialDates(Model):
    """Dates of the trial."""

    registered: PartialDate | None = described("First registered.", "登録日。", None)
    start: PartialDate | None = described("Start.", "開始。", None)
    completion: PartialDate | None = described("Completion.", "終了。", None)


class TrialProduct(Model):
    """The product as registered."""

    name: Text | None = described("Name.", "名称。", None)
    manufacturer: Text | None = described("Manufacturer.", "製造者。", None)
    entry: Annotated[str, ReferenceTo("products")] | None = described(
        "Entry of the product.", "製品のエントリー。", None
    )


class EvSource(Model):
    """Where the vesicles come from."""

    cell: Annotated[str, CodeOf("cell-sources")] = described("Cell or organism.", "細胞又は生物。")
    tissue: Annotated[str, CodeOf("tissues")] | None = described("Tissue.", "組織。", None)
    donor: Annotated[str, CodeOf("donors")] | None = described("Donor.", "ドナー。", None)
    note: Localized | None = described("As described in the source.", "資料の記載。", None)


class Arm(Model):
    """A dose as registered; values of different units are never converted."""

    label: Localized | None = described("Name of the arm.", "群の名称。", None)
    value_min: NonNegativeFloat | None = described("Lowest value.", "最小値。", None)
    value_max: NonNegativeFloat | None = described("Highest value.", "最大値。", None)
    unit: Annotated[str, CodeOf("dose-units")] | None = described("Unit.", "単位。", None)
    per: Localized | None = described("Per what.", "何当たりか。", None)
    frequency: Localized | None = described("How often.", "頻度。", None)
    as_registered: Text | None = described("The words of the source.", "資料の文言。", None)


class Result(Model):
    """A report of results."""

    kind: Annotated[str, CodeOf("result-kinds")] = described("Kind of report.", "報告の種別。")
    doi: Text | None = described("DOI.", "DOI。", None)
    pmid: Text | None = described("PubMed identifier.", "PubMed ID。", None)
    year: Annotated[int, "year"] | None = described("Year.", "年。", None, ge=1980, le=2100)
    outcome: Annotated[str, CodeOf("result-outcomes")] | None = described(
        "What came out for the primary outcome.", "主要評価項目の結果。", None
    )
    link_confirmed: bool = described(
        "True when the report itself names the registration.", "報告自体に登録番号の記載がある場合はtrue。", False
    )
    summary: Localized = described("Result in own words.", "結果の要約。")
    sources: tuple[SourceKey, ...] = described("Keys of the sources.", "資料のキー。", ())


class Trial(Entry):
    """A clinical trial or another recorded clinical use."""

    COLLECTION: ClassVar[str] = "trials"

    kind: Annotated[str, CodeOf("trial-kinds")] = described("Kind of study.", "研究の種別。")
    registrations: tuple[Registration, ...] = described("Registry numbers.", "登録番号。", ())
    registration_timing: Annotated[str, CodeOf("registration-timings")] = described(
        "Registered before or after the start.", "開始前・開始後のいずれに登録されたか。", "unknown"
    )
    acronym: Text | None = described("Acronym.", "略称。", None)
    sponsor: Sponsor | None = described("Sponsor.", "実施者(スポンサー)。", None)
    collaborators: tuple[Text, ...] = described("Collaborators.", "協力者。", ())
    countries: tuple[Annotated[str, CodeOf("jurisdictions")], ...] = described("Countries.", "実施国。", ())
    phase: Annotated[str, CodeOf("phases")] = described("Phase.", "相。")
    status: Annotated[str, CodeOf("trial-statuses")] = described("Status.", "状況。")
    status_as_of: PartialDate | None = described("Day of that status.", "状況の時点。", None)
    enrolment: Enrolment | None = described("Participants.", "参加者数。", None)
    dates: TrialDates = described("Dates.", "日付。", TrialDates())
    study_design: Localized | None = described("Design.", "研究デザイン。", None)
    regulatory_track: Annotated[str, CodeOf("regulatory-tracks")] | None = described(
        "Under which rules it runs.", "どの制度の下で行われるか。", None
    )
    first_in_human: bool | None = described("First use in people.", "ヒト初回投与か。", None)
    indication: Localized = described("Condition treated.", "対象疾患。")
    indication_area: Annotated[str, CodeOf("indication-areas")] = described("Area.", "疾患領域。")
    conditions: tuple[Annotated[str, CodeOf("conditions")], ...] = described("Conditions as codes.", "疾患コード。", ())
    product: TrialProduct | None = described("Product.", "製品。", None)
    ev_source: EvSource = described("EV source.", "EVの由来。")
    ev_type: Annotated[str, CodeOf("ev-types")] = described("Type of preparation.", "製剤の種別。")
    ev_declared_active: Annotated[str, CodeOf("yes-no-unclear")] = described(
        "Are EVs declared the active substance?", "EVが有効成分とされているか。", "unclear"
    )
    cargo: Localized | None = described("Loaded cargo.", "搭載物。", None)
    isolation_method: Localized | None = described("Isolation.", "分離法。", None)
    combined_with_cells: bool = described("Given together with cells.", "細胞と併用。", False)
    routes: tuple[Annotated[str, CodeOf("routes")], ...] = described("Routes.", "投与経路。", ())
    arms: tuple[Arm, ...] = described("Doses.", "用量。", ())
    comparator: Localized | None = described("Comparator.", "対照。", None)
    primary_outcomes: tuple[Localized, ...] = described("Primary outcomes.", "主要評価項目。", ())
    results: tuple[Result, ...] = described("Results.", "結果。", ())
    programme_status: Localized | None = described("Fate of the programme.", "開発プログラムの状況。", None)
    events: tuple[Event, ...] = described("What happened.", "経過。", ())
