"""Names of countries, as registries write them, to codes of our vocabulary of jurisdictions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kb.vocabulary import packaged_vocabularies
from kb.yaml12 import read_yaml

_DATA = Path(__file__).parent / "data" / "country_names.yaml"


class Countries(NamedTuple):
    """Codes in the order of their first mention, and the names for which the vocabulary has no code."""

    codes: tuple[str, ...]
    others: tuple[str, ...]


def country_code(name: str) -> str | None:
    """The code of ``name``; None when our vocabulary has no such country.

    >>> country_code("Korea, Republic of"), country_code("Türkiye"), country_code("Denmark")
    ('KR', 'TR', None)
    """
    return _codes().get(_bare(name))


def countries_of(names: Iterable[str]) -> Countries:
    """The codes of ``names``, each once; registries take country names from lists of their own, which are not closed."""
    found = [(name.strip(), country_code(name)) for name in names if name.strip()]
    codes = dict.fromkeys(code for _, code in found if code)
    return Countries(tuple(codes), tuple(dict.fromkeys(name for name, code in found if code is None)))


def _bare(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(sign for sign in letters if not unicodedata.combining(sign))))


@cache
def _codes() -> dict[str, str]:
    labels = packaged_vocabularies()["jurisdictions"]
    # States and provinces have a code of two parts and are never a country of a trial.
    names = {_bare(str(label["en"])): code for code, label in labels.items() if len(code) == 2 and code != "EU"}
    names |= {_bare(str(label["ja"])): code for code, label in labels.items() if len(code) == 2 and code != "EU"}
    more: dict[str, list[str]] = read_yaml(_DATA)
    return names | {_bare(name): code for code, spellings in more.items() for name in spellings}
