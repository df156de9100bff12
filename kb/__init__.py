"""The knowledge base of EVReg: models, loader, links, checks.

>>> from kb import load
>>> kb = load()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kb.problems import EvregError, Message, Problem

if TYPE_CHECKING:
    from kb.knowledge_base import Collection, KnowledgeBase, Link, key_of
    from kb.loading import load

__all__ = ["Collection", "EvregError", "KnowledgeBase", "Link", "Message", "Problem", "key_of", "load"]

#: Imported when first asked for: the models of all collections take longer than checking one file.
_LATER = {
    "Collection": "kb.knowledge_base",
    "KnowledgeBase": "kb.knowledge_base",
    "Link": "kb.knowledge_base",
    "key_of": "kb.knowledge_base",
    "load": "kb.loading",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
