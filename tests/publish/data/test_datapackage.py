"""The data package is valid, and so is what it describes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kb import KnowledgeBase
from kb.models import COLLECTIONS
from publish.data.formats import data_files
from publish.data.writing import write_data


def _written(kb: KnowledgeBase, folder: Path) -> dict[str, Any]:
    write_data(data_files(kb, ["datapackage"]), folder, lambda name: None)
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return found


def test_frictionless_accepts_package_and_data(any_kb: KnowledgeBase, tmp_path: Path) -> None:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library's own dependencies
        from frictionless import validate

        _written(any_kb, tmp_path)
        report = validate(tmp_path / "datapackage.json")
    assert report.valid, report.flatten(["taskNumber", "rowNumber", "fieldName", "message"])[:5]
    assert report.stats["tasks"] == len(COLLECTIONS)


def test_resources_lie_beside_the_package_and_fields_are_documented(full_kb: KnowledgeBase, tmp_path: Path) -> None:
    package = _written(full_kb, tmp_path)
    assert [resource["name"] for resource in package["resources"]] == list(COLLECTIONS)
    for resource in package["resources"]:
        header = (tmp_path / resource["path"]).read_text(encoding="utf-8-sig").partition("\n")[0]
        fields = resource["schema"]["fields"]
        assert [json.loads(name) for name in header.split(",")] == [field["name"] for field in fields]
        assert all(" / " in field["description"] for field in fields)
    phase = next(field for field in package["resources"][2]["schema"]["fields"] if field["name"] == "phase")
    assert phase["constraints"] == {"required": True, "enum": [item["value"] for item in phase["categories"]]}


def test_a_wrong_code_in_the_file_is_noticed(full_kb: KnowledgeBase, tmp_path: Path) -> None:
    import warnings

    _written(full_kb, tmp_path)
    path = tmp_path / "trials.csv"
    text = path.read_text(encoding="utf-8-sig")
    first = full_kb.trials["full-trials"].phase
    path.write_text(text.replace(f'"{first}"', '"no-such-phase"'), encoding="utf-8-sig", newline="")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import validate

        assert not validate(tmp_path / "datapackage.json").valid
