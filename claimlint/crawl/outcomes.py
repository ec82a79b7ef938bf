"""Names what came of a request in a few fixed words, and says in a sentence what happened.

The words are those of crawl.json; nothing that was not fetched is without one.
"""

from __future__ import annotations

from typing import Any

PAGES = frozenset({"page"})
OUTCOMES = {
    "page": "a page was fetched",
    "sitemap": "a sitemap was read",
    "redirect": "led to another address of the site",
    "redirect-away": "led to another site, which is outside the scope",
    "redirect-loop": "led round in a circle",
    "not-a-page": "is no page (picture, archive, film ...)",
    "http-error": "the server answered with an error",
    "robots": "robots.txt does not allow it",
    "robots-unreachable": "robots.txt could not be read, so nothing was asked for",
    "private-address": "the name leads into a private network",
    "unreachable": "no connection, no name or no valid certificate",
    "timeout": "took longer than --max-seconds",
    "too-large": "is larger than --max-bytes, as sent or unpacked",
    "broken": "the answer broke off or made no sense",
    "waiting": "was not asked for before the crawl ended",
}
"""Outcome -> what it means, as docs and summary list them."""

RETRIED = frozenset({"unreachable", "timeout", "broken", "robots-unreachable"})
RETRIED_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})
SECRETIVE = 300


def of_error(error: BaseException) -> tuple[str, str]:
    """(outcome, reason) of a request that brought no answer."""
    from scrapy import exceptions as scrapy

    from claimlint.crawl.robots import RobotsRefused

    text = " ".join(str(error).split())[:SECRETIVE]
    if isinstance(error, RobotsRefused):
        return error.outcome, error.reason
    table: tuple[tuple[type[BaseException], str, str], ...] = (
        (scrapy.DownloadTimeoutError, "timeout", "no whole answer within the time that --max-seconds allows"),
        (scrapy.DownloadCancelledError, "too-large", "the answer is larger than --max-bytes"),
        (scrapy.CannotResolveHostError, "unreachable", "no such host name"),
        (scrapy.DownloadConnectionRefusedError, "unreachable", "the connection was refused"),
        (scrapy.ResponseDataLossError, "broken", "the answer broke off"),
        (scrapy.UnsupportedURLSchemeError, "unreachable", "no web address"),
    )
    for kind, outcome, reason in table:
        if isinstance(error, kind):
            return outcome, reason
    if isinstance(error, scrapy.IgnoreRequest) and "exceeded" in text:
        return "too-large", "the answer is larger than --max-bytes once unpacked"
    if isinstance(error, scrapy.DownloadFailedError):
        return ("unreachable" if "certificate" in text.lower() or "ssl" in text.lower() else "broken"), text
    return "broken", f"{type(error).__name__}: {text}"


def wait_before(attempts: int, retry_after: bytes | None, longest: float = 120.0) -> float:
    """Seconds until the next attempt: what the server asked for, else 2, 8, 32 ..."""
    asked: Any = (retry_after or b"").decode("latin-1").strip()
    seconds = float(asked) if asked.isdigit() else 2.0 * 4.0**attempts
    return min(longest, seconds)
