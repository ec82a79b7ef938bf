"""Runs one crawl from its options to its summary: settings for Scrapy, a lock on the folder, crawl.json at the end.

Scrapy's settings stand in one function, so that what is polite about a crawl can be read in one place.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from claimlint import __version__
from claimlint.crawl.addresses import networks
from claimlint.crawl.frontier import Frontier
from claimlint.crawl.robots import AGENT
from claimlint.crawl.scope import Limits
from claimlint.crawl.sites import Site
from claimlint.crawl.store import Store, count, now
from claimlint.crawl.summary import summary
from claimlint.errors import UsageError
from claimlint.output import replace_file

DATABASE = "crawl.sqlite"
SUMMARY = "crawl.json"


class Plan(NamedTuple):
    """What to crawl, where to put it, and how politely; seconds between two requests to a site, bytes, seconds."""

    sites: list[Site]
    out: str
    limits: Limits
    contact: str = ""
    delay: float = 1.0
    per_site: int = 1
    at_once: int = 32
    total_seconds: float = 0.0
    allow_networks: tuple[str, ...] = ()
    render: bool = False


def user_agent(contact: str) -> str:
    """The name that every request bears."""
    about = f"+{contact}" if contact else "checks health advertising"
    return f"{AGENT}/{__version__} ({about})"


def settings(plan: Plan) -> dict[str, Any]:
    """Scrapy's settings: one request to a site at a time, slower when it answers slowly, and no memory of visitors."""
    off = "scrapy.downloadermiddlewares.{}"
    return {
        "USER_AGENT": user_agent(plan.contact),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
            "Accept-Encoding": "gzip, deflate",  # what every reader of WARC files can unpack
            "Accept-Language": "en",
        },
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
        "TWISTED_DNS_RESOLVER": "claimlint.crawl.addresses.GuardedResolver",
        "CLAIMLINT_ALLOW_NETWORKS": list(plan.allow_networks),
        "CONCURRENT_REQUESTS": plan.at_once,
        "CONCURRENT_REQUESTS_PER_DOMAIN": plan.per_site,
        "DOWNLOAD_DELAY": plan.delay,
        "DOWNLOAD_DELAY_JITTER": 0,  # the delay is a floor
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": plan.delay,
        "AUTOTHROTTLE_MAX_DELAY": 30.0,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": float(plan.per_site),
        "DOWNLOAD_TIMEOUT": plan.limits.seconds,
        "DOWNLOAD_MAXSIZE": plan.limits.bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_HANDLERS": dict.fromkeys(("data", "file", "ftp", "s3")),
        # What the frontier does itself, or what would remember or reach more than a crawl should.
        "DOWNLOADER_MIDDLEWARES": {
            off.format("offsite.OffsiteMiddleware"): None,
            off.format("robotstxt.RobotsTxtMiddleware"): None,
            off.format("httpauth.HttpAuthMiddleware"): None,
            off.format("retry.RetryMiddleware"): None,
            off.format("redirect.MetaRefreshMiddleware"): None,
            off.format("redirect.RedirectMiddleware"): None,
            off.format("cookies.CookiesMiddleware"): None,
            off.format("httpproxy.HttpProxyMiddleware"): None,
            "claimlint.crawl.robots.Robots": 100,
            "claimlint.crawl.capture.Capture": 990,
        },
        "EXTENSIONS": {
            f"scrapy.extensions.{name}": None
            for name in ("telnet.TelnetConsole", "feedexport.FeedExporter", "remote_control.RemoteControl")
        },
        "TELNETCONSOLE_ENABLED": False,
        "CLOSESPIDER_TIMEOUT": plan.total_seconds,
        "LOG_FILE": str(Path(plan.out) / "crawl.log"),
        "LOG_LEVEL": "WARNING",
    }


def run(plan: Plan, say: Callable[[str], None]) -> dict[str, Any]:
    """Crawls, or goes on with a crawl, and returns the summary that stands in crawl.json."""
    networks(plan.allow_networks)
    folder = Path(plan.out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"--out {plan.out}: can't be made: {error.strerror or error}") from None
    with _alone(folder):
        return _run(plan, folder, say)


def _run(plan: Plan, folder: Path, say: Callable[[str], None]) -> dict[str, Any]:
    from scrapy.crawler import AsyncCrawlerProcess

    from claimlint.crawl.spider import SitesSpider

    frontier = Frontier(folder / DATABASE, plan.limits)
    try:
        frontier.add_sites(plan.sites)
        store = Store(folder, frontier, _facts(plan))
        for note in store.notes:
            say(f"claimlint: {note}")
        render = _renderer(plan)
        begun = time.monotonic()
        state: dict[str, Any] = {"started": now(), "reason": "", "stopped": ""}

        def progress(done: int) -> None:
            left = count(sum(frontier.waiting(site.key) for site in plan.sites), "address", "addresses")
            say(
                f"claimlint: {done} requests, {done / (time.monotonic() - begun):.1f} a second, {left} waiting"
            )

        class Told(SitesSpider):
            def closed(self, reason: str) -> None:
                state["reason"], state["stopped"] = reason, self.stopped

        process = AsyncCrawlerProcess(settings(plan))
        process.crawl(Told, frontier, store, user_agent(plan.contact), render, progress, plan.per_site)
        process.start()
        stopped = state["stopped"] or _why(state["reason"])
        state |= {"ended": now(), "seconds": round(time.monotonic() - begun, 1)}
        made = summary(frontier, store.folder, _asked(plan), state["started"], state["ended"], stopped)
        text = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
        replace_file(str(folder / SUMMARY), text.encode("utf-8", "backslashreplace"))
        return made
    finally:
        frontier.close()


def _why(reason: str) -> str:
    """Why a crawl ended early; empty where it came to its end."""
    known = {
        "finished": "",
        "closespider_timeout": "the time that --max-minutes allows was over",
        "shutdown": "it was interrupted",
    }
    return known.get(reason, f"the crawler stopped ({reason or 'see crawl.log'})")


def _renderer(plan: Plan) -> Any:
    if not plan.render:
        return None
    from claimlint.crawl.render import Renderer, ready

    ready()
    return Renderer(plan.limits.seconds)


def _asked(plan: Plan) -> dict[str, Any]:
    return {
        "user_agent": user_agent(plan.contact),
        "delay": plan.delay,
        "per_site": plan.per_site,
        "limits": plan.limits._asdict(),
        "allow_networks": list(plan.allow_networks),
        "render": plan.render,
    }


def _facts(plan: Plan) -> dict[str, str]:
    """What each WARC file says of its making."""
    return {
        "software": f"claimlint/{__version__}",
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "robots": "obey",
        "http-header-user-agent": user_agent(plan.contact),
        "operator": plan.contact,
        "description": "Bodies as transferred, less the chunking; header names in their usual capitals; request lines as sent.",
    }


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Holds the folder for one process; the lock goes with the process, however it ends."""
    handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT)
    try:
        try:
            _lock(handle)
        except OSError:
            raise UsageError(
                f"--out {folder}: another crawl is writing there; let it end, or choose another folder"
            ) from None
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
