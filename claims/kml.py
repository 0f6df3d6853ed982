"""Claims as KML 2.2 for globes and other maps: true geometry, and every text as text."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

import pandas as pd
from shapely.geometry import Polygon
from shapely.geometry.base import BaseMultipartGeometry

from claims.days import iso_from_day
from claims.handout import ADDED
from claims.model import COLUMN_NAMES, SIDES
from claims.shapes import drawn_claims

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from claims.handout import Handout
    from claims.load import Record
    from claims.shapes import Shape

NAMESPACE: Final = "http://www.opengis.net/kml/2.2"
_FORBIDDEN: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""XML 1.0, production 2: no other character may stand in a document, not even escaped."""
_BALLOON: Final = "$[description]"
"""A balloon's text is HTML and by default begins with the name, which is ours as plain text."""
_END: Final = "</Document></kml>"


def kml_pieces(
    record: Record,
    shapes: Sequence[Shape],
    handout: Handout,
    *,
    colours: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Write what is handed out as KML, piece by piece.

    Parameters
    ----------
    record : Record
    shapes : sequence of Shape
        From `claims.shapes.stated_shapes`.
    handout : Handout
    colours : mapping of str to str, optional
        "#rrggbb" of each side; a globe's own colours if left out.

    Yields
    ------
    str
        The document's heading, a Placemark each claim, and the end. A claim that is not placed
        has a Placemark without a geometry: it is listed and not drawn. Its time is the day it
        was said.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield _written(_document(handout, colours or {})).removesuffix(_END) + "\n"
    for claim, geometry in drawn_claims(record.claims, handout.keep, shapes):
        yield _written(_placemark(claim, handout, geometry)) + "\n"
    yield _END + "\n"


def _document(handout: Handout, colours: Mapping[str, str]) -> ET.Element:
    # Written with its own attribute, so that a Placemark can be written without it.
    root = ET.Element("kml", {"xmlns": NAMESPACE})
    document = ET.SubElement(root, "Document")
    heading = handout.heading()
    _text(document, "name", f"{handout.title} ({handout.handling})")
    _text(document, "description", _as_html(_heading_lines(heading)))
    for side in SIDES:
        style = ET.SubElement(document, "Style", {"id": side})
        if side in colours:
            _colour(style, colours[side])
        balloon = ET.SubElement(style, "BalloonStyle")
        _text(balloon, "text", _BALLOON)
    _data(document, {name: _flat(value) for name, value in heading.items()})
    return root


def _heading_lines(heading: Mapping[str, Any]) -> list[str]:
    lines = [f"Handling: {heading['handling']}"]
    for part in heading.get("scenes", [heading]):
        asked = "; ".join((part["window"], *part["filters"]))
        lines.append(f"{part['title']}: {part['shown']}; {asked}; as of {part['as_of']}")
    lines.append(f"Together {heading['shown']}. Data: SHA-256 {heading['data_digest']}")
    return lines


def _placemark(
    claim: Mapping[str, Any], handout: Handout, geometry: BaseGeometry | None
) -> ET.Element:
    mark = ET.Element("Placemark")
    _text(mark, "name", f"{claim['claimant']}: {claim['proposition']}")
    said = [claim["statement"]]
    if claim["quote"]:
        said.append(
            f"\N{LEFT DOUBLE QUOTATION MARK}{claim['quote']}\N{RIGHT DOUBLE QUOTATION MARK}"
        )
    said.append(f"{claim['organisation']}. {claim['outlet']}. Handling: {handout.handling}")
    _text(mark, "description", _as_html(said))
    if not pd.isna(claim["said_day"]):
        stamp = ET.SubElement(mark, "TimeStamp")
        _text(stamp, "when", iso_from_day(int(claim["said_day"])))
    _text(mark, "styleUrl", f"#{claim['side']}")
    stated = {
        name: str(claim[name])
        for name in COLUMN_NAMES
        if not pd.isna(claim[name]) and claim[name] != ""
    }
    added = handout.added(claim)
    _data(mark, stated | {name: added[name] for name in ADDED if added[name]})
    if geometry is not None:
        _geometry(mark, geometry)
    return mark


def _geometry(parent: ET.Element, geometry: BaseGeometry) -> None:
    if isinstance(geometry, Polygon):
        polygon = ET.SubElement(parent, "Polygon")
        _text(polygon, "tessellate", "1")
        for name, ring in (
            ("outerBoundaryIs", geometry.exterior),
            *(("innerBoundaryIs", hole) for hole in geometry.interiors),
        ):
            _coordinates(ET.SubElement(ET.SubElement(polygon, name), "LinearRing"), ring)
    elif isinstance(geometry, BaseMultipartGeometry):
        together = ET.SubElement(parent, "MultiGeometry")
        for one in geometry.geoms:
            _geometry(together, one)
    else:
        simple = ET.SubElement(parent, geometry.geom_type)
        if geometry.geom_type == "LineString":
            _text(simple, "tessellate", "1")
        _coordinates(simple, geometry)


def _coordinates(parent: ET.Element, geometry: BaseGeometry) -> None:
    _text(parent, "coordinates", " ".join(f"{lon!r},{lat!r}" for lon, lat in geometry.coords))


def _colour(style: ET.Element, colour: str) -> None:
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    for name, alpha in (("IconStyle", "ff"), ("LineStyle", "ff"), ("PolyStyle", "40")):
        part = ET.SubElement(style, name)
        _text(part, "color", f"{alpha}{blue}{green}{red}".lower())


def _data(parent: ET.Element, values: Mapping[str, str]) -> None:
    extended = ET.SubElement(parent, "ExtendedData")
    for name, value in values.items():
        _text(ET.SubElement(extended, "Data", {"name": name}), "value", value)


def _flat(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _as_html(lines: Sequence[str]) -> str:
    # Globes read a description as HTML, and $[name] in it as a value to be put there.
    return "<br>".join(html.escape(line).replace("$[", "&#36;[") for line in lines)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def _written(element: ET.Element) -> str:
    return ET.tostring(element, encoding="unicode")
