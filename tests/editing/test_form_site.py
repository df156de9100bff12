"""The page of the form: its program checked and kept, its policy, and what it says without its program."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import tarfile
from pathlib import Path

import html5lib
import pytest

from editing.form import bundle
from editing.form.backend import Backend, backend_of
from editing.form.bundle import Package, kept
from editing.form.site import SVELTIA, shared, write_form
from kb import load
from kb.problems import EvregError
from tests.editing.form_samples import LABELS
from tests.samples import guideline, write_kb


def _package(tmp_path: Path, **files: str) -> tuple[Package, bytes]:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    content = stream.getvalue()
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()
    return Package("@some/form", "1.2.3", integrity, r"npm/.*(?<!\.map)|LICENSE\.txt"), content


def _npm(folder: Path, content: bytes | None) -> None:
    """A program of that name that hands out a file, or fails as without a network."""
    folder.mkdir()
    (folder / "answer.tgz").write_bytes(content or b"")
    act = f'cp "{folder}/answer.tgz" "$5/x.tgz"' if content else 'echo "npm error network" >&2; exit 1'
    (folder / "npm").write_text(f'#!/bin/sh\necho run >> "{folder}/runs"\n{act}\n')
    (folder / "npm").chmod(0o755)


def test_a_package_is_fetched_once_and_only_what_is_wanted_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, content = _package(
        tmp_path, **{"npm/index.js": "1", "npm/index.js.map": "2", "LICENSE.txt": "MIT", "x": "3"}
    )
    _npm(tmp_path / "bin", content)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    folder = kept(wanted, tmp_path / "cache")
    assert kept(wanted, tmp_path / "cache") == folder
    assert (tmp_path / "bin" / "runs").read_text() == "run\n"
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names == {"npm/index.js", "LICENSE.txt"}
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [folder.name]


def test_another_file_than_the_pinned_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted, _ = _package(tmp_path, **{"npm/index.js": "1"})
    _npm(tmp_path / "bin", _package(tmp_path, **{"npm/index.js": "evil"})[1])
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    with pytest.raises(EvregError, match="Another file came"):
        kept(wanted, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_a_member_that_leaves_the_folder_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted, content = _package(tmp_path, **{"npm/../../../escaped.txt": "x", "npm/index.js": "1"})
    _npm(tmp_path / "bin", content)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    with pytest.raises(EvregError):
        kept(wanted, tmp_path / "cache")
    assert not list(tmp_path.rglob("escaped.txt"))


@pytest.mark.parametrize("there", [False, True], ids=["no npm", "no network"])
def test_without_its_program_the_page_says_so_in_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    if there:
        _npm(tmp_path / "bin", None)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin" if there else str(tmp_path))
    monkeypatch.setattr(bundle, "user_cache_path", lambda _name: tmp_path / "cache")
    kb = load(write_kb(tmp_path / "kb", guidelines=[guideline("g")]))
    missing = write_form(tmp_path / "site", kb, LABELS, Backend(None))
    assert missing is not None
    assert ("npm error network" if there else "no npm") in missing.found.en
    assert "Node.js" in missing.remedy.ja
    names = {path.name for path in (tmp_path / "site" / "admin").iterdir()}
    assert names == {"index.html", "form.css"}
    page = (tmp_path / "site" / "admin" / "index.html").read_text()
    assert 'data-state="missing"' in page
    assert "could not be fetched" in page
    assert "取得できませんでした" in page
    assert "<script" not in page


def _written(tmp_path: Path, backend: Backend) -> Path:
    program = tmp_path / "program"
    for name, text in {
        "npm/index.js": 'font("https://cdn.jsdelivr.net/fontsource/fonts/noto-mono@5.3.0/latin-400-normal.woff2")',
        "npm/index.js.map": "{}",
        "npm/assets/noto-mono-latin-400-normal-AbC.woff2": "font",
        "npm/assets/code.wasm": "wasm",
        "npm/chunks/react-1.js": "1",
        "locales/ja.json": '{"save": "保存"}',
        "LICENSE.txt": "MIT",
    }.items():
        (program / name).parent.mkdir(parents=True, exist_ok=True)
        (program / name).write_text(text)
    kb = load(write_kb(tmp_path / "kb", guidelines=[guideline("g")]))
    assert write_form(tmp_path / "site", kb, LABELS, backend, SVELTIA._replace(folder=lambda: program)) is None
    return tmp_path / "site" / "admin"


def test_the_page_has_its_program_its_licence_and_a_policy_of_its_own(tmp_path: Path) -> None:
    folder = _written(tmp_path, Backend(None))
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"sveltia/LICENSE.txt", "sveltia/locales/ja.js", "configuration.en.json", "configuration.ja.json"} <= names
    assert not any(name.endswith((".map", ".wasm", ".yaml")) for name in names)
    assert (folder / "sveltia/npm/index.js").read_text() == (
        'font("sveltia/npm/assets/noto-mono-latin-400-normal-AbC.woff2")'
    )
    assert (folder / "sveltia/locales/ja.js").read_text() == 'export default {"save": "保存"};\n'
    page = (folder / "index.html").read_text()
    imports = re.search(r'<script type="importmap">(.*?)</script>', page)
    assert imports is not None
    digest = base64.b64encode(hashlib.sha256(imports[1].encode()).digest()).decode()
    assert f"script-src &#x27;self&#x27; &#x27;sha256-{digest}&#x27;;" in page
    assert "connect-src &#x27;self&#x27; blob: data:;" in page
    assert json.loads(imports[1])["imports"] == {"./sveltia/locales/ja.json": "./sveltia/locales/ja.js"}
    # The preview server puts its reloading script before «</body>».
    assert "</body>" not in page
    parser = html5lib.HTMLParser()
    parser.parse(page)
    assert parser.errors == []


def test_a_second_build_leaves_nothing_of_the_first(tmp_path: Path) -> None:
    folder = _written(tmp_path, Backend(None))
    (folder / "old.js").write_text("1")
    _written(tmp_path, Backend("someone/evreg"))
    assert not (folder / "old.js").exists()
    page = (folder / "index.html").read_text()
    assert 'data-repository="someone/evreg"' in page
    assert "https://api.github.com" in page
    form = json.loads((folder / "configuration.ja.json").read_text())["form"]
    assert form["publish_mode"] == "editorial_workflow"


@pytest.mark.parametrize(
    ("address", "repository"),
    [
        ("https://github.com/someone/evreg", "someone/evreg"),
        ("https://github.com/someone/ev.reg.git", "someone/ev.reg"),
        ("https://github.com/someone/evreg/", "someone/evreg"),
        ("https://example.org/someone/evreg", None),
        ("https://github.com/someone", None),
        ('https://github.com/a/b" onload="x', None),
        ("", None),
        (None, None),
    ],
)
def test_the_repository_comes_from_the_sites_configuration(address: str | None, repository: str | None) -> None:
    assert backend_of(address) == Backend(repository)


def test_changes_become_pull_requests_where_the_repository_is_known() -> None:
    known = backend_of("https://github.com/someone/evreg", "https://sign-in.example.org").settings()
    assert known["publish_mode"] == "editorial_workflow"
    assert known["backend"]["open_authoring"] is True
    assert known["backend"]["auth_methods"] == ["oauth", "token"]
    assert backend_of("https://github.com/someone/evreg").settings()["backend"]["auth_methods"] == ["token"]
    assert "publish_mode" not in backend_of(None).settings()


def test_long_lists_of_options_are_sent_once() -> None:
    options = [{"label": str(number), "value": str(number)} for number in range(40)]
    fields = [{"name": name, "widget": "select", "options": [*options]} for name in "ab"]
    inner = [{"name": "c", "widget": "object", "fields": [fields[0], {"name": "d", "options": options[:3]}]}]
    sent = json.loads(shared({"collections": [{"name": "x", "fields": [*fields, *inner]}]}))
    assert sent["options"] == {"options-0": options}
    made = sent["form"]["collections"][0]["fields"]
    assert [field["options"] for field in made[:2]] == ["options-0", "options-0"]
    assert made[2]["fields"][0]["options"] == "options-0"
    assert made[2]["fields"][1]["options"] == options[:3]
