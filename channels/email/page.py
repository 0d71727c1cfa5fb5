"""The HTML side of a letter: one narrow column, without colours so that dark screens stay dark."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from domain.messages import RIGHT_TO_LEFT

LINK = re.compile(r"https?://[^\s<>\"\u2066-\u2069]*[^\s<>\"\u2066-\u2069.,;:!?)»،؛؟]")
# Styles stand on the elements: mail readers drop style sheets.
PAGE = """\
<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{title}</title>
</head>
<body dir="{direction}" style="margin:0;padding:16px">
<div lang="{language}" dir="{direction}" style="max-width:36em;margin:0 auto;\
font:16px/1.6 system-ui,-apple-system,'Segoe UI',Tahoma,Arial,sans-serif;\
text-align:{edge};overflow-wrap:anywhere">
{content}
</div>
</body>
</html>
"""
HEADING = '<h1 dir="auto" style="font-size:20px;line-height:1.4;margin:0 0 16px;text-align:{edge}">'


def page(paragraphs: Sequence[str], *, title: str, language: str) -> str:
    """Return the letter as a page; a paragraph may have several lines, and links become links.

    Each line finds its own direction, as French titles stand in Arabic letters, and all keep to
    one edge.
    """
    is_right_to_left = language in RIGHT_TO_LEFT
    edge = "right" if is_right_to_left else "left"
    return PAGE.format(
        language=escape(language),
        direction="rtl" if is_right_to_left else "ltr",
        edge=edge,
        title=escape(title),
        content="\n".join(_content(paragraphs, title, edge)),
    )


def _content(paragraphs: Sequence[str], title: str, edge: str) -> Iterator[str]:
    if title:
        yield HEADING.format(edge=edge) + escape(title) + "</h1>"
    for paragraph in paragraphs:
        yield '<div style="margin:0 0 16px">'
        for line in paragraph.split("\n"):
            yield f'<div dir="auto" style="text-align:{edge}">{_linked(line)}</div>'
        yield "</div>"


def _linked(line: str) -> str:
    pieces, end = [], 0
    for link in LINK.finditer(line):
        address = escape(link.group())
        pieces += [escape(line[end : link.start()]), f'<a href="{address}">{address}</a>']
        end = link.end()
    return "".join([*pieces, escape(line[end:])])
