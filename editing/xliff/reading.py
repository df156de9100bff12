"""An XLIFF file as a tool or an attacker left it: read within limits, or refused with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from editing.xliff import refusals
from editing.xliff.texts import CodedText, plain_text
from editing.xliff.units import (
    NAMESPACE,
    SEGMENT_STATES,
    VERSIONS,
    Document,
    SegmentState,
    Unit,
    key_of_file,
    parts_of_unit,
)
from kb.knowledge_base import Key
from kb.problems import Language

#: All 7,500 pairs of the first edition take 6 MB and 60,000 elements; tools add about as much again.
MAX_BYTES: Final = 64 * 1024 * 1024
MAX_ELEMENTS: Final = 1_000_000
#: ``<xliff><file><group>…<unit><segment><target><mrk>``: groups and marks nest a little.
MAX_DEPTH: Final = 40


class _TooLarge(Exception):
    """More elements, or deeper ones, than any export has."""


class _Bounded(TreeBuilder):
    """Stops a document that is small as a file and huge or bottomless as a tree."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._elements = 0

    def start(self, tag: str, attrs: dict[Any, Any], /) -> Element:
        """Called by the parser for each opening tag."""
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH or self._elements > MAX_ELEMENTS:
            raise _TooLarge
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        """Called by the parser for each closing tag."""
        self._depth -= 1
        return super().end(tag)


def read_xliff(path: Path) -> Document:
    """The units of a file.

    Raises:
        EvregError: no XML, with a document type declaration, too large, another version, other languages, ids of another
            make, an id twice, or a source text that is not the one that was exported.
        OSError: when it cannot be opened.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise refusals.too_large(path, size, MAX_BYTES)
    root = _parsed(path, path.read_bytes())
    source = _source_language(path, root)
    units: list[Unit] = []
    for file in _files(path, root):
        units += _units(path, *file)
    if not units:
        raise refusals.nothing_in_it(path)
    return Document(source, tuple(units))


def _parsed(path: Path, content: bytes) -> Element:
    parser = DefusedXMLParser(target=_Bounded(), forbid_dtd=True)
    try:
        parser.feed(content)
        root: Element = parser.close()
    except DefusedXmlException:
        raise refusals.with_document_type(path) from None
    except _TooLarge:
        raise refusals.too_deep(path, MAX_ELEMENTS, MAX_DEPTH) from None
    except ParseError as error:
        raise refusals.no_xml(path, *error.position) from None
    except (ValueError, LookupError):
        raise refusals.unknown_encoding(path) from None
    return root


def _source_language(path: Path, root: Element) -> Language:
    namespace, _, name = root.tag.rpartition("}")
    if name != "xliff":
        raise refusals.no_xliff(path, root.tag)
    version = root.get("version", "")
    if namespace.removeprefix("{") != NAMESPACE or version not in VERSIONS:
        raise refusals.other_version(path, version)
    languages = tuple(root.get(name, "").partition("-")[0].lower() for name in ("srcLang", "trgLang"))
    if languages == ("en", "ja"):
        return "en"
    if languages == ("ja", "en"):
        return "ja"
    raise refusals.other_languages(path, root.get("srcLang", ""), root.get("trgLang", ""))


def _files(path: Path, root: Element) -> Iterator[tuple[Key, Element]]:
    seen: set[Key] = set()
    for file in root.iterfind(_tag("file")):
        key = key_of_file(file.get("id", ""))
        if key is None:
            raise refusals.other_id(path, "file", file.get("id", ""))
        if key in seen:
            raise refusals.twice(path, file.get("id", ""))
        seen.add(key)
        yield key, file


def _units(path: Path, key: Key, file: Element) -> Iterator[Unit]:
    seen: set[str] = set()
    for element in file.iter(_tag("unit")):
        id_ = element.get("id", "")
        if id_ in seen:
            raise refusals.twice(path, id_)
        seen.add(id_)
        yield _unit(path, key, id_, element)


def _unit(path: Path, key: Key, id_: str, element: Element) -> Unit:
    parts = parts_of_unit(id_)
    if parts is None:
        raise refusals.other_id(path, "unit", id_)
    segments = [item for item in element if item.tag in (_tag("segment"), _tag("ignorable"))]
    if not segments or any(item.find(_tag("source")) is None for item in segments):
        raise refusals.no_source(path, id_)
    coded, source, target = False, "", ""
    try:
        source = _joined(segments, "source")
        target = _joined(segments, "target")
    except CodedText:
        coded = True
    if not source and not coded:
        raise refusals.no_source(path, id_)
    return Unit(key, *parts, source, target, _state(segments), coded)


def _joined(segments: list[Element], name: str) -> str:
    """The text of all segments, which a tool may have split although it was asked not to."""
    found = [item.find(_tag(name)) for item in segments]
    if name == "target" and any(item is not None and item.get("order") for item in found):
        raise CodedText
    return "".join(plain_text(item) for item in found if item is not None)


def _state(segments: list[Element]) -> SegmentState:
    """The least finished state of the segments; ``initial`` when one has none (XLIFF 2.0, 4.3.1.32)."""
    given = [item.get("state", "initial") for item in segments if item.tag == _tag("segment")]
    return next((state for state in SEGMENT_STATES if state in given), "initial")


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
