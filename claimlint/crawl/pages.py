"""Reads from an answer what the crawl needs of it: whether it is a page, and where it leads.

The pages are hostile: what is read is bounded in number, and an answer that can't be parsed leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urljoin

MOST_LINKS = 5000
"""Links of one page, and addresses of one sitemap times ten, that are looked at."""

_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
_XML = (
    "application/xml",
    "text/xml",
    "application/gzip",
    "application/x-gzip",
    "text/plain",
    "application/octet-stream",
)


def media_type(headers: Any) -> str:
    """The content type of an answer without its parameters, in lower case; empty where it states none."""
    found = headers.get("Content-Type") or b""
    return str(found.decode("latin-1")).split(";", 1)[0].strip().lower()


def wanted(media: str, kind: str) -> bool:
    """Whether an answer of this type is read to its end; one that states no type is."""
    return not media or media in _PAGES or (kind == "sitemap" and media in _XML)


def links(response: Any) -> list[str]:
    """The addresses that a page links to, absolute, in its order, each once."""
    from scrapy.utils.response import get_base_url

    if not hasattr(response, "selector"):
        return []
    try:
        base = get_base_url(response)
        root = response.selector.root
    except (ValueError, LookupError):
        return []
    if not hasattr(root, "iter"):
        return []
    out: dict[str, None] = {}
    # Element by element, and no XPath: sorting a union of deeply nested nodes takes seconds on a hostile page.
    for element in islice(root.iter("a", "area", "iframe", "frame"), MOST_LINKS):
        written = str(element.get("href") or element.get("src") or "").strip()
        if written and not written.startswith(("#", "mailto:", "tel:", "javascript:", "data:")):
            try:
                out[urljoin(base, written)] = None
            except ValueError:
                continue
    return list(out)


def sitemap(body: bytes, largest: int) -> Iterator[tuple[str, str]]:
    """(kind, address) of each entry of a sitemap: ``page``, or ``sitemap`` where it is an index."""
    from scrapy.utils.gz import gunzip
    from scrapy.utils.sitemap import Sitemap

    try:
        if body[:2] == b"\x1f\x8b":
            body = gunzip(body, max_size=largest)
        entries = Sitemap(body)
        kind = "sitemap" if entries.type == "sitemapindex" else "page"
        for number, entry in enumerate(entries):
            if number >= MOST_LINKS * 10:
                return
            if entry.get("loc"):
                yield kind, entry["loc"]
    except Exception:  # a sitemap that is none: nothing depends on it
        return
