"""Which module reads which source of the register; a module is imported only when its source is asked."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType

from scrapers.source import SourceModule

#: Name in the register -> module with a ``MODULE``. A source without one serves other modules (wayback).
MODULES = MappingProxyType({
    "clinicaltrials-gov": "scrapers.sources.clinicaltrials_gov",
    "eu-ctis": "scrapers.sources.eu_ctis",
    "isrctn": "scrapers.sources.isrctn",
    "ictrp": "scrapers.sources.ictrp",
    "jrct": "scrapers.sources.jrct",
    "umin": "scrapers.sources.umin",
    "pubmed": "scrapers.sources.pubmed",
    "crossref": "scrapers.sources.crossref",
    "europe-pmc": "scrapers.sources.europe_pmc",
    "openfda": "scrapers.sources.openfda",
    "fda-warning-letters": "scrapers.sources.fda_warning_letters",
    "fda-guidance": "scrapers.sources.fda_guidance",
    "federal-register": "scrapers.sources.federal_register",
    "egov-laws": "scrapers.sources.egov_laws",
    "diet-record": "scrapers.sources.diet_record",
    "news": "scrapers.sources.news_feeds",
    "source-watcher": "scrapers.sources.source_watcher",
    "clinic-observer": "scrapers.sources.clinic_observer",
})  # fmt: skip


def readable() -> tuple[str, ...]:
    """The sources whose module is installed, in the order of :data:`MODULES`."""
    return tuple(name for name, module in MODULES.items() if find_spec(module) is not None)


def module_of(name: str) -> SourceModule:
    """The module of a source.

    Raises:
        KeyError: no module reads this source.
        ImportError: the module, or something that it needs, is not installed.
    """
    module: SourceModule = import_module(MODULES[name]).MODULE
    return module
