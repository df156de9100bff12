"""What a run is asked to do, and what it works with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scrapers.fetching.addresses import HostPort
from scrapers.fetching.limits import Limits
from scrapers.modules import module_of, readable
from scrapers.register import Source, register
from scrapers.source import SourceModule


@dataclass(frozen=True)
class Means:
    """What a run works with; tests bring their own.

    Attributes:
        sources: The register by name.
        module: Name of a source -> its module.
        cache: Folder of earlier answers; the user's cache folder by default.
        limits: Times and sizes; those of each source by default.
        allowance: Hosts and ports that may be reached although they are not public.
    """

    sources: Mapping[str, Source]
    module: Callable[[str], SourceModule]
    cache: Path | None = None
    limits: Limits | None = None
    allowance: Collection[HostPort] = ()


@dataclass(frozen=True)
class Errand:
    """What a run is asked to do.

    Attributes:
        names: Sources, in the order of the report.
        today: The day that counts as present.
        since: Only what changed from this day on, where a source can tell.
        limit: At most so many entries and so many candidates of each source.
        dry_run: Write nothing, and report the same.
        offline: Answer from the cache only.
        wait: Seconds to wait for another writer.
        files: Files that a person saved; their presence means that a person is present.
    """

    names: Sequence[str]
    today: date
    since: date | None = None
    limit: int | None = None
    dry_run: bool = False
    offline: bool = False
    wait: float = 0.0
    files: tuple[Path, ...] = ()

    @property
    def partial(self) -> bool:
        """Whether only a part of each source is asked for."""
        return bool(self.since or self.limit or self.files)


def usual_means() -> Means:
    """The register and the modules that ship with the package."""
    names = set(readable())
    return Means({name: source for name, source in register().items() if name in names}, module_of)
