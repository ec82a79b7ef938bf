"""Obeys robots.txt as RFC 9309 has it: read before anything else of a host, and shut where it can't be had.

Kept apart from Scrapy's own check, which asks no more when a server fails; here that site is reported as not fetched.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from protego import Protego
from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from claimlint.crawl.capture import KEY
from claimlint.crawl.scope import clean
from claimlint.crawl.sites import key_of

AGENT = "claimlint"
"""The name that rules for this crawler alone are written for."""

LARGEST = 512 * 1024
"""Bytes of a robots.txt that are read (RFC 9309, 2.5: at least 500 KiB)."""

HOPS = 5
_CLOSED = 5.0  # seconds after which a robots.txt that could not be had is asked for again
_LASTS = 24 * 3600.0  # seconds that an answer may be relied on (RFC 9309, 2.4)
_TRIES = 2


class RobotsRefused(IgnoreRequest):
    """An address that robots.txt keeps crawlers out of; ``outcome`` names why in the summary's words."""

    def __init__(self, outcome: str, reason: str) -> None:
        super().__init__(reason)
        self.outcome, self.reason = outcome, reason


class Rules(NamedTuple):
    """What one host's robots.txt says; ``closed`` is why nothing may be asked for."""

    parsed: Any = None
    closed: str = ""
    outcome: str = ""

    @property
    def delay(self) -> float:
        """Seconds between requests that the host asks for, at most a minute."""
        return min(60.0, float(self.parsed.crawl_delay(AGENT) or 0)) if self.parsed else 0.0

    @property
    def sitemaps(self) -> list[str]:
        """Addresses of the sitemaps that it lists."""
        return list(self.parsed.sitemaps)[:50] if self.parsed else []


class Robots:
    """Downloader middleware that lets nothing pass which robots.txt doesn't allow."""

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler
        self.known: dict[str, Rules | asyncio.Future[Rules]] = {}
        self.read_at: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Any) -> Robots:
        """As Scrapy makes it."""
        return cls(crawler)

    async def process_request(self, request: Any) -> None:
        """Raises RobotsRefused where the host does not allow the address, or does not say."""
        if request.meta.get("claimlint_robots"):
            return
        parts = urlsplit(request.url)
        host = f"{parts.scheme}://{parts.netloc}"
        rules = await self._rules(host, request.meta["claimlint_site"])
        if rules.closed:
            raise RobotsRefused(rules.outcome, rules.closed)
        if rules.parsed and not rules.parsed.can_fetch(request.url, AGENT):
            raise RobotsRefused("robots", "robots.txt does not allow it")

    async def _rules(self, host: str, site: str) -> Rules:
        known = self.known.get(host)
        if isinstance(known, asyncio.Future):
            return await known
        if known is not None and time.monotonic() - self.read_at[host] < (
            _CLOSED if known.closed else _LASTS
        ):
            return known
        shared: asyncio.Future[Rules] = asyncio.get_running_loop().create_future()
        self.known[host] = shared
        try:
            rules = await self._fetch(f"{host}/robots.txt", site)
        except Exception as error:
            rules = Rules(closed=f"robots.txt could not be read: {error}", outcome="robots-unreachable")
        self.known[host], self.read_at[host] = rules, time.monotonic()
        self.crawler.spider.robots_known(site, host, rules)
        shared.set_result(rules)
        return rules

    async def _fetch(self, url: str, site: str) -> Rules:
        """robots.txt with up to five redirects within the site, each exchange recorded."""
        failed = 0
        hops = 0
        while True:
            meta = {"claimlint_robots": True, "claimlint_site": site, "download_slot": site}
            request = Request(url, meta=meta, priority=1000, dont_filter=True)
            try:
                response = await self.crawler.engine.download_async(request)
            except Exception as error:
                outcome, reason = self.crawler.spider.why(error, request)
                self.crawler.spider.record_aside(site, request.meta.get(KEY), f"robots.txt: {outcome}")
                failed += 1
                if failed >= _TRIES or outcome == "private-address":
                    outcome = (
                        outcome if outcome in ("private-address", "unreachable") else "robots-unreachable"
                    )
                    return Rules(closed=f"{reason} (at robots.txt)", outcome=outcome)
                continue
            self.crawler.spider.record_aside(site, request.meta[KEY], "robots.txt")
            if response.status in (301, 302, 303, 307, 308):
                target = clean(urljoin(url, response.headers.get("Location", b"").decode("latin-1")))
                hops += 1
                if target is None or key_of(target) != site or hops > HOPS:
                    return Rules()
                url = target
                continue
            if response.status == 429 or response.status >= 500:
                failed += 1
                if failed >= _TRIES:
                    return Rules(
                        closed=f"robots.txt answered with status {response.status}",
                        outcome="robots-unreachable",
                    )
                continue
            if not 200 <= response.status < 300:
                return Rules()
            return Rules(Protego.parse(response.body[:LARGEST].decode("utf-8", "replace")))
