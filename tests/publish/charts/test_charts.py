from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

import kb
from publish.charts import Bar, Chart, Share, bars, chart_files, columns, drawing, figure
from publish.charts.drawing import PNG_SCALE
from publish.charts.figure import inline, numbers_file, standalone
from publish.charts.palette import PROPERTIES
from publish.site import Site
from tests.publish.hostile import PAYLOADS
from tests.samples import small_kb

STYLES = Path(__file__).parents[3] / "docs" / "assets" / "styles"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache folder of the test's own."""
    monkeypatch.setattr(drawing, "user_cache_path", lambda name: tmp_path / name)
    for kept in (drawing.svg, drawing.png, drawing._tidy):
        kept.cache_clear()
    yield tmp_path / "evreg" / "charts"
    drawing.svg.cache_clear()


def a_chart(label: str = "Phase 1", **changes: Any) -> Chart:
    given: dict[str, Any] = {
        "name": "trials-by-phase",
        "language": "en",
        "spec": bars([Bar(label, 53), Bar("Not stated", 44, unknown=True)], "Phase", "Trials"),
        "title": "Trials by phase",
        "caption": "As of today.",
        "alt": "Bars: phase 1 leads with 53.",
        "columns": ("Phase", "Trials"),
        "rows": [(label, 53), ("Not stated", 44)],
    }
    return Chart(**(given | changes))


def test_a_chart_refuses_names_that_are_no_address_and_rows_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match="cannot name"):
        a_chart(name="../x")
    with pytest.raises(ValueError, match="do not fit"):
        a_chart(rows=[("Phase 1",)])


def test_the_picture_on_a_page_has_the_pages_colours_and_fonts_and_a_name() -> None:
    picture = str(inline(a_chart()))
    root = ElementTree.fromstring(picture)
    assert (root.get("role"), root.get("aria-label")) == ("img", "Bars: phase 1 leads with 53.")
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert "\n" not in picture
    assert "font-family" not in picture
    assert not re.search("#[0-9a-f]{6}", picture)
    assert "var(--ev-chart-1)" in picture
    assert "var(--ev-chart-unknown)" in picture
    assert {text.text for text in root.iter(f"{SVG}text")} == {"Phase 1", "Not stated", "53", "44"}
    assert [element.get("style") for element in root.iter() if element.get("style")] == []


def test_ids_inside_two_pictures_on_one_page_differ() -> None:
    clipped = {"mark": {"type": "point", "clip": True}, "data": {"values": [{"a": 1}]}, "encoding": {}}
    clipped["encoding"] = {"x": {"field": "a", "type": "quantitative"}}
    picture = str(inline(a_chart(spec=clipped)))
    ids = re.findall(r'\bid="([^"]+)"', picture)
    assert ids
    assert all(id_.startswith("trials-by-phase-") and f"url(#{id_})" in picture for id_ in ids)


@pytest.mark.parametrize("text", PAYLOADS)
def test_hostile_words_stay_words(text: str) -> None:
    chart = a_chart(text, title=text, alt=text, caption=text)
    for picture in (str(inline(chart)), standalone(chart)):
        root = ElementTree.fromstring(picture)
        allowed = {f"{SVG}{tag}" for tag in ("svg", "g", "path", "text", "tspan", "rect", "line", "title", "desc")}
        assert {element.tag for element in root.iter()} <= allowed
        assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]
        assert "\u202e" not in picture


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("Phase 1", None),
        ("Not␤here␤broken", None),
        (
            "Ministry of Health and Welfare, Department of Medical Affairs (Taiwan)",
            ["Ministry of Health and", "Welfare, Department of", "Medical Affairs (Taiwan)"],
        ),
        (
            "「再生医療」をキーワードとする医療機関のサイトの数",
            ["「再生医療」をキーワードとす", "る医療機関のサイトの数"],
        ),
    ],
)
def test_long_words_beside_a_bar_take_several_lines(words: str, lines: list[str] | None) -> None:
    spec = bars([Bar(words, 5), Bar("Other", 2)], "Authority", "Acts")
    root = ElementTree.fromstring(str(inline(a_chart(spec=spec))))
    assert [part.text for part in root.iter(f"{SVG}tspan")] == (lines or [])
    [whole] = [text for text in root.iter(f"{SVG}text") if (text.text or "Other") == words.replace("␤", " ")] or [None]
    assert (whole is not None) == (lines is None)
    assert spec["height"] == 2 * {1: 24, 2: 32, 3: 46}[len(lines or [""])]


def test_percentages_stand_on_an_axis_of_a_hundred() -> None:
    def end(whole: float | None) -> float:
        scale = bars([Bar("a", 18), Bar("b", 26.5)], "Share", "percent", whole)["encoding"]["x"]["scale"]
        return float(scale["domain"][1])

    assert end(100) == pytest.approx(112)
    assert end(None) == pytest.approx(26.5 * 1.12)


def test_the_figure_holds_picture_numbers_and_links(tmp_path: Path) -> None:
    site = Site(kb.load(small_kb(tmp_path)), "ja")
    chart = a_chart(language="ja", rows=[(Markup('<a href="x">第I相</a>'), 1053), ("不明", 44)])
    shown = str(figure(site, "../../", chart))
    assert "\n" not in shown
    assert '<td><a href="x">第I相</a></td><td class="ev-figure-cell">1,053</td>' in shown
    for kind in ("csv", "svg", "png"):
        assert f'href="../../../assets/charts/trials-by-phase.ja.{kind}"' in shown
    assert 'data-ev-vega="../../../assets/lib/vega.js"' in shown
    assert "style=" not in shown
    assert " onclick" not in shown


def test_the_files_of_a_chart() -> None:
    chart = a_chart()
    files = chart_files([chart])
    start = "assets/charts/trials-by-phase.en."
    assert set(files) == {f"{start}{kind}" for kind in ("svg", "png", "csv", "json")}
    root = ElementTree.fromstring(str(files[f"{start}svg"]))
    assert root.findtext(f"{SVG}title") == "Trials by phase"
    png = files[f"{start}png"]
    assert isinstance(png, bytes)
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") == round(float(root.get("width", "0"))) * PNG_SCALE


def test_numbers_open_in_a_spreadsheet_and_start_no_formula() -> None:
    content = numbers_file(("a", "b"), [("=1+1", 2), (Markup("<a href='x'>-5 &amp; more</a>"), -3), ("＋日本", 0.5)])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows == [["a", "b"], ["'=1+1", "2"], ["'-5 & more", "-3"], ["'＋日本", "0.5"]]


def test_nothing_is_drawn_twice(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = inline(a_chart())
    drawing.svg.cache_clear()
    monkeypatch.setattr(drawing, "_drawn", lambda spec: pytest.fail("drawn again"))
    assert inline(a_chart()) == first
    assert [path.suffix for path in shelf.iterdir()] == [".svg"]


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(drawing, "user_cache_path", lambda name: tmp_path / "file" / name)
    assert "Phase 1" in inline(a_chart())


def test_columns_show_every_year_between_the_first_and_the_last() -> None:
    spec = columns([2019, 2023], [Share("Done")], {(2019, "Done"): 2, (2023, "Done"): 1}, ("Year", "Status", "Trials"))
    picture = str(inline(a_chart(spec=spec, rows=[])))
    assert {"2019", "2021", "2023"} <= set(re.findall(r">(\d{4})</text>", picture))


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("scheme", "paper"), [("default", "#ffffff"), ("slate", "#10191e")])
def test_every_colour_of_the_charts_stands_out_from_the_page(scheme: str, paper: str) -> None:
    """WCAG 1.4.11: 3:1."""
    rule = re.search(rf'color-scheme="{scheme}"\] \{{(.*?)\}}', (STYLES / "charts.css").read_text(), re.DOTALL)
    assert rule
    colours = dict(re.findall(r"(--ev-chart-\w+): (#[0-9a-f]{6});", rule[1]))
    assert set(colours) == {name for name in PROPERTIES.values() if name.startswith("--ev-chart-")}
    for name, colour in colours.items():
        light, dark = sorted((_luminance(colour), _luminance(paper)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3, (name, colour)
    if scheme == "default":
        assert {PROPERTIES[colour]: colour for colour in PROPERTIES if PROPERTIES[colour] in colours} == colours
