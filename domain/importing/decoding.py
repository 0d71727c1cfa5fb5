"""From a file's bytes to its text, whichever office program wrote it."""

import codecs
import re

from domain.errors import Refused

# The longer mark goes first: UTF-32's begins with UTF-16's.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")  # xlsx and ods, xls, PDF, RTF
SAMPLE = 65_536  # bytes that tell what a file is
ARABIC_WORD = re.compile(r"[\u0621-\u064a]{2,}")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
# What Windows-1252 leaves free, so that no byte is lost on the way.
FALLBACK = "latin-1"


def decoded(content: bytes) -> str:
    """Return the text of a file; raise Refused when it is no text, such as an Excel workbook.

    Reads UTF-8, UTF-16 and UTF-32, with their mark or without, Windows-1256 (Arabic) and
    Windows-1252.
    """
    if content.startswith(WORKBOOKS):
        raise Refused("import.workbook")
    encoding = _encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode(FALLBACK)
    if "\x00" in text:
        raise Refused("import.not_text")
    return text


def _encoding(content: bytes) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding
    if b"\x00" in content[:SAMPLE]:
        return _unmarked_utf16(content[:SAMPLE])
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _code_page(content)
    return "utf-8"


def _unmarked_utf16(sample: bytes) -> str:
    """Tell by where the zeros are: every header and separator is ASCII, half of it zeros."""
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"


def _code_page(content: bytes) -> str:
    """Tell Arabic from French: both write é alike, but only Arabic makes words of high bytes."""
    text = content.decode("cp1256", errors="replace")
    arabic = sum(len(word) for word in ARABIC_WORD.findall(text))
    return "cp1256" if arabic * 2 > len(NOT_ASCII.findall(text)) else "cp1252"
