"""Documents handed over to browsers: to be kept, never to be run."""

from urllib.parse import quote

from litestar import Response

from domain.messages import Attachment

AS_A_FILE = {"Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'"}


def handed_over(paper: Attachment, content: bytes) -> Response[bytes]:
    """Return a document under its own name."""
    named = f"attachment; filename*=UTF-8''{quote(paper.name, safe='')}"
    headers = {**AS_A_FILE, "Content-Disposition": named}
    return Response(content, media_type=paper.media_type, headers=headers)
