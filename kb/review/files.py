"""Reading the files of the review: each once for as long as it is unchanged, and strictly."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from kb.models.base import Model
from kb.problems import EvregError, Message, YamlProblem, field_name
from kb.yaml12 import parse

FileT = TypeVar("FileT", bound=Model)


def read_file(path: Path, model: type[FileT]) -> FileT:
    """The content of a file.

    Raises:
        EvregError: when it is no YAML or does not fit; ``evreg validate`` names every place.
    """
    status = path.stat()
    found: FileT = _read(path, status.st_mtime_ns, status.st_size, model)
    return found


@lru_cache(maxsize=32)
def _read(path: Path, changed: int, size: int, model: type[FileT]) -> FileT:
    try:
        data, _ = parse(path.read_bytes())
        return model.model_validate(data or {})
    except YamlProblem as problem:
        where = f"{path.as_posix()}:{problem.line}:{problem.column}"
        raise EvregError(where, problem.found, problem.expected, problem.remedy) from None
    except ValidationError as errors:
        first = field_name(errors.errors()[0]["loc"]) or "-"
        raise EvregError(
            path.as_posix(),
            Message(
                f"{errors.error_count()} values do not fit, first «{first}».",
                f"適合しない値が{errors.error_count()}件ある(最初は「{first}」)。",
            ),
            Message("The form that the comments in the file describe.", "ファイル内の注釈に示した形式とする。"),
            Message("Correct the file; compare with its comments.", "注釈を参照してファイルを訂正する。"),
        ) from None
