"""What the form server refuses, asked over real HTTP on the loopback address."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from editing.local.server import FormServer
from kb.problems import EvregError
from tests.editing.local_desk import TERM, Asked, asked


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    with asked(tmp_path_factory.mktemp("form")) as made:
        yield made


@pytest.fixture(autouse=True)
def _nothing_is_written(form: Asked) -> Iterator[None]:
    def contents() -> dict[str, bytes]:
        return {path.as_posix(): path.read_bytes() for path in form.root.rglob("*") if path.is_file()}

    before = contents()
    yield
    assert contents() == before
    assert form.saves == []


def told(answer: object) -> dict[str, dict[str, str]]:
    """The four parts of a refusal."""
    data = answer.json()  # type: ignore[attr-defined]
    assert {"where", "found", "expected", "remedy"} <= data.keys()
    assert all(data[part]["en"] and data[part]["ja"] for part in ("found", "expected", "remedy"))
    found: dict[str, dict[str, str]] = data
    return found


def test_the_page_reads_entries_with_the_token(form: Asked) -> None:
    page = form.client.get("/")
    assert form.server.token in page.text
    answer = form.client.get("api/start?language=ja", headers=form.headers)
    start = answer.json()
    assert start["entries"][TERM] == form.text()
    assert start["configuration"]["collections"][0]["delete"] is False
    assert start["configuration"]["locale"] == "ja"
    assert "publish_mode" not in start["configuration"]


def test_answers_forbid_foreign_scripts_frames_and_keeping(form: Asked) -> None:
    headers = form.client.get("/").headers
    assert "script-src 'self';" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.evil:{port}", ""]
)
@pytest.mark.parametrize("path", ["/", "/api/start", "/static/start.js"])
def test_foreign_hosts_are_refused(form: Asked, host: str, path: str) -> None:
    foreign = host.format(port=form.server.port)
    answer = form.client.get(path, headers={**form.headers, "Host": foreign})
    assert answer.status_code in (400, 403)
    assert form.server.token not in answer.text


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_names_of_this_machine_are_served(form: Asked, name: str) -> None:
    host = f"{name}:{form.server.port}"
    headers = {**form.headers, "Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
    assert form.client.get("api/start", headers=headers).status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost:{port}"])
def test_foreign_origins_are_refused(form: Asked, origin: str) -> None:
    answer = form.post(
        "save", {"path": TERM, "text": form.text(), "base": None}, Origin=origin.format(port=form.server.port)
    )
    assert answer.status_code == 403
    assert told(answer)["where"] == "Origin"


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_requests_of_other_sites_are_refused(form: Asked, site: str) -> None:
    answer = form.post("check", {"path": TERM}, **{"Sec-Fetch-Site": site})
    assert answer.status_code == 403


def test_a_page_opened_by_hand_is_served_and_one_opened_by_a_site_is_not(form: Asked) -> None:
    assert form.client.get("/", headers={"Sec-Fetch-Site": "none"}).status_code == 200
    assert form.client.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("token", [None, "", "guess", "é"])
@pytest.mark.parametrize("name", ["start", "check", "save", "discard", "nothing"])
def test_the_token_is_needed_to_read_and_to_write(form: Asked, token: str | None, name: str) -> None:
    headers = {} if token is None else {"X-EVReg-Token": token.encode()}
    if name == "start":
        answer = form.client.get("api/start", headers=headers)
    else:
        answer = form.client.post(f"api/{name}", json={"path": TERM, "text": "id: x", "base": None}, headers=headers)
    assert answer.status_code == 401
    assert "entries" not in answer.json()


def test_a_form_posted_by_another_site_is_refused(form: Asked) -> None:
    """What a page can send without asking first: a form, or text that happens to be JSON."""
    body = json.dumps({"path": TERM, "text": "id: x", "base": None})
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        plain = form.client.post("api/save", content=body, headers={"Content-Type": kind})
        assert plain.status_code == 401
        known = form.client.post("api/save", content=body, headers={**form.headers, "Content-Type": kind})
        assert known.status_code == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/api/save", f"/api/{TERM}"])
def test_other_methods_are_refused(form: Asked, method: str, path: str) -> None:
    assert form.client.request(method, path, headers=form.headers).status_code == 405


PATHS = [
    "kb/entries/../../outside.yaml",
    "kb/entries/glossary/../../../outside.yaml",
    "kb/entries/glossary/..yaml/x.yaml",
    "kb/entries/glossary/./exosome.yaml",
    "kb/entries/glossary//exosome.yaml",
    "kb/entries/glossary/%2e%2e/x.yaml",
    "kb/entries/glossary/..%2f..%2fx.yaml",
    "kb/entries/glossary\\..\\x.yaml",
    "kb/entries/glossary/x.yaml\x00.txt",
    "kb/entries/glossary/\x00.yaml",
    "kb/entries/glossary/x.yaml\n",
    "kb/entries/glossary/x.YAML",
    "kb/entries/glossary/Exosome.yaml",
    "KB/entries/glossary/exosome.yaml",
    "kb/entries/Glossary/exosome.yaml",
    "kb/entries/glossary/.hidden.yaml",
    "kb/entries/glossary/x.yml",
    "kb/entries/glossary/x.html",
    "kb/entries/glossary/x.py",
    "kb/entries/glossary/exosome.yaml/x.yaml",
    "kb/entries/glossary",
    "kb/entries/x.yaml",
    "kb/entries/pictures/x.yaml",
    "kb/observed/glossary/x.yaml",
    "kb/vocabularies/x.yaml",
    ".github/workflows/x.yaml",
    "/etc/passwd",
    "/kb/entries/glossary/exosome.yaml",
    "file:///kb/entries/glossary/exosome.yaml",
    "kb/entries/glossary/ｅxosome.yaml",
    f"kb/entries/glossary/{'a' * 300}.yaml",
    "",
    None,
    7,
    ["kb/entries/glossary/exosome.yaml"],
]


@pytest.mark.parametrize("name", ["save", "check", "discard"])
@pytest.mark.parametrize("path", PATHS, ids=repr)
def test_only_entries_have_paths(form: Asked, path: object, name: str) -> None:
    answer = form.post(name, {"path": path, "text": form.text(), "base": form.text()})
    assert answer.status_code == 403
    told(answer)


@pytest.mark.parametrize("place", ["file", "folder", "collection"])
def test_symbolic_links_are_not_followed(tmp_path: Path, place: str) -> None:
    with asked(tmp_path) as form:
        outside = tmp_path / "outside"
        outside.mkdir()
        (outside / "secret.yaml").write_text(form.text(), encoding="utf-8")
        links = {
            "file": ("glossary/secret.yaml", outside / "secret.yaml"),
            "folder": ("glossary/sub", outside),
            "collection": ("trials", outside),
        }
        name, target = links[place]
        (form.root / "entries" / name).symlink_to(target)
        path = f"kb/entries/{name}" if place == "file" else f"kb/entries/{name}/secret.yaml"
        before = (outside / "secret.yaml").read_bytes()
        assert form.save(path, form.text().replace("term", "word"), form.text()).status_code == 403
        assert form.post("check", {"path": path}).status_code == 403
        assert path not in form.client.get("api/start", headers=form.headers).json()["entries"]
        assert (outside / "secret.yaml").read_bytes() == before


@pytest.mark.parametrize(
    "text",
    [
        "<!doctype html><script>alert(1)</script>",
        "GIF89a\x00\x01\x02",
        "just words",
        "- a\n- list\n",
        "",
        "a: [1, 2",
        "a: *nowhere",
        "!!python/object/apply:os.system ['true']",
        "a: 1\na: 2\n",
        "[" * 5000,
        "1: x\n",
    ],
    ids=lambda text: repr(text[:20]),
)
def test_what_is_no_entry_is_refused(form: Asked, text: str) -> None:
    for base in (form.text(), None):
        answer = form.client.post(
            "api/save", content=json.dumps({"path": TERM, "text": text, "base": base}).encode(),
            headers={**form.headers, "Content-Type": "application/json"},
        )  # fmt: skip
        assert answer.status_code in (409, 422)
        told(answer)


def test_what_is_too_large_is_refused(form: Asked) -> None:
    large = form.text() + "# " + "x" * (1 << 20)
    answer = form.save(TERM, large, form.text())
    assert answer.status_code == 413
    assert form.save(TERM, form.text(), large).status_code == 413
    with socket.create_connection(("127.0.0.1", form.server.port)) as raw:
        head = (
            f"POST /api/save HTTP/1.1\r\nHost: 127.0.0.1:{form.server.port}\r\nX-EVReg-Token: {form.server.token}\r\n"
        )
        raw.sendall(f"{head}Content-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n".encode())
        assert b" 413 " in raw.recv(200)


def test_a_body_without_length_is_refused(form: Asked) -> None:
    def parts() -> Iterator[bytes]:
        yield b"{}"

    headers = {**form.headers, "Content-Type": "application/json"}
    assert form.client.post("api/save", content=parts(), headers=headers).status_code == 411


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"no",
        b'{"path": 1',
        b"\xff",
        b'{"path": "kb/entries/glossary/exosome.yaml", "text": "\\ud800"}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_json_is_refused(form: Asked, body: bytes) -> None:
    headers = {**form.headers, "Content-Type": "application/json"}
    answer = form.client.post("api/save", content=body, headers=headers)
    assert answer.status_code == 400


@pytest.mark.parametrize("changes", [{"text": 1}, {"base": 1}, {"prefer": "all"}, {"text": None}])
def test_what_is_no_edit_is_refused(form: Asked, changes: dict[str, object]) -> None:
    body = {"path": TERM, "text": form.text(), "base": form.text(), **changes}
    assert form.post("save", body).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/static/nothing.js",
        "/static/..%2fapp.py",
        "/form/package.json",
        "/form/npm/%2e%2e/package.json",
        "/form/..%2f..%2fkb/entries",
        "/kb",
        "/api",
    ],
)
def test_only_named_files_are_served(form: Asked, path: str) -> None:
    assert form.client.get(path).status_code == 404


def test_the_form_and_its_words_are_served(form: Asked) -> None:
    assert form.client.get("form/npm/index.js").text == "export default {};"
    words = form.client.get("form/locales/ja.json")
    assert words.headers["content-type"].startswith("text/javascript")
    assert words.text.startswith("export default {")
    assert json.loads(words.text.removeprefix("export default "))["saving_entry"]["error"]["title"] == "保存していない"
    for path in (Path(form.server.__module__.replace(".", "/")).parent / "static").glob("*.*"):
        assert form.client.get(f"static/{path.name}").status_code == 200


def test_the_preview_leads_to_the_page_or_waits_for_it(form: Asked) -> None:
    shown = form.client.get("preview/ja/glossary/exosome", follow_redirects=False)
    assert shown.headers["location"] == "http://127.0.0.1:9/ja/exosome/"
    assert 'http-equiv="refresh"' in form.client.get("preview/en/glossary/exosome").text
    assert form.client.get("preview/en/..%2f..%2fx").status_code == 403


def test_the_server_listens_on_the_loopback_address_only(form: Asked) -> None:
    assert form.server._socket.getsockname()[0] == "127.0.0.1"
    with pytest.raises(EvregError) as taken:
        FormServer(form.desk, form.server.port)
    assert "--port" in taken.value.remedy.en


def test_a_folder_that_cannot_be_written_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with asked(tmp_path) as form:
        before = form.text()

        def refuse(*_arguments: object, **_options: object) -> None:
            raise PermissionError(13, os.strerror(13), str(form.file()))

        monkeypatch.setattr("kb.saving.write_text", refuse)
        answer = form.save(TERM, before.replace("term exosome", "word"), before)
        assert answer.status_code == 507
        assert "denied" in told(answer)["found"]["en"]
        assert answer.json()["kept"] is True
        assert form.text() == before
