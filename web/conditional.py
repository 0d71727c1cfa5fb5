"""Answers that a machine asks for again and again: few bytes, and the same ones not twice."""

import hashlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus

from litestar import Response
from litestar.config.compression import CompressionConfig
from litestar.middleware import DefineMiddleware
from litestar.middleware.compression import CompressionMiddleware

from web.visiting import AnyRequest

# For what is everybody's alone: how well a page with a secret packs tells of the secret (BREACH).
PACKED = DefineMiddleware(
    CompressionMiddleware, config=CompressionConfig(backend="gzip", gzip_compress_level=6)
)
KEPT = timedelta(minutes=5)  # without asking again


def answered(
    request: AnyRequest,
    content: bytes,
    *,
    media_type: str,
    changed_at: datetime | None,
    is_public: bool = True,
) -> Response[bytes]:
    """Return what was asked for, or that it has not changed (RFC 9110, 13)."""
    tag = hashlib.sha256(content).hexdigest()
    whose = "public" if is_public else "private"
    headers = {"Cache-Control": f"{whose}, max-age={int(KEPT.total_seconds())}"}
    if changed_at is not None:
        changed = changed_at.astimezone(UTC).replace(microsecond=0)
        headers["Last-Modified"] = format_datetime(changed, usegmt=True)
    if is_known(request, tag):
        return not_modified(tag, headers)
    return Response(content, media_type=media_type, headers={**headers, "ETag": f'"{tag}"'})


def is_known(request: AnyRequest, tag: str) -> bool:
    """Say whether whoever asks holds these bytes already; the tag is all that is compared.

    A date to the second would call two changes within one the same (RFC 9110, 13.1.3 lets it be).
    """
    held = request.headers.get("if-none-match", "")
    return held.strip() == "*" or f'"{tag}"' in held


def not_modified(tag: str, headers: dict[str, str] | None = None) -> Response[bytes]:
    return Response(
        b"",
        status_code=HTTPStatus.NOT_MODIFIED,
        headers={**(headers or {}), "ETag": f'"{tag}"'},
    )
