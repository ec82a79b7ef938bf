"""Opens pages in a browser that has no network of its own: whatever it asks for is fetched by the crawler, or refused.

So robots.txt, scope, pace, limits and the check of addresses hold for it too, and each answer stands in the archive. Kept are
the page as scripts left it, and a picture; claimlint judges the answer of the server all the same.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from typing import Any
from urllib.parse import urljoin

from claimlint.crawl.capture import KEY
from claimlint.crawl.scope import clean
from claimlint.crawl.sites import key_of
from claimlint.crawl.warc import Extra
from claimlint.errors import MissingExtra, UsageError

MOST_REQUESTS = 80
"""Requests that one page may cause."""

MOST_KEPT = 50_000_000
"""Bytes of style sheets, scripts and pictures that are kept for the next pages of a site, which mostly ask for the same."""

_HEIGHT = 5000
_TYPES = frozenset({"script", "stylesheet", "image", "font", "xhr", "fetch"})
_REDIRECTS = (301, 302, 303, 307, 308)
_SWITCHES = [
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
]
# What slips past the routes has nowhere to go: names don't resolve, and the proxy is a port that nothing listens on.
_NOWHERE = {"server": "http://127.0.0.1:9", "bypass": "<-loopback>"}


def launch_options() -> dict[str, Any]:
    """How Chromium is started: that of CLAIMLINT_BROWSER, of the system, or Playwright's own."""
    path = os.environ.get("CLAIMLINT_BROWSER") or next(
        (
            found
            for name in ("chromium", "chromium-browser", "google-chrome")
            if (found := shutil.which(name))
        ),
        None,
    )
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {
        "executable_path": path,
        "args": [*_SWITCHES, *(["--no-sandbox"] if root else [])],
        "proxy": _NOWHERE,
    }


def ready() -> None:
    """Raises MissingExtra or UsageError where no browser can be started, before anything is fetched."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ModuleNotFoundError:
        raise MissingExtra("claimlint crawl --render", "render") from None
    try:
        with sync_playwright() as playwright:
            playwright.chromium.launch(**launch_options()).close()
    except Error as error:
        reason = str(error).strip().splitlines()[0]
        raise UsageError(
            f"--render: Chromium can't be started: {reason}; install it, or name it in CLAIMLINT_BROWSER"
        ) from None


class Renderer:
    """One browser for a crawl; ``spider`` is set by the spider, whose crawler fetches what pages ask for."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.spider: Any = None
        self.playwright: Any = None
        self.browser: Any = None
        self.lock = asyncio.Lock()
        self.kept: dict[str, tuple[int, str, bytes]] = {}
        self.kept_bytes = 0

    async def page(
        self, url: str, site: str, status: int, media: str, body: bytes
    ) -> tuple[list[Extra], str]:
        """(records to keep beside an answer, what to note of it). A page that can't be rendered is noted so, and loses nothing."""
        async with self.lock:  # one at a time: pictures need memory, and nothing here is in a hurry
            try:
                return await asyncio.wait_for(
                    self._page(url, site, status, media, body), self.seconds * 3
                ), "yes"
            except Exception as error:
                reason = (
                    "took too long"
                    if isinstance(error, TimeoutError)
                    else str(error).strip().splitlines()[0][:200]
                )
                return [], f"failed: {reason}"

    async def _page(self, url: str, site: str, status: int, media: str, body: bytes) -> list[Extra]:
        if self.browser is None:
            from playwright.async_api import async_playwright

            self.playwright = await async_playwright().start()
            self.browser = await self.playwright.chromium.launch(**launch_options())
        context = await self.browser.new_context(
            service_workers="block",
            accept_downloads=False,
            viewport={"width": 1280, "height": 900},
            user_agent=self.spider.agent,
        )
        try:
            asked = 0

            async def answer(route: Any) -> None:
                nonlocal asked
                request = route.request
                if request.is_navigation_request():
                    if (
                        request.frame == page.main_frame
                        and request.url.partition("#")[0] == url.partition("#")[0]
                    ):
                        await route.fulfill(status=status, content_type=media, body=body)
                    else:
                        await route.abort()
                    return
                asked += 1
                target = clean(request.url)
                wanted = (
                    target is not None
                    and key_of(target) == site
                    and request.method == "GET"
                    and request.resource_type in _TYPES
                )
                found = (
                    await self._fetch(target, site, url)
                    if wanted and target and asked <= MOST_REQUESTS
                    else None
                )
                if found is None:
                    await route.abort()
                else:
                    await route.fulfill(status=found[0], content_type=found[1], body=found[2])

            page = await context.new_page()
            page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.dismiss()))
            await context.route("**/*", answer)
            await context.route_web_socket("**/*", lambda socket: socket.close())
            await page.goto(url, wait_until="load", timeout=self.seconds * 1000)
            await page.wait_for_timeout(300)
            text = (await page.content()).encode("utf-8", "replace")
            height = await page.evaluate("Math.max(document.documentElement.scrollHeight, 1)")
            await page.set_viewport_size({"width": 1280, "height": max(900, min(_HEIGHT, int(height)))})
            picture = await page.screenshot(type="jpeg", quality=60, timeout=self.seconds * 1000)
            # No "resource" for the text: who reads the archive would take it for one more page.
            return [
                Extra("metadata", f"urn:claimlint:rendered:{url}", "text/html; charset=utf-8", text),
                Extra("resource", f"urn:claimlint:screenshot:{url}", "image/jpeg", picture),
            ]
        finally:
            await context.close()

    async def _fetch(self, url: str, site: str, via: str) -> tuple[int, str, bytes] | None:
        """What a page asks for, through the crawler: (status, type, body); None where it may not or can't be had."""
        from scrapy import Request

        asked = url
        if asked in self.kept:
            return self.kept[asked]
        for _ in range(5):
            meta = {"claimlint_site": site, "download_slot": site}
            request = Request(url, meta=meta, dont_filter=True, priority=10, headers={"Accept": "*/*"})
            try:
                response = await self.spider.crawler.engine.download_async(request)
            except Exception:
                self.spider.record_aside(
                    site, request.meta.get(KEY), f"not fetched for the rendering of {via}"
                )
                return None
            self.spider.record_aside(site, request.meta[KEY], f"fetched for the rendering of {via}")
            location = response.headers.get("Location")
            if response.status not in _REDIRECTS or not location:
                media = (response.headers.get("Content-Type") or b"").decode("latin-1")
                found = (response.status, media, response.body)
                if self.kept_bytes + len(response.body) <= MOST_KEPT:
                    self.kept[asked] = found
                    self.kept_bytes += len(response.body)
                return found
            url = clean(urljoin(url, location.decode("latin-1"))) or ""
            if not url or key_of(url) != site:
                return None
        return None

    async def close(self) -> None:
        """Ends the browser."""
        if self.browser is not None:
            await self.browser.close()
            await self.playwright.stop()
