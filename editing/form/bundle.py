"""The form's programs out of npm packages: fetched once by ``npm``, checked against a fixed hash, kept in the user's cache.

Nothing of them is part of this repository. Where ``npm`` is missing or the registry does not answer, callers go on
without the form.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

from platformdirs import user_cache_path

from kb.problems import EvregError, Message, shorten
from kb.yaml12 import read_yaml

_REGISTER: Final = Path(__file__).with_name("packages.yaml")
#: Seconds for the slowest line on which one still wants to wait: 12 MB at 0.1 MB/s.
_PATIENCE: Final = 120


class Package(NamedTuple):
    """An npm package at one version."""

    name: str
    version: str
    #: ``sha512-`` and the hash of the package's file in base64, as the registry states it.
    integrity: str
    #: Regular expression of the files that are kept.
    files: str

    @property
    def folder(self) -> str:
        """Name of its folder in the cache; another hash is another folder."""
        mark = hashlib.sha256(f"{self.integrity} {self.files}".encode()).hexdigest()[:12]
        return f"{self.name.lstrip('@').replace('/', '-')}-{self.version}-{mark}"


def sveltia(cache: Path | None = None) -> Path:
    """Folder of Sveltia CMS with ``LICENSE.txt``, ``package.json``, ``locales/``, ``schema/`` and the program twice.

    ``npm/index.js`` is an ES module that has its fonts beside it and asks no other host for anything;
    ``dist/sveltia-cms.js`` is the plain script, which takes fonts, languages and news of itself from delivery networks.

    Args:
        cache: Where packages are kept; the user's cache folder by default.

    Raises:
        EvregError: when it is not in the cache and cannot be fetched.
    """
    return kept(package("sveltia"), cache)


def decap(cache: Path | None = None) -> Path:
    """Folder of Decap CMS with ``dist/decap-cms.js`` and its notices; as :func:`sveltia`."""
    return kept(package("decap"), cache)


def package(key: str) -> Package:
    """What ``packages.yaml`` says of a package (``sveltia`` or ``decap``)."""
    return Package(**read_yaml(_REGISTER)[key])


def kept(wanted: Package, cache: Path | None = None) -> Path:
    """Folder with the package's files; fetched when it is not there.

    Raises:
        EvregError: when it cannot be fetched, or what comes is something else.
    """
    folder = (cache or user_cache_path("evreg") / "form") / wanted.folder
    if folder.is_dir():
        return folder
    content = _fetched(wanted)
    _check(wanted, content)
    try:
        _unpack(wanted, content, folder)
    except (OSError, tarfile.TarError) as error:
        raise _problem(wanted, Message(f"It cannot be kept: {error}.", f"保存できない: {error}")) from None
    return folder


def _fetched(wanted: Package) -> bytes:
    program = shutil.which("npm")
    if program is None:
        raise _problem(wanted, Message("There is no npm on this machine.", "この端末にnpmがない。"))
    with tempfile.TemporaryDirectory(prefix="evreg-npm-") as folder:
        # Nothing of a package is run: «pack» only fetches, and scripts are off.
        command = [program, "pack", f"{wanted.name}@{wanted.version}", "--ignore-scripts", "--pack-destination", folder]
        try:
            done = subprocess.run(  # noqa: S603 - the arguments are constants of packages.yaml
                command, cwd=folder, capture_output=True, timeout=_PATIENCE, check=False, stdin=subprocess.DEVNULL
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _problem(wanted, Message(f"npm ended: {error}.", f"npmが終了した: {error}")) from None
        found = sorted(Path(folder).glob("*.tgz"))
        if done.returncode or not found:
            words = shorten(done.stderr.decode("utf-8", "replace"), 160)
            raise _problem(wanted, Message(f"npm cannot fetch it: {words}", f"npmで取得できない: {words}"))
        return found[0].read_bytes()


def _check(wanted: Package, content: bytes) -> None:
    came = "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()
    if came != wanted.integrity:
        raise _problem(wanted, Message(f"Another file came: {came[:24]}….", f"異なるファイルが届いた: {came[:24]}…"))


def _unpack(wanted: Package, content: bytes, folder: Path) -> None:
    """Write the package beside its place and move it there, so that a folder in the cache is always whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".evreg-", dir=folder.parent))
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
            for member in archive:
                name = member.name.partition("/")[2]
                if member.isfile() and re.fullmatch(wanted.files, name):
                    member.name = name
                    archive.extract(member, work, filter="data")
        work.chmod(0o755)
        try:
            work.rename(folder)
        except OSError:
            if not folder.is_dir():  # else another build has just done the same
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _problem(wanted: Package, found: Message) -> EvregError:
    return EvregError(
        f"{wanted.name} {wanted.version}",
        found,
        Message(
            f"The npm package {wanted.name} {wanted.version}, fetched once with Node.js.",
            f"npmパッケージ{wanted.name} {wanted.version}(Node.jsにより一度だけ取得する)。",
        ),
        Message(
            "Install Node.js (nodejs.org) and build again while connected; everything else works without it.",
            "Node.js(nodejs.org)を導入し、接続した状態で再び構築する。ほかの機能はこれがなくても使える。",
        ),
    )
