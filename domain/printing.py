"""Pages that are printed: the one room that knows WeasyPrint, which an installation may lack.

It is the extra `beffroi[pdf]`, and draws with the system's Pango.
"""

from functools import lru_cache
from typing import Any, NoReturn


@lru_cache(maxsize=1)
def can_print() -> bool:
    """Say whether pages can be made here: the library and the system's parts are there."""
    try:
        _pages()
    except (ImportError, OSError):
        return False
    return True


def printed(html: str) -> bytes:
    """Return a page as a PDF. Slow (tenths of a second): not for an event loop's own thread."""
    made: bytes = _pages()(string=html, url_fetcher=_nothing).write_pdf()
    return made


def _pages() -> Any:
    from weasyprint import HTML  # noqa: PLC0415 - slow to load, and may not be there

    return HTML


def _nothing(url: str, *_: object, **__: object) -> NoReturn:
    """Fetch nothing: a page holds all it shows."""
    raise ValueError(f"a page that is printed names {url}")
