"""Notes each answer as it came over the wire, before anything unpacks or replaces it.

Scrapy hands a request's ``meta`` through all its parts, so what was captured stands there when the answer, or the
error in its place, reaches the spider.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from claimlint.crawl.store import now
from claimlint.crawl.warc import Exchange

KEY = "claimlint_exchange"


class Capture:
    """Downloader middleware that stands nearest to the network."""

    def process_request(self, request: Any) -> None:
        """Notes the request: what is written when no answer comes."""
        parts = urlsplit(request.url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = [("Host", parts.netloc.rpartition("@")[2]), *_headers(request.headers)]
        request.meta[KEY] = Exchange(request.url, now(), request.method, target, headers)

    def process_response(self, request: Any, response: Any) -> Any:
        """Notes the answer; its body as it was transferred, with the content encoding still on."""
        asked: Exchange = request.meta[KEY]
        flags = response.flags or []
        truncated = (
            "unspecified" if "download_stopped" in flags else "disconnect" if "dataloss" in flags else ""
        )
        request.meta[KEY] = Exchange(
            asked.url,
            asked.date,
            asked.method,
            asked.target,
            asked.request_headers,
            response.status,
            _reason(response.status),
            response.protocol or "HTTP/1.1",
            _headers(response.headers),
            response.body,
            str(response.ip_address or ""),
            truncated,
        )
        return response


def _headers(headers: Any) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in (values if isinstance(values, list) else [values])
    ]


def _reason(status: int) -> str:
    from http import HTTPStatus

    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
