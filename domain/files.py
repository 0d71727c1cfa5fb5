"""Files that people bring: how big, which kinds, and how one is named in an answer."""

import re
from dataclasses import dataclass
from typing import Self

MOST_BYTES = 10_000_000
LONGEST_NAME = 120  # characters
_ANSWER = re.compile(r"([0-9a-f]{64}) ([1-9][0-9]{0,8}) ([a-z0-9.+-]+/[a-z0-9.+-]+) (\S.*)")

# What is taken: by the media type it is kept as, how its bytes begin, and how its name may end.
OFFICE = b"PK\x03\x04"  # the papers of offices are archives
OPEN_XML = "application/vnd.openxmlformats-officedocument"
TAKEN: tuple[tuple[str, bytes, tuple[str, ...]], ...] = (
    ("application/pdf", b"%PDF-", ()),
    ("image/jpeg", b"\xff\xd8\xff", ()),
    ("image/png", b"\x89PNG\r\n\x1a\n", ()),
    (f"{OPEN_XML}.wordprocessingml.document", OFFICE, (".docx",)),
    (f"{OPEN_XML}.spreadsheetml.sheet", OFFICE, (".xlsx",)),
    ("application/vnd.oasis.opendocument.text", OFFICE, (".odt",)),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is kept under its sha256, as an answer names it. `size` is in bytes."""

    sha256: str
    size: int
    media_type: str
    name: str

    @property
    def written(self) -> str:
        return f"{self.sha256} {self.size} {self.media_type} {self.name}"

    @classmethod
    def read(cls, answer: str) -> Self:
        """Read an answer, or raise ValueError."""
        found = _ANSWER.fullmatch(answer)
        if not found:
            raise ValueError("names no file")
        sha256, size, media_type, name = found.groups()
        return cls(sha256, int(size), media_type, name)


@dataclass(frozen=True, slots=True)
class Carried:
    """A file that was fetched for whoever brought it, and is one we take."""

    name: str
    media_type: str
    content: bytes


def media_type(content: bytes, name: str) -> str | None:
    """Return what a file is, by how it begins; None when it is none of those we take.

    What a network says of it is not asked: it says what its sender said.
    """
    ending = name.lower()
    for kind, beginning, endings in TAKEN:
        if content.startswith(beginning) and (not endings or ending.endswith(endings)):
            return kind
    return None


def named(name: str) -> str:
    """Return a file's name without folders and controls, its ending kept."""
    name = name.replace("\\", "/").rpartition("/")[2]
    name = " ".join("".join(one if one.isprintable() else " " for one in name).split())
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= 8 and len(name) > LONGEST_NAME:  # noqa: PLR2004 - no ending is longer
        return stem[: LONGEST_NAME - len(ending) - 1] + dot + ending
    return name[:LONGEST_NAME] or "document"
