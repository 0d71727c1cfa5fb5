"""The receipt of a petition, in a message and as a page that is really printed."""

import re
import shutil
import subprocess
import zlib
from datetime import date, datetime

import pytest

from domain.petitions import Petition, PetitionKind, PetitionState, Threshold
from domain.petitions.receipt import Stamp, page, text
from domain.printing import can_print, printed
from tests.debian import install

PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "fontconfig", "fonts-noto-core")
INSTALL = f"Some tests print in Arabic: on Debian, apt install {' '.join(PACKAGES)}"
AT = datetime(2026, 11, 22, 10, 30)
PETITION = Petition(
    7,
    "PET-2026-0007",
    PetitionKind.CITIZENS,
    PetitionState.FILED,
    "council",
    "ممر الراجلين <b>",
    "",
    "",
    "ar",
    3,
    AT,
    mandatary="سلمى بناني",
    threshold=Threshold(400, "123", "with_arrondissements"),
    due_on=date(2027, 2, 22),
)
STAMP = Stamp(
    {"fr": "Commune de Casablanca", "ar": "جماعة الدار البيضاء"},
    {"fr": "Conseil communal", "ar": "مجلس الجماعة"},
    AT,
    "125",
)


def unpacked(pdf: bytes) -> bytes:
    """Return what the streams of a PDF hold."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return b"".join(zlib.decompressobj().decompress(one) for one in streams)


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("fr", ("Commune de Casablanca", "Seuil retenu", "400", "22 février 2027")),
        ("ar", ("جماعة الدار البيضاء", "العتبة المعتمدة", "400", "2027")),
        ("ary", ("توصيل العريضة", "مجلس الجماعة")),
    ],
)
def test_a_receipt_says_who_what_when_and_by_when(language: str, wanted: tuple[str, ...]) -> None:
    said = text(PETITION, language, STAMP)
    assert all(one in said for one in (*wanted, "PET-2026-0007", "125")), said


def test_a_page_runs_the_way_its_language_does_and_takes_no_markup_from_people() -> None:
    arabic = page(PETITION, "ary", STAMP)
    assert 'lang="ar" dir="rtl"' in arabic
    assert "&lt;b&gt;" in arabic
    assert 'dir="ltr"' in page(PETITION, "fr", STAMP)


@pytest.fixture(scope="module")
def printer() -> None:
    """Have what draws pages, and a face with Arabic letters."""
    if not (can_print() and _has_arabic()):
        install(*PACKAGES)
        can_print.cache_clear()
    assert can_print(), (
        f"Install Pango: some tests print (Debian: apt install {' '.join(PACKAGES)})"
    )
    assert _has_arabic(), "Install a font with Arabic letters (Debian: apt install fonts-noto-core)"


def _has_arabic() -> bool:
    listing = shutil.which("fc-list")
    if listing is None:
        return False
    found = subprocess.run([listing, ":lang=ar"], capture_output=True, check=False)  # noqa: S603 - our own words
    return bool(found.stdout)


@pytest.mark.usefixtures("printer")
def test_an_arabic_page_is_printed_for_real() -> None:
    made = printed(page(PETITION, "ar", STAMP))
    assert made.startswith(b"%PDF-")
    assert b"Arab" in unpacked(made)  # the name of a face that has its letters
