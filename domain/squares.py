"""Squares that a telephone's camera opens (QR codes, ISO/IEC 18004)."""

from io import BytesIO

import segno

POINTS = 8  # pixels a point, so that it can be printed on a poster


def square(link: str) -> bytes:
    """Return the square that opens a link, as a PNG."""
    drawn = BytesIO()
    segno.make_qr(link, error="m").save(drawn, kind="png", scale=POINTS, border=4)
    return drawn.getvalue()
