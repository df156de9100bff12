"""The plain text of a ``<source>`` or ``<target>``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from editing.xliff.units import NAMESPACE

_HEX: Final = re.compile(r"[0-9A-Fa-f]{4,6}")
#: Annotations mark a stretch of text and add nothing to it (XLIFF 2.0, 4.7.3).
_MARKS: Final = frozenset(f"{{{NAMESPACE}}}{name}" for name in ("mrk", "sm", "em"))
_CODE_POINT: Final = f"{{{NAMESPACE}}}cp"


class CodedText(Exception):
    """The text holds codes (``<ph>``, ``<pc>`` …), foreign elements or a changed order: plain text cannot keep them."""


def plain_text(element: Element) -> str:
    """The text of an element without its annotations; ``<cp>`` stands for the character that it names.

    Raises:
        CodedText: for anything else inside.
    """
    return "".join(_parts(element)).replace("\r\n", "\n").replace("\r", "\n")


def _parts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == _CODE_POINT:
            yield _character(child.get("hex", ""))
        elif child.tag in _MARKS:
            yield from _parts(child)
        else:
            raise CodedText
        yield child.tail or ""


def _character(code: str) -> str:
    if not _HEX.fullmatch(code) or int(code, 16) > 0x10FFFF:
        raise CodedText
    return chr(int(code, 16))
