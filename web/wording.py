"""A text of the town hall on a page: its small Markdown as HTML, and plain words as they are."""

from markupsafe import Markup

from domain import markup
from domain.publications import MARKED, PublicationKind, Text


def worded(kind: PublicationKind, text: Text, *, under: int = 1) -> Markup:
    """Return what a text says, its headings below level `under`."""
    if kind not in MARKED:
        return Markup('<p class="words">{}</p>').format(text.body)
    read = Markup(markup.html(text.body, under=under))  # noqa: S704 - cleaned where it was made
    return Markup('<div class="written">{}</div>').format(read)
