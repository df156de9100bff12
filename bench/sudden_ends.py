"""``kill -9`` at 100 random moments while scrapers write and while a person accepts: is the knowledge base whole each time?

Each round copies a knowledge base, lets a process work on it, kills that process, and validates what is left; then the same
work is done once more, and the result must be, to the byte, that of a run that nobody disturbed.
"""

from __future__ import annotations

import multiprocessing
import random
import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import kb
from kb.accepting import accept
from kb.proposals import read_proposals
from kb.validation import validate
from scrapers.errand import Errand, Means
from scrapers.modules import module_of
from scrapers.register import register
from scrapers.run import enrich
from scrapers.source import SourceModule

ROUNDS = 100
TODAY = date.today()
_SEED = 20260702


class Ends(NamedTuple):
    """What became of the rounds.

    Attributes:
        rounds: Processes killed.
        unfinished: Rounds whose work was not done when the process was killed.
        invalid: Rounds that left errors, or files that cannot be read.
        different: Rounds after which the next run did not lead to the same files.
    """

    rounds: int
    unfinished: int
    invalid: int
    different: int


def enriching(root: Path, scratch: Path, address: str, name: str, rounds: int = ROUNDS) -> Ends:
    """Kill runs of ``evreg enrich``.

    Args:
        root: A knowledge base of trials that the registry has.
        scratch: An empty folder.
        address: The registry (:mod:`bench.registry_server`).
        name: The source.
        rounds: How often.
    """
    source = register()[name].model_copy(update={"base": f"{address}/api/v2", "pace": 0.0})
    module = SourceModule(name, observe=module_of(name).observe)
    allowance = frozenset({("127.0.0.1", urlsplit(address).port or 0)})

    def work(folder: Path) -> None:
        means = Means({name: source}, lambda _: module, folder / "http", allowance=allowance)
        failed = enrich(folder / "kb", Errand((name,), TODAY), means).failed
        if failed:
            raise RuntimeError(failed)

    return _killed(root, scratch, work, rounds)


def accepting(root: Path, scratch: Path, rounds: int = ROUNDS) -> Ends:
    """Kill what accepts every proposal in the inbox of ``root``."""

    def work(folder: Path) -> None:
        for proposal in read_proposals(folder / "kb").values():
            accept(folder / "kb", proposal, TODAY)

    return _killed(root, scratch, work, rounds)


def _killed(root: Path, scratch: Path, work: Callable[[Path], None], rounds: int) -> Ends:
    whole, moments = scratch / "whole", random.Random(_SEED)
    shutil.copytree(root, whole / "kb")
    work(whole)  # What is only done once in a process is no part of the usual time.
    shutil.rmtree(whole)
    shutil.copytree(root, whole / "kb")
    usual, wanted = _timed(work, whole), _files(whole / "kb")
    unfinished = invalid = different = 0
    for number in range(rounds):
        folder = scratch / f"round-{number}"
        shutil.copytree(root, folder / "kb")
        process = multiprocessing.get_context("fork").Process(target=work, args=(folder,))
        process.start()
        time.sleep(moments.uniform(0.0, 1.1) * usual)
        process.kill()
        process.join()
        unfinished += _files(folder / "kb") != wanted
        invalid += not _is_whole(folder / "kb")
        work(folder)
        different += _files(folder / "kb") != wanted
        shutil.rmtree(folder)
    return Ends(rounds, unfinished, invalid, different)


def _timed(work: Callable[[Path], None], folder: Path) -> float:
    started = time.perf_counter()
    work(folder)
    return time.perf_counter() - started


def _is_whole(root: Path) -> bool:
    try:
        kb.load(root).observations  # noqa: B018 - reading is the test
        read_proposals(root)
    except kb.EvregError:
        return False
    return validate(root).count("error") == 0


def _files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
