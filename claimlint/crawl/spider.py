"""The crawl itself: takes what is due from the frontier, hands it to Scrapy, and notes what came of it.

Redirects and new attempts go through the frontier like any link, so that scope, limits and a resumed crawl see them all.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from scrapy import Request, Spider, signals
from scrapy.exceptions import DontCloseSpider, StopDownload

from claimlint.crawl import outcomes, pages
from claimlint.crawl.capture import KEY
from claimlint.crawl.frontier import Frontier, Outcome, Task
from claimlint.crawl.robots import Rules
from claimlint.crawl.scope import clean
from claimlint.crawl.sites import key_of
from claimlint.crawl.store import Store, now
from claimlint.crawl.warc import Extra

SIDE_BY_SIDE = 500
"""Sites that are crawled at the same time; the next begins when one ends."""

_TICK = 0.2
_REDIRECTS = (301, 302, 303, 307, 308)


class _Read(NamedTuple):
    """What an answer comes to: its outcome, where it leads, and what to keep beside it."""

    result: Outcome
    links: Sequence[str] = ()
    kind: str = "page"
    hop: bool = False
    resources: Sequence[Extra] = ()
    rendered: str = ""


class SitesSpider(Spider):
    """All sites of one crawl; ``stopped`` says why it ended before everything was asked for."""

    name = "claimlint"
    handle_httpstatus_all = True

    def __init__(
        self,
        frontier: Frontier,
        store: Store,
        agent: str,
        render: Any = None,
        say: Any = None,
        per_site: int = 1,
    ) -> None:
        super().__init__()
        self.frontier, self.store, self.render, self.say, self.per_site = (
            frontier,
            store,
            render,
            say,
            per_site,
        )
        self.agent, self.limits = agent, frontier.limits
        self.stopped = ""
        self.bare = {site.key: site for site in frontier.sites() if site.bare}
        self.open = {site.key for site in frontier.sites()}
        self.busy: dict[str, set[int]] = {}
        self.delays: dict[str, float] = {}
        self.next_at: dict[str, float] = {}
        self.refused: dict[str, str] = {}
        self.done = 0

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **values: Any) -> SitesSpider:
        """As Scrapy makes it, with the signals that it listens to."""
        spider: SitesSpider = super().from_crawler(crawler, *args, **values)
        crawler.signals.connect(spider.idle, signal=signals.spider_idle)
        crawler.signals.connect(spider.headers_came, signal=signals.headers_received)
        if spider.render is not None:
            spider.render.spider = spider
            crawler.signals.connect(spider.render.close, signal=signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Keeps handing out what is due until nothing waits any more."""
        last = time.monotonic()
        while self.open and not self.stopped:
            for site in sorted(self.open)[:SIDE_BY_SIDE]:
                for request in self._due(site):
                    yield request
            if self.say and time.monotonic() - last >= 5:
                last = time.monotonic()
                self.say(self.done)
            await asyncio.sleep(_TICK)

    def idle(self) -> None:
        """Scrapy would end here; it must not while an attempt waits for its time."""
        if self.open and not self.stopped:
            raise DontCloseSpider

    def _due(self, site: str) -> Iterator[Request]:
        """The next requests of a site: one more than run at once, so that no time is lost between two."""
        busy = self.busy.setdefault(site, set())
        clock = time.time()
        slow = self.delays.get(site, 0.0)
        while len(busy) < (1 if slow else self.per_site + 1) and clock >= self.next_at.get(site, 0):
            task = self.frontier.next(site, clock, busy)
            if task is None:
                if not busy and not self.frontier.waiting(site):
                    self.open.discard(site)
                return
            busy.add(task.id)
            self.next_at[site] = clock + slow
            yield Request(
                task.url,
                callback=self.answered,
                errback=self.failed,
                dont_filter=True,
                meta={
                    "claimlint_task": task,
                    "claimlint_site": site,
                    "download_slot": site,
                    "handle_httpstatus_all": True,
                },
            )

    def _next(self, task: Task) -> None:
        """After a task: hands out the next of its site at once."""
        self.done += 1
        self.busy[task.site].discard(task.id)
        if not self.stopped and self.crawler.engine is not None:
            for request in self._due(task.site):
                self.crawler.engine.crawl(request)

    def headers_came(self, headers: Any, request: Any, **_: Any) -> None:
        """Ends the transfer of what is no page as soon as its headers say so."""
        task = request.meta.get("claimlint_task")
        if task and not pages.wanted(pages.media_type(headers), task.kind) and not headers.get("Location"):
            raise StopDownload(fail=False)

    async def answered(self, response: Any) -> None:
        """Notes an answer, whatever its status; one that can't be read is noted as such and ends nothing."""
        task: Task = response.meta["claimlint_task"]
        exchange = response.request.meta[KEY]
        try:
            read = await self._read(response, task)
        except Exception as error:
            reason = f"the answer can't be read ({type(error).__name__})"
            read = _Read(Outcome("broken", response.status, reason))
        self._keep(task, exchange, read)

    async def _read(self, response: Any, task: Task) -> _Read:
        status = response.status
        location = response.headers.get("Location")
        if status in _REDIRECTS and location:
            target = clean(urljoin(response.url, location.decode("latin-1").strip())) or ""
            if target and key_of(target) == task.site:
                return _Read(Outcome("redirect", status, "", target), [target], task.kind, hop=True)
            return _Read(Outcome("redirect-away", status, f"led to {target or 'no usable address'}", target))
        if status in outcomes.RETRIED_STATUS and task.attempts + 1 < self.limits.attempts:
            wait = outcomes.wait_before(task.attempts, response.headers.get("Retry-After"))
            return _Read(Outcome("http-error", status, f"status {status}", after=time.time() + wait))
        if not 200 <= status < 300:
            return _Read(Outcome("http-error", status, f"status {status}"))
        if task.kind == "sitemap":
            found = list(pages.sitemap(response.body, self.limits.bytes))
            kind = found[0][0] if found else "page"
            # What a map of maps lists is as near as what one map lists.
            return _Read(Outcome("sitemap", status), [url for _, url in found], kind, hop=kind == "sitemap")
        media = pages.media_type(response.headers)
        if not pages.wanted(media, task.kind):
            return _Read(Outcome("not-a-page", status, f"is of type {media or 'unknown'}"))
        links = pages.links(response)
        if self.render is None:
            return _Read(Outcome("page", status), links)
        stated = (response.headers.get("Content-Type") or b"text/html").decode("latin-1")  # with its charset
        resources, rendered = await self.render.page(response.url, task.site, status, stated, response.body)
        return _Read(Outcome("page", status), links, resources=resources, rendered=rendered)

    def failed(self, failure: Any) -> None:
        """Notes that no usable answer came, and whether to ask again."""
        request = failure.request
        task: Task = request.meta["claimlint_task"]
        outcome, reason = self.why(failure.value, request)
        again = outcome in outcomes.RETRIED and task.attempts + 1 < self.limits.attempts
        after = time.time() + outcomes.wait_before(task.attempts, None) if again else None
        links = []
        site = self.bare.get(task.site)
        if not again and site and task.url == site.start and outcome == "unreachable":
            links = ["http" + site.start.removeprefix("https")]  # a domain that serves no https
        exchange = request.meta.get(KEY)
        status = exchange.status if exchange else 0
        self._keep(task, exchange, _Read(Outcome(outcome, status, reason, after=after), links, hop=True))

    def why(self, error: BaseException, request: Any) -> tuple[str, str]:
        """(outcome, reason) of an error, where the name may have been refused for its address."""
        host = urlsplit(request.url).hostname or ""
        if host in self.refused:
            return "private-address", f"{host} leads to {self.refused[host]}, which is in no public network"
        return outcomes.of_error(error)

    def refused_address(self, host: str, address: str) -> None:
        """The resolver tells that a name was refused."""
        self.refused[host] = address

    def robots_known(self, site: str, host: str, rules: Rules) -> None:
        """Takes from a host's robots.txt its pace, and the sitemaps to read."""
        self.delays[site] = max(self.delays.get(site, 0.0), rules.delay)
        self.next_at[site] = time.time() + self.delays[site]
        if rules.closed:
            return
        named = rules.sitemaps
        via = f"{host}/robots.txt" if named else ""
        self._step(
            lambda: self.frontier.admit(
                Task(0, site, via, "sitemap", 0, 0, "", 0),
                named or [f"{host}/sitemap.xml"],
                kind="sitemap",
                hop=True,
            )
        )

    def record_aside(self, site: str, exchange: Any, outcome: str) -> None:
        """Records an exchange that is no task of the frontier: robots.txt."""
        if exchange is not None:
            self._step(lambda: self.store.record(site, exchange, {"outcome": outcome}))

    def _keep(self, task: Task, exchange: Any, read: _Read) -> None:
        try:
            if exchange is None:  # never sent: robots.txt forbade it
                with self.frontier.step():
                    self.frontier.finish(task, read.result, now(), None)
                    self.frontier.admit(task, read.links, hop=read.hop)
            else:
                how: dict[str, Any] = {
                    "kind": read.kind,
                    "hop": read.hop,
                    "resources": read.resources,
                    "rendered": read.rendered,
                }
                self.store.finish(task, exchange, read.result, read.links, **how)
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)
        self._next(task)

    def _step(self, action: Any) -> None:
        try:
            with self.frontier.step():
                action()
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)

    def _give_up(self, error: OSError | sqlite3.Error) -> None:
        """The disk takes no more: nothing that was not written counts, and the crawl can be resumed."""
        if not self.stopped:
            self.stopped = f"the records can't be written: {getattr(error, 'strerror', None) or error}"
            with contextlib.suppress(Exception):
                asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="disk"))  # noqa: RUF006
