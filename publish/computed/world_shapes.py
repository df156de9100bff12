"""Outlines of countries as SVG paths: read from the wheel ``countryinfo``, projected, rounded."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any, NamedTuple

#: Degrees of longitude and latitude, or units of the drawing.
Point = tuple[float, float]
Ring = Sequence[Point]

#: Width and height of the drawing in its own units.
WIDTH, HEIGHT = 2000, 870
#: Coefficients of the Equal Earth projection (Šavrič, Patterson and Jenny 2018, doi:10.1080/13658816.2018.1504949).
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2
#: The map is cut in the Bering Strait, so that no country is divided.
_WEST_EDGE = -169.0
#: Units of the drawing per radian at the equator, and how far north the drawing begins.
_SCALE = WIDTH / 5.414
_TOP_LATITUDE = 83.7
#: Outlines smaller than this, in either direction, get a mark so that they can be seen and pressed.
_SMALL = 26.0
_LEFT_OUT = frozenset({"AQ"})
#: Land that the wheel gives no outline for, to a tenth of a degree where it meets the sea. It lies below its
#: neighbours, whose outlines complete it.
_BELOW: Mapping[str, Ring] = {
    "HU": ((16.3, 46.8), (16.9, 48.0), (18.8, 48.0), (20.5, 48.5), (22.2, 48.2), (22.3, 47.7), (20.7, 46.1), (18.0, 45.8)),
    "RS": ((19.0, 45.8), (20.2, 46.2), (22.6, 44.6), (22.9, 43.2), (22.0, 42.3), (20.3, 42.6), (19.2, 43.5)),
    "ME": ((18.5, 42.5), (18.7, 43.2), (19.2, 43.5), (20.3, 42.9), (20.0, 42.5), (19.3, 42.1), (19.2, 41.9)),
    "MM": (
        (92.4, 20.7), (93.2, 19.9), (94.3, 18.2), (94.5, 17.3), (94.2, 16.0), (95.4, 15.7), (96.5, 16.4), (97.2, 16.9),
        (97.6, 16.1), (97.8, 14.8), (98.5, 13.1), (98.7, 11.4), (98.6, 9.9), (99.0, 11.0), (99.3, 11.9), (99.1, 13.8),
        (98.3, 15.1), (98.8, 16.2), (97.9, 18.5), (99.9, 20.4), (101.1, 21.6), (99.9, 21.9), (98.8, 24.1), (97.8, 25.0),
        (98.7, 26.7), (98.0, 28.3), (97.0, 27.2), (95.2, 26.7), (94.6, 24.9), (93.2, 23.5), (92.6, 21.5),
    ),
}  # fmt: skip


class Shape(NamedTuple):
    """One country on the drawing."""

    #: Value of the attribute ``d`` of an SVG path; empty for places without an outline.
    path: str
    #: Where the mark of a small place stands; None for places large enough to be seen.
    mark: tuple[int, int] | None


@lru_cache(maxsize=1)
def world_shapes() -> Mapping[str, Shape]:
    """ISO 3166-1 code of two letters -> shape, in drawing order."""
    found: dict[str, Shape] = {code: _shape([ring], None) for code, ring in _BELOW.items()}
    for code, rings, centre in sorted(_countries()):
        if code not in found and (rings or centre):
            found[code] = _shape(rings, centre)
    return found


def _countries() -> Iterator[tuple[str, list[Ring], Point | None]]:
    """Code, outer rings and centre of each country in the wheel, in degrees."""
    spec = find_spec("countryinfo")
    folder = Path(spec.origin).parent / "data" if spec and spec.origin else Path()
    for file in folder.glob("*.json"):
        country = json.loads(file.read_text(encoding="utf-8"))
        code = country.get("ISO", {}).get("alpha2")
        features = (country.get("geoJSON") or {}).get("features", [])
        latitude_first = country.get("latlng") or []
        centre = (latitude_first[1], latitude_first[0]) if len(latitude_first) == 2 else None
        if code and code not in _LEFT_OUT:
            yield code, [ring for feature in features for ring in _outer_rings(feature["geometry"])], centre


def _outer_rings(geometry: Mapping[str, Any]) -> list[Ring]:
    """The first ring of each polygon: holes are other countries, which are drawn themselves."""
    coordinates = geometry["coordinates"]
    polygons: list[list[Ring]] = [coordinates] if geometry["type"] == "Polygon" else coordinates
    return [polygon[0] for polygon in polygons]


def project(longitude: float, latitude: float) -> Point:
    """Degrees to units of the drawing, Equal Earth, with the cut in the Bering Strait."""
    turned = longitude + 360 if longitude < _WEST_EDGE else longitude
    return _plane(turned - _WEST_EDGE - 180, latitude)


def _plane(longitude: float, latitude: float) -> Point:
    t = asin(_M * sin(radians(latitude)))
    t2 = t * t
    t6 = t2 * t2 * t2
    x = radians(longitude) * cos(t) / (_M * (_A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)))
    return WIDTH / 2 + x * _SCALE, (_north(_TOP_LATITUDE) - _north(latitude)) * _SCALE


def _north(latitude: float) -> float:
    t = asin(_M * sin(radians(latitude)))
    t2 = t * t
    t6 = t2 * t2 * t2
    return t * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))


def _shape(rings: Sequence[Ring], centre: Point | None) -> Shape:
    drawn = [[project(*point[:2]) for point in _unbroken(ring)] for ring in rings]
    points = [point for ring in drawn for point in ring]
    path = "".join(_path(ring) for ring in drawn)
    if not points:
        x, y = project(*centre) if centre else (0.0, 0.0)
        return Shape("", (round(x), round(y)))
    wide = max(x for x, _ in points) - min(x for x, _ in points)
    high = max(y for _, y in points) - min(y for _, y in points)
    if max(wide, high) >= _SMALL:
        return Shape(path, None)
    middle = (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))
    return Shape(path, (round(middle[0]), round(middle[1])))


def _unbroken(ring: Ring) -> Ring:
    """A ring on one side of the cut: points that lie just across it are moved onto it."""
    if all(point[0] < _WEST_EDGE for point in ring):
        return ring
    return [(max(point[0], _WEST_EDGE), point[1]) for point in ring]


def _path(ring: Ring) -> str:
    """A closed path in whole units, relative, without the points that rounding makes superfluous."""
    steps: list[str] = []
    last: tuple[int, int] | None = None
    for x, y in ring:
        here = (round(x), round(y))
        if last is None:
            steps.append(f"M{here[0]} {here[1]}l")
        elif here != last:
            steps.append(f"{here[0] - last[0]} {here[1] - last[1]} ")
        last = here
    return "".join(steps).rstrip() + "z" if len(steps) > 3 else ""
