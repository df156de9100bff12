"""Which jurisdictions are set side by side in advance, and where."""

from __future__ import annotations

from collections.abc import Sequence

from kb.knowledge_base import standing
from kb.models.jurisdictions import Jurisdiction
from publish.site import Site

PATH = "compare/"
#: Jurisdictions that readers often want side by side; the first choice is shown on the page itself.
_PREPARED = (
    ("jp", "kr", "us", "eu"),
    ("jp", "kr", "tw", "cn"),
    ("us", "ca", "gb", "au"),
    ("eu", "gb", "ch"),
    ("id", "sg", "th", "in"),
)


def surveyed(site: Site) -> list[Jurisdiction]:
    """The profiles that were not withdrawn, in the order of the vocabulary."""
    order = list(site.kb.vocabularies["jurisdictions"])
    return sorted(standing(site.kb.jurisdictions.values()), key=lambda profile: (order.index(profile.code), profile.id))


def prepared(site: Site) -> dict[str, tuple[str, ...]]:
    """Path of a page -> ids of the profiles that it compares, at least two; the first two when no choice has as many."""
    known = [profile.id for profile in surveyed(site)]
    choices = [tuple(id_ for id_ in ids if id_ in known) for ids in _PREPARED]
    found = [ids for ids in choices if len(ids) > 1] or ([tuple(known[:2])] if len(known) > 1 else [])
    return {PATH if ids is found[0] else f"{PATH}{'-'.join(ids)}/": ids for ids in found}


def names(site: Site, ids: Sequence[str]) -> str:
    """The names of profiles in one phrase."""
    separator = "、" if site.language == "ja" else ", "
    return separator.join(site.text(site.kb.jurisdictions[id_].name) for id_ in ids)
