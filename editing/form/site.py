"""The page ``/admin/`` of a built site: the form's program, its configuration, its notes."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any, Final, NamedTuple

from editing.form.backend import Backend
from editing.form.bundle import decap, sveltia
from editing.form.configuration import configuration
from editing.form.decap import decap_configuration
from editing.form.words import Labels
from kb import KnowledgeBase
from kb.problems import EvregError, Language

#: The form's folder below the root of the site.
FOLDER: Final = "admin"
_STATIC: Final = Path(__file__).with_name("static")
_LANGUAGES: Final[tuple[Language, Language]] = ("en", "ja")
#: Pictures, maps and code never occur in entries; what the program would need for them is left out.
_PARTS: Final = ("npm/index.js", "npm/chunks/react-*.js", "npm/assets/*.woff2", "npm/assets/*.txt", "LICENSE.txt")
#: Where the program's styles look for the fonts that also lie beside it.
_FONT: Final = re.compile(r"https://cdn\.jsdelivr\.net/fontsource/fonts/([\w-]+)(?::vf)?@[\d.]+/([\w-]+)\.woff2")
#: From this many options on, a list that several fields share is sent once.
_MANY: Final = 30


def _copy_sveltia(program: Path, folder: Path) -> dict[str, str]:
    """Copy what the page needs and return what its import map has to say.

    The program imports its languages as JSON, as only packers of scripts understand it; they become modules here and
    the page's import map leads to them.
    """
    target = folder / "sveltia"
    for pattern in _PARTS:
        for path in program.glob(pattern):
            place = target / path.relative_to(program)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
    main = target / "npm" / "index.js"
    main.write_text(_own_fonts(main.read_text(encoding="utf-8"), target), encoding="utf-8")
    (target / "locales").mkdir()
    languages = sorted((program / "locales").glob("*.json"))
    for path in languages:
        text = f"export default {path.read_text(encoding='utf-8').strip()};\n"
        (target / "locales" / f"{path.stem}.js").write_text(text, encoding="utf-8")
    names = (path.stem for path in languages)
    return {f"./sveltia/locales/{name}.json": f"./sveltia/locales/{name}.js" for name in names}


def _copy_decap(program: Path, folder: Path) -> dict[str, str]:
    shutil.copytree(program / "dist", folder / "decap")
    shutil.copy(program / "package.json", folder / "decap")
    return {}


def _own_fonts(script: str, target: Path) -> str:
    """The program with the addresses of the fonts beside it, as seen from the page."""

    def own(address: re.Match[str]) -> str:
        found = sorted((target / "npm" / "assets").glob(f"{address[1]}-{address[2]}-*.woff2"))
        return f"{target.name}/npm/assets/{found[0].name}" if found else "data:,"

    return _FONT.sub(own, script)


def _page(backend: Backend, state: str, imports: str, program: Program) -> str:
    scripts = (
        f'<script type="importmap">{imports}</script>\n  <script type="module" src="start.js"></script>'
        if imports
        else ""
    )
    digest = base64.b64encode(hashlib.sha256(imports.encode()).digest()).decode()
    words = {
        "POLICY": escape(backend.policy(f"sha256-{digest}", evaluated=program.evaluated, local=program.local)),
        "SCRIPTS": scripts,
        "REPOSITORY": escape(backend.repository or ""),
        "STATE": state,
        "ROOT": "..",
    }
    # The page ends without «</body>»: the preview server would put a script there that reloads the page after every
    # save, in the middle of an edit.
    text = (_STATIC / "page.html").read_text(encoding="utf-8")
    return re.sub("|".join(words), lambda place: words[place[0]], text)


def shared(form: Mapping[str, Any]) -> str:
    """The configuration as JSON in which long lists of options stand once: ``{"form": …, "options": {name: […]}}``."""
    options: dict[str, list[Any]] = {}
    names: dict[str, str] = {}

    def lighter(field: Mapping[str, Any]) -> dict[str, Any]:
        made = dict(field)
        if len(made.get("options", ())) >= _MANY:
            name = names.setdefault(json.dumps(made["options"]), f"options-{len(names)}")
            options[name] = made["options"]
            made["options"] = name
        if "fields" in made:
            made["fields"] = [lighter(inner) for inner in made["fields"]]
        return made

    collections = [lighter(collection) for collection in form["collections"]]
    content = {"form": {**form, "collections": collections}, "options": options}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


class Program(NamedTuple):
    """A program that shows the form."""

    #: Where it lies, fetched when needed.
    folder: Callable[[], Path]
    #: Copies it beside the page; returns its import map.
    copied: Callable[[Path, Path], dict[str, str]]
    #: Starts it.
    script: str
    #: Its configuration.
    adapted: Callable[[dict[str, Any], str], dict[str, Any]]
    #: Whether it compiles code out of strings.
    evaluated: bool = False
    #: What it asks on the machine itself.
    local: str = ""


SVELTIA: Final = Program(sveltia, _copy_sveltia, "start.js", lambda form, _language: form)
DECAP: Final = Program(decap, _copy_decap, "start-decap.js", decap_configuration, True, "http://localhost:8081")


def write_form(
    out: Path, kb: KnowledgeBase, labels: Mapping[Language, Labels], backend: Backend, program: Program = SVELTIA
) -> EvregError | None:
    """Write the form below ``out / "admin"``; without its program a page that says so.

    Args:
        out: Root of the built site.
        kb: What is edited.
        labels: The site's short names in both languages.
        backend: Where changes go.
        program: Which program shows the form.

    Returns:
        Why the program is missing, or None.
    """
    folder = out / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(_STATIC / "form.css", folder)
    try:
        imports = program.copied(program.folder(), folder)
    except EvregError as error:
        (folder / "index.html").write_text(_page(backend, "missing", "", program), encoding="utf-8")
        return error
    shutil.copy(_STATIC / "settings.js", folder)
    shutil.copyfile(_STATIC / program.script, folder / "start.js")
    for language in _LANGUAGES:
        form = program.adapted({**configuration(kb, labels, language), **backend.settings()}, language)
        (folder / f"configuration.{language}.json").write_text(shared(form), encoding="utf-8")
    page = _page(backend, "", json.dumps({"imports": imports}), program)
    (folder / "index.html").write_text(page, encoding="utf-8")
    return None
