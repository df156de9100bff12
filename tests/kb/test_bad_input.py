"""Every kind of bad file: one clear message, exit 1, the other files checked, nothing written, never a traceback."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.checks.rule import Context
from kb.files import EntryFile, entry_files
from kb.problems import YamlProblem
from kb.validation import examine_entry, placed, validate
from kb.vocabulary import packaged_vocabularies
from kb.yaml12 import parse
from tests.samples import small_kb, term, write_kb

BAD_FILES: dict[str, tuple[bytes, str]] = {
    "broken": (b"id: [a\n", "yaml"),
    "tabs": (b"id: tabs\n\ttitle: x\n", "tabs"),
    "bom": (b"\xef\xbb\xbfid: bom\n", "encoding"),
    "crlf": (b"id: crlf\r\n", "line-ends"),
    "latin": ("id: é\n".encode("latin-1"), "encoding"),
    "sjis": ("title: 細胞外小胞\n".encode("shift_jis"), "encoding"),
    "empty": (b"", "mapping"),
    "only-comment": (b"# nothing\n", "mapping"),
    "list": (b"- id: a\n- id: b\n", "mapping"),
    "text": (b"just text\n", "mapping"),
    "huge": (b"id: huge\nsummary: " + b"x" * 5_000_000, "file-size"),
    "deep": (b"a: " + b"[" * 50_000, "nesting"),
    "laughs": (
        b"a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
        + b"".join(b"a%d: &a%d [%s]\n" % (n, n, b",".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 10)),
        "size",
    ),
    "tag": (b"id: !!python/object/apply:os.system ['true']\n", "tags"),
    "twice": (b"id: twice\nid: twice\n", "duplicate-keys"),
    "nul": (b"id: a\x00b\n", "encoding"),
}


def _evreg(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "evreg", *arguments],
        cwd=folder,
        env=os.environ | {"EVREG_LANG": "en", "PYTHONWARNINGS": "error"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_all_bad_files_at_once(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    folder = root / "entries" / "glossary"
    for name, (content, _) in BAD_FILES.items():
        (folder / f"{name}.yaml").write_bytes(content)
    (folder / "link.yaml").symlink_to("/etc/passwd")
    before = {path: path.read_bytes() for path in folder.iterdir() if not path.is_symlink()}
    run = _evreg("validate", "--kb", str(root), "--format", "json", folder=tmp_path)
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    problems = json.loads(run.stdout)
    found = {(Path(item["file"]).stem, item["rule"]) for item in problems}
    assert {(name, rule) for name, (_, rule) in BAD_FILES.items()} <= found
    assert ("link", "symlink") in found
    assert not any(item["file"].endswith("exosome.yaml") for item in problems)
    for item in problems:
        assert set(item) == {"file", "line", "column", "field", "rule", "level", "message", "fix"}
        assert item["message"]["en"]
        assert item["message"]["ja"]
        assert item["line"] >= 1
    assert before == {path: path.read_bytes() for path in folder.iterdir() if not path.is_symlink()}


@pytest.mark.parametrize("id_", ["../evil", "Upper", "日本語", "a/b", "a b", "-a", "a--b", "", "..", "a" * 200])
def test_ids_that_cannot_be_ids(tmp_path: Path, id_: str) -> None:
    root = write_kb(tmp_path, glossary=[term("good")])
    path = root / "entries" / "glossary" / "bad.yaml"
    path.write_text((path.parent / "good.yaml").read_text("utf-8").replace("id: good", f"id: '{id_}'"), "utf-8")
    report = validate(root, today=date(2026, 7, 1))
    assert {problem.field for problem in report.problems if problem.file.endswith("bad.yaml")} == {"id"}
    assert report.failed()
    run = _evreg("new", "--kb", str(root), "glossary", "--", id_, folder=tmp_path)
    assert run.returncode == 1
    assert "to do" in run.stderr
    assert not list(tmp_path.glob("**/evil*"))


def test_unknown_keys_offer_the_near_miss(tmp_path: Path) -> None:
    root = write_kb(tmp_path, glossary=[term("x", sumary={"en": "a"}, domain="ev-biolgy")])
    found = {problem.field: problem for problem in validate(root).problems}
    assert "«summary»" in found["sumary"].found.en
    assert "「summary」" in found["sumary"].found.ja
    assert "«ev-biology»" in found["domain"].found.en


def test_a_missing_reference_offers_the_near_miss(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    path = root / "entries" / "guidelines" / "g.yaml"
    path.write_text(path.read_text("utf-8").replace("attribute: count", "attribute: coumt"), "utf-8")
    (problem,) = [item for item in validate(root).problems if item.rule == "references-exist"]
    assert "«count»" in problem.expected.en
    assert path.read_text("utf-8").splitlines()[problem.line - 1].strip() == "attribute: coumt"


def test_paths_outside_the_knowledge_base_are_refused(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    run = _evreg("validate", str(tmp_path), "--kb", str(root / "entries" / ".."), "/etc/passwd", folder=tmp_path)
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert "/etc/passwd" in run.stderr


def test_one_file_is_checked_with_its_links(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    path = root / "entries" / "guidelines" / "g.yaml"
    (root / "entries" / "glossary" / "broken.yaml").write_text("id: [", "utf-8")
    assert validate(root, [path]).problems == []
    path.write_text(path.read_text("utf-8").replace("attribute: count", "attribute: nothing"), "utf-8")
    assert [problem.rule for problem in validate(root, [path]).problems] == ["references-exist"]


REAL = Path(__file__).parents[2] / "kb"
FILES = list(entry_files(REAL))
CONTEXT = Context(packaged_vocabularies(), (("ja", "エキソソーム", "エクソソーム"),), date(2026, 11, 22))
_PIECES = [b"\n", b": ", b"- ", b"  ", b"#", b"'", b'"', b"[", b"]", b"{", b"}", b"&a", b"*a", b"|", b">", b"\t", b"\xff",
           "　".encode(), "ｴｸｿ".encode(), b"null", b"-1", b"1e999", b"!!int ", b"---\n", b"\x00", "\u202e".encode()]  # fmt: skip


def _mutated(content: bytes, seed: int) -> bytes:
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(content) + 1), chance.choice((0, 1, 3, 20, 200))
        piece = chance.choice(_PIECES) if chance.random() < 0.7 else content[at : at + 40][::-1]
        content = content[:at] + piece + content[at + length :]
    return content


def _examined(file: EntryFile, content: bytes) -> None:
    try:
        data, node = parse(content)
    except YamlProblem as problem:
        assert problem.found.en
        assert problem.found.ja
        return
    if isinstance(data, dict):
        for rule, level, finding in examine_entry(file, data, CONTEXT):
            problem = placed(file.name, rule, level, finding, node)
            assert problem.line >= 1
            json.dumps(problem.as_json())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9))
def test_mutated_entries_never_crash(seed: int) -> None:
    for number in range(50):  # 60 examples of 50 mutations: 3,000 in all
        file = random.Random(seed + number).choice(FILES)
        _examined(file, _mutated(file.path.read_bytes(), seed * 50 + number))


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 10**9),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=2)
            | st.dictionaries(st.sampled_from(["en", "ja", "id", "url", "x"]), inner, max_size=3)
        ),
        max_leaves=5,
    ),
)
def test_values_of_the_wrong_kind_never_crash(seed: int, value: object) -> None:
    chance = random.Random(seed)
    file = chance.choice(FILES)
    data = parse(file.path.read_bytes())[0]
    place = data
    while True:
        key = chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or chance.random() < 0.3:
            place[key] = value
            break
        place = inner
    for rule, level, finding in examine_entry(file, data, CONTEXT):
        placed(file.name, rule, level, finding, None).as_json()
