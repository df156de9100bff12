"""A knowledge base with something in every part of a digest; what entries say tries to break out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kb.decisions import Decision, remember
from kb.observed import observation, write_observed
from kb.translations.approving import record_new
from tests.entries import minimal
from tests.kb.inbox_samples import change, in_inbox, new_trial
from tests.repository import Repository
from tests.samples import guideline, term, write_kb

TODAY = date(2026, 7, 20)
HOSTILE = "</td><script>alert(1)</script> @octocat ![x](https://evil.example/x.png) \u202eabc"
_GROUPS = """\
groups:
  trials-group: {en: Trials group, ja: 臨床試験部会, collections: [trials]}
  japan: {en: Japan group, ja: 国内制度部会, jurisdictions: [JP]}
"""
_CONFLICT = {
    "field": "enrolment.count",
    "values": [
        {"value": {"en": "20 people", "ja": "20名"}, "sources": ["s1"]},
        {"value": {"en": HOSTILE, "ja": HOSTILE + "名"}, "sources": ["s1"]},
    ],
}


def full_repository(folder: Path) -> Repository:
    """June: a document and a trial; July: changes, proposals, a decision, a disagreement, a stale translation."""
    made = Repository(folder)
    trial = minimal("trials") | {"id": "t1", "review": {"status": "draft", "verified": "2025-12-01"}}
    made.commit("2026-06-10", guidelines=[guideline("g", requirements=[])], trials=[trial], glossary=[term("old")])
    root = made.root
    (root / "reviewers.yaml").write_text(_GROUPS, encoding="utf-8")
    record_new(root, [("guidelines", "g"), ("trials", "t1")], date(2026, 6, 10))
    made.commit_files("2026-06-11")
    withdrawn = {"on": "2026-07-02", "reason": {"en": "Not a term.", "ja": "用語ではない。"}}
    write_kb(
        folder,
        guidelines=[guideline("g", requirements=[], status="superseded")],
        trials=[
            trial | {"conflicts": [_CONFLICT], "summary": {"en": "It was rewritten.", "ja": "エントリーの内容である。"}}
        ],
        glossary=[
            term("old", withdrawn=withdrawn),
            term("new", title={"en": f"new {HOSTILE}", "ja": f"新語{HOSTILE}"}),
        ],
    )
    made.commit_files("2026-07-05")
    in_inbox(root, change(), new_trial())
    remember(
        root, Decision(proposal="register/gone", action="reject", on="2026-07-03", source_hash="x", reason=HOSTILE)
    )
    remember(root, Decision(proposal="register/older", action="accept", on="2026-06-03", source_hash="x"))
    seen = observation("register", "trials/t1", "https://example.org/t1", "2026-07-01", {"phase": "2"})
    write_observed(root, seen)
    return made
