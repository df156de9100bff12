"""Writing what a source stated into the knowledge base: files one by one, each whole, in an order that can be cut off.

A run that is cut off leaves some files new and some old, all of them valid; the next run finds the rest different and
writes it.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from kb import KnowledgeBase
from kb.models import COLLECTIONS
from kb.observed import FOLDER as OBSERVED
from kb.observed import write_observed
from kb.proposals import FOLDER as INBOX
from kb.proposals import Proposal, proposal_file, remove_proposal, write_proposal
from kb.record_files import read_record
from kb.searches import FOLDER as SEARCHES
from kb.searches import write_search
from scrapers.collecting import Collected, Inbox
from scrapers.comparing import is_comparison
from scrapers.report import Kept, Proposed
from scrapers.same_candidate import Candidates

#: What scrapers write; a person writes decisions into the inbox.
FOLDERS = (OBSERVED, INBOX, SEARCHES)
#: Files written at the same time: each waits for the disk, and the disk takes several at once.
_WRITERS = 8
#: In the JSON of a proposal of a new entry.
_NEW_ENTRY = b'"kind":"new-entry"'


def keep(root: Path, source: str, held: Collected, inbox: Inbox, kb: KnowledgeBase) -> Kept:
    """Write observations, proposals and searches of one source, and remove proposals that no longer hold.

    Raises:
        EvregError: a file that is there cannot be read; nothing of the source is written then.
        OSError: a file cannot be written.
    """
    over = _no_longer_true(root, source, held, inbox, kb)
    kept = Kept(observed=len(held.observations), settled=held.settled)
    with ThreadPoolExecutor(_WRITERS) as pool:
        # Proposals first: a module may notice a change by its last observation, which must not be newer than they are.
        alone = list(_without_those_of_others(root, source, held.proposals.values(), kept))
        for proposal, changed in pool.map(partial(_put, root), alone):
            if changed:
                new = proposal.id not in inbox.waiting
                kept.proposals_new += new
                kept.proposals_changed += not new
                kept.proposed.append(proposal)
        for id_ in over:
            remove_proposal(root, id_)
        kept.proposals_removed = len(over)
        for search in held.searches:
            kept.searches_changed += write_search(root, search)
        kept.observations_changed = sum(pool.map(partial(write_observed, root), held.observations.values()))
    return kept


def _put(root: Path, text: bytes) -> tuple[Proposed, bool]:
    proposal = Proposal.model_validate_json(text)
    path = proposal_file(root, proposal.id)
    known = path.is_file()
    changed = write_proposal(root, proposal)
    # What is there already may name further sources.
    return Proposed.of(read_record(path, Proposal).whole() if known and changed else proposal), changed


def _without_those_of_others(root: Path, source: str, texts: Collection[bytes], kept: Kept) -> Iterator[bytes]:
    """Make one proposal of new trials that other sources propose too; the rest is handed on."""
    candidates = Candidates(root, source)
    # What waits for other sources is read only when there is something to compare with it.
    if not any(_NEW_ENTRY in text for text in texts) or not candidates:
        yield from texts
        return
    for text in texts:
        placed = candidates.placed(Proposal.model_validate_json(text))
        if not placed.folded:
            yield text
            continue
        # The whole one first: a run that is cut off here leaves one too many, which the next run folds again.
        if write_proposal(root, placed.proposal):
            kept.proposals_merged += 1
            kept.proposed.append(Proposed.of(placed.proposal.whole()))
        for id_ in placed.folded:
            remove_proposal(root, id_)
            kept.folded.append(id_)


@contextmanager
def scratch_copy(root: Path) -> Iterator[Path]:
    """A folder to write to in place of ``root``, which stays as it is: what a dry run would do is done there."""
    with TemporaryDirectory(prefix="evreg-dry-run-") as folder:
        for name in FOLDERS:
            if (root / name).is_dir():
                shutil.copytree(root / name, Path(folder) / name)
        yield Path(folder)


def remove_left_overs(root: Path) -> None:
    """Remove the temporary files of a run that was cut off; call it while holding the lock for writing."""
    for name in FOLDERS:
        for path in (root / name).glob("**/.*.tmp"):
            path.unlink(missing_ok=True)


def _no_longer_true(root: Path, source: str, held: Collected, inbox: Inbox, kb: KnowledgeBase) -> list[str]:
    """Proposals in the inbox that this run shows to be over; snoozed ones wait for their day."""
    over: list[str] = []
    for path in sorted((root / INBOX / source).glob("*.yaml")):
        proposal = read_record(path, Proposal)
        if proposal.id in held.proposals or inbox.is_snoozed(proposal.id):
            continue
        # Settled, and still there: a run that accepted or rejected it was cut off before its last step.
        if inbox.is_settled(proposal) or _is_over(proposal, held, kb):
            over.append(proposal.id)
    return over


def _is_over(proposal: Proposal, held: Collected, kb: KnowledgeBase) -> bool:
    collection, _, id_ = proposal.entry.partition("/")
    known = collection in COLLECTIONS and kb.resolve(id_, collection) is not None
    if proposal.kind == "new-entry":
        return known
    # Only where the source was heard: a run may ask for a part of the entries.
    return is_comparison(proposal) and (not known or proposal.entry in held.observations)
