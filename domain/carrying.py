"""What somebody brings as a file: taken, or the fault that says why not."""

from domain.files import MOST_BYTES, Carried, media_type, named
from domain.forms import Fault

MEGABYTE = 1_000_000
TOO_BIG = Fault("form.file_too_big", {"count": MOST_BYTES // MEGABYTE})


def carried(name: str, content: bytes) -> Carried | Fault:
    """Return a file as it is taken, or its fault; `name` is as its sender wrote it."""
    if len(content) > MOST_BYTES:
        return TOO_BIG
    if not content:
        return Fault("form.file_empty")
    kind = media_type(content, name)
    return Carried(named(name), kind, content) if kind else Fault("form.file_kind")
