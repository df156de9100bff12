"""Every format by its name, and the files that each is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

from kb import KnowledgeBase
from publish.data.plain import chosen, json_list, plain


class DataFile(NamedTuple):
    """A file still to be made."""

    name: str
    format: str
    #: The only collection in it; empty when it holds several.
    collection: str
    #: Makes the content; the same for the same entries.
    make: Callable[[], bytes]


#: In the order in which people are offered them.
FORMATS: Final = ("json", "csv", "xlsx", "sqlite", "parquet", "bibtex", "ris", "csl", "datapackage")
#: One file for each collection: format -> file name extension.
_EACH: Final = {"json": "json", "csv": "csv", "parquet": "parquet"}
#: One file for all: format -> its name.
_WHOLE: Final = {
    "xlsx": "evreg.xlsx",
    "sqlite": "evreg.sqlite",
    "bibtex": "sources.bib",
    "ris": "sources.ris",
    "csl": "sources.csl.json",
    "datapackage": "datapackage.json",
}


def data_files(kb: KnowledgeBase, formats: Sequence[str] = FORMATS, collections: Sequence[str] = ()) -> list[DataFile]:
    """The files of the formats, each once; a data package brings the CSV files that it describes.

    Args:
        kb: What is written.
        formats: Names out of :data:`FORMATS`.
        collections: The collections to write; all of them when empty.

    Raises:
        KeyError: when there is no such format.
    """
    wanted = set(formats) | ({"csv"} if "datapackage" in formats else set())
    unknown = wanted - set(FORMATS)
    if unknown:
        raise KeyError(min(unknown))
    names = chosen(collections)
    return [file for name in FORMATS if name in wanted for file in _files(kb, name, names)]


def _files(kb: KnowledgeBase, format_: str, collections: tuple[str, ...]) -> Iterator[DataFile]:
    if format_ in _WHOLE:
        yield DataFile(_WHOLE[format_], format_, "", partial(_whole, kb, format_, collections))
        return
    for name in collections:
        yield DataFile(f"{name}.{_EACH[format_]}", format_, name, partial(_each, kb, format_, name))


# The libraries of the formats are imported when they are needed: some take a third of a second to start.


def _each(kb: KnowledgeBase, format_: str, collection: str) -> bytes:
    if format_ == "csv":
        from publish.data.csv_file import csv_file

        return csv_file(kb, collection)
    if format_ == "parquet":
        from publish.data.parquet_file import parquet_file

        return parquet_file(kb, collection)
    return json_list(plain(kb, collection))


def _whole(kb: KnowledgeBase, format_: str, collections: tuple[str, ...]) -> bytes:
    if format_ == "xlsx":
        from publish.data.xlsx_file import xlsx_file

        return xlsx_file(kb, collections)
    if format_ == "sqlite":
        from publish.data.sqlite_file import sqlite_file

        return sqlite_file(kb, collections)
    if format_ == "datapackage":
        from publish.data.datapackage import datapackage

        return datapackage(kb, collections)
    return _bibliography(kb, format_, collections)


def _bibliography(kb: KnowledgeBase, format_: str, collections: tuple[str, ...]) -> bytes:
    from publish.data.references import sources_of

    references = sources_of(kb, collections)
    if format_ == "bibtex":
        from publish.data.bibtex import bibtex

        return bibtex(references).encode()
    if format_ == "ris":
        from publish.data.ris import ris

        return ris(references).encode()
    from publish.data.csl import csl

    return json_list(csl(references))
