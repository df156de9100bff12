"""Saves: merged with what others wrote, valid or not at all, whole whatever happens."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from editing.local.drafts import Drafts
from editing.local.places import place_of, plain_entries
from editing.local.saving import Edit, _draft
from kb.accepting import accept
from kb.models.base import Localized
from kb.proposals import Change, Proposal
from kb.validation import validate
from kb.yaml12 import parse
from tests.editing.local_desk import TERM, TODAY, Asked, asked
from tests.samples import small_kb
from tests.sites import ROOT

GUIDELINE = "kb/entries/guidelines/g.yaml"


@pytest.fixture
def form(tmp_path: Path) -> Iterator[Asked]:
    with asked(tmp_path) as made:
        yield made


def test_a_save_changes_its_field_and_nothing_else(form: Asked) -> None:
    before = form.text()
    form.file().write_text(before.replace("origin: en", "# from a paper\norigin: en"), encoding="utf-8")
    base = form.text()
    answer = form.save(TERM, base.replace("# from a paper\n", "").replace("用語exosome", "新しい名"), base)
    assert answer.status_code == 200
    assert form.text() == base.replace("用語exosome", "新しい名")
    assert answer.json() == {"text": form.text(), "problems": [], "merged": False}
    assert form.saves == [1]


def test_what_the_form_adds_for_open_fields_is_not_written(form: Asked) -> None:
    base = form.text()
    noise = "\nsynonyms: []\nusage:\n  en: ''\n  ja: ''\nwithdrawn: null\n"
    answer = form.save(TERM, base + noise, base)
    assert answer.status_code == 200
    assert form.text() == base


def test_the_order_and_the_quotes_of_the_form_do_not_matter(form: Asked) -> None:
    base = form.text()
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in reversed(_data(base).items())]
    assert form.save(TERM, "\n".join(lines), base).status_code == 200
    assert form.text() == base


def test_a_new_entry_is_written_and_not_over_another(form: Asked) -> None:
    text = (
        form.text()
        .replace("exosome", "vesicle")
        .replace("A particle", "A vesicle")
        .replace("細胞が放出する粒子", "小胞")
    )
    path = "kb/entries/glossary/vesicle.yaml"
    assert form.save(path, text, None).status_code == 200
    assert "id: vesicle" in form.text(path)
    again = form.save(path, text, None)
    assert again.status_code == 409
    assert "already" in again.json()["found"]["en"]


def test_a_file_that_was_removed_does_not_come_back(form: Asked) -> None:
    base = form.text()
    form.file().unlink()
    answer = form.save(TERM, base.replace("用語exosome", "名"), base)
    assert answer.status_code == 409
    assert not form.file().exists()
    assert answer.json()["kept"] is True


def test_an_invalid_save_is_not_written_and_kept_with_its_problems(form: Asked) -> None:
    base = form.text()
    wrong = base.replace("用語exosome", "用語ﾃｽﾄ").replace("supports:\n    - summary", "supports:\n    - nothing")
    answer = form.save(TERM, wrong, base)
    assert answer.status_code == 422
    assert form.text() == base
    assert form.saves == []
    problems = {problem["field"]: problem for problem in answer.json()["problems"]}
    assert "title.ja" in problems
    assert problems["title.ja"]["level"] == "error"
    assert "半角" in problems["title.ja"]["found"]["ja"]
    assert "›" in problems["title.ja"]["label"]["en"]
    assert [(draft["path"], draft["text"], draft["base"]) for draft in form.drafts.all()] == [(TERM, wrong, base)]
    assert form.client.get("api/start", headers=form.headers).json()["drafts"][0]["text"] == wrong

    mended = wrong.replace("用語ﾃｽﾄ", "用語テスト").replace("- nothing", "- summary")
    assert form.save(TERM, mended, base).status_code == 200
    assert form.drafts.all() == []


def test_places_in_lists_are_named_as_the_form_names_them(form: Asked) -> None:
    base = form.text(GUIDELINE)
    answer = form.save(GUIDELINE, base.replace("attribute: count", "attribute: no-such"), base)
    assert [problem["field"] for problem in answer.json()["problems"]] == ["requirements.0.attribute"]


def test_a_draft_is_discarded_when_asked(form: Asked) -> None:
    form.drafts.keep(TERM, "id: x", None)
    assert form.post("discard", {"path": TERM}).status_code == 200
    assert form.drafts.all() == []


def test_a_check_writes_nothing(form: Asked) -> None:
    base = form.text()
    assert form.post("check", {"path": TERM}).json() == {"problems": []}
    wrong = form.post("check", {"path": TERM, "text": base.replace("用語exosome", "用語ﾃｽﾄ"), "base": base})
    assert [problem["field"] for problem in wrong.json()["problems"]] == ["title.ja"]
    assert form.text() == base
    assert form.drafts.all() == []
    assert form.post("check", {"path": "kb/entries/glossary/nothing.yaml"}).status_code == 404


def test_changes_of_others_stay_and_the_form_may_go_on(form: Asked) -> None:
    base = form.text()
    form.file().write_text(base.replace("Number", "x").replace("term exosome", "their title"), encoding="utf-8")
    first = base.replace("用語exosome", "私の題名")
    answer = form.save(TERM, first, base)
    assert answer.json()["merged"] is True
    assert "their title" in form.text()
    assert "私の題名" in form.text()
    second = first.replace("A particle released by a cell.", "A particle that a cell releases.")
    assert form.save(TERM, second, first).status_code == 200
    assert "their title" in form.text()
    assert "a cell releases" in form.text()


def test_a_conflict_is_refused_by_name_and_decided_by_choice(form: Asked) -> None:
    base = form.text()
    theirs = base.replace("用語exosome", "彼らの題名").replace("term exosome", "their title")
    form.file().write_text(theirs, encoding="utf-8")
    mine = base.replace("用語exosome", "私の題名")
    answer = form.save(TERM, mine, base)
    assert answer.status_code == 409
    assert form.text() == theirs
    conflict = answer.json()["conflicts"]
    assert [(item["field"], item["mine"], item["theirs"]) for item in conflict] == [
        ("title.ja", "私の題名", "彼らの題名")
    ]
    assert conflict[0]["label"]["ja"] in answer.json()["found"]["ja"]
    assert form.save(TERM, mine, base, "theirs").status_code == 200
    assert form.text() == theirs
    assert form.save(TERM, mine, base, "mine").status_code == 200
    assert form.text() == theirs.replace("彼らの題名", "私の題名")


@pytest.mark.parametrize(
    ("theirs", "mine", "together"),
    [
        (["one", "two!", "three"], ["one", "three"], ["one", "three"]),
        (["one", "three"], ["one", "two!", "three"], ["one", "three", "two!"]),
        (["one", "two a", "three"], ["one", "two b", "three"], ["one", "two b", "three"]),
        (["one", "two", "three", "four"], ["one", "two!", "three"], ["one", "two!", "three", "four"]),
    ],
    ids=["I remove", "they remove", "both change", "they add"],
)
def test_in_a_list_only_the_items_in_conflict_are_exchanged(
    form: Asked, theirs: list[str], mine: list[str], together: list[str]
) -> None:
    """Sources, as they have keys by which an item is known again."""

    def with_sources(*titles: str) -> str:
        data = _data(original)
        first = data["sources"][0]
        records = [first | {"key": f"s{title[:3]}".lower(), "title": title} for title in titles]
        data["sources"] = [first, *(record | {"key": record["key"].strip()} for record in records)]
        return json.dumps(data, ensure_ascii=False)

    original = form.text()
    base = with_sources("one", "two", "three")
    form.file().write_text(with_sources(*theirs), encoding="utf-8")
    answer = form.save(TERM, with_sources(*mine), base, "mine")
    assert answer.status_code == 200, answer.text
    assert [source["title"] for source in _data(form.text())["sources"]] == ["A paper", *together]


def test_a_file_that_cannot_be_read_is_not_written_over(form: Asked) -> None:
    base = form.text()
    form.file().write_text(base + "broken: [", encoding="utf-8")
    answer = form.save(TERM, base.replace("用語exosome", "題名"), base)
    assert answer.status_code == 409
    assert form.text().endswith("broken: [")


def test_form_and_proposals_at_once_lose_nothing(form: Asked) -> None:
    """Each writer changes a field of its own many times; the last value of each stands in the file."""
    base, rounds, failed = form.text(), 12, []

    def by_form() -> None:
        held = base
        for number in range(rounds):
            text = re.sub(r"  ja: (用語exosome|題名\d+)", f"  ja: 題名{number}", held, count=1)
            answer = form.save(TERM, text, held)
            if answer.status_code != 200:
                failed.append(answer.text)
            held = text

    def by_proposals() -> None:
        for number in range(rounds):
            old = _data(form.text())["reading"]
            change = Change(field="reading", old=old, new="よ" * (number + 1))
            accept(form.root, _proposal(number, change), TODAY, wait=30)

    threads = [threading.Thread(target=by_form), threading.Thread(target=by_proposals)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    data = _data(form.text())
    assert failed == []
    assert data["title"]["ja"] == f"題名{rounds - 1}"
    assert data["reading"] == "よ" * rounds


def test_many_windows_save_different_fields_of_one_entry(form: Asked) -> None:
    base = form.text()
    edits = [
        base.replace("term exosome", "another title"),
        base.replace("用語exosome", "別の題名"),
        base.replace("A particle released by a cell.", "A cell releases it."),
        base.replace("reading: ようご", "reading: よみ"),
    ]
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda text=text: answers.append(form.save(TERM, text, base).status_code))
        for text in edits
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * len(edits)
    for word in ("another title", "別の題名", "A cell releases it.", "よみ"):
        assert word in form.text()


_SERVER = """
import sys
from datetime import date
from pathlib import Path
from editing.local.app import Desk
from editing.local.drafts import Drafts
from editing.local.places import place_of, plain_entries
from editing.local.saving import Edit, _draft
from editing.local.form_files import FormFiles
from editing.local.server import FormServer
folder = Path(sys.argv[1])
form = FormFiles(folder, lambda language: {})
server = FormServer(Desk(folder / "kb", form, "en", Drafts(folder / "kb", folder / "drafts")), 0)
server.start()
print(server.address, server.token, flush=True)
sys.stdin.read()
"""


def test_a_killed_server_leaves_the_old_file_or_the_new(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    file = root / "entries" / "glossary" / "exosome.yaml"
    for moment in range(6):
        before = file.read_text(encoding="utf-8")
        after = re.sub(r"  ja: (用語exosome|題名\d+)", f"  ja: 題名{moment}", before, count=1)
        with subprocess.Popen(
            [sys.executable, "-c", _SERVER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        ) as server:  # fmt: skip
            assert server.stdout is not None
            address, token = server.stdout.readline().split()
            killer = threading.Timer(0.012 * moment, server.send_signal, [signal.SIGKILL])
            killer.start()
            with suppress(httpx.HTTPError):
                httpx.post(
                    f"{address}api/save", json={"path": TERM, "text": after, "base": before},
                    headers={"X-EVReg-Token": token}, trust_env=False,
                )  # fmt: skip
            killer.join()
            server.kill()
        assert file.read_text(encoding="utf-8") in (before, after)
    assert not validate(root, today=date(2026, 7, 1)).failed()


def test_drafts_are_one_for_each_entry_and_damage_is_overlooked(tmp_path: Path) -> None:
    moments = iter(["2026-01-01T00:00:00+00:00", "2026-01-02T00:00:00+00:00", "2026-01-03T00:00:00+00:00"])
    drafts = Drafts(tmp_path, tmp_path / "drafts", lambda: next(moments))
    drafts.keep("a", "1", None)
    drafts.keep("b", "2", "0")
    drafts.keep("a", "3", None)
    next((tmp_path / "drafts").rglob("*.json")).with_name("damaged.json").write_text("{", encoding="utf-8")
    assert [(draft["path"], draft["text"]) for draft in drafts.all()] == [("a", "3"), ("b", "2")]
    drafts.discard("a")
    drafts.discard("a")
    assert [draft["path"] for draft in drafts.all()] == ["b"]
    assert Drafts(tmp_path / "other", tmp_path / "drafts").all() == []
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert Drafts(tmp_path, tmp_path / "file").keep("a", "1", None) is False


def _proposal(number: int, change: Change) -> Proposal:
    return Proposal(
        source="isrctn",
        key=f"reading-{number}",
        kind="change",
        entry="glossary/exosome",
        words=Localized(en="Reading.", ja="読み。"),
        url="https://example.org/",
        confidence="high",
        changes=(change,),
        source_hash=f"{number:064x}",
        found="2026-06-30",
    )


def _data(text: str) -> dict[str, Any]:
    found: dict[str, Any] = parse(text.encode())[0]
    return found


def test_every_entry_stays_as_it_is_when_nothing_was_changed() -> None:
    root = ROOT / "kb"
    changed = []
    for path, file in plain_entries(root):
        content = file.path.read_bytes()
        text = content.decode()
        if _draft(Edit(place_of(root, path), text, text), content) != (text, False):
            changed.append(path)
    assert changed == []
