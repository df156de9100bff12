"""The claim checker: time that grows with the text and nothing else, in Python and in the browser, and how well it reads."""

from __future__ import annotations

import gc
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from playwright.sync_api import Page, Route, sync_playwright

from bench.figures import Figure
from bench.measure import median
from kb import load
from kb.claims import Specification, check, specification_of
from tests.chromium import ARGUMENTS, find_chromium

_SIZES = (1_000, 10_000, 100_000, 1_000_000)
_ADDRESS = "http://evreg.test/"
#: The texts by which the patterns were written.
_DEVELOPMENT = "development"
_ADVERTISING = frozenset({"advertisement", "mixed"})
#: Milliseconds that the browser may take for 10,000 characters.
_MOST = 100
_PREPARE = """async ([address, specification]) => {
  const { check } = await import(new URL("claims/checking.js", address));
  const { openSpecification } = await import(new URL("claims/specification.js", address));
  const started = performance.now();
  const spec = openSpecification(JSON.parse(specification));
  window.timed = (unit, size) => {
    const text = [...unit.repeat(Math.ceil(size / unit.length))].slice(0, size).join("");
    const begun = performance.now();
    check(text, spec);
    return performance.now() - begun;
  };
  return performance.now() - started;
}"""

#: Repeated text and number of characters -> milliseconds.
Timed = Callable[[str, int], float]


class Quality(NamedTuple):
    """Findings against labels; false alarms are texts that advertise nothing and were found to make a claim."""

    right: Counter[str]
    wrong: Counter[str]
    missed: Counter[str]
    alarms: int
    harmless: int

    def scores(self, claim: str | None = None) -> tuple[float, float, float]:
        """Precision, recall and F1 of one claim, or over all labels (micro-average)."""
        right, wrong, missed = (
            found[claim] if claim else found.total() for found in (self.right, self.wrong, self.missed)
        )
        return (
            _share(right, right + wrong),
            _share(right, right + missed),
            _share(2 * right, 2 * right + wrong + missed),
        )


def figures(root: Path, scratch: Path, rounds: int) -> list[Figure]:
    """The figures about the claim checker.

    Args:
        root: The checkout.
        scratch: An empty folder.
        rounds: Repetitions of each time.
    """
    spec = specification_of(load(root / "kb"), root / "kb")
    texts = {path.stem: _labelled(path) for path in sorted((root / "tests" / "claims").glob("*.yaml"))}
    found = {name: _quality(spec, labelled) for name, labelled in texts.items()}
    return [
        *(figure for name, quality in found.items() for figure in _overall(name, quality)),
        *_each_claim(found),
        *_growth(root, spec, "\n\n".join(text["text"] for text in texts[_DEVELOPMENT]), rounds),
    ]


# --- How well


def _labelled(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def _quality(spec: Specification, texts: Sequence[dict[str, Any]]) -> Quality:
    quality = Quality(Counter(), Counter(), Counter(), 0, 0)
    alarms = harmless = 0
    for text in texts:
        found = {finding.claim for finding in check(text["text"], spec).findings}
        wanted = set(text["claims"])
        for counter, claims in zip(quality[:3], (found & wanted, found - wanted, wanted - found), strict=True):
            counter.update(claims)
        if text["kind"] not in _ADVERTISING:
            harmless += 1
            alarms += bool(found)
    return quality._replace(alarms=alarms, harmless=harmless)


def _overall(name: str, quality: Quality) -> list[Figure]:
    precision, recall, f1 = quality.scores()
    goal = ">= 0.85" if name == _DEVELOPMENT else ">= 0.75"
    return [
        Figure(f"claims found in the {name} texts, micro-F1; beside: precision | recall", f"{f1:.3f}", f"{precision:.3f} | {recall:.3f}", "", goal),
        Figure(
            f"false alarms on {name} texts that advertise nothing",
            f"{quality.alarms} of {quality.harmless}",
            "",
            f"{_share(quality.alarms, quality.harmless):.1%}",
            "<= 5 %",
        ),
    ]  # fmt: skip


def _each_claim(found: dict[str, Quality]) -> Iterator[Figure]:
    claims = sorted({claim for quality in found.values() for counter in quality[:3] for claim in counter})
    others = [name for name in found if name != _DEVELOPMENT]
    for claim in claims:
        told = {name: " | ".join(f"{score:.2f}" for score in quality.scores(claim)) for name, quality in found.items()}
        yield Figure(
            f"{claim}: precision | recall | F1, {_DEVELOPMENT}; beside: {', '.join(others)}",
            told[_DEVELOPMENT],
            "; ".join(told[name] for name in others),
        )


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


# --- How fast


def _growth(root: Path, spec: Specification, ordinary: str, rounds: int) -> Iterator[Figure]:
    units = {
        "ordinary text": ordinary,
        "«ない» repeated": "ない",
        "«a » repeated": "a ",
        "one line without an end": "膝の軟骨が再生し痛みが改善し",
        "the longest term repeated": max((word for word, _ in spec.words), key=len),
    }

    def python(unit: str, size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        gc.collect()
        started = time.perf_counter()
        check(text, spec)
        return (time.perf_counter() - started) * 1000

    program = find_chromium()
    if program is None:
        yield Figure("the claim checker in a browser: no Chromium was found", "-")
        yield from (_row(name, unit, python, None, rounds) for name, unit in units.items())
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        page = browser.new_page()
        opened = _prepare(page, root, spec)
        yield Figure("the claim checker's patterns made ready in the browser", f"{opened:.0f} ms")

        def javascript(unit: str, size: int) -> float:
            return float(page.evaluate("([unit, size]) => window.timed(unit, size)", [unit, size]))

        javascript(ordinary, 100_000)  # the first round is the compiler's
        ten = median([javascript(ordinary, 10_000) for _ in range(max(rounds, 3))])
        yield Figure(
            "10,000 characters of ordinary text checked in the browser", f"{ten:.0f} ms", "", "", f"< {_MOST} ms"
        )
        yield from (_row(name, unit, python, javascript, rounds) for name, unit in units.items())
        browser.close()


def _prepare(page: Page, root: Path, spec: Specification) -> float:
    """Open the matcher in a page of its own; milliseconds to make the patterns ready."""
    assets = root / "docs" / "assets"

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(_ADDRESS)
        if name:
            route.fulfill(path=assets / name, content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html><title>bench</title>", content_type="text/html")

    page.route(f"{_ADDRESS}**", answer)
    page.goto(_ADDRESS)
    return float(page.evaluate(_PREPARE, [_ADDRESS, json.dumps(spec.as_data())]))


def _row(name: str, unit: str, python: Timed, javascript: Timed | None, rounds: int) -> Figure:
    """Milliseconds at every size, and how the last step of ten times the text shows: 10 is linear."""
    sides = [
        [median([timed(unit, size) for _ in range(rounds)]) for size in _SIZES]
        for timed in (python, javascript)
        if timed
    ]
    told = [" | ".join(f"{time:,.0f}" for time in times) for times in sides]
    grown = " ; ".join(f"{times[-1] / times[-2]:.1f}" for times in sides)
    return Figure(
        f"{name}, 1 kB | 10 kB | 100 kB | 1 MB in ms, Python; beside: browser; ratio: 1 MB to 100 kB",
        told[0],
        told[1] if len(told) > 1 else "-",
        grown,
        "about 10",
    )
