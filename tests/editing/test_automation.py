"""Workflows, forms and hooks: GitHub takes them, strangers' text reaches no shell, and both kinds of hooks do the same."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

_CHECKOUT = Path(__file__).parents[2]
_WORKFLOWS = sorted((_CHECKOUT / ".github" / "workflows").glob("*.yml"))
_FORMS = sorted((_CHECKOUT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
_EXPRESSION = re.compile(r"\$\{\{")


def _read(path: Path) -> dict[str, Any]:
    # YAML 1.1 reads the key «on» as true, as GitHub does not.
    data: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {("on" if key is True else key): value for key, value in data.items()}


def _steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in _read(path)["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", _WORKFLOWS),
        ("custom.github-workflows-require-timeout", _WORKFLOWS),
        ("vendor.github-issue-forms", [path for path in _FORMS if path.name != "config.yml"]),
        ("vendor.github-issue-config", [path for path in _FORMS if path.name == "config.yml"]),
    ],
)
def test_files_fit_the_schemas_of_github(schema: str, files: list[Path]) -> None:
    assert files
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", _WORKFLOWS, ids=lambda path: path.stem)
def test_no_expression_is_put_into_a_script(path: Path) -> None:
    """GitHub's guide «Script injections»: values go through the environment."""
    assert [step["name"] for step in _steps(path) if _EXPRESSION.search(step.get("run", ""))] == []


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_scripts_are_well_formed() -> None:
    scripts = [step["run"] for path in _WORKFLOWS for step in _steps(path) if "run" in step]
    scripts.append((_CHECKOUT / ".ci" / "hooks" / "pre-commit").read_text(encoding="utf-8"))
    for script in scripts:
        done = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", _WORKFLOWS, ids=lambda path: path.stem)
def test_permissions_are_the_least(path: Path) -> None:
    workflow = _read(path)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    assert "pull_request_target" not in workflow["on"]


def test_what_runs_the_code_of_strangers_has_no_rights_and_no_secrets() -> None:
    for name in ("preview", "check"):
        path = _CHECKOUT / ".github" / "workflows" / f"{name}.yml"
        assert all("permissions" not in job for job in _read(path)["jobs"].values())
        assert "secrets." not in path.read_text(encoding="utf-8")


def test_what_may_write_a_comment_runs_none_of_their_code() -> None:
    steps = _steps(_CHECKOUT / ".github" / "workflows" / "comment.yml")
    assert [step["uses"].split("@")[0] for step in steps if "uses" in step] == ["actions/download-artifact"]
    assert _read(_CHECKOUT / ".github" / "workflows" / "comment.yml")["on"] == {
        "workflow_run": {"workflows": ["preview"], "types": ["completed"]}
    }


def test_both_kinds_of_hooks_call_the_same_programs() -> None:
    hooks = _read(_CHECKOUT / ".pre-commit-config.yaml")["repos"][0]["hooks"]
    programs = {" ".join(hook["entry"].split()[:2]) for hook in hooks}
    script = (_CHECKOUT / ".ci" / "hooks" / "pre-commit").read_text(encoding="utf-8")
    assert programs == set(re.findall(r"\.venv/bin/\w+ [\w-]+", script))
    assert (_CHECKOUT / ".ci" / "hooks" / "pre-commit").stat().st_mode & 0o111


def test_annotations_come_before_the_check_that_may_fail() -> None:
    runs = [step.get("run", "") for step in _steps(_CHECKOUT / ".github" / "workflows" / "check.yml")]
    annotate = next(place for place, run in enumerate(runs) if "--format github" in run)
    assert annotate < runs.index("make check")
