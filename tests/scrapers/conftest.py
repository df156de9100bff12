from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from scrapers.fetching.fetcher import Fetcher
from tests.scrapers.server import IMPATIENT, PATIENT, Loopback

MakeFetcher = Callable[..., Fetcher]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """No test asks a real server unless somebody names the marker."""
    if "live" in config.option.markexpr:
        return
    asking = [item for item in items if item.get_closest_marker("live")]
    if asking:
        config.hook.pytest_deselected(items=asking)
        items[:] = [item for item in items if item not in asking]


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as running:
        yield running


@pytest.fixture
def make_fetcher(server: Loopback, tmp_path: Path) -> Iterator[MakeFetcher]:
    """Fetchers of a source that lives on the loopback server; all share one cache folder, as runs do."""
    with ExitStack() as stack:

        def make(name: str = "clinicaltrials-gov", **options: Any) -> Fetcher:
            changes = options.pop("source", {})
            options = {"limits": PATIENT, "allowance": server.allowance, **options}
            return stack.enter_context(Fetcher(server.source(name, **changes), tmp_path / "cache", **options))

        yield make


@pytest.fixture
def fetcher(make_fetcher: MakeFetcher) -> Fetcher:
    return make_fetcher()


@pytest.fixture
def hasty(make_fetcher: MakeFetcher) -> Fetcher:
    """A fetcher that takes no slow server."""
    return make_fetcher(limits=IMPATIENT)
