"""Which addresses a crawl may ask for: pages of the listed sites, so deep, so many, so alike.

Everything that is left out is left out for a named reason that the summary counts; nothing is dropped silently.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url, safe_url_string

LONGEST_URL = 2000
"""Characters; what is longer is a trap or a session, and no reader ever typed it."""

_TRACKING = re.compile(r"(?:utm_\w+|gclid|fbclid|msclkid|mc_[ce]id)\Z", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_FILES = frozenset(
    "7z avi bmp css csv doc docx eot epub exe gif gz ico jpeg jpg js json m4a m4v mov mp3 mp4 mpeg odt ogg otf pdf png ppt "
    "pptx rar rss svg tar tgz tif tiff ttf wav webm webp wmv woff woff2 xls xlsx zip".split()
)


class Limits(NamedTuple):
    """The bounds of a crawl, per site; bytes count both before and after unpacking, seconds a whole answer."""

    pages: int = 1000
    depth: int = 8
    alike: int = 200
    hops: int = 10
    bytes: int = 10_000_000
    seconds: float = 30.0
    attempts: int = 3


def clean(url: str) -> str | None:
    """An address as it is asked for: escaped, without its fragment; None where it is none for a browser."""
    try:
        parts = urlsplit(safe_url_string(url.strip()))
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
            return None
        parts.port  # noqa: B018  raises where it is no number
    except ValueError:
        return None
    made = urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, ""))
    return made if made.isascii() and len(made) <= LONGEST_URL else None


def identity(url: str) -> str:
    """What two addresses of one page share: the query in order, no fragment, no mark of a campaign."""
    parts = urlsplit(canonicalize_url(url))
    query = [(name, value) for name, value in parse_qsl(parts.query, True) if not _TRACKING.match(name)]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))


def shape(url: str) -> str:
    """The pattern that addresses made by one script share: numbers as N, a query by its names.

    Empty where the address has neither: such pages are told apart by words, and are not counted against each
    other.
    """
    parts = urlsplit(url)
    names = sorted({name for name, _ in parse_qsl(parts.query, True)})
    path = _NUMBER.sub("N", parts.path)
    if path == parts.path and not names:
        return ""
    return f"{path}?{'&'.join(names)}"[:300]


def file_type(url: str) -> str:
    """The suffix of an address that leads to something other than a page, else the empty string."""
    last = urlsplit(url).path.rsplit("/", 1)[-1]
    suffix = last.rsplit(".", 1)[-1].lower() if "." in last else ""
    return suffix if suffix in _FILES else ""
