"""The knowledge base of EVReg: models, loader, links, checks.

>>> from kb import load
>>> kb = load()
"""

from kb.knowledge_base import Collection, KnowledgeBase, Link, key_of
from kb.loading import load
from kb.problems import EvregError, Message, Problem

__all__ = ["Collection", "EvregError", "KnowledgeBase", "Link", "Message", "Problem", "key_of", "load"]
