"""The real servers, asked by a person who wants to know whether a source still speaks as it did: ``pytest -m live``.

Left out otherwise. Each source is asked for a little, at its own pace, and nothing is written.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kb.files import find_root
from scrapers.errand import Errand, Means, usual_means
from scrapers.register import register
from scrapers.run import enrich

_UNATTENDED = [name for name in usual_means().sources if register()[name].unattended]


@pytest.mark.live
@pytest.mark.parametrize("name", _UNATTENDED)
def test_a_source_still_speaks_as_it_did(name: str, tmp_path: Path) -> None:
    usual = usual_means()
    means = Means(usual.sources, usual.module, tmp_path)
    (report,) = enrich(find_root(None), Errand((name,), date.today(), limit=2, dry_run=True), means).sources
    assert report.fault is None, f"{report.fault.where}: {report.fault.found.en} {report.fault.expected.en}"
    assert report.asked
