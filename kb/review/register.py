"""The register of reviewers: organisations, working groups and people (``reviewers.yaml``)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

from kb.facts import comparable
from kb.models.base import CodeOf, Localized, Model, PartialDate, Slug, Text, described
from kb.review.files import read_file

FILE: Final = "reviewers.yaml"


class Group(Localized):
    """A working group and the entries it looks after."""

    collections: tuple[Text, ...] = described("Collections; all when empty.", "担当する種類(省略時はすべて)。", ())
    jurisdictions: tuple[Annotated[str, CodeOf("jurisdictions")], ...] = described(
        "Jurisdictions; all when empty.", "担当する国・地域(省略時はすべて)。", ()
    )


class Person(Model):
    """A registered reviewer."""

    name: Text = described("Full name.", "氏名。")
    affiliation: Localized = described("Affiliation.", "所属。")
    organisation: Slug = described("Code of the organisation.", "組織のコード。")
    groups: tuple[Slug, ...] = described("Codes of working groups.", "作業部会のコード。", ())
    since: PartialDate = described("Registered since.", "登録日。")


class Register(Model):
    """Everybody who is registered."""

    organisations: dict[Slug, Localized] = described("Code -> name.", "コードごとの組織名。", {})
    groups: dict[Slug, Group] = described("Code -> working group.", "コードごとの作業部会。", {})
    people: dict[Text, Person] = described("ORCID iD -> person.", "ORCID iDごとの査読者。", {})

    def organisation_key(self, organisation: str) -> str:
        """What «different organisations» compares: two spellings of a registered organisation are the same."""
        wanted = comparable(organisation)
        for code, name in self.organisations.items():
            if wanted in map(comparable, (code, name.en, name.ja)):
                return comparable(code)
        return wanted


def register_of(root: Path | None) -> Register:
    """The register of a knowledge base; an empty one when it has none.

    Raises:
        EvregError: when the file does not fit.
    """
    path = root / FILE if root else None
    return read_file(path, Register) if path and path.is_file() else Register()
