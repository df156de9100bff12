"""What is installed is complete: entries, vocabularies and schemas travel in the wheel and work from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_wheel_brings_the_knowledge_base(tmp_path: Path) -> None:
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(tmp_path),
        str(ROOT),
    ]
    subprocess.run(build, check=True, timeout=180)
    (wheel,) = tmp_path.glob("evreg-*.whl")
    place = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    entries = {path.relative_to(ROOT).as_posix() for path in (ROOT / "kb" / "entries").rglob("*.yaml")}
    assert entries == {path.relative_to(place).as_posix() for path in (place / "kb" / "entries").rglob("*.yaml")}
    code = "import kb, sys; k = kb.load(); print(len(k), kb.__file__.startswith(sys.argv[1]))"
    run = subprocess.run(
        [sys.executable, "-c", code, str(place)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert run.stdout.split() == [str(len(entries)), "True"]
