"""The models: one module per collection on a common core, each imported only when it is needed."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Whoever only wants to know the collections' names need not wait for pydantic.
    from kb.models.core import Entry

#: Collection (folder below ``kb/entries``) -> module and class of its model.
_MODELS = {
    "jurisdictions": ("jurisdictions", "Jurisdiction"),
    "guidelines": ("guidelines", "Guideline"),
    "trials": ("trials", "Trial"),
    "claims": ("claims", "Claim"),
    "enforcement": ("enforcement", "EnforcementAction"),
    "safety-events": ("safety_events", "SafetyEvent"),
    "surveys": ("surveys", "Survey"),
    "attributes": ("attributes", "QualityAttribute"),
    "process-steps": ("process_steps", "ProcessStep"),
    "products": ("products", "Product"),
    "glossary": ("glossary", "Term"),
}

#: The collections in the order in which the site and the tables show them.
COLLECTIONS: tuple[str, ...] = tuple(_MODELS)


@cache
def model_of(collection: str) -> type[Entry]:
    """The model of a collection.

    Raises:
        KeyError: when there is no such collection.
    """
    module, name = _MODELS[collection]
    model: type[Entry] = getattr(import_module(f"kb.models.{module}"), name)
    return model
