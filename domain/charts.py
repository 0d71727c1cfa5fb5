"""Charts: the one room that knows pygal. Beside each stands a table that says the same."""

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pygal import Config, HorizontalStackedBar, PluginImportFixer
from pygal.style import Style

# pygal hooks itself into every import for maps we do not draw, in a way Python 3.12 has given up.
sys.meta_path[:] = [one for one in sys.meta_path if not isinstance(one, PluginImportFixer)]

FONT = "system-ui, 'Noto Sans', 'Noto Sans Arabic', sans-serif"
HEIGHT, A_BAR = 140, 34  # pixels: of a chart without bars, and of each of them
WIDTH, NARROW = 720, 328
SCRIPT = re.compile(r"<script.*?</script>", re.DOTALL)  # of tooltips, which the table has


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart: `values` are as many as there are bars. `colour` is CSS."""

    name: str
    colour: str
    values: Sequence[int]


def bars(
    title: str, labels: Sequence[str], series: Sequence[Series], *, width: int = WIDTH
) -> bytes:
    """Return lying bars, one a label, as an SVG without scripts that loads nothing.

    `width` in pixels: what is drawn for a phone keeps the size of its letters.
    """
    chart = HorizontalStackedBar(_config(title, labels, series, width))
    # pygal draws the first bar at the bottom, and people read from the top.
    chart.x_labels = list(reversed(labels))
    for one in series:
        chart.add(one.name, list(reversed(one.values)))
    return SCRIPT.sub("", str(chart.render())).encode()


def _config(title: str, labels: Sequence[str], series: Sequence[Series], width: int) -> Config:
    made = Config()
    settings: Mapping[str, object] = {
        "title": title,
        "style": Style(
            background="#ffffff",  # its letters are dark, in a dark room too
            plot_background="#ffffff",
            font_family=FONT,
            colors=tuple(one.colour for one in series),
            label_font_size=14,
            legend_font_size=14,
            title_font_size=16,
        ),
        "width": width,
        "height": HEIGHT + A_BAR * len(labels),
        "legend_at_bottom": True,
        "legend_at_bottom_columns": 2 if width > NARROW else 1,
        "truncate_legend": -1,
        "js": [],
        "pretty_print": False,
        "disable_xml_declaration": True,
        "print_values": True,
        "print_zeroes": False,
        "show_x_labels": False,  # each bar says its number
        "margin": 10,
    }
    for name, value in settings.items():
        setattr(made, name, value)
    return made
