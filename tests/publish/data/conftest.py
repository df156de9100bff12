"""Knowledge bases for the tests of the data files."""

from __future__ import annotations

import pytest

import kb
from kb import KnowledgeBase
from tests.publish.conftest import full_kb, full_kb_root

__all__ = ["full_kb", "full_kb_root"]


@pytest.fixture(scope="session")
def real_kb() -> KnowledgeBase:
    return kb.load()


@pytest.fixture(params=["full_kb", "real_kb"], ids=["hostile", "real"])
def any_kb(request: pytest.FixtureRequest) -> KnowledgeBase:
    """Entries with every field filled, also with texts that try to break out; and those of the first edition."""
    found: KnowledgeBase = request.getfixturevalue(request.param)
    return found
