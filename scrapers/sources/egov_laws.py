"""Japanese laws that our guidelines are about: new states, states that are not yet in force, and their subordinate rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from kb.models.base import Localized
from kb.models.guidelines import Guideline
from kb.observed import Observation, observation
from kb.proposals import Change, Proposal
from scrapers import reading
from scrapers.source import SourceModule, Visit
from scrapers.sources.egov_laws_records import History, Revision, history, law_id_in, laws_titled
from scrapers.sources.egov_laws_updates import updated_laws
from scrapers.sources.egov_laws_words import by_en, by_ja, from_en, from_ja, start_en, start_ja, subordinate
from scrapers.sources.notices import notice, slug

#: Days of the daily list that are read without ``since``, and at most: a weekly run misses none, a long pause ends.
_USUAL_DAYS, _MOST_DAYS = 7, 31
#: repeal_status -> status of the entry. A suspended law has no code of ours, so nothing is stated of it.
_STATUS = {"None": "in-force", "Repeal": "withdrawn", "Expire": "withdrawn", "LossOfEffectiveness": "withdrawn"}
#: How titles of orders and rules go on after the title of their act.
_SUBORDINATE = re.compile(r"施行令|施行規則|の施行|に基づく|第[〇一二三四五六七八九十百千\d]+条|に関する|の規定")


def observe(visit: Visit) -> Iterator[Observation | Proposal]:
    """Facts of each watched law, and what changed since the entry was verified.

    Raises:
        SourceFault: the interface does not answer as it is known to.
    """
    for entry in islice(_watched(visit), visit.limit):
        law_id = _law_id(visit, entry)
        if law_id is None:
            continue
        found = history(visit.fetch, visit.source.base or "", law_id)
        yield from _proposals(visit, entry, found)
        yield _observation(visit, entry, found)


def discover(visit: Visit) -> Iterator[Proposal]:
    """Orders and rules under a watched law that the daily list (version 1) names and that have no entry of their own.

    Raises:
        SourceFault: the list has another form.
    """
    acts = {_title(entry): entry for entry in _watched(visit)}
    base = (visit.source.base or "").removesuffix("/2")
    for day in _days(visit) if acts else ():
        answer = visit.fetch.get(f"{base}/1/updatelawlists/{day:%Y%m%d}", accept="xml", also=(404,))
        found = list(updated_laws(answer))
        reading.within(answer, len(found), visit.source.expected.get("laws"), "laws")
        for law in found:
            act = next((title for title in acts if _is_under(law.name, title)), None)
            if act is not None and law.name not in acts:
                entry = acts[act]
                by = law.amendment or law.name
                yield notice(
                    visit,
                    slug(law.law_id, by, law.enforcement or "", day.isoformat()),
                    f"guidelines/{entry.id}",
                    Localized(
                        en=f"A rule under this law changed: «{law.name}» by «{by}»{from_en(law.enforcement)}.",
                        ja=f"この法律に基づく「{law.name}」が「{by}」により改正された{from_ja(law.enforcement)}。",
                    ),
                    f"https://laws.e-gov.go.jp/law/{law.law_id}",
                    f"{law.law_id} {by} {law.enforcement}",
                    reasons=[subordinate(day)],
                )


def _is_under(name: str, act: str) -> bool:
    """医療法施行規則 is a rule under 医療法, 医療法人… is not."""
    return name.startswith(act) and _SUBORDINATE.match(name.removeprefix(act)) is not None


def _watched(visit: Visit) -> Iterator[Guideline]:
    """Japanese laws and regulations; laws that only change others are no laws of their own at e-Gov."""
    for entry in visit.kb.guidelines.values():
        law = entry.jurisdiction == "JP" and entry.document_type in ("law", "regulation") and entry.withdrawn is None
        if law and "一部を改正する" not in entry.title.ja:
            yield entry


def _title(entry: Guideline) -> str:
    """The official title: ours goes on with a short name, an article or a subject in brackets."""
    return re.split(r"[((\s]|第\d+条", unicodedata.normalize("NFKC", entry.title.ja), maxsplit=1)[0]


def _law_id(visit: Visit, entry: Guideline) -> str | None:
    """From the entry, else from what was found the last time, else by title, when exactly one law has it."""
    addresses = [entry.url, *(source.url for source in entry.sources)]
    earlier = [item.url for item in _earlier(visit, entry)]
    known = law_id_in(*addresses, *entry.document_numbers, *earlier)
    if known is not None:
        return known
    found = {law.law_id for law in laws_titled(visit.fetch, visit.source.base or "", _title(entry))}
    return found.pop() if len(found) == 1 else None


def _earlier(visit: Visit, entry: Guideline) -> list[Observation]:
    items = visit.kb.observations.get(f"guidelines/{entry.id}", ())
    return [item for item in items if item.source == visit.source.name]


def _current(found: History) -> Revision | None:
    """The state in force, or the last one before the law was repealed.

    On the days after a start the new state may already count as «previous» and none as current, until e-Gov has entered
    its text: then the latest of those that were in force.
    """
    for statuses in (("CurrentEnforced", "Repeal"), ("PreviousEnforced",)):
        states = [item for item in found.revisions if item.current_revision_status in statuses]
        if states:
            return max(states, key=lambda item: item.law_revision_id)
    return None


def _observation(visit: Visit, entry: Guideline, found: History) -> Observation:
    # The address names the state, so that the file changes with it and tells the next run which law it was.
    current = _current(found) or found.revisions[0]
    facts: dict[str, str] = {"dates.issued": found.law_info.promulgation_date}
    if current.repeal_status in _STATUS and current.current_revision_status != "UnEnforced":
        facts["status"] = _STATUS[current.repeal_status]
    return observation(
        visit.source.name,
        f"guidelines/{entry.id}",
        current.page,
        visit.today.isoformat(),
        facts,
        current.law_revision_id,
    )


def _proposals(visit: Visit, entry: Guideline, found: History) -> Iterator[Proposal]:
    current = _current(found)
    if current is not None and _is_new(visit, entry, current):
        yield _in_force(visit, entry, current)
    for revision in found.revisions:
        if revision.current_revision_status == "UnEnforced" and revision.starts not in _dates(entry):
            yield _to_come(visit, entry, revision)


def _is_new(visit: Visit, entry: Guideline, current: Revision) -> bool:
    """Another state than the last run saw, or one that began after somebody last compared the entry with it."""
    starts = current.amendment_enforcement_date
    if starts is None or starts in _dates(entry):
        return False
    seen = {item.source_version for item in _earlier(visit, entry)}
    return starts > entry.review.verified or bool(seen - {None, current.law_revision_id})


def _dates(entry: Guideline) -> set[str]:
    dates = entry.dates
    own = {dates.issued, dates.effective, dates.applies_from, dates.withdrawn, *dates.revised}
    return {day for day in (*own, *(event.date for event in entry.events)) if day}


def _in_force(visit: Visit, entry: Guideline, current: Revision) -> Proposal:
    starts, verified = current.amendment_enforcement_date, entry.review.verified
    revised = [*entry.dates.revised]
    return _about(
        visit,
        entry,
        current,
        "in-force",
        Localized(
            en=f"A new state of this law is in force from {starts}{by_en(current)}.",
            ja=f"この法律の改正が{starts}に施行された{by_ja(current)}。",
        ),
        current.law_revision_id,
        reason=Localized(
            en=f"The entry was last verified on {verified}; read whether its statements still hold.",
            ja=f"エントリーの最終確認日は{verified}である。記載が現行法と合うか確認を要する。",
        ),
        change=Change(field="dates.revised", old=list(revised) or None, new=sorted({*revised, str(starts)})),
    )


def _to_come(visit: Visit, entry: Guideline, revision: Revision) -> Proposal:
    comment = revision.amendment_enforcement_comment
    return _about(
        visit,
        entry,
        revision,
        "to-come",
        Localized(
            en=f"An amendment of this law is promulgated and not yet in force{start_en(revision)}{by_en(revision)}.",
            ja=f"この法律の未施行の改正がある{start_ja(revision)}{by_ja(revision)}。",
        ),
        f"{revision.law_revision_id} {revision.starts} {comment}",
        reason=Localized(en=f"On its start the source says: {comment}", ja=f"施行期日に関する記載: {comment}")
        if comment
        else None,
    )


def _about(
    visit: Visit,
    entry: Guideline,
    revision: Revision,
    event: str,
    words: Localized,
    stated: str,
    *,
    reason: Localized | None,
    change: Change | None = None,
) -> Proposal:
    """A proposal about one state of a law; with a change of the entry when there is one to make."""
    return notice(
        visit,
        slug(event, entry.id, revision.law_revision_id),
        f"guidelines/{entry.id}",
        words,
        revision.page,
        stated,
        kind="change" if change else "notice",
        confidence="high",
        reasons=[reason] if reason else (),
        changes=[change] if change else (),
    )


def _days(visit: Visit) -> list[date]:
    """Whole days before today, the oldest first."""
    first = visit.since or visit.today - timedelta(days=_USUAL_DAYS)
    count = min((visit.today - first).days, _MOST_DAYS)
    return [visit.today - timedelta(days=back) for back in range(count, 0, -1)]


MODULE = SourceModule("egov-laws", discover=discover, observe=observe)
