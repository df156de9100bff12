"""A tiny source of trials and the module that reads it, for tests of the run itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from kb.observed import Observation, facts_hash, observation
from kb.proposals import Proposal
from kb.searches import Search
from scrapers.errand import Means
from scrapers.reading import Record, json_of, model_of
from scrapers.source import SourceModule, Visit
from tests.entries import minimal
from tests.scrapers.server import PATIENT, Loopback

NAME = "clinicaltrials-gov"


class Study(Record):
    id: str
    status: Literal["completed", "terminated", "recruiting"]
    as_of: str | None = None
    people: int | None = None


def observe(visit: Visit) -> Iterator[Observation | Proposal]:
    for trial in visit.kb.trials.values():
        answer = visit.fetch.get(f"{visit.source.base}/studies/{trial.id}", accept="json")
        study = model_of(answer, json_of(answer), Study)
        facts: dict[str, Any] = {"status": study.status}
        if study.as_of:
            facts["status_as_of"] = study.as_of
        if study.people is not None:
            facts |= {"enrolment.count": study.people, "enrolment.type": "actual"}
        yield observation(
            visit.source.name, f"trials/{trial.id}", answer.url, visit.today.isoformat(), facts, study.as_of
        )


def discover(visit: Visit) -> Iterator[Proposal]:
    answer = visit.fetch.get(f"{visit.source.base}/studies", accept="json")
    found: list[str] = json_of(answer)["ids"]
    new = [id_ for id_ in found if id_ not in visit.kb.trials]
    for id_ in new:
        yield candidate(visit.source.name, id_, visit.today.isoformat())
    known = tuple(id_ for id_ in found if id_ in visit.kb.trials)
    visit.searches.append(
        Search(
            source=visit.source.name, key="ev", query="exosome", on=visit.today.isoformat(), hits=len(found),
            known=known, proposed=tuple(new[:100]),
        )
    )  # fmt: skip


def candidate(source: str, id_: str, day: str, text: str = "") -> Proposal:
    draft = minimal("trials") | {"id": id_, "summary": {"en": f"A trial. {text}", "ja": f"試験である。{text}"}}
    return Proposal(
        source=source, key=id_, kind="new-entry", entry=f"trials/{id_}", words={"en": f"New: {id_}", "ja": f"新規: {id_}"},
        url=f"https://example.org/{id_}", confidence="medium", draft=draft, source_hash=facts_hash({"id": id_}), found=day,
    )  # fmt: skip


MODULE = SourceModule(NAME, discover=discover, observe=observe)


def script(server: Loopback, trials: Mapping[str, Mapping[str, Any]], ids: list[str] | None = None) -> None:
    """Let the server state trials, and the ids that its search finds."""
    base = "/api/v2"
    for id_, study in trials.items():
        server.say(f"{base}/studies/{id_}", {"id": id_, **study}, etag="auto")
    server.say(f"{base}/studies", {"ids": list(trials) if ids is None else ids}, etag="auto")


def means(server: Loopback, folder: Path, modules: Mapping[str, SourceModule] | None = None, **changes: Any) -> Means:
    """Sources moved to the server; by default the one of this file."""
    known = modules or {NAME: MODULE}
    sources = {name: server.source(name, **changes) for name in known}
    return Means(sources, known.__getitem__, folder / "http", PATIENT, server.allowance)


def tree(root: Path) -> dict[str, bytes]:
    """Every file below a knowledge base."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
