"""Reading an advertisement: which claims it makes, in which words, and what a lawful one would have to state.

Patterns are data: lexicons of concepts (``kb/lexicons/*.yaml``) and the ``detection`` rules of the claims. They compile to one
:class:`~kb.claims.specification.Specification` that this package and the browser's matcher read alike.
"""

from kb.claims.checking import Checked, Finding, check
from kb.claims.specification import Specification, specification_of

__all__ = ["Checked", "Finding", "Specification", "check", "specification_of"]
