"""An earlier state as a folder, so that what reads a knowledge base from files can read it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from kb.analysis.states import State

#: What a knowledge base holds beside its entries and pages are made from; taken from the present one.
_BESIDE: Final = (
    "vocabularies", "lexicons", "observed", "translation-state", "searches", "disclosures.yaml", "excluded.yaml", "review.yaml", "reviewers.yaml",
)  # fmt: skip


def lay_out(state: State, present: Path, folder: Path) -> Path:
    """Write the entries of a state below ``folder``, beside the present vocabularies and records.

    Args:
        state: The entries.
        present: The present knowledge base.
        folder: An empty folder.

    Returns:
        The root of the knowledge base made.

    Raises:
        OSError: when a file cannot be read or written.
    """
    root = folder / "kb"
    for (collection, id_), stored in state.entries.items():
        path = root / "entries" / collection / f"{id_}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(stored.read())
    (root / "entries").mkdir(parents=True, exist_ok=True)
    for name in _BESIDE:
        if (present / name).is_dir():
            shutil.copytree(present / name, root / name)
        elif (present / name).is_file():
            shutil.copyfile(present / name, root / name)
    return root
