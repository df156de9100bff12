"""Data quality: where live sources state something else."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

import kb
from kb.observed import observation, write_observed
from kb.problems import Language
from publish.computed import data_quality, quality_disagreements
from publish.site import Site
from tests.kb.inbox_samples import TRIAL, trial_kb


def stating(root: Path, **facts: Any) -> None:
    write_observed(root, observation("isrctn", TRIAL, "https://www.isrctn.com/1", "2026-07-01", facts))


def figures(root: Path, language: Language = "en") -> str:
    return next(iter(data_quality.pages(Site(kb.load(root), language)))).body


def section(page: str) -> str:
    return page.split("{#disagreements}")[1].split("\n## ", maxsplit=1)[0]


def counted(root: Path) -> str:
    (content,) = data_quality.files(Site(kb.load(root), "en")).values()
    text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
    heading, row = csv.reader(io.StringIO(text))
    return row[heading.index("Live source differs")]


def test_not_asked_agreeing_and_differing_are_three_things(tmp_path: Path) -> None:
    root = trial_kb(tmp_path)
    assert "nothing can be said" in section(figures(root))
    assert "Live source differs" not in figures(root)
    assert counted(root) == ""
    stating(root, status="completed")
    assert "agrees with its entry" in section(figures(root))
    assert counted(root) == "0"
    stating(root, status="terminated", phase="2")
    page = section(figures(root))
    assert page.count("</tr>") == 3
    assert '<a href="../trials/t1/">' in page
    assert '<a class="ev-out" href="https://www.isrctn.com/1"' in page
    assert page.index("ev-is-completed") < page.index("ev-is-terminated")
    assert 'data-label="Live source differs">2</td>' in figures(root)
    assert counted(root) == "2"


def test_a_long_table_ends_and_the_note_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality_disagreements, "SHOWN", 1)
    root = trial_kb(tmp_path)
    stating(root, status="terminated", phase="2")
    page = section(figures(root, "ja"))
    assert page.count("</tr>") == 2
    assert "表には200件まで" in page
