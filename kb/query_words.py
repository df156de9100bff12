"""The words by which live sources are searched and their texts are sorted, as readers are told them.

The vocabulary (``scrapers/data/ev_words.yaml``) is data that two packages need and only one of them acts on; see
:mod:`kb.register_summary`.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter

from kb.yaml12 import read_yaml

#: Beside this package, in a checkout and in a wheel.
WORDS = Path(__file__).parents[1] / "scrapers" / "data" / "ev_words.yaml"
_VOCABULARY: TypeAdapter[dict[str, dict[str, tuple[str, ...]]]] = TypeAdapter(dict[str, dict[str, tuple[str, ...]]])


def query_words(path: Path = WORDS) -> dict[str, dict[str, tuple[str, ...]]]:
    """Group -> language -> words, in the order of the file; empty when there is no file.

    A star stands for any ending; the language ``exact`` holds words whose case counts.

    Raises:
        YamlProblem: when the file cannot be read.
        pydantic.ValidationError: when a group is no list of words for each language.
    """
    return _VOCABULARY.validate_python(read_yaml(path) or {}) if path.is_file() else {}
