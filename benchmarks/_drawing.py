"""Bars and curves as SVG: a drawing a claim, which a browser and a page of text show alike."""

import math
from collections.abc import Collection, Iterator, Mapping
from xml.sax.saxutils import escape

WIDE, BAR, LEFT, TOP = 640, 28, 200, 40  # pixels
HIGH, BOTTOM = 320, 40
COLOURS = ("#1d3557", "#e76f51", "#2a9d8f")


def bars(title: str, values: Mapping[str, float], peers: Collection[str] = ()) -> str:
    """Draw a bar a value, each with its figure, from nothing; those of peers in their colour."""
    longest = max(values.values())
    marks = []
    for place, (name, value) in enumerate(values.items()):
        y, length = TOP + place * BAR, (WIDE - LEFT - 90) * value / longest
        colour = COLOURS[1] if name in peers else COLOURS[0]
        marks.append(_text(LEFT - 8, y + 16, name, anchor="end"))
        marks.append(
            f'<rect x="{LEFT}" y="{y}" width="{length:.1f}" height="{BAR - 8}" fill="{colour}"/>'
        )
        marks.append(_text(LEFT + length + 6, y + 16, f"{value:,.0f}"))
    return _drawn(title, TOP + len(values) * BAR + 8, marks)


def curves(title: str, lines: Mapping[str, Mapping[int, float]]) -> str:
    """Draw a curve a line over growing sizes: sizes by their powers, values from nothing."""
    sizes = sorted({size for line in lines.values() for size in line})
    highest = max(value for line in lines.values() for value in line.values())
    low, wide = math.log10(sizes[0]), math.log10(sizes[-1] / sizes[0]) or 1

    def at(size: int, value: float) -> tuple[float, float]:
        x = 60 + (WIDE - 200) * (math.log10(size) - low) / wide
        return x, HIGH - BOTTOM - (HIGH - BOTTOM - TOP) * value / highest

    marks = [_text(at(size, 0)[0], HIGH - 16, f"{size:,}", anchor="middle") for size in sizes]
    for colour, (name, line) in zip(COLOURS, lines.items(), strict=False):
        marks += _curve(name, [(*at(size, value), value) for size, value in line.items()], colour)
    return _drawn(title, HIGH, marks)


def _curve(name: str, points: list[tuple[float, float, float]], colour: str) -> Iterator[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    for x, y, value in points:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
        yield _text(x, y - 8, f"{value:,.0f}", anchor="middle", colour=colour)
    yield _text(points[-1][0] + 24, points[-1][1] + 4, name, colour=colour)


def _text(x: float, y: float, said: str, *, anchor: str = "start", colour: str = "#222") -> str:
    where = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"'
    return f"<text {where}>{escape(said)}</text>"


def _drawn(title: str, height: int, marks: list[str]) -> str:
    size = f'width="{WIDE}" height="{height}" viewBox="0 0 {WIDE} {height}"'
    look = 'font-family="sans-serif" font-size="13"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {look}>'
    ground = f'<rect width="{WIDE}" height="{height}" fill="#fff"/>'
    name = f"<title>{escape(title)}</title>"
    heading = f'<text x="12" y="22" font-weight="bold">{escape(title)}</text>'
    return "\n".join([head, name, ground, heading, *marks, "</svg>", ""])
