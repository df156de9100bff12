"""The data files of a site, made once for both languages and for the pages that name their sizes."""

from __future__ import annotations

from functools import lru_cache

from kb import KnowledgeBase
from publish.data.formats import DataFile, data_files

#: Folder of the files below the root of the whole site.
FOLDER = "data"


@lru_cache(maxsize=1)
def made_files(kb: KnowledgeBase) -> dict[str, bytes]:
    """File name -> content of every data file. The latest knowledge base's files are kept; one is some 20 MB."""
    return {file.name: file.make() for file in data_files(kb)}


@lru_cache(maxsize=1)
def listed_files(kb: KnowledgeBase) -> tuple[DataFile, ...]:
    """What :func:`made_files` makes, with format and collection."""
    return tuple(data_files(kb))
