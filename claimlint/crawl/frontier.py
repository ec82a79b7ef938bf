"""The crawl's memory: every address that was admitted, and what came of it, in one SQLite file.

It is the queue as well as the record of what is finished, and is written in the same step as the WARC files' known
length. Scrapy's own job folder keeps its queue only when it is closed in order, and so forgets it when killed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from claimlint.crawl.scope import Limits, clean, file_type, identity, shape
from claimlint.crawl.sites import Site, key_of
from claimlint.errors import UsageError

VERSION = 1
SITEMAPS = 50
"""Sitemaps that are read of one site."""

UNASKED = frozenset({"robots", "private-address"})
"""Outcomes of addresses that no request was ever sent for, and that are final."""

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE sites (site TEXT PRIMARY KEY, start TEXT NOT NULL, bare INTEGER NOT NULL, note TEXT NOT NULL DEFAULT '');
CREATE TABLE urls (
  id INTEGER PRIMARY KEY, site TEXT NOT NULL, url TEXT NOT NULL, identity TEXT NOT NULL, shape TEXT NOT NULL,
  kind TEXT NOT NULL, depth INTEGER NOT NULL, hops INTEGER NOT NULL, via TEXT NOT NULL,
  done INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, after REAL NOT NULL DEFAULT 0,
  outcome TEXT NOT NULL DEFAULT '', status INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '',
  target TEXT NOT NULL DEFAULT '', fetched TEXT NOT NULL DEFAULT '', file TEXT NOT NULL DEFAULT '',
  place INTEGER NOT NULL DEFAULT -1, upto INTEGER NOT NULL DEFAULT -1, record TEXT NOT NULL DEFAULT '', payload TEXT NOT NULL DEFAULT '',
  UNIQUE (site, identity)
);
CREATE INDEX waiting ON urls (site, done, depth, id);
CREATE INDEX shapes ON urls (site, shape);
CREATE TABLE left_out (site TEXT, reason TEXT, links INTEGER NOT NULL, example TEXT NOT NULL, PRIMARY KEY (site, reason));
CREATE TABLE files (file TEXT PRIMARY KEY, site TEXT NOT NULL, length INTEGER NOT NULL);
"""


class Task(NamedTuple):
    """One address to ask for; ``kind`` is ``page`` or ``sitemap``."""

    id: int
    site: str
    url: str
    kind: str
    depth: int
    hops: int
    via: str
    attempts: int


class Written(NamedTuple):
    """Where an exchange stands: file, its bytes there, id of the answer's record, digest of the answer's body."""

    file: str
    offset: int
    end: int
    record: str
    payload: str


class Outcome(NamedTuple):
    """What came of a task. ``after`` (seconds since the epoch) asks for another attempt then."""

    outcome: str
    status: int = 0
    reason: str = ""
    target: str = ""
    after: float | None = None


class Frontier:
    """The queue of all sites. Every change is one transaction; a change is either whole or was never made."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.limits = limits
        self.db = sqlite3.connect(path, isolation_level=None)
        try:
            self.db.execute("PRAGMA journal_mode=WAL")
            self.db.execute("PRAGMA synchronous=NORMAL")
            if not self.db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
                self.db.executescript(
                    f"BEGIN; {_SCHEMA} INSERT INTO meta VALUES ('version', '{VERSION}'); COMMIT;"
                )
            found = self.db.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
        except sqlite3.DatabaseError as error:
            raise UsageError(
                f"{path}: can't be used as the record of a crawl: {error}; choose another --out"
            ) from None
        if found is None or found[0] != str(VERSION):
            raise UsageError(f"{path}: was written by another version of claimlint; choose another --out")

    def add_sites(self, sites: Iterable[Site]) -> None:
        """Adds the sites that are not there yet, each with its first address."""
        with self.step():
            for site in sites:
                new = self.db.execute("INSERT OR IGNORE INTO sites VALUES (?, ?, ?, '')", site).rowcount
                if new:
                    self._insert(site.key, site.start, "page", 0, 0, "")

    def step(self) -> _Step:
        """A transaction, for ``with``."""
        return _Step(self.db)

    def sites(self) -> list[Site]:
        """All sites, in the order in which they came."""
        return [
            Site(key, start, bool(bare))
            for key, start, bare in self.db.execute("SELECT site, start, bare FROM sites ORDER BY rowid")
        ]

    def next(self, site: str, now: float, busy: Iterable[int]) -> Task | None:
        """The address of a site that is due, nearest to its start first; None where none is."""
        out = ", ".join(str(number) for number in busy) or "0"
        row = self.db.execute(
            "SELECT id, site, url, kind, depth, hops, via, attempts FROM urls WHERE site = ? AND done = 0 "
            f"AND after <= ? AND id NOT IN ({out}) ORDER BY depth, id LIMIT 1",
            (site, now),
        ).fetchone()
        return Task(*row) if row else None

    def waiting(self, site: str) -> int:
        """How many addresses of a site are not finished."""
        row = self.db.execute("SELECT count(*) FROM urls WHERE site = ? AND done = 0", (site,)).fetchone()
        return int(row[0])

    def finish(self, task: Task, result: Outcome, fetched: str, written: Written | None) -> None:
        """Notes what came of a task; with ``after``, it stays in the queue until then."""
        file, place, upto, record, payload = written or ("", -1, -1, "", "")
        again = result.after is not None
        self.db.execute(
            "UPDATE urls SET done = ?, attempts = attempts + ?, after = ?, outcome = ?, status = ?, reason = ?, target = ?, "
            "fetched = ?, file = ?, place = ?, upto = ?, record = ?, payload = ? WHERE id = ?",
            (
                not again, result.outcome not in UNASKED, result.after or 0, result.outcome, result.status, result.reason, result.target,
                fetched, file, place, upto, record, payload, task.id,
            ),
        )  # fmt: skip

    def file_length(self, file: str, site: str, length: int) -> None:
        """Notes how long a WARC file is now; what stands beyond that was never counted."""
        self.db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", (file, site, length))

    def admit(self, task: Task, links: Iterable[str], *, kind: str = "page", hop: bool = False) -> None:
        """Puts the links of an answer into the queue, or counts why not. A redirect is a hop at the same depth."""
        depth = task.depth if hop else task.depth + 1
        hops = task.hops + 1 if hop else 0
        for link in links:
            url = clean(link)
            reason = self._bar(task.site, url, kind, depth, hops)
            if reason is None and url is not None:
                self._insert(task.site, url, kind, depth, hops, task.url)
            elif reason:
                self.leave_out(task.site, reason, url or link[:200])

    def leave_out(self, site: str, reason: str, example: str) -> None:
        """Counts a link that is not followed."""
        self.db.execute(
            "INSERT INTO left_out VALUES (?, ?, 1, ?) ON CONFLICT DO UPDATE SET links = links + 1",
            (site, reason, example),
        )

    def _bar(self, site: str, url: str | None, kind: str, depth: int, hops: int) -> str | None:
        """Why an address is not admitted; None where it may be, the empty string where it is there already."""
        if url is None:
            return "not a web address that can be asked for"
        if key_of(url) != site:
            return "another site"
        known = self.db.execute(
            "SELECT 1 FROM urls WHERE site = ? AND identity = ?", (site, identity(url))
        ).fetchone()
        if known:
            return ""
        if kind == "page" and file_type(url):
            return f"not a page (.{file_type(url)})"
        if hops > self.limits.hops:
            return "too many redirects in a row"
        if depth > self.limits.depth:
            return "deeper than --max-depth"
        if kind == "sitemap":
            (count,) = self.db.execute(
                "SELECT count(*) FROM urls WHERE site = ? AND kind = 'sitemap'", (site,)
            ).fetchone()
            return None if count < SITEMAPS else "more sitemaps than are read"
        (count,) = self.db.execute(
            "SELECT count(*) FROM urls WHERE site = ? AND kind = 'page'", (site,)
        ).fetchone()
        if count >= self.limits.pages:
            return "beyond --max-pages"
        alike = shape(url)
        if alike:
            (count,) = self.db.execute(
                "SELECT count(*) FROM urls WHERE site = ? AND shape = ?", (site, alike)
            ).fetchone()
            if count >= self.limits.alike:
                return "too many addresses alike (--max-alike)"
        return None

    def _insert(self, site: str, url: str, kind: str, depth: int, hops: int, via: str) -> None:
        self.db.execute(
            "INSERT OR IGNORE INTO urls (site, url, identity, shape, kind, depth, hops, via) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (site, url, identity(url), shape(url), kind, depth, hops, via),
        )

    def forget_from(self, file: str, length: int) -> tuple[int, int]:
        """Puts addresses whose records were lost with the end of a damaged file back into the queue.

        Returns (length that holds whole exchanges only, addresses put back).
        """
        row = self.db.execute(
            "SELECT min(place), count(*) FROM urls WHERE file = ? AND upto > ?", (file, length)
        ).fetchone()
        self.db.execute(
            "UPDATE urls SET done = 0, outcome = '', attempts = 0, after = 0, file = '', place = -1, upto = -1, record = '' "
            "WHERE file = ? AND upto > ?",
            (file, length),
        )
        return (length if row[0] is None else min(length, row[0])), int(row[1])

    def files(self) -> Iterator[tuple[str, str, int]]:
        """(file, site, known length) of each WARC file."""
        yield from self.db.execute("SELECT file, site, length FROM files ORDER BY file").fetchall()

    def close(self) -> None:
        """Closes the database; what was finished is on disk already."""
        self.db.close()


class _Step:
    """BEGIN and COMMIT, or ROLLBACK where the block failed."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def __enter__(self) -> None:
        self.db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self.db.execute("ROLLBACK" if kind else "COMMIT")
