"""Steps of manufacture, from donor to administration."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import PositiveInt

from kb.models.base import CodeOf, Localized, Model, ReferenceTo, SourceKey, described
from kb.models.core import Entry


class ProcessOption(Model):
    """One way to do the step."""

    name: Localized = described("Name.", "名称。")
    advantages: Localized = described("Advantages.", "長所。")
    drawbacks: Localized = described("Drawbacks.", "短所。")
    scale: Localized | None = described("Scale at which it is used.", "使用される規模。", None)
    basis: Annotated[str, CodeOf("option-bases")] = described(
        "Read in a source, or general knowledge of the field.", "資料による記載か、分野の一般的知識か。"
    )
    sources: tuple[SourceKey, ...] = described("Keys of the sources.", "資料のキー。", ())


class ProcessParameter(Model):
    """A parameter that must be kept."""

    name: Localized = described("Name.", "名称。")
    typical: Localized | None = described("Values seen.", "確認された値。", None)
    affects: tuple[Annotated[str, ReferenceTo("attributes")], ...] = described(
        "Attributes affected.", "影響を受ける品質特性。", ()
    )
    affects_other: tuple[Localized, ...] = described("Other things affected.", "その他の影響。", ())
    basis: Annotated[str, CodeOf("option-bases")] | None = described(
        "Set to general-knowledge when no source was read.",
        "資料を読まずに記した場合は「分野の一般的知識」とする。",
        None,
    )
    sources: tuple[SourceKey, ...] = described("Keys of the sources.", "資料のキー。", ())


class ProcessStep(Entry):
    """A step of manufacture; the summary states its purpose."""

    COLLECTION: ClassVar[str] = "process-steps"

    order: PositiveInt = described("Place in the chain, from 1.", "工程の順序(1から)。")
    options: tuple[ProcessOption, ...] = described("Ways to do it.", "選択肢。", ())
    parameters: tuple[ProcessParameter, ...] = described("Critical process parameters.", "重要工程パラメータ。", ())
    impurities_introduced: tuple[Localized, ...] = described("Impurities it adds.", "持ち込まれる不純物。", ())
    impurities_removed: tuple[Localized, ...] = described("Impurities it removes.", "除去される不純物。", ())
