"""The small Markdown of the town hall's texts: as a page, as plain words, and in hostile hands."""

import re
from html.parser import HTMLParser
from time import process_time

import pytest
from hypothesis import given, strategies as st

from domain.markup import ATTRIBUTES, TAGS, html, plain

WRITTEN = """\
La commune ouvre **trois piscines** cet *été* :

- Sidi Moumen
- Aïn Sebaâ, [le plan](https://casablanca.example/plan)

## Horaires
De 9 h à 20 h.
Voir https://casablanca.example/piscines.
"""
MARKED = """\
<p dir="auto">La commune ouvre <strong>trois piscines</strong> cet <em>été</em> :</p>
<ul>
<li>Sidi Moumen</li>
<li>Aïn Sebaâ, <a href="https://casablanca.example/plan" rel="noopener nofollow">le plan</a></li>
</ul>
<h2 dir="auto">Horaires</h2>
<p dir="auto">De 9 h à 20 h.<br>
Voir <a href="https://casablanca.example/piscines" class="bare" rel="noopener nofollow">\
https://casablanca.example/piscines</a>.</p>"""
PLAIN = """\
La commune ouvre trois piscines cet été :

- Sidi Moumen
- Aïn Sebaâ, le plan (https://casablanca.example/plan)

Horaires
De 9 h à 20 h.
Voir https://casablanca.example/piscines."""

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\u0000script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](//evil.example)",
    "[x](/desk)",
    "<javascript:alert(1)>",
    '[x](https://a.example "onmouseover=alert(1)")',
    '[x](https://a.example/"onmouseover="alert(1))',
    "![x](javascript:alert(1))",
    "[x]: javascript:alert(1)\n\n[x]",
    '<p style="background:url(javascript:x)">',
    "# <svg onload=alert(1)>",
    "- <iframe srcdoc='<script>'>",
    "https://a.example/<script>",
)
HUGE = ("[" * 20_000, "*a " * 6_000, "- " * 10_000, "[a](" * 5_000, "#\n" * 10_000, "_*" * 10_000)


class Reader(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]


def assert_harmless(page: str) -> None:
    found = Reader(page)
    assert found.tags <= TAGS
    for tag, name, value in found.attributes:
        assert name in ATTRIBUTES[tag] | {"rel", "class"}
        assert name != "href" or re.match(r"(https?://|mailto:)", value)


def test_a_text_is_read_as_a_page_and_as_plain_words() -> None:
    assert html(WRITTEN) == MARKED
    assert plain(WRITTEN) == PLAIN


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Une ligne.\nUne autre.", "Une ligne.\nUne autre."),
        ("1. un\n2. deux\n   - trois\n\nfin", "1. un\n2. deux\n  - trois\n\nfin"),
        ("[nous](mailto:a@b.ma) <c@d.ma>", "nous (a@b.ma) c@d.ma"),
        (r"5 \* 3 &amp; `a` <b>", "5 * 3 &amp; `a` <b>"),
        ("**عاجل** : [الخريطة](https://a.ma)", "عاجل : الخريطة (https://a.ma)"),
        ("    quatre espaces\n\n---", "quatre espaces\n\n---"),
        ("Dès juin :\n- un\n- deux\n\n\nfin", "Dès juin :\n- un\n- deux\n\nfin"),
        ("", ""),
    ],
)
def test_marks_are_left_out_of_plain_words_and_all_else_is_kept(written: str, told: str) -> None:
    assert plain(written) == told


def test_headings_stand_in_order_below_the_title_wherever_the_text_is_shown() -> None:
    text = "### Un\n# Deux\n### Trois"
    assert re.findall(r"<h(\d)", html(text)) == ["2", "2", "3"]
    assert re.findall(r"<h(\d)", html(text, under=3)) == ["4", "4", "5"]


@pytest.mark.parametrize("written", HOSTILE)
def test_hostile_words_are_shown_as_words(written: str) -> None:
    assert_harmless(html(written))


@given(st.text(alphabet="[]()<>*_#-.!:/\\&\"'`\n ahjs1\u202e", max_size=60))
def test_no_text_becomes_more_than_a_text_may(written: str) -> None:
    assert_harmless(html(written))
    assert "\u202e" not in html(written) + plain(written)


def test_a_link_says_in_plain_words_where_it_leads() -> None:
    assert plain("[https://commune.ma](https://evil.example)") == (
        "https://commune.ma (https://evil.example)"
    )


@pytest.mark.parametrize("written", HUGE, ids=lambda written: written[:5])
def test_a_text_of_marks_alone_is_read_in_good_time(written: str) -> None:
    began = process_time()
    html(written)
    plain(written)
    assert process_time() - began < 2  # seconds
